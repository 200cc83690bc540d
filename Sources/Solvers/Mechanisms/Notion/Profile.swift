import Tensor

/// One vector of numbers per participant, side by side in one array.
public struct Profile: Equatable, Sendable {
  public var values: [Double]
  /// Where each participant's numbers begin, and where the last one's end.
  public let offsets: [Int]

  /// All zero.
  public init(widths: [Int]) {
    offsets = widths.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    values = [Double](repeating: 0, count: offsets.last ?? 0)
  }

  public init(_ rows: [[Double]]) {
    self.init(widths: rows.map(\.count))
    values = rows.flatMap { $0 }
  }

  /// Checks every report against its participant's space.
  ///
  /// - Throws: `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  public init(_ reports: [[Double]], within participants: [Participant]) throws {
    guard reports.count == participants.count else {
      throw SolverError(
        .shapeMismatch, "there are \(reports.count) reports for \(participants.count) participants")
    }
    for (report, participant) in zip(reports, participants) {
      let fields = participant.space.fields
      guard report.count == fields.count else {
        throw SolverError(
          .shapeMismatch, "\(participant.name) reports \(report.count) numbers, but its space has \(fields.count)")
      }
      for (value, field) in zip(report, fields) where !value.isFinite {
        throw SolverError(
          .notFinite,
          "the \(field.name) of \(participant.name) must be a finite number, but is \(value.isNaN ? "nan" : "\(value)")"
        )
      }
      for (value, field) in zip(report, fields) where !field.bounds.contains(value) {
        throw SolverError(
          .invalidParameter,
          """
          the \(field.name) of \(participant.name) must lie between \(field.bounds.lowerBound) and \
          \(field.bounds.upperBound), but is \(value)
          """)
      }
      guard participant.space.contains(report) else {
        throw SolverError(
          .invalidParameter, "\(report) is none of the reports that \(participant.name) may make")
      }
    }
    self.init(reports)
  }

  public var count: Int { offsets.count - 1 }

  @inline(__always)
  public func range(of participant: Int) -> Range<Int> { offsets[participant]..<offsets[participant + 1] }

  @inline(__always)
  public subscript(participant: Int, field: Int) -> Double {
    get { values[offsets[participant] + field] }
    set { values[offsets[participant] + field] = newValue }
  }

  /// All numbers of one participant.
  public subscript(participant: Int) -> [Double] {
    get { Array(values[range(of: participant)]) }
    set { values.replaceSubrange(range(of: participant), with: newValue) }
  }

  public var rows: [[Double]] { (0..<count).map { self[$0] } }

  /// The inner product of one participant's numbers with those of another profile of this shape.
  @inline(__always)
  public func product(with other: Profile, of participant: Int) -> Double {
    var sum = 0.0
    for index in range(of: participant) { sum += values[index] * other.values[index] }
    return sum
  }

  /// The inner product of all numbers with those of another profile of this shape.
  public func product(with other: Profile) -> Double {
    var sum = 0.0
    for index in values.indices { sum += values[index] * other.values[index] }
    return sum
  }
}
