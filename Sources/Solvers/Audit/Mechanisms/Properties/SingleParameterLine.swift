import Tensor

/// What one participant gets and pays for several reports of its only private number, all else as it is.
struct SingleParameterLine {
  /// The participants who have one private number.
  static func participants(_ probe: MechanismProbe) -> [Int] {
    probe.participants.indices.filter { index in
      probe.participants[index].space.fields.count(where: \.isPrivate) == 1
    }
  }

  static func obstacle(_ probe: MechanismProbe) -> String? {
    guard !participants(probe).isEmpty else { return "nobody has exactly one private number" }
    return probe.hasLinearUtilities ? nil : "utilities are not linear in the private number"
  }

  struct Point {
    let report: Double
    let amount: Double
    let payment: Double

    /// What the participant has when this report is the truth, as far as this number counts.
    var utility: Double { report * amount - payment }
  }

  /// The reports to look at, ascending: some drawn, the truth, both bounds; or all types of a finite space.
  private static func reports(_ space: ReportSpace, field: Int, truth: Double, _ random: inout RandomStream) -> [Double]
  {
    if let types = space.types { return Array(Set(types.map { $0[field] })).sorted() }
    let bounds = space.fields[field].bounds
    let drawn = (0..<5).map { _ in random.uniform(bounds.lowerBound, bounds.upperBound) }
    return (drawn + [truth, bounds.lowerBound, bounds.upperBound]).sorted()
  }

  let participant: Int
  let field: Int
  var points: [Point] = []

  /// The lines to look at in one trial: of everybody where nothing is to be left out, otherwise of somebody.
  static func lines(_ trial: AuditTrial, _ desk: AuditDesk) throws -> [SingleParameterLine] {
    let count = desk.probe.participants.count
    let chosen = desk.isExhaustive ? Array(0..<count) : [desk.random.integer(below: count)]
    return try chosen.compactMap { try SingleParameterLine($0, trial, desk) }
  }

  /// - Returns: nil when the participant has no such number.
  private init?(_ participant: Int, _ trial: AuditTrial, _ desk: AuditDesk) throws {
    let probe = desk.probe
    self.participant = participant
    let space = probe.participants[participant].space
    guard space.fields.count(where: \.isPrivate) == 1, let field = space.fields.firstIndex(where: \.isPrivate) else {
      return nil
    }
    self.field = field
    for index in trial.types.values.indices { desk.secondReports.values[index] = trial.types.values[index] }
    let reports = Self.reports(space, field: field, truth: trial.types[participant, field], &desk.random)
    for report in reports where report != points.last?.report {
      desk.secondReports[participant, field] = report
      if space.types != nil, !space.contains(desk.secondReports[participant]) { continue }
      try probe.settle(desk.secondReports, into: &desk.secondOutcome)
      points.append(
        Point(
          report: report, amount: desk.secondOutcome.coefficients[participant, field],
          payment: desk.secondOutcome.payments[participant]))
    }
  }

  /// The same two reports, the lower as the truth and the higher as the second run.
  func found(_ trial: AuditTrial, _ low: Point, _ high: Point) -> AuditCase {
    var types = trial.types
    var reports = types
    types[participant, field] = low.report
    reports[participant, field] = high.report
    return AuditCase(types: types, reports: reports, participants: [participant])
  }

  /// The two points of a case, made anew.
  static func points(of found: AuditCase, _ probe: MechanismProbe) throws -> (low: Point, high: Point)? {
    guard let participant = found.participants.first, let reports = found.reports,
      let field = probe.participants[participant].space.fields.firstIndex(where: \.isPrivate)
    else { return nil }
    func point(_ profile: Profile) throws -> Point {
      let outcome = try probe.outcome(of: profile)
      return Point(
        report: profile[participant, field], amount: outcome.coefficients[participant, field],
        payment: outcome.payments[participant])
    }
    let pair = (try point(found.types), try point(reports))
    return pair.0.report <= pair.1.report ? pair : (pair.1, pair.0)
  }
}

/// A promise about what a single private number brings: one about neighbours on its line.
protocol SingleParameterCheck: PropertyCheck {
  func breach(_ low: SingleParameterLine.Point, _ high: SingleParameterLine.Point) -> Breach
}

extension SingleParameterCheck {
  func obstacle(_ probe: MechanismProbe) -> String? { SingleParameterLine.obstacle(probe) }

  func examine(_ trial: AuditTrial, _ desk: AuditDesk) throws {
    for line in try SingleParameterLine.lines(trial, desk) {
      for (low, high) in zip(line.points, line.points.dropFirst()) {
        desk.record(property, breach(low, high)) { line.found(trial, low, high) }
      }
    }
  }

  func breach(in found: AuditCase, _ probe: MechanismProbe) throws -> Breach {
    guard let (low, high) = try SingleParameterLine.points(of: found, probe), low.report < high.report else {
      return .none
    }
    return breach(low, high)
  }

  func completed(_ found: AuditCase, _ probe: MechanismProbe) -> AuditCase {
    IncentiveCompatibility(subject: .privateNumbers).completed(found, probe)
  }
}

/// Whoever reports a larger number gets at least as much of it. For costs, which count negatively, that is: who asks for
/// more delivers no more.
struct Monotonicity: SingleParameterCheck {
  let property = MechanismProperty.monotonicity

  func breach(_ low: SingleParameterLine.Point, _ high: SingleParameterLine.Point) -> Breach {
    Breach(excess: low.amount - high.amount, scale: max(abs(low.amount), abs(high.amount)))
  }

  func sentence(_ found: AuditCase, excess: Double, _ probe: MechanismProbe) throws -> String {
    guard let (low, high) = try SingleParameterLine.points(of: found, probe) else { return "" }
    return "\(probe.who(found)) gets \(shown(low.amount)) for \(shown(low.report)), "
      + "but \(shown(high.amount)) for \(shown(high.report))"
  }
}

/// What a participant has grows with its true number by what it gets: u(b) - u(a) is the integral from a to b of the
/// amount, which for a monotone rule lies between (b - a) times the amounts at both ends. Rules that break it reward
/// some lie (Myerson, "Optimal auction design", Mathematics of Operations Research 6 (1981), lemma 2).
struct PaymentIdentity: SingleParameterCheck {
  let property = MechanismProperty.paymentIdentity

  func breach(_ low: SingleParameterLine.Point, _ high: SingleParameterLine.Point) -> Breach {
    // Where the amount falls there is no payment that would do; that is the other promise.
    guard low.amount <= high.amount else { return .none }
    let width = high.report - low.report
    let growth = high.utility - low.utility
    let numbers = [
      low.report * low.amount, high.report * high.amount, low.payment, high.payment, low.report, high.report,
    ]
    let scale = numbers.reduce(0) { max($0, abs($1)) }
    return Breach(excess: max(width * low.amount - growth, growth - width * high.amount), scale: scale)
  }

  func sentence(_ found: AuditCase, excess: Double, _ probe: MechanismProbe) throws -> String {
    guard let (low, high) = try SingleParameterLine.points(of: found, probe) else { return "" }
    return "the payment of \(probe.who(found)) goes from \(shown(low.payment)) to \(shown(high.payment)) between "
      + "reports of \(shown(low.report)) and \(shown(high.report)): \(shown(excess)) off what its amounts call for"
  }
}
