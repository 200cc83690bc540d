import Solvers
import Tensor

/// One participant's utility against its report, others as they are.
struct UtilityDrawing {
  private let mechanism: any Mechanism
  private let participant: Int
  private let field: Int
  private let types: Profile
  private let lie: Double?

  private static let points = 241

  /// Around the counterexample of a property; without one, around the middle of everything.
  init(_ report: AuditReport, _ property: MechanismProperty) throws {
    mechanism = report.auditor.mechanism
    let participants = mechanism.participants
    let counterexample = report.audit[property]?.counterexample
    participant = min(counterexample?.found.participants.first ?? 0, participants.count - 1)
    let space = participants[participant].space
    let middle = Profile(
      participants.map { one in
        one.space.types?[(one.space.types?.count ?? 1) / 2]
          ?? one.space.fields.map { ($0.bounds.lowerBound + $0.bounds.upperBound) / 2 }
      })
    let isOneCase = counterexample?.expectation == nil
    types = isOneCase ? counterexample?.found.types ?? middle : middle
    let reports = isOneCase ? counterexample?.found.reports : nil
    let own = types[participant]
    let lies = reports?.offsets == types.offsets ? reports?[participant] : nil
    // The number that the lie changes most, in parts of its space.
    let privateFields = space.fields.indices.filter { space.fields[$0].isPrivate }
    func change(_ field: Int) -> Double {
      guard let lies else { return 0 }
      let width = space.fields[field].bounds.upperBound - space.fields[field].bounds.lowerBound
      return width > 0 ? abs(lies[field] - own[field]) / width : 0
    }
    let mostChanged =
      (privateFields.isEmpty ? Array(space.fields.indices) : privateFields).max { change($0) < change($1) } ?? 0
    field = mostChanged
    lie = lies.map { $0[mostChanged] }
  }

  func plot() throws -> Plot {
    let owner = mechanism.participants[participant]
    let truth = types[participant, field]
    let places: [Double]
    if let all = owner.space.types {
      places = Array(Set(all.map { $0[field] })).sorted()
    } else {
      let bounds = owner.space.fields[field].bounds
      places = (0..<Self.points).map { step in
        bounds.lowerBound + (bounds.upperBound - bounds.lowerBound) * Double(step) / Double(Self.points - 1)
      }
    }
    let line = try places.map { Plot.Point(x: $0, y: try utility($0)) }
    var series = [
      Plot.Series(name: "utility", mark: owner.space.types == nil ? .line : .scatter, points: line),
      Plot.Series(name: "the truth", mark: .scatter, points: [Plot.Point(x: truth, y: try utility(truth))]),
    ]
    if let lie {
      series.append(
        Plot.Series(name: "the lie", mark: .scatter, points: [Plot.Point(x: lie, y: try utility(lie))]))
    }
    return Plot(
      series: series, title: "\(mechanism.name): utility of \(owner.name)",
      xLabel: "reported \(owner.space.fields[field].name)", yLabel: "utility")
  }

  /// No number where the mechanism fails or the report is none: a gap in the drawing.
  private func utility(_ report: Double) throws -> Double {
    var reports = types
    reports[participant, field] = report
    guard mechanism.participants[participant].space.contains(reports[participant]) else { return .nan }
    var outcome = MechanismOutcome(widths: mechanism.widths)
    do {
      try mechanism.settle(reports, into: &outcome)
      return try mechanism.utility(of: participant, true: types, outcome: outcome)
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch {
      return .nan
    }
  }
}
