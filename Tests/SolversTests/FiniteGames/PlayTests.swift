import Foundation
import Testing

@testable import Solvers

/// Fictitious play, logit and replicator dynamics.
@Suite struct PlayTests {
  @Test func fictitiousPlayConvergesInZeroSumGames() throws {
    for seed in 0..<5 as Range<UInt64> {
      let payoffs = try Games.random([4, 5], seed: seed).utilities[0]
      let game = try FiniteGame(strategyCounts: [4, 5], utilities: [payoffs, payoffs.map { -$0 }])
      let outcome = try game.fictitiousPlay(rounds: 200_000, tolerance: 0.01)
      #expect(outcome.converged && outcome.final.maximumRegret <= 0.01 * 10, "\(seed)")
    }
  }

  @Test func shapleysGameRunsInACircle() throws {
    let start = [[1.0, 0, 0], [0, 1.0, 0]]
    let outcome = try Games.shapley().fictitiousPlay(rounds: 100_000, tolerance: 0.01, start: start)
    #expect(!outcome.converged && outcome.final.maximumRegret > 0.05)
  }

  @Test(arguments: [0, 0.5, 3, 20])
  func logitHoldsItsEquation(rationality: Double) throws {
    for game in [try Games.sexes(), try Games.dilemma(), try Games.random([3, 2, 2], seed: 4)] {
      let outcome = try game.logitEquilibrium(rationality: rationality)
      #expect(outcome.converged)
      let response = game.logitResponse(to: outcome.equilibrium.profile, rationality: rationality)
      #expect(Games.isSame(response, outcome.equilibrium.profile, within: 1e-9))
      // A logit response maximises utility plus entropy / lambda, so that it loses at most ln K / lambda.
      if rationality > 0 {
        let most = log(Double(game.strategyCounts.max() ?? 0))
        #expect(outcome.equilibrium.maximumRegret <= most / rationality)
      } else {
        #expect(Games.isSame(outcome.equilibrium.profile, game.strategyCounts.map(Mixture.uniform)))
      }
    }
  }

  @Test func logitOfTheDilemmaIsItsClosedForm() throws {
    // Defecting is worth 2 p + (1 - p) more, p being the probability that the other cooperates; at lambda = 1 the
    // equation p = 1 / (1 + exp(1 + p)) has one root.
    var root = 0.2
    for _ in 0..<200 { root = 1 / (1 + exp(1 + root)) }
    let outcome = try Games.dilemma().logitEquilibrium(rationality: 1)
    #expect(abs(outcome.equilibrium.profile[0][0] - root) < 1e-9)
  }

  @Test func replicatorSettlesOnDominance() throws {
    let outcome = try Games.dilemma().replicatorDynamics(time: 200)
    #expect(outcome.converged && outcome.final.profile[0][1] > 0.999999)
    // In rock, paper, scissors the product of the shares stays as it is.
    let start = [[0.5, 0.3, 0.2], [0.2, 0.5, 0.3]]
    let circle = try Games.scissors().replicatorDynamics(start: start, time: 50, step: 0.02)
    func product(_ profile: [[Double]]) -> Double { profile.joined().reduce(1, *) }
    #expect(abs(product(circle.final.profile) - product(start)) < 1e-8)
    #expect(throws: SolverError.self) { try Games.scissors().replicatorDynamics(time: 1, step: 2) }
  }
}
