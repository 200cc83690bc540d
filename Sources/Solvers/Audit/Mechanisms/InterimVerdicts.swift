import Tensor

/// Bayesian incentive compatibility and interim rationality: what somebody expects who knows its own type and, about the
/// others, only the prior.
///
/// With a table, beliefs come by conditioning on the own type and sums are exact. With independent types the others are
/// drawn, the same ones for every report, and a suspected lie is held against fresh draws before it counts, because the
/// best of many noisy means looks better than it is.
struct InterimVerdicts {
  let probe: MechanismProbe
  let options: AuditOptions
  let cancellation: Cancellation

  /// Own types and reports that are looked at where a space is not finite; draws of the others for each.
  private static let gridSize = 9
  private static let draws = 256
  private static let freshDraws = 4096

  /// Somebody's expectations at one type.
  private struct Finding {
    var participant: Int
    var type: [Double]
    var report: [Double]
    var truthful: Double
    var lying: Double
    var error: Double
    var scale: Double

    var gain: Double { lying - truthful }
  }

  func verdict(_ property: MechanismProperty) throws -> PropertyVerdict {
    switch options.prior {
    case .drawn: return .notChecked("beliefs follow from distributions or a table, not from a function that draws")
    case .table(let table): return try verdict(property, exact: table)
    case .independent, .independentByField, .independentByType:
      if let table = finiteTable() { return try verdict(property, exact: table) }
      return try sampled(property)
    }
  }

  /// All profiles, where they are finite and few; every one as likely as any other, where nothing else is said.
  private func finiteTable() -> PriorTable? {
    guard let domain = FiniteDomain(probe.participants), domain.deviationCount <= options.exhaustiveLimit / 10 else {
      return nil
    }
    var profile = Profile(widths: probe.widths)
    let rows = (0..<domain.count).map { index in
      domain.write(index, into: &profile)
      let probability =
        if case .independentByType(let laws) = options.prior { domain.probability(index, laws) } else {
          1 / Double(domain.count)
        }
      return (types: profile.rows, probability: probability)
    }
    return try? PriorTable(rows, probe.participants)
  }

  // MARK: Exact beliefs

  private func verdict(_ property: MechanismProperty, exact table: PriorTable) throws -> PropertyVerdict {
    var worst: Finding?
    var types = 0
    do {
      for participant in probe.participants.indices {
        for type in distinctTypes(of: participant, table) {
          types += 1
          let rows = table.profiles.indices.filter {
            table.profiles[$0][participant] == type && table.probabilities[$0] > 0
          }
          for finding in try expectations(participant, type, rows, table, property) {
            if excess(finding, property) > worst.map({ excess($0, property) }) ?? 0 { worst = finding }
          }
        }
      }
    } catch let failure as MechanismFailure {
      return .notChecked("the mechanism fails: \(failure.reason)")
    }
    if let worst, Breach(excess: excess(worst, property), scale: worst.scale).isViolation(options.tolerance) {
      return violated(property, worst, draws: nil)
    }
    let isWhole = probe.participants.allSatisfy { $0.space.types != nil }
    return isWhole || property == .interimRationality
      ? .proved(profiles: table.profiles.count) : .notViolated(trials: types)
  }

  private func distinctTypes(of participant: Int, _ table: PriorTable) -> [[Double]] {
    table.profiles.indices.reduce(into: []) { types, row in
      let type = table.profiles[row][participant]
      if table.probabilities[row] > 0, !types.contains(type) { types.append(type) }
    }
  }

  /// The expected utility of every report at one type; only of the truth where lies do not matter.
  private func expectations(
    _ participant: Int, _ type: [Double], _ rows: [Int], _ table: PriorTable, _ property: MechanismProperty
  ) throws -> [Finding] {
    let mass = rows.reduce(0) { $0 + table.probabilities[$1] }
    let lies =
      property == .interimRationality
      ? [type]
      : probe.participants[participant].space.types ?? (distinctTypes(of: participant, table) + grid(of: participant))
    var outcome = probe.emptyOutcome()
    var scale = 0.0
    func expected(_ report: [Double]) throws -> Double {
      var sum = 0.0
      for row in rows {
        try cancellation.check()
        var reports = table.profiles[row]
        reports[participant] = report
        try probe.settle(reports, into: &outcome)
        scale = max(scale, probe.scale(table.profiles[row], outcome))
        sum +=
          try table.probabilities[row] / mass * probe.utility(of: participant, true: table.profiles[row], outcome)
      }
      return sum
    }
    let truthful = try expected(type)
    return try lies.map { lie in
      let lying = lie == type ? truthful : try expected(lie)
      return Finding(
        participant: participant, type: type, report: lie, truthful: truthful, lying: lying, error: 0, scale: scale)
    }
  }

  // MARK: Drawn beliefs

  private func sampled(_ property: MechanismProperty) throws -> PropertyVerdict {
    var suspects: [Finding] = []
    do {
      for participant in probe.participants.indices where isFirstOfItsKind(participant) {
        if let suspect = try suspect(participant, property) { suspects.append(suspect) }
      }
      let confirmed = try suspects.map { try fresh($0) }
      guard let worst = confirmed.max(by: { excess($0, property) < excess($1, property) }) else {
        return .notChecked("nobody has a private number")
      }
      let surplus = excess(worst, property) - AverageVerdicts.certainty * worst.error
      if surplus > options.tolerance * worst.scale { return violated(property, worst, draws: Self.freshDraws) }
      let bound = confirmed.map { excess($0, property) + 1.645 * $0.error }.max() ?? 0
      return .notViolatedOnAverage(worst: bound, draws: Self.freshDraws)
    } catch let failure as MechanismFailure {
      return .notChecked("the mechanism fails: \(failure.reason)")
    }
  }

  /// With one distribution for all, who has the same role and space has the same expectations in an anonymous mechanism;
  /// of many, the first and the last are looked at, because ties go by place.
  private func isFirstOfItsKind(_ participant: Int) -> Bool {
    guard probe.participants.count > 4, case .independent = options.prior else { return true }
    let twins = probe.participants.indices.filter { probe.twinClass[$0] == probe.twinClass[participant] }
    return participant == twins.first || participant == twins.last
  }

  /// The reports of a space that are looked at: all types, or evenly spread ones, each number with the others at theirs.
  private func grid(of participant: Int) -> [[Double]] {
    let space = probe.participants[participant].space
    if let types = space.types { return Array(types.prefix(64)) }
    var random = RandomStream(seed: options.seed, purpose: "mechanism audit, interim grid", client: participant)
    return (0..<Self.gridSize).map { step in
      space.fields.map { field in
        let share =
          space.fields.count == 1
          ? Double(step) / Double(Self.gridSize - 1) : Double(random.integer(below: 21)) / 20
        return field.bounds.lowerBound + share * (field.bounds.upperBound - field.bounds.lowerBound)
      }
    }
  }

  /// The type and the report with the largest mean gain, or the type with the least mean utility.
  private func suspect(_ participant: Int, _ property: MechanismProperty) throws -> Finding? {
    let grid = grid(of: participant)
    var random = RandomStream(seed: options.seed, purpose: "mechanism audit, interim", client: participant)
    // Mean utilities by type (row) and report (column).
    var sums = [Double](repeating: 0, count: grid.count * grid.count)
    var types = Profile(widths: probe.widths)
    var outcome = probe.emptyOutcome()
    var scale = 0.0
    for _ in 0..<Self.draws {
      try cancellation.check()
      try options.prior.draw(into: &types, probe.participants, &random)
      for (column, report) in grid.enumerated() {
        types[participant] = report
        try probe.settle(types, into: &outcome)
        scale = max(scale, probe.scale(types, outcome))
        for (row, type) in grid.enumerated() where property == .bayesianCompatibility || row == column {
          types[participant] = type
          sums[row * grid.count + column] += try probe.utility(of: participant, true: types, outcome)
        }
        types[participant] = report
      }
    }
    var best: Finding?
    for row in grid.indices {
      for column in grid.indices where property == .bayesianCompatibility ? row != column : row == column {
        let finding = Finding(
          participant: participant, type: grid[row], report: grid[column],
          truthful: sums[row * grid.count + row] / Double(Self.draws),
          lying: sums[row * grid.count + column] / Double(Self.draws), error: 0, scale: scale)
        if best.map({ excess(finding, property) > excess($0, property) }) ?? true { best = finding }
      }
    }
    return best
  }

  /// The same type and report against others that had no part in their choice.
  private func fresh(_ suspect: Finding) throws -> Finding {
    var random = RandomStream(
      seed: options.seed, purpose: "mechanism audit, interim, fresh", client: suspect.participant)
    var types = Profile(widths: probe.widths)
    var outcome = probe.emptyOutcome()
    var (truthful, difference) = (WeightedMean(), WeightedMean())
    for _ in 0..<Self.freshDraws {
      try cancellation.check()
      try options.prior.draw(into: &types, probe.participants, &random)
      types[suspect.participant] = suspect.type
      try probe.settle(types, into: &outcome)
      let honest = try probe.utility(of: suspect.participant, true: types, outcome)
      truthful.add(honest)
      guard suspect.report != suspect.type else { continue }
      types[suspect.participant] = suspect.report
      try probe.settle(types, into: &outcome)
      types[suspect.participant] = suspect.type
      difference.add(try probe.utility(of: suspect.participant, true: types, outcome) - honest)
    }
    var fresh = suspect
    fresh.truthful = truthful.mean
    fresh.lying = truthful.mean + difference.mean
    fresh.error = suspect.report == suspect.type ? truthful.standardError : difference.standardError
    return fresh
  }

  // MARK: Words

  private func excess(_ finding: Finding, _ property: MechanismProperty) -> Double {
    property == .bayesianCompatibility ? finding.gain : -finding.truthful
  }

  private func violated(_ property: MechanismProperty, _ finding: Finding, draws: Int?) -> PropertyVerdict {
    let name = probe.participants[finding.participant].name
    var types = Profile(widths: probe.widths)
    types[finding.participant] = finding.type
    var reports = types
    reports[finding.participant] = finding.report
    let isLie = property == .bayesianCompatibility
    let sentence =
      isLie
      ? "\(name), whose type is \(shown(finding.type)), gains \(shown(finding.gain)) on average by reporting "
        + shown(finding.report)
      : "\(name), whose type is \(shown(finding.type)), expects \(shown(finding.truthful))"
    return .violated(
      Counterexample(
        property: property,
        found: AuditCase(types: types, reports: isLie ? reports : nil, participants: [finding.participant]),
        names: [name], excess: excess(finding, property), sentence: sentence, before: probe.emptyOutcome(), after: nil,
        expectation: .init(truthful: finding.truthful, lying: isLie ? finding.lying : nil, draws: draws)),
      times: 0, trials: 0)
  }
}
