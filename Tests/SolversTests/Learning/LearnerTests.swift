import Foundation
import Tensor
import Testing

@testable import Solvers

@Suite struct LearnerTests {
  private static let full: [LearningRule] = [.regretMatching, .regretMatchingPlus, .hedge]

  /// The regret of a learner's mixtures against a sequence of utilities.
  private func regret(_ rule: LearningRule, _ sequence: [[Double]]) -> Double {
    var learner = rule.learner(strategies: sequence[0].count)
    var totals = sequence[0].map { _ in 0.0 }
    var got = 0.0
    for utilities in sequence {
      got += Mixture.mean(utilities, under: learner.strategy)
      for place in totals.indices { totals[place] += utilities[place] }
      learner.learn(choice: 0, utilities: utilities)
    }
    return (totals.max() ?? 0) - got
  }

  /// The bounds are theorems about every sequence: random ones, switching ones, and one made against the learner.
  @Test(arguments: full)
  func regretStaysWithinItsBound(rule: LearningRule) throws {
    for (count, rounds) in [(2, 1), (2, 500), (5, 3000), (20, 1000)] {
      let bound = try #require(rule.learner(strategies: count).regretBound(rounds: rounds))
      var stream = RandomStream(seed: 3, purpose: "adversary")
      let random = (0..<rounds).map { _ in (0..<count).map { _ in stream.uniform() } }
      let switching = (0..<rounds).map { round in (0..<count).map { (round / 7 + $0) % count == 0 ? 1.0 : 0 } }
      #expect(regret(rule, random) <= bound)
      #expect(regret(rule, switching) <= bound)
      // Nothing for what the learner likes best, all for the rest.
      var learner = rule.learner(strategies: count)
      let spiteful = (0..<rounds).map { _ in
        let strategy = learner.strategy
        let favourite = strategy.firstIndex(of: strategy.max() ?? 0) ?? 0
        let utilities = (0..<count).map { $0 == favourite ? 0.0 : 1 }
        learner.learn(choice: 0, utilities: utilities)
        return utilities
      }
      #expect(regret(rule, spiteful) <= bound)
    }
  }

  @Test func followingTheLeaderHasNoBound() {
    // Against whoever punishes the leader, it loses every round, and one of two strategies wins half of them.
    var learner = LearningRule.fictitiousPlay.learner(strategies: 2)
    let rounds = 1000
    let spiteful = (0..<rounds).map { _ in
      let utilities = learner.strategy.map { 1 - $0 }
      learner.learn(choice: 0, utilities: utilities)
      return utilities
    }
    #expect(regret(.fictitiousPlay, spiteful) >= Double(rounds) / 2)
    #expect(learner.regretBound(rounds: rounds) == nil)
  }

  /// A bandit must not be moved by what it cannot see.
  @Test(arguments: [LearningRule.exp3, .ucb1])
  func banditsSeeTheirOwnChoiceOnly(rule: LearningRule) {
    var seeing = rule.learner(strategies: 3)
    var blind = rule.learner(strategies: 3)
    var stream = RandomStream(seed: 1, purpose: "bandit")
    #expect(type(of: seeing).isBandit)
    for _ in 0..<200 {
      #expect(seeing.strategy == blind.strategy)
      let choice = stream.choice(seeing.strategy)
      let utilities = (0..<3).map { _ in stream.uniform() }
      seeing.learn(choice: choice, utilities: utilities)
      blind.learn(choice: choice, utilities: utilities.indices.map { $0 == choice ? utilities[$0] : .nan })
    }
  }

  /// Means of Bernoulli arms, the same for both bandits.
  private static let means = [0.4, 0.6, 0.5]

  private func pseudoRegret(_ rule: LearningRule, rounds: Int, seed: UInt64) -> Double {
    var learner = rule.learner(strategies: Self.means.count)
    var stream = RandomStream(seed: seed, purpose: "arms")
    var lost = 0.0
    for _ in 0..<rounds {
      let choice = stream.choice(learner.strategy)
      lost += 0.6 - Self.means[choice]
      learner.learn(choice: choice, utilities: Self.means.map { stream.uniform() < $0 ? 1 : 0 })
    }
    return lost
  }

  @Test func banditsStayWithinTheirBoundsOnAverage() throws {
    let rounds = 20_000
    let runs = 10 as UInt64
    let exp3 = (0..<runs).map { pseudoRegret(.exp3, rounds: rounds, seed: $0) }.reduce(0, +) / Double(runs)
    let ucb1 = (0..<runs).map { pseudoRegret(.ucb1, rounds: rounds, seed: $0) }.reduce(0, +) / Double(runs)
    #expect(exp3 <= (try #require(EXP3(strategies: 3).regretBound(rounds: rounds))))
    #expect(ucb1 <= UCB1.regretBound(gaps: [0.2, 0, 0.1], rounds: rounds))
    // Both beat choosing evenly, which loses 0.1 a round.
    #expect(exp3 < 0.05 * Double(rounds) && ucb1 < 0.05 * Double(rounds))
  }

  @Test func aLearnerOfOneStrategyPlaysIt() {
    for rule in LearningRule.allCases {
      var learner = rule.learner(strategies: 1)
      for _ in 0..<5 {
        #expect(learner.strategy == [1], "\(rule)")
        learner.learn(choice: 0, utilities: [0.5])
      }
    }
  }
}
