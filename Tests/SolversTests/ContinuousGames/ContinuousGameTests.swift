import Tensor
import Testing

@testable import Solvers

@Suite struct ContinuousGameTests {
  /// Alone against nothing a firm gains the monopoly profit (a - c)^2 / (4 b) by the monopoly quantity.
  @Test func regretIsTheGainFromTheBestDeviation() throws {
    let game = try ClassicGames.cournot(costs: [10, 20])
    let report = try game.regret(of: [0, 0])
    #expect(abs(report.deviations[0].gain - 8100 / 8.0) < 1e-6)
    #expect(abs(report.deviations[0].strategy[0] - 22.5) < 1e-6)
    #expect(report.deviations[1].name == "firm 2" && abs(report.deviations[1].gain - 800) < 1e-6)
    #expect(report.worst?.player == 0 && report.evaluations > 1000)
    let harder = try game.verify([0, 0], harder: 3)
    #expect(harder.evaluations > 2 * report.evaluations)
    #expect(harder.maxRegret >= report.maxRegret - 1e-9)
  }

  /// The same seed gives the same result in every bit, another seed other searches.
  @Test func resultsAreReproducible() throws {
    let game = try ClassicGames.blotto(values: [1, 3], budgets: [1, 2], asSimplex: true)
    let options = EquilibriumOptions(seed: 42)
    #expect(try game.solve(options) == game.solve(options))
    #expect(try game.solve(options).seed == 42)
  }

  @Test func refusesWhatIsNoGame() throws {
    func kind(_ body: () throws -> Void) -> SolverErrorKind? {
      do {
        try body()
        return nil
      } catch { return (error as? SolverError)?.reason }
    }
    let payoff = ClosurePayoff(variables: 2) { $0[0] }
    let player = ContinuousGame.Player(name: "A", strategies: try .interval(0, 1), payoff: payoff)
    #expect(kind { _ = try ContinuousGame(players: []) } == .emptyInput)
    #expect(kind { _ = try ContinuousGame(players: [player]) } == .shapeMismatch)
    #expect(kind { _ = try ContinuousGame(players: [player, player]) } == .invalidParameter)
    let game = try ClassicGames.cournot(costs: [1, 2])
    #expect(kind { _ = try game.utilities(at: [1]) } == .shapeMismatch)
    #expect(kind { _ = try game.utilities(at: [1, .nan]) } == .notFinite)
    #expect(kind { _ = try game.utilities(at: [-5, 1]) } == .infeasible)
    #expect(kind { _ = try game.solve(EquilibriumOptions(start: [-5, 1])) } == .infeasible)
    #expect(kind { _ = try game.solve(EquilibriumOptions(starts: 0)) } == .invalidParameter)
    #expect(kind { _ = try game.solve(EquilibriumOptions(tolerance: 0)) } == .invalidParameter)
    #expect(
      kind { _ = try game.solve(EquilibriumOptions(method: .bestResponse(.sequential, damping: 2))) }
        == .invalidParameter)
    let finite = try ContinuousGame(players: [
      .init(name: "A", strategies: try .choice(of: 2), payoff: ClosurePayoff(variables: 1) { $0[0] })
    ])
    #expect(kind { _ = try finite.solve(EquilibriumOptions(method: .newton)) } == .invalidParameter)
    let undefined = try ContinuousGame(players: [
      .init(name: "A", strategies: try .interval(0, 1), payoff: ClosurePayoff(variables: 1) { _ in .nan })
    ])
    #expect(kind { _ = try undefined.solve() } == .notFinite)
  }

  private struct Refusal: Error, Equatable {}

  @Test func errorsAndInterruptionsComeOut() throws {
    let game = try ContinuousGame(
      players: (0..<2).map { player in
        .init(
          name: "\(player)", strategies: try .simplex(count: 2),
          payoff: ClosurePayoff(variables: 4) { _ in throw Refusal() })
      })
    #expect(throws: Refusal()) { try game.solve() }
    let cournot = try ClassicGames.cournot(costs: [1, 2])
    #expect(throws: Cancelled.self) { try cournot.solve(cancellation: Cancellation { true }) }
  }

  /// Ten contestants, from the centre to the equilibrium by the loop that scripts/crosscheck/continuous_games.py times.
  @Test func bestResponsesOfTenContestants() throws {
    let costs = (0..<10).map { 1 + 0.01 * Double($0) }
    let game = try ClassicGames.tullock(costs: costs)
    let total = 9 / costs.reduce(0, +)
    let clock = ContinuousClock()
    var found: (profile: [Double], iterations: Int, settled: Bool)?
    var times: [Duration] = []
    for _ in 0..<20 {
      times.append(
        try clock.measure { found = try game.iterate(.bestResponse(.sequential, damping: 1), maximumIterations: 200) })
    }
    let profile = try #require(found?.profile)
    #expect(found?.settled == true)
    for (effort, cost) in zip(profile, costs) { #expect(abs(effort - total * (1 - cost * total)) < 1e-9) }
    var whole: [Duration] = []
    for _ in 0..<5 { whole.append(try clock.measure { _ = try game.solve(EquilibriumOptions(starts: 1)) }) }
    print(
      "ten contestants: \(found?.iterations ?? 0) sweeps in \(times.min() ?? .zero); with all proofs "
        + "\(whole.min() ?? .zero)")
  }
}
