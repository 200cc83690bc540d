import Solvers
import Tensor

extension BenchmarkRow {
  /// The whole equilibrium of bids: 1,000 providers that all differ bid for 10,000 members that all differ.
  static let equilibrium = BenchmarkRow(name: "equilibrium", unit: "CPU s", better: .smaller) { _ in
    let game = drawnGame(providers: 1000, members: 10_000)
    return Contest(ours: {
      try CPUTime.seconds { _ = try game.solve(verified: false) }
    })
  }

  private static func drawnGame(providers: Int, members: Int) -> IncentiveGame {
    var stream = RandomStream(seed: 0, purpose: "benchmark game")
    func draw(_ count: Int, _ low: Double, _ high: Double) -> [Double] {
      (0..<count).map { _ in stream.uniform(low, high) }
    }
    let reports = MemberReports(
      dataSizes: draw(members, 500, 9000).map { $0.rounded() }, losses: draw(members, 0.1, 2.3),
      ages: draw(members, 1, 40), gradientNorms: draw(members, 0.2, 5), frequencies: draw(members, 3e9, 5e9))
    let attention = draw(providers, 0.2, 0.8)
    return IncentiveGame(
      reports: reports, budgets: draw(providers, 200, 3000), qualityAttention: attention,
      freshnessAttention: attention.map { 1 - $0 })
  }
}
