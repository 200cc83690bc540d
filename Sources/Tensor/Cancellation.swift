/// A question that long computations ask between steps: has the user asked me to stop?
///
/// The floors above decide what the answer depends on (a signal, a deadline); the floors below only ask, at least
/// every ten milliseconds.
public struct Cancellation: Sendable {
  private let isRequested: @Sendable () -> Bool

  public init(_ isRequested: @escaping @Sendable () -> Bool) {
    self.isRequested = isRequested
  }

  /// Never asks to stop.
  public static let never = Cancellation { false }

  public var requested: Bool { isRequested() }

  /// - Throws: `Cancelled` when the user has asked to stop.
  @inlinable
  public func check() throws {
    if requested { throw Cancelled() }
  }

  /// For loops whose steps take less than a microsecond or so: asks at every 1024th.
  /// - Throws: as above.
  @inlinable
  public func check(at step: Int) throws {
    if step & 1023 == 0 { try check() }
  }
}

/// The computation stopped because the user asked it to.
public struct Cancelled: Diagnosable, Equatable {
  public init() {}
  public var kind: String { "Interrupted" }
  public var message: String { "interrupted" }
}
