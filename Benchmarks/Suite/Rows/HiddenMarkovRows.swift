import Solvers
import Tensor

extension BenchmarkRow {
  /// A hidden Markov model of 8 states and 16 symbols on a sequence of 100,000: CPU time of one iteration of Baum and
  /// Welch, of one score, of one path of Viterbi's, of one posterior.
  static let hiddenMarkov = [
    hiddenMarkov("hmm-fit", times: 20) { workload, times in
      let options = try BaumWelch.Options(iterations: times, tolerance: 0)
      let fit = try BaumWelch.fit([workload.symbols], from: workload.start, options: options)
      guard fit.iterations == times else { throw BenchmarkError("only \(fit.iterations) iterations were made") }
    },
    hiddenMarkov("hmm-score", times: 20) { workload, times in
      for _ in 0..<times { _ = try workload.start.logLikelihood(of: workload.symbols) }
    },
    hiddenMarkov("hmm-viterbi", times: 20) { workload, times in
      for _ in 0..<times { _ = try workload.start.likeliestPath(of: workload.symbols) }
    },
    hiddenMarkov("hmm-posterior", times: 10) { workload, times in
      for _ in 0..<times { _ = try workload.start.posterior(of: workload.symbols) }
    },
  ]

  private struct HiddenMarkovWorkload {
    let symbols: [Int]
    /// Not the model that the symbols were drawn from, so that fitting has something to do.
    let start: HiddenMarkovModel

    init() throws {
      var stream = RandomStream(seed: 0, purpose: "benchmark chain")
      let truth = try HiddenMarkovModel.drawn(states: 8, symbols: 16, stream: &stream)
      symbols = try truth.sample(length: 100_000, stream: &stream).symbols
      start = try HiddenMarkovModel.drawn(states: 8, symbols: 16, stream: &stream)
    }
  }

  private static func hiddenMarkov(
    _ name: String, times: Int, work: @escaping @Sendable (HiddenMarkovWorkload, Int) throws -> Void
  ) -> BenchmarkRow {
    BenchmarkRow(name: name, unit: "CPU ms", better: .smaller) { peers in
      let workload = try HiddenMarkovWorkload()
      return Contest(
        ours: { try CPUTime.seconds { try work(workload, times) } / Double(times) * 1000 },
        peers: try peers.contestants(name, size: times) { $0 / Double(times) * 1000 })
    }
  }
}
