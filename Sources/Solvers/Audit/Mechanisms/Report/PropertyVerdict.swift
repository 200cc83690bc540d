/// What an audit says about one promise, and no more than it knows.
public enum PropertyVerdict: Sendable {
  /// Broken, with the worst case that was found, made simple; in how many of how many trials it was.
  case violated(Counterexample, times: Int, trials: Int)
  /// No breach was found.
  case notViolated(trials: Int)
  /// No breach exists among the reports that there are.
  case proved(profiles: Int)
  /// No breach on average: a mean of draws, whose worst is so much, or less, with 95 % confidence.
  case notViolatedOnAverage(worst: Double, draws: Int)
  case notChecked(String)

  public var isViolated: Bool {
    if case .violated = self { true } else { false }
  }

  /// One of `violated`, `not violated`, `proved`, `not checked`.
  public var word: String {
    switch self {
    case .violated: "violated"
    case .notViolated, .notViolatedOnAverage: "not violated"
    case .proved: "proved"
    case .notChecked: "not checked"
    }
  }

  public var counterexample: Counterexample? {
    if case .violated(let counterexample, _, _) = self { counterexample } else { nil }
  }

  /// With 95 % confidence, fewer than this share of the profiles drawn so has a breach that this search would find: the
  /// rule of three (Hanley and Lippman-Hand 1983), that after N trials without a hit the rate is below 3/N.
  public var rateBound: Double? {
    if case .notViolated(let trials) = self, trials > 0 { min(1, 3 / Double(trials)) } else { nil }
  }

  /// How often, in how many, or why not: what follows the word.
  public var detail: String {
    switch self {
    case .violated(let counterexample, let times, let trials):
      (trials == 0 ? "" : "in \(times) of \(trials): ") + counterexample.sentence
    case .notViolated(let trials): "in \(trials) trials"
    case .proved(let profiles): "on this finite domain of \(profiles) profiles"
    case .notViolatedOnAverage(let worst, let draws):
      "on average in \(draws) draws" + (worst > 0 ? ", or by less than \(shown(worst)) with 95 % confidence" : "")
    case .notChecked(let reason): reason
    }
  }

  /// The verdict as one line.
  public var sentence: String {
    switch self {
    case .violated(_, _, 0), .notChecked: "\(word): \(detail)"
    case .notViolated: "\(word) \(detail)" + (rateBound.map { "; " + Self.bound($0) } ?? "")
    default: "\(word) \(detail)"
    }
  }

  /// What a number of trials without a breach says.
  public static func bound(_ rate: Double) -> String {
    "with 95 % confidence, fewer than \(shown(100 * rate)) % of profiles drawn this way have a breach that this search finds"
  }
}
