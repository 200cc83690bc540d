/// What a mechanism may promise, by the names that scripts use.
public enum MechanismProperty: String, CaseIterable, Sendable {
  case individualRationality = "ir"
  case interimRationality = "interim_ir"
  case exAnteRationality = "ex_ante_ir"
  case incentiveCompatibility = "ic"
  case bayesianCompatibility = "bayesian_ic"
  case weakBudgetBalance = "weak_bb"
  case strongBudgetBalance = "strong_bb"
  case efficiency
  case feasibility
  case monotonicity
  case paymentIdentity = "payment_identity"
  case anonymity
  case envyFreeness = "no_envy"
  case honestMeasures = "honest_measures"
  case falseNames = "false_names"
  case coalitions

  /// The promise in words.
  public var words: String {
    switch self {
    case .individualRationality: "nobody who tells the truth ends below 0"
    case .interimRationality: "nobody expects less than 0 once it knows its own type"
    case .exAnteRationality: "nobody expects less than 0 before anything is known"
    case .incentiveCompatibility: "no lie ever pays, whatever others report"
    case .bayesianCompatibility: "no lie pays on average, when others tell the truth"
    case .weakBudgetBalance: "the mechanism never runs at a loss"
    case .strongBudgetBalance: "the mechanism keeps and lacks nothing"
    case .efficiency: "no feasible outcome has more welfare"
    case .feasibility: "every outcome can be carried out"
    case .monotonicity: "who reports more never gets less"
    case .paymentIdentity: "payments follow from what is given away"
    case .anonymity: "names do not matter, reports do"
    case .envyFreeness: "nobody prefers what another of its role gets and pays"
    case .honestMeasures: "no lie about a measured number pays"
    case .falseNames: "nobody gains by taking part under two names"
    case .coalitions: "no two gain together by lying together"
    }
  }

  /// What an audit looks at unless told otherwise. Two people who may pay each other break nearly every mechanism, and
  /// measures and names are promised by few: these are looked at when asked for.
  public static let standard: [MechanismProperty] = allCases.filter {
    ![.honestMeasures, .falseNames, .coalitions].contains($0)
  }
}
