import Solvers

/// `game`: the incentive game of members and providers, and its closed forms.
enum GameModule {
  static func module(_ context: RunContext) -> Module {
    let functions: [[Function]] = [
      GameFunctions.all(context), StrategyFunctions.all, UtilityFunctions.all, ConditionFunctions.all,
      NormalFormFunctions.all, RepeatedMarketFunctions.all(context),
      [IncentiveGameFunctions.iisg(context), IncentiveGameFunctions.round], CostFunctions.all,
      ContributionFunctions.all, MemberFunctions.all, BidFunctions.all, TwoLevelMarketFunctions.all(context),
      PaperFunctions.all(context),
    ]
    return Module(
      name: "game", summary: "games of one's own, the papers' incentive games, equilibria and their proof",
      functions: functions.flatMap { $0 })
  }
}

/// Options that many of the game's functions share.
enum GameOption {
  static func variant(_ paper: String) -> Parameter<Variant> {
    .choice("variant", "the rule as printed (\(paper)) or as corrected", default: .corrected)
  }

  static let benefit = Parameter.matrix(
    "benefit", "delta: what each member (row) earns from each provider (column) per unit of effort", unit: "money")
  static let computationCost = Parameter.numbers(
    "computation_cost", "C^c: each member's cost of one iteration", unit: "money")
  static let privacyCost = Parameter.numbers(
    "privacy_cost", "C^p: each member's cost of a unit of privacy budget", unit: "money")
  static let concavity = Parameter<Double>.number("concavity", "sigma of the utility of effort, above 0", default: 0.5)
  static let sizes = Parameter.numbers("sizes", "|D|: each member's training samples", unit: "samples")
  static let losses = Parameter.numbers("losses", "H: each member's mean cross entropy, at least 0", unit: "nats")
  static let lossOffset = Parameter<Double>.number("loss_offset", "mu_1, above 0", default: 2)
}
