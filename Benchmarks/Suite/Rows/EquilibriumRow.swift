import Foundation
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

  /// How the equilibrium's cost grows with the members and with the providers: the exponent fitted to four sizes, each
  /// twice the one before.
  static let growth = [
    growing("growth-members") { drawnGame(providers: 200, members: 2000 * $0) },
    growing("growth-providers") { drawnGame(providers: 100 * $0, members: 4000) },
  ]

  private static func growing(
    _ name: String, _ game: @escaping @Sendable (_ times: Int) -> IncentiveGame
  ) -> BenchmarkRow {
    BenchmarkRow(name: name, unit: "exponent", better: .smaller) { _ in
      let games = [1, 2, 4, 8].map(game)
      return Contest(ours: {
        let times = try games.map { game in log2(try CPUTime.seconds { _ = try game.solve(verified: false) }) }
        // The slope of the line of least squares through (0, 1, 2, 3).
        return (-1.5 * times[0] - 0.5 * times[1] + 0.5 * times[2] + 1.5 * times[3]) / 5
      })
    }
  }

  /// A round in closed form, a million members and a hundred providers: how fast it gets through both tables of bids,
  /// against merely adding up all their numbers.
  static let closedForms = BenchmarkRow(name: "closed-forms", unit: "GB/CPU s", better: .larger) { _ in
    let (members, providers) = (1_000_000, 100)
    let game = drawnGame(providers: 2, members: members)
    var stream = RandomStream(seed: 1, purpose: "benchmark bids")
    func bids() -> Matrix {
      Matrix(
        rows: members, columns: providers,
        elements: (0..<members * providers).map { _ in 1e-4 * Double(stream.next() >> 40) / 16_777_216 })
    }
    let (quality, freshness) = (bids(), bids())
    let gigabytes = 16 * Double(members * providers) / 1e9
    func rate(_ body: () throws -> Void) rethrows -> Double { gigabytes / (try CPUTime.seconds(body)) }
    return Contest(
      ours: {
        try rate {
          _ = try IncentiveRound.played(reports: game.reports, qualityBids: quality, freshnessBids: freshness)
        }
      },
      peers: [
        Contestant(name: "adding them up") {
          rate {
            let sum = [quality, freshness].reduce(0) { $0 + MemoryRate.sum($1.elements) }
            precondition(sum > 0)
          }
        }
      ])
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

/// The least that can be done with all numbers of an array.
private enum MemoryRate {
  static func sum(_ values: [Double]) -> Double {
    values.withUnsafeBytes { bytes in
      var lanes = (SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero)
      for block in 0..<values.count / 32 {
        lanes.0 += bytes.loadUnaligned(fromByteOffset: block * 256, as: SIMD8<Double>.self)
        lanes.1 += bytes.loadUnaligned(fromByteOffset: block * 256 + 64, as: SIMD8<Double>.self)
        lanes.2 += bytes.loadUnaligned(fromByteOffset: block * 256 + 128, as: SIMD8<Double>.self)
        lanes.3 += bytes.loadUnaligned(fromByteOffset: block * 256 + 192, as: SIMD8<Double>.self)
      }
      return (lanes.0 + lanes.1 + lanes.2 + lanes.3).sum()
    }
  }
}
