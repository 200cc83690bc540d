/// Regret matching: each strategy with probability proportional to how much better it would have done, where it would
/// have.
///
/// After T rounds the regret is at most sqrt(K T) for K strategies, because the squared length of the vector of
/// positive regrets grows by at most K a round.
///
/// Source: Hart and Mas-Colell, "A simple adaptive procedure leading to correlated equilibrium", 2000 (the
/// unconditional, external version).
public struct RegretMatching: Learner {
  public static var isBandit: Bool { false }

  private var regrets: [Double]

  public init(strategies: Int) { regrets = Array(repeating: 0, count: strategies) }

  public var strategy: [Double] { Mixture.proportional(regrets) }

  public mutating func learn(choice: Int, utilities: [Double]) {
    let expected = Mixture.mean(utilities, under: strategy)
    for place in regrets.indices { regrets[place] += utilities[place] - expected }
  }

  public func regretBound(rounds: Int) -> Double? { (Double(regrets.count) * Double(rounds)).squareRoot() }
}

/// Regret matching with regrets that never fall below 0, so that a strategy that becomes good is taken up at once. The
/// same bound; much faster where learners play each other.
///
/// Source: Tammelin, "Solving large imperfect information games using CFR+", 2014.
public struct RegretMatchingPlus: Learner {
  public static var isBandit: Bool { false }

  private var regrets: [Double]

  public init(strategies: Int) { regrets = Array(repeating: 0, count: strategies) }

  public var strategy: [Double] { Mixture.proportional(regrets) }

  public mutating func learn(choice: Int, utilities: [Double]) {
    let expected = Mixture.mean(utilities, under: strategy)
    for place in regrets.indices { regrets[place] = max(0, regrets[place] + utilities[place] - expected) }
  }

  public func regretBound(rounds: Int) -> Double? { (Double(regrets.count) * Double(rounds)).squareRoot() }
}

extension Mixture {
  /// Proportional to the positive parts; uniform where there are none.
  static func proportional(_ weights: [Double]) -> [Double] {
    let total = weights.reduce(0) { $0 + max(0, $1) }
    return total > 0 ? weights.map { max(0, $0) / total } : uniform(weights.count)
  }

  static func mean(_ values: [Double], under probabilities: [Double]) -> Double {
    zip(values, probabilities).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
