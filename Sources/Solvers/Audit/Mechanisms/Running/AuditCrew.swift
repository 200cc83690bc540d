/// Who works on the trials of an audit: one thread with the mechanism itself, or several, each with what it may ask.
///
/// Mechanisms that several threads may ask at once are shared; others, and priors that somebody else draws, are copied
/// where that can be done.
struct AuditCrew {
  /// What one thread asks.
  struct Worker {
    let mechanism: any Mechanism
    let options: AuditOptions
    fileprivate(set) var enter: () -> Void = {}
    fileprivate(set) var leave: () -> Void = {}
    fileprivate(set) var isFaithful: () -> Bool = { true }

    fileprivate mutating func include<Copied>(_ replica: Replica<Copied>) {
      let (enter, leave, isFaithful) = (enter, leave, isFaithful)
      self.enter = {
        enter()
        replica.enter()
      }
      self.leave = {
        replica.leave()
        leave()
      }
      self.isFaithful = { isFaithful() && replica.isFaithful() }
    }
  }

  /// At least one.
  let workers: [Worker]
  /// Why there is only one, where more were asked for.
  let obstacle: String?

  /// One thread, with the mechanism itself.
  init(alone mechanism: any Mechanism, _ options: AuditOptions, obstacle: String? = nil) {
    workers = [Worker(mechanism: mechanism, options: options)]
    self.obstacle = obstacle
  }

  /// - Parameter chunks: of trials: more threads than these would have nothing to do.
  init(_ mechanism: any Mechanism, _ options: AuditOptions, chunks: Int) {
    (mechanism as? any ReplicableMechanism)?.prepare()
    let threads = min(options.threads, chunks)
    guard threads > 1 else {
      self.init(alone: mechanism, options)
      return
    }
    switch Result(catching: { try (0..<threads).map { _ in try Self.worker(mechanism, options) } }) {
    case .success(let workers): self.init(workers: workers)
    case .failure(let error):
      self.init(alone: mechanism, options, obstacle: (error as? ReplicaObstacle)?.reason ?? "\(error)")
    }
  }

  private init(workers: [Worker]) {
    self.workers = workers
    obstacle = nil
  }

  private static func worker(_ mechanism: any Mechanism, _ options: AuditOptions) throws -> Worker {
    var copied = mechanism
    var replicas: [Replica<any Mechanism>] = []
    if let replicable = mechanism as? any ReplicableMechanism {
      let replica = try replicable.replica()
      copied = replica.copied
      replicas.append(replica)
    } else if !(mechanism is any ConcurrentMechanism) {
      throw ReplicaObstacle("only one thread at a time may ask this mechanism")
    }
    var own = options
    var samplers: [Replica<any ProfileSampler>] = []
    if case .drawn(let sampler) = options.prior {
      guard let replicable = sampler as? any ReplicableSampler else {
        throw ReplicaObstacle("only one thread at a time may draw from this prior")
      }
      let replica = try replicable.replica()
      own.prior = .drawn(replica.copied)
      samplers.append(replica)
    }
    var worker = Worker(mechanism: copied, options: own)
    for replica in replicas { worker.include(replica) }
    for replica in samplers { worker.include(replica) }
    return worker
  }
}
