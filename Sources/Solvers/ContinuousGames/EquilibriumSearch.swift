import Tensor

/// Runs methods from several starts, checks what they find, and keeps the best.
struct EquilibriumSearch {
  let game: ContinuousGame
  let options: EquilibriumOptions
  let cancellation: Cancellation

  /// A profile with what is known about it.
  struct Finding {
    var outcome: DynamicsOutcome
    var method: ContinuousMethod
    var regret: RegretReport
  }

  /// Closer than this, relative to the strategy sets' width, two equilibria are one.
  private static let sameEquilibrium = 1e-4
  /// How often a dynamics that settled on a local maximum is moved on to the deviation found.
  private static let mostRestarts = 10

  func run() throws -> ContinuousEquilibrium {
    try options.validate(for: game)
    if let start = options.start { try game.checkProfile(start) }
    var best: Finding?
    var equilibria: [[Double]] = []
    var converged = 0
    for start in starts() {
      var found = try search(from: start)
      if isEquilibrium(found) {
        // The screening was light: only what stands the full search counts.
        found.regret = try regret(of: found.outcome.profile, options.effort)
      }
      if isEquilibrium(found) {
        converged += 1
        let known = equilibria.contains {
          game.distance($0, found.outcome.profile) < Self.sameEquilibrium
        }
        if !known { equilibria.append(found.outcome.profile) }
      }
      if let held = best, isEquilibrium(held) || !isBetter(found, than: held) { continue }
      best = found
    }
    guard let best else { throw SolverError(.emptyInput, "a search must have at least one start") }
    let multistart = MultistartReport(starts: options.starts, converged: converged, equilibria: equilibria)
    return try report(best, multistart)
  }

  private func starts() -> [[Double]] {
    let first = options.start ?? game.strategies.centre
    return [first] + game.strategies.lowDiscrepancyPoints(options.starts - 1, seed: options.seed)
  }

  private func isEquilibrium(_ finding: Finding) -> Bool { finding.regret.maxRelativeRegret <= options.tolerance }

  private func isBetter(_ a: Finding, than b: Finding) -> Bool {
    a.regret.maxRelativeRegret < b.regret.maxRelativeRegret
  }

  private func regret(of profile: [Double], _ effort: SearchEffort) throws -> RegretReport {
    try game.regret(of: profile, effort: effort, seed: options.seed, cancellation: cancellation)
  }

  /// The best of the methods' findings from one start; the first equilibrium ends it.
  private func search(from start: [Double]) throws -> Finding {
    var best: Finding?
    for method in options.method.attempts(for: game) {
      let found = try attempt(method, from: start)
      if let held = best, !isBetter(found, than: held) { continue }
      best = found
      if isEquilibrium(found) { break }
    }
    guard let best else { throw SolverError(.emptyInput, "there is no method to try") }
    return best
  }

  private func attempt(_ method: ContinuousMethod, from start: [Double]) throws -> Finding {
    let dynamics = dynamics(of: method, roughly: canPolish)
    var position = start
    var total = 0
    var best: Finding?
    for _ in 0...Self.mostRestarts {
      var outcome = try dynamics.run(game, from: position, cancellation: cancellation)
      total += outcome.iterations
      outcome.iterations = total
      var finding = Finding(outcome: outcome, method: method, regret: try screened(outcome.profile))
      for candidate in outcome.candidates where !isEquilibrium(finding) {
        let regret = try screened(candidate)
        if regret.maxRelativeRegret < finding.regret.maxRelativeRegret {
          finding.outcome.profile = candidate
          finding.regret = regret
        }
      }
      if canPolish, isEquilibrium(finding) {
        finding = try polished(finding) ?? settled(finding, method: method)
        total = finding.outcome.iterations
      }
      if best.map({ isBetter(finding, than: $0) }) ?? true { best = finding }
      best?.outcome.iterations = total
      if isEquilibrium(finding) || !outcome.settled || outcome.mixed != nil || total >= options.maximumIterations {
        break
      }
      // Settled, but a player has something better elsewhere: a local maximum. Go on from there.
      guard let worst = finding.regret.worst else { break }
      position = finding.outcome.profile
      position.replaceSubrange(game.ranges[worst.player], with: worst.strategy)
    }
    guard let best else { throw SolverError(.emptyInput, "the method did not run") }
    return best
  }

  /// Whether Newton's method may be asked for the last digits.
  private var canPolish: Bool {
    options.method == .automatic && game.isContinuous && game.isSmooth
      && game.variableCount <= ContractionEstimate.mostVariables
  }

  /// The last digits, which regrets do not ask for: gains are of the second order in the distance to the equilibrium.
  /// Nil where Newton's method leads elsewhere.
  private func polished(_ finding: Finding) throws -> Finding? {
    let end = try KKTNewton(maximumIterations: 20).run(
      game, from: finding.outcome.profile, cancellation: cancellation)
    guard end.settled, game.distance(end.profile, finding.outcome.profile) <= Self.sameEquilibrium else { return nil }
    var polished = finding
    polished.regret = try screened(end.profile)
    polished.outcome.profile = end.profile
    return isEquilibrium(polished) ? polished : nil
  }

  /// The last digits by more of the same method.
  private func settled(_ finding: Finding, method: ContinuousMethod) throws -> Finding {
    var outcome = try dynamics(of: method).run(game, from: finding.outcome.profile, cancellation: cancellation)
    outcome.iterations += finding.outcome.iterations
    let settled = Finding(outcome: outcome, method: method, regret: try screened(outcome.profile))
    return isEquilibrium(settled) ? settled : finding
  }

  private func screened(_ profile: [Double]) throws -> RegretReport { try regret(of: profile, .standard) }

  /// - Parameter roughly: stop best responses early, because somebody else finds the last digits.
  func dynamics(of method: ContinuousMethod, roughly: Bool = false) -> any ProfileDynamics {
    let limit = options.maximumIterations
    return switch method {
    case .bestResponse(let order, let damping):
      BestResponseIteration(
        order: order, damping: damping, maximumIterations: limit, tolerance: roughly ? 1e-5 : 1e-11)
    case .automatic: BestResponseIteration(order: .sequential, damping: 1, maximumIterations: limit)
    case .projectedGradient: ProjectedGradient(maximumIterations: limit)
    case .extragradient: Extragradient(maximumIterations: limit)
    case .newton: KKTNewton(maximumIterations: limit)
    case .fictitiousPlay(let points): GridFictitiousPlay(pointsPerAxis: points, maximumIterations: limit)
    case .logit(let points, let temperature):
      LogitDynamics(
        pointsPerAxis: points, temperature: temperature, maximumIterations: limit, seed: options.seed)
    }
  }

  private func report(_ finding: Finding, _ multistart: MultistartReport) throws -> ContinuousEquilibrium {
    let profile = finding.outcome.profile
    let regret = isEquilibrium(finding) ? finding.regret : try regret(of: profile, options.effort)
    let converged = regret.maxRelativeRegret <= options.tolerance
    let secondOrder =
      options.diagnostics
      ? try game.players.indices.map { try SecondOrderCondition.examine($0, of: game, at: profile) } : []
    let contraction =
      options.diagnostics
      ? try ContractionEstimate.examine(game, at: profile, observedRate: finding.outcome.rate) : nil
    let multipliers =
      options.diagnostics && game.isContinuous && game.isSmooth
      ? try game.players.indices.flatMap {
        try NaturalMap(game, players: [$0]).linearisation(at: profile).multipliers
      } : []
    let advice = EquilibriumAdvice(
      game: game, options: options, outcome: finding.outcome, regret: regret, converged: converged,
      multistart: multistart
    ).sentences
    return ContinuousEquilibrium(
      profile: profile, utilities: try game.utilities(at: profile), method: finding.method,
      iterations: finding.outcome.iterations, seed: options.seed, converged: converged, regret: regret,
      secondOrder: secondOrder, contraction: contraction, multipliers: multipliers, multistart: multistart,
      mixed: finding.outcome.mixed, advice: advice)
  }
}

extension ContinuousGame {
  /// Looks for a Nash equilibrium in pure strategies.
  ///
  /// The methods are iterations that stop somewhere; whether that is an equilibrium is decided afterwards, by a global
  /// search for every player's best deviation. Where none is found within the tolerance, `converged` is false and the
  /// profile is the one of least regret that was met.
  ///
  /// - Throws: `SolverError` of kind `invalidParameter` (options that do not fit the game), `shapeMismatch`,
  ///   `infeasible` (a start outside the strategy sets) or `notFinite` (a payoff that is not a number); what the
  ///   payoffs throw; `Cancelled`.
  public func solve(
    _ options: EquilibriumOptions = EquilibriumOptions(), cancellation: Cancellation = .never
  ) throws -> ContinuousEquilibrium {
    try EquilibriumSearch(game: self, options: options, cancellation: cancellation).run()
  }

  /// Runs one method once from one start, without any check of what it finds.
  ///
  /// - Returns: where it stopped, after how many iterations, and whether its moves had become small by then.
  public func iterate(
    _ method: ContinuousMethod, from start: [Double]? = nil, maximumIterations: Int = 1000, seed: UInt64 = 0,
    cancellation: Cancellation = .never
  ) throws -> (profile: [Double], iterations: Int, settled: Bool) {
    let options = EquilibriumOptions(method: method, start: start, seed: seed, maximumIterations: maximumIterations)
    try options.validate(for: self)
    if let start { try checkProfile(start) }
    let outcome = try EquilibriumSearch(game: self, options: options, cancellation: cancellation).iterate()
    return (outcome.profile, outcome.iterations, outcome.settled)
  }
}

extension EquilibriumSearch {
  func iterate() throws -> DynamicsOutcome {
    try dynamics(of: options.method).run(
      game, from: options.start ?? game.strategies.centre, cancellation: cancellation)
  }
}
