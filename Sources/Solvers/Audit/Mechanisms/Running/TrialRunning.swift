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
    /// Why only one thread worked, where more were asked for.
    var obstacle: String?
  }

  func run() throws -> Result {
    var crew = AuditCrew(mechanism, options, chunks: chunkCount)
    var result: Result
    if let domain {
      result = try run(trials: domain.count, from: 0, &crew)
    } else {
      switch options.budget {
      case .trials(let count): result = try run(trials: count, from: 0, &crew)
      case .seconds(let seconds): result = try run(seconds: seconds, &crew)
      }
    }
    result.obstacle = crew.obstacle
    return result
  }

  private static let wave = 16

  /// How many chunks can be worked on at the same time, at most.
  private var chunkCount: Int {
    guard case .trials(let count) = options.budget else { return domain == nil ? Self.wave : Int.max }
    return ((domain?.count ?? count) - 1) / ChunkRunner.chunkSize + 1
  }

  /// In waves, each as long as the last, until the time is up.
  private func run(seconds: Double, _ crew: inout AuditCrew) throws -> Result {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var result = Result()
    var chunk = 0
    repeat {
      let more = try run(trials: (chunk + Self.wave) * ChunkRunner.chunkSize, from: chunk, &crew)
      result.findings.merge(more.findings)
      result.evaluations += more.evaluations
      chunk += Self.wave
    } while clock.now < end
    return result
  }

  /// Copies that turn out not to answer as the original would are dismissed, and the trials made again by one thread.
  private func run(trials: Int, from firstChunk: Int, _ crew: inout AuditCrew) throws -> Result {
    let chunks = firstChunk..<((trials + ChunkRunner.chunkSize - 1) / ChunkRunner.chunkSize)
    if crew.workers.count > 1 {
      let outcome = Swift.Result { try runConcurrently(crew.workers, chunks, trials) }
      if crew.workers.allSatisfy({ $0.isFaithful() }) { return try outcome.get() }
      try cancellation.check()
      crew = AuditCrew(
        alone: mechanism, options,
        obstacle: "what it answers may depend on what it was asked before, or on what cannot be copied")
    }
    let worker = crew.workers[0]
    let probe = MechanismProbe(worker.mechanism, tolerance: options.tolerance)
    let runner = ChunkRunner(probe, checks: checks, options: worker.options, domain: domain)
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
  private func runConcurrently(_ workers: [AuditCrew.Worker], _ chunks: Range<Int>, _ trials: Int) throws -> Result {
    let next = Atomic(chunks.lowerBound)
    let failed = Atomic(false)
    let found = Mutex<[Int: Swift.Result<ChunkRunner.Findings, any Error>]>([:])
    let evaluations = Atomic(0)
    let (checks, domain, cancellation, progress) = (checks, domain, cancellation, progress)
    // Each is used by one thread; what they share is shared by those who may.
    nonisolated(unsafe) let workers = workers
    DispatchQueue.concurrentPerform(iterations: min(workers.count, max(1, chunks.count))) { place in
      let worker = workers[place]
      worker.enter()
      defer { worker.leave() }
      let probe = MechanismProbe(worker.mechanism, tolerance: worker.options.tolerance)
      let runner = ChunkRunner(probe, checks: checks, options: worker.options, domain: domain)
      while !failed.load(ordering: .relaxed) {
        let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard chunk < chunks.upperBound else { break }
        let outcome = Swift.Result { try runner.run(chunk: chunk, limit: trials, cancellation) }
        if case .failure = outcome { failed.store(true, ordering: .relaxed) }
        if !worker.isFaithful() { failed.store(true, ordering: .relaxed) }
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
