import Tensor

/// What happens to messages between the members of a network.
public struct NetworkConditions: Sendable, Equatable {
  /// A time in which messages reach only those of the sender's own group.
  public struct Partition: Sendable, Equatable {
    public let from: Double
    public let until: Double
    /// By member; those in no group are alone.
    public let groups: [[Int]]

    public init(from: Double, until: Double, groups: [[Int]]) {
      self.from = from
      self.until = until
      self.groups = groups
    }

    func separates(_ sender: Int, _ receiver: Int, at time: Double) -> Bool {
      time >= from && time < until && !groups.contains { $0.contains(sender) && $0.contains(receiver) }
    }
  }

  public let delay: DelayLaw
  /// How likely a message is lost.
  public let loss: Double
  public let partitions: [Partition]

  /// - Throws: `InvalidParameter` for a loss outside [0, 1), delays that are none, or a partition that ends before it
  ///   begins.
  public init(delay: DelayLaw, loss: Double = 0, partitions: [Partition] = []) throws(ConsensusError) {
    try delay.check()
    try ConsensusError.check((0..<1).contains(loss), "a loss must be at least 0 and below 1, but is \(loss)")
    for partition in partitions {
      try ConsensusError.check(
        partition.from >= 0 && partition.from < partition.until && partition.until.isFinite,
        "a partition lasts from a time of at least 0 to a later one, not from \(partition.from) to \(partition.until)")
    }
    self.delay = delay
    self.loss = loss
    self.partitions = partitions
  }

  /// When a message arrives that is sent at a time; nil when it does not.
  func arrival(from sender: Int, to receiver: Int, at time: Double, _ stream: inout RandomStream) -> Double? {
    let delay = delay.draw(&stream)
    let isLost = loss > 0 && stream.uniform() < loss
    guard !isLost, !partitions.contains(where: { $0.separates(sender, receiver, at: time) }) else { return nil }
    return time + delay
  }

  /// Whether messages can fail to arrive.
  var isUnreliable: Bool { loss > 0 || !partitions.isEmpty }

  /// When the last partition is over.
  var healed: Double { partitions.map(\.until).max() ?? 0 }

  func check(members: Int) throws(ConsensusError) {
    for member in partitions.flatMap(\.groups).joined() where !(0..<members).contains(member) {
      throw ConsensusError(
        .invalidParameter, "a partition names member \(member + 1), but there are \(members) members")
    }
  }
}
