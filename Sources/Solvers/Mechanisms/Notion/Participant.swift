import Tensor

/// Somebody who reports to a mechanism.
public struct Participant: Equatable, Sendable {
  /// What it is in the market, such as "buyer"; participants of one role are exchangeable.
  public let role: String
  /// Its number among those of its role, from 0.
  public let index: Int
  public let space: ReportSpace

  public init(role: String, index: Int, space: ReportSpace) {
    self.role = role
    self.index = index
    self.space = space
  }

  /// As many participants of one role as given, with the same space.
  public static func each(_ role: String, count: Int, space: ReportSpace) -> [Participant] {
    (0..<count).map { Participant(role: role, index: $0, space: space) }
  }

  /// Counted from one, as in the papers.
  public var name: String { "\(role) \(index + 1)" }
}

/// What one participant may report.
public struct ReportSpace: Equatable, Sendable {
  /// One number of a report.
  public struct Field: Equatable, Sendable {
    public let name: String
    /// Inclusive, finite.
    public let bounds: ClosedRange<Double>
    /// Whether the number is something that only its owner knows and may lie about. Others, such as a location or a
    /// measured number of samples, vary between profiles but are not misreported unless the auditor is told to.
    public let isPrivate: Bool

    public init(_ name: String, _ bounds: ClosedRange<Double>, isPrivate: Bool = true) {
      self.name = name
      self.bounds = bounds
      self.isPrivate = isPrivate
    }
  }

  public let fields: [Field]
  /// The only reports allowed, each with one number per field; nil for everything within the bounds.
  public let types: [[Double]]?

  public init(_ fields: [Field]) {
    self.fields = fields
    types = nil
  }

  /// A finite space.
  ///
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`.
  public init(types: [[Double]], named names: [String], isPrivate: Bool = true) throws {
    guard let first = types.first, !names.isEmpty else {
      throw SolverError(.emptyInput, "a finite report space must have at least one report, of at least one number")
    }
    for type in types {
      guard type.count == names.count else {
        throw SolverError(
          .shapeMismatch, "a report of \(type.count) numbers does not fit a space of \(names.count) fields")
      }
      guard type.allSatisfy(\.isFinite) else {
        throw SolverError(.notFinite, "the reports of a finite space must be finite numbers, but one is \(type)")
      }
    }
    fields = names.indices.map { field in
      let values = types.map { $0[field] }
      return Field(
        names[field], (values.min() ?? first[field])...(values.max() ?? first[field]), isPrivate: isPrivate)
    }
    self.types = types
  }

  /// One private number.
  public static func number(_ name: String, _ bounds: ClosedRange<Double>) -> ReportSpace {
    ReportSpace([Field(name, bounds)])
  }

  public func contains(_ report: some Collection<Double>) -> Bool {
    if let types { return types.contains { $0.elementsEqual(report) } }
    return report.count == fields.count && zip(report, fields).allSatisfy { $1.bounds.contains($0) }
  }
}
