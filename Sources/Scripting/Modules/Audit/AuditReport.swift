import Solvers

/// An audit that scripts hold: one screen of verdicts, and the counterexamples behind them.
final class AuditReport: ScriptObject {
  static let typeName = "audit_report"
  let audit: MechanismAudit
  /// The mechanism and how it was audited, for replays and drawings.
  let auditor: MechanismAuditor

  init(_ audit: MechanismAudit, auditor: MechanismAuditor) {
    self.audit = audit
    self.auditor = auditor
  }

  /// One screen.
  var sheet: ResultSheet {
    ResultSheet(
      title: "audit of \(audit.mechanism)", heading: MechanismText.groups(audit.participants), tables: [verdicts()],
      notes: notes)
  }

  /// A row for each property.
  /// - Parameter detail: what stands above the sentences on what was found.
  func verdicts(detail: String = "") -> TextTable {
    TextTable(
      "",
      [
        .init("property", .text(audit.verdicts.map(\.property.rawValue))),
        .init("verdict", .text(audit.verdicts.map(\.verdict.word))),
        .init(detail, .text(audit.verdicts.map(\.verdict.detail))),
      ])
  }

  private var notes: [String] {
    var notes: [String] = []
    if audit.failures > 0, let failure = audit.firstFailure {
      let reports = failure.reports.rows.map(MechanismText.report).joined(separator: ", ")
      notes.append("no outcome \(audit.failures) times, first at the reports \(reports):")
      notes.append("  \(failure.reason)")
    }
    notes += audit.remarks
    if audit.revenue.count > 0 {
      notes.append("the mechanism keeps \(Self.mean(audit.revenue, exact: audit.isExhaustive)) on average")
    }
    if let bound = audit.verdicts.compactMap(\.verdict.rateBound).max() {
      notes.append("not violated: \(PropertyVerdict.bound(bound))")
    }
    let profiles =
      audit.isExhaustive
      ? "all \(audit.trials) profiles" : "\(audit.trials) profiles\(audit.isTimed ? " in the time given" : "")"
    notes.append("\(profiles), \(audit.evaluations) evaluations, seed \(audit.seed)")
    return notes
  }

  /// Of payments that cancel out, without what rounding leaves of them.
  var meanRevenue: Double { Self.withoutRounding(audit.revenue.mean) }

  private static func withoutRounding(_ mean: Double) -> Double { abs(mean) <= 1e-12 ? 0 : mean }

  /// A mean with the interval that holds it with 95 % confidence.
  private static func mean(_ mean: WeightedMean, exact: Bool) -> String {
    let value = NumberFormat.readable(withoutRounding(mean.mean))
    return exact || !mean.standardError.isFinite
      ? value : "\(value) +- \(NumberFormat.readable(1.96 * mean.standardError))"
  }

  // MARK: Fields

  var fields: Record {
    var fields: Record = [
      "mechanism": .string(audit.mechanism), "trials": .integer(audit.trials),
      "evaluations": .integer(audit.evaluations), "exhaustive": .boolean(audit.isExhaustive),
      "timed": .boolean(audit.isTimed), "seed": .integer(Int(truncatingIfNeeded: audit.seed)),
      "failures": .integer(audit.failures), "revenue": .number(audit.revenue.mean),
      "revenue_error": .number(audit.isExhaustive ? 0 : audit.revenue.standardError),
      "utilities": .numbers(audit.utilities.map(\.mean)), "remarks": .strings(audit.remarks),
      "violated": .strings(audit.violated.map(\.rawValue)), "holds": .boolean(audit.violated.isEmpty),
    ]
    if let failure = audit.firstFailure {
      fields["first_failure"] = .record([
        "reports": MechanismText.values(failure.reports), "reason": .string(failure.reason),
      ])
    }
    for (property, verdict) in audit.verdicts { fields[property.rawValue] = .string(verdict.word) }
    return fields
  }

  /// Why one thread did it all, where there is a reason; not part of what was found, nor of what is saved.
  var oneThread: LuaValue { audit.threadObstacle.map { .string($0) } ?? .none }

  /// Everything, for a file.
  var saved: Record {
    var saved = fields
    saved["verdicts"] = .record(
      Record(
        audit.verdicts.map { property, verdict in
          var entry: Record = [
            "verdict": .string(verdict.word), "sentence": .string(verdict.sentence), "promise": .string(property.words),
          ]
          if case .violated(_, let times, let trials) = verdict, trials > 0 {
            entry["violations"] = .integer(times)
            entry["of"] = .integer(trials)
          }
          entry["rate_below"] = verdict.rateBound.map { .number($0) }
          if let counterexample = verdict.counterexample {
            entry["counterexample"] = .record(CounterexampleObject(counterexample, auditor: auditor).fields)
          }
          return (name: property.rawValue, value: LuaValue.record(entry))
        }))
    saved["participants"] = .strings(audit.participants.map(\.name))
    return saved
  }
}
