import Tensor
import Testing

@testable import Solvers

@Suite struct StackelbergTests {
  private func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-5) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }

  /// The leader makes (a - c) / (2 b), the follower half of that; through the closed form and through equilibria, with
  /// differences and with exact derivatives.
  @Test(arguments: [true, false])
  func duopoly(exact: Bool) throws {
    let game = try ClassicGames.cournot(costs: [10, 10], exact: exact)
    let numeric = try StackelbergGame(game: game, leaders: [0]).solve()
    let formula = try StackelbergGame(
      game: game, leaders: [0], response: .closedForm { [max(0, (90 - 2 * $0[0]) / 4)] }
    ).solve()
    for found in [numeric, formula] {
      #expect(found.converged && close(found.profile, [22.5, 11.25]))
      #expect(close(found.utilities, [506.25, 253.125]))
      #expect(found.followerRegret.maxRegret < 1e-6 && found.leading.maxRegret < 1e-5)
      #expect(found.leading.regret.deviations.count == 1 && found.followerRegret.deviations[0].name == "firm 2")
      let again = try StackelbergGame(game: game, leaders: [0]).verify(found)
      #expect(again.leaders.maxRegret < 1e-5 && again.followers.maxRegret < 1e-6)
      #expect(found.derivativeChecks.count == 1 && found.derivativeChecks[0].largestDifference < 1e-3)
    }
  }

  /// Several leaders and followers: leaders (a - c) / (b (m + 1)) each, followers that by (n + 1).
  @Test func severalLeaders() throws {
    let game = try ClassicGames.cournot(costs: [10, 10, 10, 10, 10], exact: true)
    let found = try StackelbergGame(game: game, leaders: [1, 3]).solve()
    let leader = 90 / (2 * 3.0)
    #expect(found.converged)
    #expect(close(found.profile, [leader / 4, leader, leader / 4, leader, leader / 4]))
    #expect(found.derivativeChecks.map(\.name) == ["firm 2", "firm 4"])
  }

  /// Away from the optimum the implicit derivative is the slope of the reduced payoff, (a - c) / 2 - b q = 25; with the
  /// follower held at capacity it is that of the monopolist, a - c - b K - 2 b q = 40.
  @Test(arguments: [(100.0, 25.0), (5.0, 40.0)])
  func implicitDerivative(capacity: Double, slope: Double) throws {
    let firms = try ClassicGames.cournot(costs: [10, 10], exact: true).players
    let game = try ContinuousGame(players: [
      firms[0], .init(name: "small", strategies: try .interval(0, capacity), payoff: firms[1].payoff),
    ])
    let stackelberg = try StackelbergGame(game: game, leaders: [0])
    let reaction = try FollowerReaction(stackelberg, careful: false, cancellation: .never)
    let payoff = LeaderPayoff(of: 0, in: stackelberg, through: reaction)
    #expect(payoff.derivativeSource == .exact)
    #expect(abs(try payoff.gradient(at: [10])[0] - slope) < 1e-6)
    let differences = try #require(try payoff.check(at: [10], variables: 0..<1, sets: firms[0].strategies))
    #expect(differences.largestDifference < 1e-6)
  }

  /// A follower with a budget: the multiplier's direction is taken out of the response.
  @Test func followerWithABudget() throws {
    // The follower splits one unit between two tasks, -(y1 - x)^2 - (y2 - 1)^2: y1 = x / 2, y2 = 1 - x / 2 for 0 < x < 2.
    // The leader's -(y1 - 0.3)^2 - 0 x is best at x = 0.6.
    let game = try ContinuousGame(players: [
      .init(
        name: "leader", strategies: try .interval(0, 1),
        payoff: ClosurePayoff(
          variables: 3,
          gradient: { p, g in
            (g[0], g[1], g[2]) = (0, -2 * (p[1] - 0.3), 0)
          }
        ) { p in -(p[1] - 0.3) * (p[1] - 0.3) }),
      .init(
        name: "follower", strategies: try .budget(weights: [1, 1], limit: 1, lower: [0, 0], upper: [1, 1]),
        payoff: ClosurePayoff(
          variables: 3,
          gradient: { p, g in
            (g[0], g[1], g[2]) = (2 * (p[1] - p[0]), -2 * (p[1] - p[0]), -2 * (p[2] - 1))
          }
        ) { p in -(p[1] - p[0]) * (p[1] - p[0]) - (p[2] - 1) * (p[2] - 1) }),
    ])
    let found = try StackelbergGame(game: game, leaders: [0]).solve()
    #expect(found.converged && close(found.profile, [0.6, 0.3, 0.7], 1e-4))
    #expect(found.derivativeChecks.allSatisfy { $0.largestDifference < 1e-6 })
  }

  /// A follower who answers in whole numbers, k = round(10 x / (1 + x)) by own utility; the leader pays x per unit of
  /// effort and values effort at 4. Compared with trying a fine grid of prices and every k.
  @Test func wholeNumberFollower() throws {
    func effort(_ price: Double, _ k: Double) -> Double {
      -(k - 10 * price / (1 + price)) * (k - 10 * price / (1 + price))
    }
    func gain(_ price: Double, _ k: Double) -> Double { (4 - price) * k }
    let game = try ContinuousGame(players: [
      .init(
        name: "leader", strategies: try .interval(0, 4), payoff: ClosurePayoff(variables: 2) { gain($0[0], $0[1]) }),
      .init(
        name: "worker", strategies: try .integers(lower: [0], upper: [10]),
        payoff: ClosurePayoff(variables: 2) { effort($0[0], $0[1]) }),
    ])
    let found = try StackelbergGame(game: game, leaders: [0]).solve(
      EquilibriumOptions(starts: 1, tolerance: 1e-3, effort: .thorough))
    var best = -Double.infinity
    for step in 0...40_000 {
      let price = 4 * Double(step) / 40_000
      let reply = (0...10).map(Double.init).max { effort(price, $0) < effort(price, $1) } ?? 0
      best = max(best, gain(price, reply))
    }
    #expect(found.profile[1] == found.profile[1].rounded())
    #expect(found.followerRegret.maxRegret == 0)
    #expect(found.utilities[0] >= best - 5e-3)
    #expect(found.derivativeChecks.isEmpty)
  }

  @Test func refusesWhatHasNoStages() throws {
    let game = try ClassicGames.cournot(costs: [10, 10])
    #expect(throws: SolverError.self) { try StackelbergGame(game: game, leaders: []) }
    #expect(throws: SolverError.self) { try StackelbergGame(game: game, leaders: [0, 1]) }
    #expect(throws: SolverError.self) { try StackelbergGame(game: game, leaders: [2]) }
    let outside = try StackelbergGame(game: game, leaders: [0], response: .closedForm { _ in [-4] })
    #expect(throws: SolverError.self) { try outside.solve() }
    let short = try StackelbergGame(game: game, leaders: [0], response: .closedForm { _ in [] })
    #expect(throws: SolverError.self) { try short.solve() }
  }

  /// A closed form that is wrong is found out by the follower's regret.
  @Test func wrongClosedFormsAreFoundOut() throws {
    let game = try ClassicGames.cournot(costs: [10, 10])
    let found = try StackelbergGame(game: game, leaders: [0], response: .closedForm { _ in [1] }).solve()
    #expect(!found.converged && found.followerRegret.maxRegret > 10)
  }
}
