/// Somebody's lies in one trial: everybody else tells the truth, and the best lie is kept.
final class DeviationAttempt {
  private let probe: MechanismProbe
  private(set) var participant = 0
  /// The true types.
  private(set) var types: Profile
  /// What is reported: the truth, but for the numbers of the one who lies, which generators write.
  var reports: Profile
  /// What came of the reports that were tried last.
  private(set) var outcome: MechanismOutcome
  /// What came of the truth.
  private(set) var truthfulOutcome: MechanismOutcome
  private(set) var truthfulUtility = 0.0
  private var truthfulScale = 0.0
  /// The numbers that may be lied about, as places among the participant's.
  private(set) var fields: [Int] = []
  private(set) var bestGain = 0.0
  private(set) var bestReport: [Double]
  private(set) var bestScale = 0.0

  /// By participant: the places of the private numbers, and of the others.
  private let privateFields: [[Int]]
  private let measuredFields: [[Int]]

  init(_ probe: MechanismProbe) {
    self.probe = probe
    types = Profile(widths: probe.widths)
    reports = types
    outcome = probe.emptyOutcome()
    truthfulOutcome = outcome
    bestReport = []
    privateFields = probe.participants.map { participant in
      participant.space.fields.indices.filter { participant.space.fields[$0].isPrivate }
    }
    measuredFields = probe.participants.map { participant in
      participant.space.fields.indices.filter { !participant.space.fields[$0].isPrivate }
    }
    bestReport.reserveCapacity(probe.widths.max() ?? 0)
  }

  /// Which numbers of a participant's report are lied about.
  enum Subject { case privateNumbers, measures }

  /// Turns to another participant of a trial. False when it has nothing to lie about.
  func begin(_ trial: AuditTrial, participant: Int, about subject: Subject = .privateNumbers) -> Bool {
    self.participant = participant
    fields = subject == .privateNumbers ? privateFields[participant] : measuredFields[participant]
    guard !fields.isEmpty else { return false }
    types.values.withUnsafeMutableBufferPointer { $0.copy(trial.types.values) }
    reports.values.withUnsafeMutableBufferPointer { $0.copy(trial.types.values) }
    truthfulOutcome.coefficients.values.withUnsafeMutableBufferPointer { $0.copy(trial.outcome.coefficients.values) }
    truthfulOutcome.payments.withUnsafeMutableBufferPointer { $0.copy(trial.outcome.payments) }
    truthfulUtility = trial.utilities[participant]
    truthfulScale = trial.scale
    bestGain = 0
    bestScale = 0
    bestReport.removeAll(keepingCapacity: true)
    return true
  }

  var space: ReportSpace { probe.participants[participant].space }
  var participants: [Participant] { probe.participants }

  /// One number of the report that is to be tried, cut off at its bounds.
  subscript(field: Int) -> Double {
    get { reports[participant, field] }
    set {
      let bounds = space.fields[field].bounds
      reports[participant, field] = min(max(newValue, bounds.lowerBound), bounds.upperBound)
    }
  }

  func truth(_ field: Int) -> Double { types[participant, field] }

  func restoreTruth() {
    for index in types.range(of: participant) { reports.values[index] = types.values[index] }
  }

  func set(_ report: [Double]) {
    for (index, value) in zip(reports.range(of: participant), report) { reports.values[index] = value }
  }

  var report: [Double] { reports[participant] }

  /// What the participant gains by the report as it stands.
  @discardableResult
  func evaluate() throws -> Double {
    try probe.settle(reports, into: &outcome)
    let gain = try probe.utility(of: participant, true: types, outcome) - truthfulUtility
    if gain > bestGain {
      bestGain = gain
      bestScale = max(truthfulScale, probe.scale(types, outcome), probe.scale(reports, outcome))
      bestReport.removeAll(keepingCapacity: true)
      bestReport.append(contentsOf: reports.values[reports.range(of: participant)])
    }
    return gain
  }

  /// Whether the mechanism may know how the utility changes with the report.
  var hasSlopes: Bool { probe.hasSlopes }

  /// The derivatives of the participant's utility by its report as it stands; nil where nobody knows them.
  func slopes() throws -> [Double]? { try probe.slopes(of: participant, true: types, reports: reports) }

  /// Whether the participant gets something else now than for the truth.
  var getsSomethingElse: Bool {
    for index in types.range(of: participant)
    where outcome.coefficients.values[index] != truthfulOutcome.coefficients.values[index] { return true }
    return false
  }

  /// The best lie as a case.
  var found: AuditCase {
    var lied = types
    lied[participant] = bestReport
    return AuditCase(types: types, reports: lied, participants: [participant])
  }

  var breach: Breach { Breach(excess: bestGain, scale: bestScale) }
}

extension UnsafeMutableBufferPointer<Double> {
  fileprivate func copy(_ values: [Double]) {
    values.withUnsafeBufferPointer { source in _ = update(fromContentsOf: source) }
  }
}
