import Tensor

/// What one thread has before it while it works through a chunk of trials: the mechanism, its random numbers, room to
/// write, and what it has found.
final class AuditDesk {
  let probe: MechanismProbe
  /// Whether all profiles are gone through, so that checks leave nothing out either.
  let isExhaustive: Bool
  var random: RandomStream
  private(set) var tallies: [MechanismProperty: PropertyTally] = [:]
  private(set) var failures = FailureTally()
  var revenue = WeightedMean()
  var utilities: [WeightedMean]
  /// The largest numbers in all trials.
  var scale = 0.0
  private var trialIndex = 0
  let attempt: DeviationAttempt
  /// A second outcome, for checks that make one more run.
  var secondOutcome: MechanismOutcome
  var secondReports: Profile

  init(_ probe: MechanismProbe, isExhaustive: Bool, random: RandomStream) {
    self.probe = probe
    self.isExhaustive = isExhaustive
    self.random = random
    utilities = [WeightedMean](repeating: WeightedMean(), count: probe.participants.count)
    attempt = DeviationAttempt(probe)
    secondOutcome = probe.emptyOutcome()
    secondReports = Profile(widths: probe.widths)
  }

  /// Begins another chunk with everything empty.
  func reset(random: RandomStream) {
    self.random = random
    tallies.removeAll(keepingCapacity: true)
    failures = FailureTally()
    revenue = WeightedMean()
    scale = 0
    for index in utilities.indices { utilities[index] = WeightedMean() }
  }

  /// Runs one check on one trial; a mechanism that fails in it is noted.
  func run(_ check: any PropertyCheck, on trial: AuditTrial) throws {
    trialIndex = trial.index
    do {
      try check.examine(trial, self)
      tallies[check.property, default: PropertyTally()].endTrial()
    } catch let failure as MechanismFailure {
      note(failure, trial: trial.index)
      tallies[check.property, default: PropertyTally()].abandonTrial()
    }
  }

  func note(_ failure: MechanismFailure, trial: Int) { failures.add(failure, trial: trial) }

  /// Notes a breach, if it is one; the case is made only when it is the worst so far.
  @inline(__always)
  func record(_ property: MechanismProperty, _ breach: Breach, _ makeCase: () -> AuditCase) {
    guard breach.isViolation(probe.tolerance) else { return }
    tallies[property, default: PropertyTally()].add(breach, trial: trialIndex, makeCase)
  }
}
