import Tensor

/// Finds where a mechanism breaks its promises.
///
/// Profiles of true types are drawn from a prior, every fourth pushed towards ties and bounds; on each, every promise is
/// looked at, and lies are looked for: drawn from anywhere and from nearby, at the numbers of others and at the bounds,
/// on both sides of jumps, by climbing, and along the derivatives of mechanisms that know theirs. Where the spaces are finite and few, all profiles and all lies are gone
/// through instead, and a promise without a breach is proved. The worst breach of each promise is shrunken.
public struct MechanismAuditor {
  public let mechanism: any Mechanism
  public var options: AuditOptions

  public init(_ mechanism: any Mechanism, options: AuditOptions = AuditOptions()) {
    self.mechanism = mechanism
    self.options = options
  }

  /// - Parameter progress: told now and then how many trials are done; from any thread.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter` for options; `MechanismFailure` at the first
  ///   profile without an outcome when failures are to stop the audit; `Cancelled`.
  public func run(
    cancellation: Cancellation = .never, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws -> MechanismAudit {
    let participants = mechanism.participants
    try options.validated(for: participants)
    let probe = MechanismProbe(mechanism, tolerance: options.tolerance)
    let domain = domain

    let asked = options.properties
    let checks = asked.compactMap { MechanismChecks.check($0, effort: options.effort) }
    let obstacles = Dictionary(
      checks.compactMap { check in check.obstacle(probe).map { (check.property, $0) } }, uniquingKeysWith: { a, _ in a }
    )
    let running = TrialRunning(
      mechanism: mechanism, checks: checks.filter { obstacles[$0.property] == nil }, options: options, domain: domain,
      cancellation: cancellation, progress: progress)
    let result = try running.run()
    let findings = result.findings

    let averages = AverageVerdicts(probe: probe, options: options, domain: domain, cancellation: cancellation)
    var verdicts: [(property: MechanismProperty, verdict: PropertyVerdict)] = []
    for property in asked {
      let verdict: PropertyVerdict
      if let obstacle = obstacles[property] {
        verdict = .notChecked(obstacle)
      } else if let check = checks.first(where: { $0.property == property }) {
        verdict = try self.verdict(check, findings.tallies[property], probe, domain, cancellation)
      } else {
        verdict = try averages.verdict(property, findings)
      }
      verdicts.append((property, verdict))
    }
    return MechanismAudit(
      mechanism: mechanism.name, participants: participants, verdicts: verdicts, trials: findings.trials,
      evaluations: result.evaluations + probe.evaluations, isExhaustive: domain != nil, isTimed: isTimed(domain),
      seed: options.seed, revenue: findings.revenue, utilities: findings.utilities, failures: findings.failures.count,
      firstFailure: findings.failures.first, remarks: try remarks(probe), threadObstacle: result.obstacle)
  }

  /// All profiles, where there are few enough of them, and no function has to be asked for likely ones.
  private var domain: FiniteDomain? {
    if case .drawn = options.prior { return nil }
    return FiniteDomain(mechanism.participants).flatMap { $0.deviationCount <= options.exhaustiveLimit ? $0 : nil }
  }

  /// How many trials there will be; 1 where that is up to the clock.
  public var trialCount: Int {
    if let domain { return domain.count }
    if case .trials(let count) = options.budget { return count }
    return 1
  }

  private func isTimed(_ domain: FiniteDomain?) -> Bool {
    if domain == nil, case .seconds = options.budget { true } else { false }
  }

  private func verdict(
    _ check: any PropertyCheck, _ tally: PropertyTally?, _ probe: MechanismProbe, _ domain: FiniteDomain?,
    _ cancellation: Cancellation
  ) throws -> PropertyVerdict {
    guard let tally, tally.trials > 0 else { return .notChecked("the mechanism gave no outcome to look at") }
    guard let worst = tally.worst else {
      // All profiles were looked at, and none failed; coalitions and false names are drawn even then.
      if let domain, tally.trials == domain.count, findsAll(check.property) {
        return .proved(profiles: domain.count)
      }
      return .notViolated(trials: tally.trials)
    }
    let (found, breach) = try Shrinking(check: check, probe: probe, cancellation: cancellation).shrunk(worst)
    let counterexample = try counterexample(check, found, breach, probe)
    return .violated(counterexample, times: tally.violations, trials: tally.trials)
  }

  /// Whether going through all profiles leaves nothing out.
  private func findsAll(_ property: MechanismProperty) -> Bool { ![.coalitions, .falseNames].contains(property) }

  private func counterexample(
    _ check: any PropertyCheck, _ found: AuditCase, _ breach: Breach, _ probe: MechanismProbe
  ) throws -> Counterexample {
    let hasShape = found.reports?.offsets == found.types.offsets
    return Counterexample(
      property: check.property, found: found,
      names: found.participants.filter { $0 < probe.participants.count }.map { probe.participants[$0].name },
      excess: breach.excess, sentence: try check.sentence(found, excess: breach.excess, probe),
      before: try probe.outcome(of: found.types),
      after: try found.reports.flatMap { hasShape ? try probe.outcome(of: $0) : nil }, expectation: nil)
  }

  /// Makes both runs of a counterexample again.
  ///
  /// - Returns: by how much the promise is broken now; nil for promises about averages, which are not one case.
  public func replay(_ counterexample: Counterexample) throws -> Double? {
    guard let check = MechanismChecks.check(counterexample.property, effort: 1) else { return nil }
    return try check.breach(in: counterexample.found, MechanismProbe(mechanism, tolerance: options.tolerance)).excess
  }

  /// Asks twice at one profile: a rule that draws has no outcome to judge, only probabilities of outcomes.
  private func remarks(_ probe: MechanismProbe) throws -> [String] {
    var random = RandomStream(seed: options.seed, purpose: "mechanism audit, asked twice")
    var types = Profile(widths: probe.widths)
    for _ in 0..<8 {
      do {
        try options.prior.draw(into: &types, probe.participants, &random)
        guard try probe.outcome(of: types) == probe.outcome(of: types) else {
          return [
            "asked twice at the same reports, the mechanism answers differently; no verdict can be trusted: "
              + "let it give the probabilities and the mean payments instead of drawing"
          ]
        }
      } catch is MechanismFailure {}
    }
    return []
  }
}

/// The check of each promise.
enum MechanismChecks {
  /// Nil for promises about averages, which are no matter of single profiles.
  static func check(_ property: MechanismProperty, effort: Int) -> (any PropertyCheck)? {
    switch property {
    case .individualRationality: IndividualRationality()
    case .incentiveCompatibility: IncentiveCompatibility(subject: .privateNumbers, effort: effort)
    case .honestMeasures: IncentiveCompatibility(subject: .measures, effort: effort)
    case .weakBudgetBalance: BudgetBalance(isStrong: false)
    case .strongBudgetBalance: BudgetBalance(isStrong: true)
    case .efficiency: Efficiency()
    case .feasibility: Feasibility()
    case .monotonicity: Monotonicity()
    case .paymentIdentity: PaymentIdentity()
    case .anonymity: Anonymity()
    case .envyFreeness: EnvyFreeness()
    case .falseNames: FalseNames()
    case .coalitions: Coalitions()
    case .interimRationality, .bayesianCompatibility, .exAnteRationality: nil
    }
  }
}
