import Core
import Solvers

/// PMS-AM's sale as objects, to run and to audit: the members' vote before it, and the sealed bids.
enum SaleMechanismFunctions {
  static var all: [Function] { [vote, sealed] }

  private static var vote: Function {
    let benefits = Parameter.numbers("benefits", "what each of 2 to 8 members asks, its whole benefit", unit: "money")
    let receipt = Parameter<Double>.number(
      "receipt", "what the organisation received", unit: "money", domain: .nonNegative)
    let variant = Parameter<MemberVoteMechanism.Variant>.choice(
      "variant", "votes count always, as printed, or only where there is evidence against somebody",
      default: .corrected)
    let evidence = Parameter<[Bool]>(
      name: "evidence", summary: "corrected only: against whom there is any", typeName: "a list of true or false",
      unit: nil, domain: nil, fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: "a list of true or false") { place -> Bool? in
        guard case .boolean(let flag) = stack.value(at: place) else { return nil }
        return flag
      }
    }.optional("nobody")
    return Function(
      Signature(
        "auction.member_vote", "The members' vote on each other's asks, as a mechanism; auction.vote counts one.",
        [benefits, receipt, variant, evidence],
        result:
          "a mechanism whose members report a vote on everybody, 1 for their own, and whose buyer pays the receipt",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter", "ShapeMismatch"],
        source: "PMS-AM (34), 5.2 3)c; votes on evidence are ours",
        example: "auction.member_vote{ benefits = { 1, 1, 1 }, receipt = 30, variant = \"paper\" }:audit{}")
    ) { arguments in
      if arguments[variant] == .paper, arguments[evidence] != nil {
        throw ScriptError.invalidParameter("as printed there is no evidence, only votes")
      }
      return .object(
        MechanismObject(
          try MemberVoteMechanism(
            benefits: arguments[benefits], receipt: arguments[receipt], variant: arguments[variant],
            evidence: arguments[evidence])))
    }
  }

  private static var sealed: Function {
    let buyers = Parameter<Int>.integer("buyers", "how many bid", domain: .between(1, 10_000))
    let sellers = Parameter<Int>.integer("sellers", "how many seal their asks", domain: .between(1, 10_000)).optional()
    let shares = Parameter.numbers(
      "ask_shares", "instead: of everything that is bid, what each seller asks"
    ).optional()
    let forecast = Parameter<Double>.number(
      "forecast", "of everything that will be bid, from which ask_shares are computed before", unit: "tokens",
      domain: .nonNegative
    ).optional("as printed, the bids that are being opened")
    let value = MechanismFunction.interval(
      "value", "between which a bid for quality, one for freshness, and an ask lie, at least 0")
    let deposit = Parameter<Double>.number(
      "deposit", "what covers a bid; larger ones are discarded", unit: "tokens", domain: .nonNegative
    ).optional("enough for every bid")
    return Function(
      Signature(
        "auction.sealed_market",
        "The ledger's sealed-bid auction as a mechanism; ledger:auction runs it on the chain.",
        [
          buyers, sellers, shares, forecast, value, AuctionModule.rule, AuctionModule.buyerPrice, AuctionModule.reserve,
          deposit,
        ],
        result: "a mechanism whose buyers bid { quality, freshness } in whole millionths of a token, sellers first",
        errors: ["EmptyInput", "NotFinite", "InvalidParameter", "NegativeAmount", "AmountOverflow"],
        source: "PMS-AM 5.2; asks from a forecast are the correction",
        example: "auction.sealed_market{ buyers = 2, ask_shares = { 0.4, 0.5 }, value = { 0, 10 }, rule = \"mcafee\" }")
    ) { arguments in
      let asks: SealedBidProtocol.Asks
      switch (arguments[sellers], arguments[shares]) {
      case (let count?, nil): asks = .sealed(sellers: count)
      case (nil, let shares?): asks = .shares(shares, forecast: arguments[forecast])
      default: throw ScriptError.invalidParameter("one of the options 'sellers' and 'ask_shares' must be given")
      }
      if arguments[sellers] != nil, arguments[forecast] != nil {
        throw ScriptError.invalidParameter("a forecast is for ask_shares; sealed asks need none")
      }
      return .object(
        MechanismObject(
          try SealedBidProtocol(
            buyers: arguments[buyers], asks: asks, bounds: arguments[value],
            rule: arguments[AuctionModule.rule].rule(
              arguments[AuctionModule.buyerPrice], reserve: arguments[AuctionModule.reserve]),
            deposit: arguments[deposit])))
    }
  }
}
