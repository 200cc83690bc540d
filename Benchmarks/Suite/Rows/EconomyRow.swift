import Core

extension BenchmarkRow {
  /// The token economy of a hundred agents, in weeks of a ten-year course; the peer's weeks hold less
  /// (Benchmarks/peers/economy.py).
  static let economy = BenchmarkRow(name: "token-economy", unit: "weeks/CPU s", better: .larger) { peers in
    let (weeks, runs) = (520, 10)
    return Contest(
      ours: {
        let seconds = try CPUTime.seconds {
          let ensemble = try EconomyEnsemble([EconomyScenario()], weeks: weeks, runs: runs, seed: 1, threads: 1)
          guard ensemble.tables.first?.count == runs else { throw BenchmarkError("a run is missing") }
        }
        return Double(weeks * runs) / seconds
      }, peers: try peers.contestants("economy", size: weeks) { Double(weeks) / $0 })
  }
}
