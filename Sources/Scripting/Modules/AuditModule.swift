import Core
import Solvers

/// `audit`: whether a market kept what it promised, and where a mechanism breaks its promises.
enum AuditModule {
  static func module(_ context: RunContext) -> Module {
    Module(
      name: "audit", summary: "whether markets keep their promises, where mechanisms break them, and how fair they are",
      functions: [market, AuditFunctions.mechanism(context), AuditFunctions.compare(context)] + FairnessFunctions.all)
  }

  private static var market: Function {
    let sale = Parameter<SaleObject>.object("sale", "the auction, cleared", "a sale, from ledger:auction")
    let solution = Parameter<ResultObject>.object("game", "the members' game", "a result of game.iisg")
    let receipt = Parameter<Amount>.amount("receipt", "what the members' organisation received")
    let shares = Parameter.numbers("shares", "what each member got of it", unit: "tokens")
    let tolerance = Parameter<Double>.number(
      "tolerance", "what is forgiven, relative to the numbers compared", default: 1e-6, domain: .nonNegative)
    return Function(
      Signature(
        "audit.market", "Checks one settled market: individual rationality, budget balance, shares that add up.",
        [sale, solution, receipt, shares, tolerance],
        result: "a result with holds (all of them) and a field per promise: true, or the violation in words",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "AmountOverflow", "WrongStage"],
        source: "Theorems 3 and 4 and Lemma 1 of the papers, as promises to be checked",
        example: "print(audit.market{ sale = sale, game = solution, receipt = 100, shares = parts.share })")
    ) { arguments in
      guard let outcome = arguments[sale].outcome else {
        let auction = arguments[sale].auction
        throw ScriptError.wrongStage(
          auction.stage == .settled
            ? "the auction '\(auction.name)' was settled in an earlier session; it is audited where it is cleared"
            : "the auction '\(auction.name)' must be cleared before it is audited")
      }
      guard let equilibrium = arguments[solution].payload as? IncentiveEquilibrium else {
        throw ScriptError.invalidParameter("option 'game' must be a result of game.iisg")
      }
      let audit = try MarketAudit(
        asks: arguments[sale].asks, bids: arguments[sale].bids, outcome: outcome,
        memberUtilities: equilibrium.members.utilities, receipt: arguments[receipt].tokens, shares: arguments[shares],
        tolerance: arguments[tolerance])
      var fields: Record = ["holds": .boolean(audit.holds)]
      for (name, verdict) in audit.verdicts {
        fields[name.split(separator: " ").joined(separator: "_")] =
          verdict.holds ? .boolean(true) : .string(verdict.description)
      }
      return .object(
        ResultObject(
          "audit of the market",
          fields: fields,
          tables: [
            TextTable(
              "",
              [
                .init("promise", .text(audit.verdicts.map(\.name))),
                .init("verdict", .text(audit.verdicts.map(\.verdict.description))),
              ])
          ]))
    }
  }
}
