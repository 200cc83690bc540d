/// Fictitious play as a learner: always the strategy that would have paid most so far, which is a best response to what
/// the others did on average.
///
/// Its regret can grow as fast as the number of rounds: it promises nothing.
///
/// Source: Brown 1951.
public struct FollowTheLeader: Learner {
  public static var isBandit: Bool { false }

  private var totals: [Double]

  public init(strategies: Int) { totals = Array(repeating: 0, count: strategies) }

  public var strategy: [Double] {
    // The first of equals, so that the course does not depend on chance.
    let leader = totals.indices.reduce(0) { totals[$1] > totals[$0] ? $1 : $0 }
    return totals.indices.map { $0 == leader ? 1 : 0 }
  }

  public mutating func learn(choice: Int, utilities: [Double]) {
    for place in totals.indices { totals[place] += utilities[place] }
  }

  public func regretBound(rounds: Int) -> Double? { nil }
}
