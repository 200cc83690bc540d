import Tensor
import Testing

@testable import Solvers

/// Learners who play games and markets.
@Suite struct SelfPlayTests {
  @Test(arguments: [LearningRule.regretMatching, .regretMatchingPlus, .hedge])
  func regretsStayWithinBoundsAtEveryCheckpoint(rule: LearningRule) throws {
    for (counts, seed) in [([3, 3], 1), ([2, 4, 3], 2)] as [([Int], UInt64)] {
      let learning = try Games.random(counts, seed: seed).learn(rules: [rule], rounds: 5000, seed: seed)
      let report = learning.report
      #expect(report.checkpoints.last == 5000)
      for player in counts.indices {
        let bounds = try #require(report.boundCurves[player])
        #expect(zip(report.regretCurves[player], bounds).allSatisfy { $0 <= $1 + 1e-12 })
      }
    }
  }

  @Test func theGapIsThatOfWhatWasPlayed() throws {
    let game = try Games.random([3, 2, 2], seed: 5)
    let learning = try game.learn(rules: [.hedge, .exp3, .regretMatching], rounds: 400, seed: 9)
    #expect(abs(learning.jointFrequencies.reduce(0, +) - 1) < 1e-12)
    for player in 0..<3 {
      let regret = game.coarseRegret(of: player, learning.jointFrequencies)
      #expect(abs(regret - max(0, learning.report.playedRegrets[player])) < 1e-9)
    }
  }

  /// In a zero-sum game the mean mixtures' regret is at most the sum of both players' regrets of their mixtures against
  /// the mixtures; drawing adds deviations of order 1/sqrt(rounds) (Hoeffding, 4 of them at 5 standard deviations).
  @Test func meansComeNearTheValueOfAZeroSumGame() throws {
    let rounds = 40_000
    let learning = try Games.scissors().learn(rules: [.regretMatchingPlus], rounds: rounds, seed: 4)
    let bound = 2 * 2 * (3 * Double(rounds)).squareRoot() / Double(rounds) + 4 * 5 / Double(rounds).squareRoot()
    #expect(learning.average.maximumRegret <= bound)
  }

  @Test func theSeedDecides() throws {
    let game = try Games.random([3, 3], seed: 1)
    let (first, again, other) = (
      try game.learn(rules: [.exp3], rounds: 300, seed: 1), try game.learn(rules: [.exp3], rounds: 300, seed: 1),
      try game.learn(rules: [.exp3], rounds: 300, seed: 2)
    )
    #expect(first.jointFrequencies == again.jointFrequencies && first.jointFrequencies != other.jointFrequencies)
  }

  @Test func learningProvidersBidNearTheEquilibrium() throws {
    let values = [10.0, 10, 12]
    let equilibrium = try BidContest.equilibrium(values: values, loads: [0.2])
    let top = 2 * (equilibrium.bids.max() ?? 0)
    let grid = (0...20).map { Double($0) / 20 * top }
    for rule in [LearningRule.regretMatching, .regretMatchingPlus, .hedge] {
      let outcome = try RepeatedMarket(values: values, loads: [0.2], grid: grid)
        .run(rules: [rule], rounds: 20_000, seed: 1)
      // The payoff is strictly concave in the bid, so that bids settle: here within a step of the grid.
      for (bid, continuous) in zip(outcome.lateBids, equilibrium.bids) { #expect(abs(bid - continuous) < top / 20) }
      let report = outcome.report
      for (curve, bounds) in zip(report.regretCurves, report.boundCurves) {
        #expect(try zip(curve, #require(bounds)).allSatisfy { $0 <= $1 })
      }
    }
  }

  @Test func badMarketsAreRefused() {
    #expect(throws: SolverError.self) { try RepeatedMarket(values: [1], loads: [0], grid: [1]) }
    #expect(throws: SolverError.self) { try RepeatedMarket(values: [1, 2], loads: [0], grid: []) }
    #expect(throws: SolverError.self) { try RepeatedMarket(values: [1, 2], loads: [0], grid: [0]) }
    #expect(throws: SolverError.self) { try RepeatedMarket(values: [1, .nan], loads: [0], grid: [1]) }
    #expect(throws: SolverError.self) { try RepeatedMarket(values: [1, 2], loads: [0, 0, 0], grid: [1]) }
    #expect(throws: SolverError.self) {
      try RepeatedMarket(values: [1, 2], loads: [0], grid: [0, 1]).run(rules: [.hedge], rounds: 0, seed: 0)
    }
  }
}
