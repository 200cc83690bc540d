/// The peers that had to be installed; nil where they were not asked for.
struct Peers {
  let torch: PeerWorker?

  init(python: String?, worker: String?) throws {
    guard let python, let worker else {
      torch = nil
      return
    }
    torch = try PeerWorker(python: python, script: worker)
  }

  /// PyTorch's ways of doing a workload, each a contestant that gives samples per second.
  func torch(_ workload: String, samples: Int) throws -> [Contestant] {
    guard let torch else { return [] }
    let version = try torch.ask("version")
    return try torch.ask("variants \(workload)").split(separator: " ").map { variant in
      Contestant(name: "\(version), \(variant)") {
        let answer = try torch.ask("run \(workload) \(variant) \(samples)")
        guard let seconds = Double(answer), seconds > 0 else {
          throw BenchmarkError("the worker answered '\(answer)' where seconds were due")
        }
        return Double(samples) / seconds
      }
    }
  }
}

extension Peers {
  /// Ways of solving so many games in Python, in CPU milliseconds a game.
  func games(_ workload: String, count: Int) throws -> [Contestant] {
    // The worker that runs PyTorch runs whatever else is installed with it.
    guard let worker = torch else { return [] }
    return try worker.ask("variants \(workload)").split(separator: " ").map { variant in
      Contestant(name: String(variant)) {
        let answer = try worker.ask("run \(workload) \(variant) \(count)")
        guard let seconds = Double(answer), seconds > 0 else {
          throw BenchmarkError("the worker answered '\(answer)' where seconds were due")
        }
        return seconds * 1000 / Double(count)
      }
    }
  }
}
