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

  /// Games in which logit dynamics run in circles, or whose branch turns back: the path ends where it should.
  @Test(arguments: [2, 50, 1e4, 1e6])
  func theBranchIsFollowedToAnyRationality(rationality: Double) throws {
    var games = [try Games.shapley(), try Games.scissors(), try Games.chicken(), try Games.vonStengel()]
    // Matching pennies with a prize: mixed, and far from even.
    games.append(try Games.bimatrix([[9, 0], [0, 1]], [[0, 1], [1, 0]]))
    for seed in 0..<6 as Range<UInt64> {
      games.append(try Games.random([4, 4], seed: seed))
      games.append(try Games.random([2, 3, 2], seed: seed))
    }
    for (number, game) in games.enumerated() {
      let outcome = try game.logitEquilibrium(rationality: rationality)
      #expect(outcome.converged, "game \(number): residual \(outcome.residual)")
      let most = log(Double(game.strategyCounts.max() ?? 0))
      #expect(outcome.equilibrium.maximumRegret <= most / rationality + 1e-9, "game \(number)")
      // Every point on the way is an equilibrium of its own rationality.
      for point in outcome.path where point.rationality < 1e3 {
        let response = game.logitResponse(to: point.profile, rationality: point.rationality)
        #expect(Games.isSame(response, point.profile, within: 1e-7), "game \(number) at \(point.rationality)")
      }
      #expect(outcome.path.first?.rationality == 0 && outcome.path.last?.rationality == rationality)
    }
  }

  /// Of matching pennies with a prize of 9: the only equilibrium has the column player at 1/10, the row player at
  /// 1/2; logit equilibria come near it at the rate 1 / lambda.
  @Test func theBranchEndsAtAnEquilibrium() throws {
    let game = try Games.bimatrix([[9, 0], [0, 1]], [[0, 1], [1, 0]])
    for rationality in [1e2, 1e4, 1e6] {
      let profile = try game.logitEquilibrium(rationality: rationality).equilibrium.profile
      #expect(abs(profile[0][0] - 0.5) < 10 / rationality && abs(profile[1][0] - 0.1) < 10 / rationality)
    }
  }

  /// Payoffs count in units of their own: a thousand times the payoffs is a thousand times the rationality.
  @Test func rationalityIsPerUnitOfUtility() throws {
    let game = try Games.random([3, 4], seed: 9)
    let larger = try FiniteGame(
      strategyCounts: [3, 4], utilities: game.utilities.map { $0.map { 1000 * $0 - 7 } })
    let profile = try game.logitEquilibrium(rationality: 3).equilibrium.profile
    #expect(Games.isSame(profile, try larger.logitEquilibrium(rationality: 0.003).equilibrium.profile, within: 1e-9))
  }

  /// What two players get with all others mixing, by the definition.
  @Test func pairsOfStrategiesAreSummedOverTheOthers() throws {
    let game = try Games.random([2, 3, 4, 2], seed: 5)
    let profile = Games.randomProfile([2, 3, 4, 2], seed: 6)
    for player in 0..<4 {
      for other in 0..<4 where other != player {
        let pairs = game.pairUtilities(of: player, with: other, against: profile)
        for row in 0..<game.strategyCounts[player] {
          for column in 0..<game.strategyCounts[other] {
            var pure = profile
            pure[player] = (0..<profile[player].count).map { $0 == row ? 1 : 0 }
            pure[other] = (0..<profile[other].count).map { $0 == column ? 1 : 0 }
            #expect(abs(pairs[row, column] - Games.expected(game, player, pure)) < 1e-12)
          }
        }
      }
    }
  }

  /// Too many strategies for the path: the dynamics, with the same equation.
  @Test func largeGamesKeepTheEquation() throws {
    let game = try Games.random([120, 120], seed: 3)
    let outcome = try game.logitEquilibrium(rationality: 0.5)
    #expect(outcome.converged && outcome.path.isEmpty)
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
