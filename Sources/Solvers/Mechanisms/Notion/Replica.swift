/// A copy of something that only one thread at a time may ask, for one more thread.
public struct Replica<Copied> {
  public let copied: Copied
  /// Before a thread begins to ask it, on that thread, and after.
  public let enter: () -> Void
  public let leave: () -> Void
  /// Whether all that it answered is what the original would have answered. A copy that reached for what could not come
  /// along, or remembers something between questions, is not.
  public let isFaithful: () -> Bool

  public init(
    _ copied: Copied, enter: @escaping () -> Void, leave: @escaping () -> Void, isFaithful: @escaping () -> Bool
  ) {
    self.copied = copied
    self.enter = enter
    self.leave = leave
    self.isFaithful = isFaithful
  }
}

/// Why there can be no copy.
public struct ReplicaObstacle: Error {
  public let reason: String

  public init(_ reason: String) { self.reason = reason }
}

/// A mechanism that one thread at a time may ask, such as a rule in a script, but that can be copied for others.
public protocol ReplicableMechanism: Mechanism {
  /// Finds out once what all copies will need, at a moment that does not depend on how many there will be.
  func prepare()

  /// - Throws: `ReplicaObstacle`.
  func replica() throws(ReplicaObstacle) -> Replica<any Mechanism>
}
