import Tensor

/// A rule by which someone who plays the same game again and again chooses, from what its strategies would have paid.
///
/// Learners are values: a copy of one goes on from the same past. Utilities are measured on 0...1, which whoever runs
/// them sees to; the bounds that each rule's documentation states are in this unit. Regret is what the best single
/// strategy in hindsight would have paid more, all rounds together.
public protocol Learner: Sendable {
  /// Whether it looks only at what its own choice paid, as a player does who sees nothing else.
  static var isBandit: Bool { get }

  /// The probability of each strategy in the next round.
  var strategy: [Double] { get }

  /// Takes a round's lesson.
  /// - Parameters:
  ///   - choice: the strategy that was played.
  ///   - utilities: what each strategy would have paid. A bandit reads the entry of its choice alone.
  mutating func learn(choice: Int, utilities: [Double])

  /// The regret that the rule promises not to exceed after so many rounds, where it promises any. It is a promise about
  /// the mixtures, for every sequence of what others do; for bandits, about the mean over their own draws.
  func regretBound(rounds: Int) -> Double?
}

/// The learners that there are.
public enum LearningRule: String, CaseIterable, Sendable {
  case regretMatching = "regret_matching"
  case regretMatchingPlus = "regret_matching_plus"
  case hedge
  case fictitiousPlay = "fictitious_play"
  case exp3
  case ucb1

  /// A learner at its beginning.
  /// - Parameter strategies: how many it chooses among, at least 1.
  public func learner(strategies: Int) -> any Learner {
    switch self {
    case .regretMatching: RegretMatching(strategies: strategies)
    case .regretMatchingPlus: RegretMatchingPlus(strategies: strategies)
    case .hedge: Hedge(strategies: strategies)
    case .fictitiousPlay: FollowTheLeader(strategies: strategies)
    case .exp3: EXP3(strategies: strategies)
    case .ucb1: UCB1(strategies: strategies)
    }
  }
}

extension RandomStream {
  /// A place drawn with the given probabilities.
  mutating func choice(_ probabilities: [Double]) -> Int {
    var left = uniform() * probabilities.reduce(0, +)
    for (place, probability) in probabilities.enumerated() where probability > 0 {
      left -= probability
      if left < 0 { return place }
    }
    return probabilities.lastIndex { $0 > 0 } ?? 0
  }
}
