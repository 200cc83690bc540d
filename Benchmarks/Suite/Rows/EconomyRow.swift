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
      }, peers: try peers.economy(weeks: weeks))
  }
}

extension Peers {
  /// radCAD's ways of simulating so many weeks, each a contestant that gives weeks per second.
  fileprivate func economy(weeks: Int) throws -> [Contestant] {
    // The worker that runs PyTorch runs whatever else is installed with it.
    guard let worker = torch else { return [] }
    let version = try worker.ask("version economy")
    return try worker.ask("variants economy").split(separator: " ").map { variant in
      Contestant(name: "\(version), \(variant)") {
        let answer = try worker.ask("run economy \(variant) \(weeks)")
        guard let seconds = Double(answer), seconds > 0 else {
          throw BenchmarkError("the worker answered '\(answer)' where seconds were due")
        }
        return Double(weeks) / seconds
      }
    }
  }
}
