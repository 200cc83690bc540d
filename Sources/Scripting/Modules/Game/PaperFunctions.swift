import Core
import Solvers

/// `game.check_paper`: what the papers claim, tried now.
enum PaperFunctions {
  static func all(_ context: RunContext) -> [Function] { [checkPaper(context)] }

  private static func checkPaper(_ context: RunContext) -> Function {
    let paper = Parameter<AuditedPaper>.choice(
      "paper", "FL-NFT's incentive game, PMS-AM's game and auction, or the two-level market of TBCIM")
    let seed = Parameter<Int>.integer("seed", "of the random trials", domain: .nonNegative).optional("the run's")
    return Function(
      Signature(
        "game.check_paper",
        "Tries every theorem and closed form of a paper: what is claimed, what is true, and the numbers that show it.",
        [paper, seed],
        result: """
          a result with claims (each with id, source, claim, verdict, truth, printed, amended and figures; printed and \
          amended have left, relation, right and holds), verdicts (by id), holds, conditional, fails (counts) and seed
          """, errors: ["InvalidParameter", "Interrupted"], source: "the papers; the equation stands with each claim",
        example: "game.check_paper(\"tbcim\").verdicts.L1")
    ) { arguments in
      let rules = FederationRules { shares, others in
        try LabelDistribution(shares).distance(to: LabelDistribution(others))
      } selected: { distances, variant in
        try ClientSelection.byDistance(distances, rule: variant == .paper ? .literal : .atMostMean).selected
      } similarity: { update, history in
        try CosineCheck(update: update, history: history).meanSimilarity
      }
      return .object(
        PaperReport.result(
          try PaperCheck(
            arguments[paper], seed: arguments[seed].map { UInt64($0) } ?? context.seed, rules: rules,
            cancellation: context.cancellation)))
    }
  }
}
