/// The peers that had to be installed; nil where they were not asked for.
struct Peers {
  /// Runs PyTorch and whatever else is installed with it.
  let worker: PeerWorker?

  init(python: String?, worker: String?) throws {
    guard let python, let worker else {
      self.worker = nil
      return
    }
    self.worker = try PeerWorker(python: python, script: worker)
  }

  /// The peers' ways of doing a workload.
  ///
  /// - Parameters:
  ///   - size: how much of it: samples, games, steps, weeks.
  ///   - namesVersion: whether a way is named for its library as well.
  ///   - figure: turns the CPU seconds that it took into the row's unit.
  func contestants(
    _ workload: String, size: Int, namesVersion: Bool = true, figure: @escaping (Double) -> Double
  ) throws -> [Contestant] {
    guard let worker else { return [] }
    let version = namesVersion ? try worker.ask("version \(workload)") + ", " : ""
    return try worker.ask("variants \(workload)").split(separator: " ").map { variant in
      Contestant(name: version + variant) {
        let answer = try worker.ask("run \(workload) \(variant) \(size)")
        guard let seconds = Double(answer), seconds > 0 else {
          throw BenchmarkError("the worker answered '\(answer)' where seconds were due")
        }
        return figure(seconds)
      }
    }
  }

  /// PyTorch's ways, in samples per second.
  func torch(_ workload: String, samples: Int) throws -> [Contestant] {
    try contestants(workload, size: samples) { Double(samples) / $0 }
  }

  /// Ways of solving so many games in Python, in CPU milliseconds a game.
  func games(_ workload: String, count: Int) throws -> [Contestant] {
    try contestants(workload, size: count, namesVersion: false) { $0 * 1000 / Double(count) }
  }
}
