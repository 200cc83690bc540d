import Tensor

/// Trials in chunks, each with a random stream of its own, so that what is found does not depend on who works on it.
struct ChunkRunner {
  static let chunkSize = 32

  let probe: MechanismProbe
  let checks: [any PropertyCheck]
  let options: AuditOptions
  /// Set when all profiles are gone through in order.
  let domain: FiniteDomain?
  private let desk: AuditDesk
  private let trial: AuditTrial
  /// Probabilities by profile, where the prior has them.
  private let weights: [[Double]: Double]?

  init(_ probe: MechanismProbe, checks: [any PropertyCheck], options: AuditOptions, domain: FiniteDomain?) {
    self.probe = probe
    self.checks = checks
    self.options = options
    self.domain = domain
    desk = AuditDesk(
      probe, isExhaustive: domain != nil, random: RandomStream(seed: options.seed, purpose: "mechanism audit"))
    trial = AuditTrial(probe)
    if domain != nil, case .table(let table) = options.prior { weights = table.weights } else { weights = nil }
  }

  /// What one chunk found.
  struct Findings: Sendable {
    var tallies: [MechanismProperty: PropertyTally] = [:]
    var failures = FailureTally()
    var revenue = WeightedMean()
    var utilities: [WeightedMean] = []
    var trials = 0
    /// The largest numbers in all trials.
    var scale = 0.0

    mutating func merge(_ later: Findings) {
      for (property, tally) in later.tallies { tallies[property, default: PropertyTally()].merge(tally) }
      failures.merge(later.failures)
      revenue.merge(later.revenue)
      if utilities.isEmpty {
        utilities = later.utilities
      } else {
        for (index, mean) in later.utilities.enumerated() { utilities[index].merge(mean) }
      }
      trials += later.trials
      scale = max(scale, later.scale)
    }
  }

  /// Runs the trials of a chunk below a limit.
  func run(chunk: Int, limit: Int, _ cancellation: Cancellation) throws -> Findings {
    desk.reset(random: RandomStream(seed: options.seed, purpose: "mechanism audit", round: chunk))
    let first = chunk * Self.chunkSize
    let end = min(first + Self.chunkSize, limit)
    for index in first..<max(first, end) {
      try cancellation.check()
      try run(trial: index)
      if options.onFailure == .stop, let failure = desk.failures.first { throw failure }
    }
    return Findings(
      tallies: desk.tallies, failures: desk.failures, revenue: desk.revenue, utilities: desk.utilities,
      trials: max(0, end - first), scale: desk.scale)
  }

  private func run(trial index: Int) throws {
    var isFromPrior = true
    var weight = 1.0
    if let domain {
      domain.write(index, into: &trial.types)
      if let weights { weight = weights[trial.types.values] ?? 0 }
      if case .independentByType(let laws) = options.prior { weight = domain.probability(index, laws) }
    } else {
      try options.prior.draw(into: &trial.types, probe.participants, &desk.random)
      // One in four, where a distribution says nothing about how types belong together.
      isFromPrior = !options.prior.isIndependent || index % 4 != 3
      if !isFromPrior { StressedProfile.apply(to: &trial.types, probe.participants, &desk.random) }
    }
    do {
      try trial.settle(probe, index: index, isFromPrior: isFromPrior, weight: weight)
    } catch let failure as MechanismFailure {
      return desk.note(failure, trial: index)
    }
    for check in checks { try desk.run(check, on: trial) }
    if isFromPrior, weight > 0 {
      desk.scale = max(desk.scale, trial.scale)
      desk.revenue.add(trial.outcome.surplus, weight: weight)
      for participant in trial.utilities.indices {
        desk.utilities[participant].add(trial.utilities[participant], weight: weight)
      }
    }
  }
}
