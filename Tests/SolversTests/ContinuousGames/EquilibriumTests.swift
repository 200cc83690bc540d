import Tensor
import Testing

@testable import Solvers

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-6) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}

@Suite struct EquilibriumTests {
  @Test(arguments: [1, 2, 3, 5], [true, false])
  func cournot(firms: Int, exact: Bool) throws {
    let game = try ClassicGames.cournot(costs: [Double](repeating: 10, count: firms), exact: exact)
    let found = try game.solve()
    #expect(found.converged && found.maxRegret < 1e-6)
    #expect(close(found.profile, [Double](repeating: 90 / (2 * Double(firms + 1)), count: firms)))
    let margin = 90 / Double(firms + 1)
    #expect(close(found.utilities, [Double](repeating: margin * margin / 2, count: firms)))
    #expect(found.multistart.agree)
    for condition in found.secondOrder {
      #expect(condition.verdict == .satisfied)
      #expect(abs((condition.largestEigenvalue ?? 0) + 4) < 1e-3)
    }
    // Each response falls by half of what the others add: the matrix -1/2 off the diagonal.
    let radius = try #require(found.contraction?.spectralRadius)
    #expect(abs(radius - Double(firms - 1) / 2) < 1e-3)
  }

  /// Every method that fits finds the same equilibrium, to its own precision.
  @Test(arguments: [
    (ContinuousMethod.bestResponse(.sequential, damping: 1), 1e-8),
    (.bestResponse(.simultaneous, damping: 1), 1e-8),
    (.bestResponse(.simultaneous, damping: 0.5), 1e-8),
    (.projectedGradient, 1e-7), (.extragradient, 1e-7), (.newton, 1e-8),
    (.fictitiousPlay(pointsPerAxis: 101), 0.05), (.logit(pointsPerAxis: 101, temperature: 0.001), 0.05),
  ])
  func methodsAgree(method: ContinuousMethod, precision: Double) throws {
    let game = try ClassicGames.cournot(costs: [10, 16], capacity: 40)
    let found = try game.solve(EquilibriumOptions(method: method, starts: 2, maximumIterations: 2000))
    // q_i = (a - 2 c_i + c_j) / (3 b).
    #expect(close(found.profile, [16, 13], precision))
    #expect(found.converged || precision > 0.01)
    #expect(found.method == method)
  }

  @Test func bertrand() throws {
    let found = try ClassicGames.bertrand(a: 20, d: 0.5, cost: 4).solve()
    #expect(found.converged && close(found.profile, [16, 16]))
    #expect(abs((found.contraction?.spectralRadius ?? 0) - 0.25) < 1e-3)
  }

  @Test(arguments: [2, 3, 10, 30])
  func tullock(contestants: Int) throws {
    let costs = (0..<contestants).map { 1 + 0.2 * Double($0) / Double(contestants) / Double(contestants) }
    let found = try ClassicGames.tullock(costs: costs).solve(EquilibriumOptions(starts: 2))
    let total = Double(contestants - 1) / costs.reduce(0, +)
    #expect(found.converged)
    #expect(close(found.profile, costs.map { total * (1 - $0 * total) }, 1e-7))
  }

  /// Two contestants are strong, the third stays out: 1 / c_3 is below the total effort of the other two.
  @Test func weakContestantsStayOut() throws {
    let found = try ClassicGames.tullock(costs: [1, 1, 3]).solve()
    #expect(found.converged && close(found.profile, [0.25, 0.25, 0], 1e-7))
    #expect(found.secondOrder[2].verdict == .atVertex)
  }

  /// u_i = v_i log(1 + G) - g_i: only the keenest pays, G = v_max - 1; the others ride free.
  @Test(arguments: [ContinuousMethod.automatic, .newton, .extragradient])
  func publicGoods(method: ContinuousMethod) throws {
    let keenness = [2.0, 5, 3, 4]
    let game = try ContinuousGame(
      players: keenness.enumerated().map { player, v in
        .init(
          name: "citizen \(player + 1)", strategies: try .interval(0, 10),
          payoff: ClosurePayoff(variables: 4) { g in v * log(1 + g.reduce(0, +)) - g[player] })
      })
    let found = try game.solve(EquilibriumOptions(method: method, starts: 3))
    #expect(found.converged && close(found.profile, [0, 4, 0, 0], 1e-6))
    #expect(found.secondOrder.map(\.verdict) == [.atVertex, .satisfied, .atVertex, .atVertex])
  }

  /// Budgets spread by value; one more unit of budget is worth V B_j / (B_i + B_j)^2.
  @Test(arguments: [true, false], [ContinuousMethod.automatic, .newton, .extragradient, .projectedGradient])
  func contestsWithBudgets(asSimplex: Bool, method: ContinuousMethod) throws {
    let game = try ClassicGames.blotto(values: [1, 2, 3], budgets: [6, 12], asSimplex: asSimplex)
    let found = try game.solve(EquilibriumOptions(method: method, starts: 3, maximumIterations: 5000))
    #expect(found.converged)
    #expect(close(found.profile, [1, 2, 3, 2, 4, 6], 1e-4))
    #expect(close(found.utilities, [2, 4], 1e-6))
    let prices = [72 / 324.0, 36 / 324.0]
    #expect(close(Array(found.multipliers.joined()), prices, 1e-3))
    #expect(found.secondOrder.allSatisfy { $0.verdict == .satisfied })
  }

  /// n players split one unit of traffic each between a road whose delay is its traffic and one of constant delay c;
  /// each sends c / (n + 1) over the first.
  @Test(arguments: [2, 4])
  func congestion(players: Int) throws {
    let delay = 1.5
    let game = try ContinuousGame(
      players: (0..<players).map { player in
        .init(
          name: "carrier \(player + 1)", strategies: try .simplex(count: 2),
          payoff: ClosurePayoff(variables: 2 * players) { x in
            let load = (0..<players).reduce(0) { $0 + x[2 * $1] }
            return -(x[2 * player] * load + x[2 * player + 1] * delay)
          })
      })
    let found = try game.solve()
    let share = delay / Double(players + 1)
    let expected = (0..<players).flatMap { _ in [share, 1 - share] }
    #expect(found.converged)
    #expect(close(found.profile, expected, 1e-6))
  }

  /// Responses 3x^2 - 2x^3 cross the diagonal at 0, 1/2 and 1: best responses reach the outer two, Newton all three.
  @Test func severalEquilibria() throws {
    func response(_ x: Double) -> Double { (3 - 2 * x) * x * x }
    func loss(_ x: Double, _ y: Double) -> Double { -(x - response(y)) * (x - response(y)) }
    let game = try ClassicGames.square(loss, { loss($1, $0) })
    let found = try game.solve(EquilibriumOptions(start: [0.1, 0.2], starts: 12))
    #expect(found.converged && found.multistart.converged == 12)
    let ends = found.multistart.equilibria
    #expect(ends.contains { close($0, [0, 0], 1e-4) } && ends.contains { close($0, [1, 1], 1e-4) })
    #expect(!found.multistart.agree && found.advice.contains { $0.contains("different equilibria") })
    let middle = try game.solve(EquilibriumOptions(method: .newton, start: [0.48, 0.53], starts: 1))
    #expect(middle.converged && close(middle.profile, [0.5, 0.5], 1e-6))
    // Both responses have slope 3/2 there: unstable.
    #expect(abs((middle.contraction?.spectralRadius ?? 0) - 1.5) < 1e-3)
  }

  /// The one wants to be near, the other away: no pure equilibrium. Somebody can always gain 1/8 at least, which is what
  /// the profiles with y = 1/2 and |x - y| = 1/sqrt 8 leave.
  @Test func pursuitHasNoEquilibrium() throws {
    let game = try ClassicGames.square({ ($0 - $1) * ($0 - $1) }, { -($0 - $1) * ($0 - $1) })
    for method in [ContinuousMethod.automatic, .extragradient, .newton, .bestResponse(.sequential, damping: 1)] {
      let found = try game.solve(EquilibriumOptions(method: method, maximumIterations: 200))
      #expect(!found.converged)
      #expect(found.maxRegret >= 0.125 - 1e-9 && found.maxRegret <= 1)
      #expect(!found.advice.isEmpty && found.multistart.equilibria.isEmpty)
      #expect(found.regret == (try game.regret(of: found.profile, seed: found.seed)))
    }
  }

  /// Bilinear pennies: responses jump from corner to corner and gradients circle, extragradient comes in.
  @Test func pennies() throws {
    let game = try ClassicGames.pennies()
    let start = [0.9, 0.2]
    #expect(try !game.iterate(.bestResponse(.sequential, damping: 1), from: start, maximumIterations: 500).settled)
    #expect(try !game.iterate(.projectedGradient, from: start, maximumIterations: 500).settled)
    let inner = try game.iterate(.extragradient, from: start, maximumIterations: 5000)
    #expect(inner.settled && close(inner.profile, [0.5, 0.5], 1e-6))
    #expect(try game.solve(EquilibriumOptions(start: start)).converged)
    // Fictitious play converges in zero-sum games (Robinson 1951), slowly: 1/sqrt t or so.
    let play = try game.solve(
      EquilibriumOptions(
        method: .fictitiousPlay(pointsPerAxis: 2), start: start, starts: 1, maximumIterations: 4000))
    let gap = try #require(play.mixed?.gap)
    #expect(gap < 0.1)
    #expect(close(play.profile, [0.5, 0.5], 0.05))
  }

  /// The all-pay auction has no pure equilibrium; in the mixed one bids are uniform, and on a grid nearly so.
  @Test func allPayAuction() throws {
    func win(_ own: Double, _ other: Double) -> Double { (own > other ? 1 : own == other ? 0.5 : 0) - own }
    let game = try ClassicGames.square(smooth: false, win, { win($1, $0) })
    let pure = try game.solve(EquilibriumOptions(maximumIterations: 200))
    #expect(!pure.converged && pure.maxRegret > 0.1)
    let play = try game.solve(
      EquilibriumOptions(method: .fictitiousPlay(pointsPerAxis: 21), starts: 1, maximumIterations: 20_000))
    let mixed = try #require(play.mixed)
    #expect((mixed.gap ?? 1) < 0.05)
    for (points, probabilities) in zip(mixed.points, mixed.probabilities) {
      let mean = zip(points, probabilities).reduce(0) { $0 + $1.0[0] * $1.1 }
      #expect(abs(mean - 0.5) < 0.08)
    }
  }

  /// Rock, paper, scissors as logit dynamics: one third each.
  @Test func finiteGameByLogit() throws {
    func beats(_ a: Double, _ b: Double) -> Double { a == b ? 0 : Int(a + 3 - b) % 3 == 1 ? 1 : -1 }
    let game = try ContinuousGame(
      players: (0..<2).map { player in
        .init(
          name: "player \(player)", strategies: try .choice(of: 3),
          payoff: ClosurePayoff(variables: 2, smooth: false) { beats($0[player], $0[1 - player]) })
      })
    let found = try game.solve(
      EquilibriumOptions(
        method: .logit(pointsPerAxis: 3, temperature: 0.5), starts: 1, maximumIterations: 3000))
    let mixed = try #require(found.mixed)
    #expect(mixed.probabilities.allSatisfy { $0.allSatisfy { abs($0 - 1 / 3.0) < 1e-3 } })
    #expect(!found.converged && found.maxRegret == 1)
  }

  /// A seller picks one of three qualities, a buyer an amount: k = 2 has the best margin at the amount it leads to.
  @Test func finiteBesideContinuous() throws {
    let margins = [1.0, 1.5, 1.2]
    let game = try ContinuousGame(players: [
      .init(
        name: "seller", strategies: try .choice(of: 3),
        payoff: ClosurePayoff(variables: 2) { margins[Int($0[0])] * $0[1] }),
      .init(
        name: "buyer", strategies: try .interval(0, 10),
        payoff: ClosurePayoff(variables: 2) { 2 * (1 + $0[0]) * $0[1].squareRoot() - $0[1] }),
    ])
    let found = try game.solve()
    #expect(found.converged && found.profile[0] == 1 && abs(found.profile[1] - 4) < 1e-6)
    #expect(found.contraction?.spectralRadius == nil && found.secondOrder[0].verdict == .notApplicable)
  }

  /// A local maximum of one's own payoff is not enough: the deviation found moves the search on.
  @Test func localMaximaAreLeft() throws {
    // Two hills: the one at 0.2 is lower than the one at 0.8, whatever the other does.
    func hills(_ x: Double) -> Double { exp(-200 * (x - 0.2) * (x - 0.2)) + 2 * exp(-200 * (x - 0.8) * (x - 0.8)) }
    let game = try ClassicGames.square({ hills($0) + 0.1 * $1 }, { -($1 - $0) * ($1 - $0) })
    let stuck = try game.iterate(.bestResponse(.sequential, damping: 1), from: [0.2, 0.2])
    #expect(stuck.settled && close(stuck.profile, [0.2, 0.2], 1e-5))
    let regret = try game.regret(of: stuck.profile)
    #expect(regret.worst?.player == 0 && abs(regret.maxRegret - 1) < 1e-5)
    #expect(abs((regret.worst?.strategy.first ?? 0) - 0.8) < 1e-5)
    let found = try game.solve(EquilibriumOptions(start: [0.2, 0.2], starts: 1))
    #expect(found.converged && close(found.profile, [0.8, 0.8], 1e-5))
  }
}
