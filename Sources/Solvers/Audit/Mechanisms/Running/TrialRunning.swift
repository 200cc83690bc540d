import Dispatch
import Synchronization
import Tensor

/// Runs all trials of an audit, on several threads where the mechanism allows it.
struct TrialRunning {
  let mechanism: any Mechanism
  let checks: [any PropertyCheck]
  let options: AuditOptions
  let domain: FiniteDomain?
  let cancellation: Cancellation
  /// Told how many trials are done, and of how many; from any thread.
  let progress: @Sendable (_ done: Int, _ total: Int) -> Void

  struct Result {
    var findings = ChunkRunner.Findings()
    var evaluations = 0
  }

  func run() throws -> Result {
    if let domain { return try run(trials: domain.count, from: 0) }
    switch options.budget {
    case .trials(let count): return try run(trials: count, from: 0)
    case .seconds(let seconds): return try run(seconds: seconds)
    }
  }

  /// In waves, each as long as the last, until the time is up.
  private func run(seconds: Double) throws -> Result {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    let wave = 16
    var result = Result()
    var chunk = 0
    repeat {
      let more = try run(trials: (chunk + wave) * ChunkRunner.chunkSize, from: chunk)
      result.findings.merge(more.findings)
      result.evaluations += more.evaluations
      chunk += wave
    } while clock.now < end
    return result
  }

  private func run(trials: Int, from firstChunk: Int) throws -> Result {
    let chunks = firstChunk..<((trials + ChunkRunner.chunkSize - 1) / ChunkRunner.chunkSize)
    if options.threads > 1, let concurrent = mechanism as? any ConcurrentMechanism, let prior = options.prior.sendable {
      return try runConcurrently(concurrent, prior, chunks, trials)
    }
    let probe = MechanismProbe(mechanism, tolerance: options.tolerance)
    let runner = ChunkRunner(probe, checks: checks, options: options, domain: domain)
    var result = Result()
    for chunk in chunks {
      result.findings.merge(try runner.run(chunk: chunk, limit: trials, cancellation))
      progress(min(trials, (chunk + 1) * ChunkRunner.chunkSize), trials)
    }
    result.evaluations = probe.evaluations
    return result
  }

  /// Workers take the next chunk as soon as they are free; what they found is put together in the chunks' order, and of
  /// several errors the one of the first chunk counts.
  private func runConcurrently(
    _ mechanism: any ConcurrentMechanism, _ prior: SendablePrior, _ chunks: Range<Int>, _ trials: Int
  ) throws -> Result {
    let next = Atomic(chunks.lowerBound)
    let failed = Atomic(false)
    let found = Mutex<[Int: Swift.Result<ChunkRunner.Findings, any Error>]>([:])
    let evaluations = Atomic(0)
    let (checks, domain, cancellation, progress) = (checks, domain, cancellation, progress)
    let plain = PlainOptions(options)
    DispatchQueue.concurrentPerform(iterations: min(options.threads, max(1, chunks.count))) { _ in
      let probe = MechanismProbe(mechanism, tolerance: plain.tolerance)
      let runner = ChunkRunner(probe, checks: checks, options: plain.options(prior), domain: domain)
      while !failed.load(ordering: .relaxed) {
        let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard chunk < chunks.upperBound else { break }
        let outcome = Swift.Result { try runner.run(chunk: chunk, limit: trials, cancellation) }
        if case .failure = outcome { failed.store(true, ordering: .relaxed) }
        found.withLock { $0[chunk] = outcome }
        progress(min(trials, (chunk + 1) * ChunkRunner.chunkSize), trials)
      }
      evaluations.wrappingAdd(probe.evaluations, ordering: .relaxed)
    }
    let finished = found.withLock { $0 }
    var result = Result()
    for chunk in finished.keys.sorted() { result.findings.merge(try finished[chunk]?.get() ?? .init()) }
    result.evaluations = evaluations.load(ordering: .relaxed)
    return result
  }
}

/// A prior that threads may share.
enum SendablePrior: Sendable {
  case independent(ValueDistribution)
  case independentByField([[ValueDistribution]])
  case table(PriorTable)

  var prior: TypePrior {
    switch self {
    case .independent(let distribution): .independent(distribution)
    case .independentByField(let rows): .independentByField(rows)
    case .table(let table): .table(table)
    }
  }
}

extension TypePrior {
  /// Nil for what somebody else draws.
  var sendable: SendablePrior? {
    switch self {
    case .independent(let distribution): .independent(distribution)
    case .independentByField(let rows): .independentByField(rows)
    case .table(let table): .table(table)
    case .drawn: nil
    }
  }
}

/// The options that threads need, without the prior.
private struct PlainOptions: Sendable {
  let seed: UInt64
  let tolerance: Double
  let onFailure: AuditOptions.FailurePolicy

  init(_ options: AuditOptions) {
    seed = options.seed
    tolerance = options.tolerance
    onFailure = options.onFailure
  }

  func options(_ prior: SendablePrior) -> AuditOptions {
    AuditOptions(prior: prior.prior, seed: seed, tolerance: tolerance, onFailure: onFailure)
  }
}
