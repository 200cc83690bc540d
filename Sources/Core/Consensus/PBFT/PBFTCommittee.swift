import Tensor

/// Practical Byzantine fault tolerance in a committee, by discrete events.
public struct PBFTCommittee: Sendable {
  public static let memberLimit = 200
  public static let blockLimit = 100_000
  /// The most blocks times members squared: everybody speaks to everybody about every block.
  public static let messageLimit = 20_000_000

  public let behaviours: [CommitteeBehaviour]
  public let quorum: Quorum
  /// The least time from block to block.
  public let blockTime: Double
  /// How long a view may last at first; each further view of a height may last twice as long.
  public let timeout: Double
  public let conditions: NetworkConditions
  public let load: TransactionLoad
  public let crashes: [CommitteeCrash]
  public let memory: CommitteeMemory

  /// - Throws: `CommitteeTooSmall`, `InvalidParameter`.
  public init(
    behaviours: [CommitteeBehaviour], blockTime: Double, timeout: Double, conditions: NetworkConditions,
    load: TransactionLoad, crashes: [CommitteeCrash] = [], memory: CommitteeMemory = .journal
  ) throws(ConsensusError) {
    quorum = try Quorum(members: behaviours.count)
    try ConsensusError.check(
      behaviours.count <= Self.memberLimit,
      "a committee has at most \(Self.memberLimit) members, not \(behaviours.count)")
    try ConsensusError.check(
      behaviours.contains { $0.isHonest }, "a committee needs at least one honest member")
    try ConsensusError.check(
      behaviours.allSatisfy { $0.extraDelay >= 0 && $0.extraDelay.isFinite }, "a delay must be finite and at least 0")
    try ConsensusError.check(
      blockTime >= 0 && blockTime.isFinite && timeout > 0 && timeout.isFinite,
      "a block time must be at least 0 and a timeout above 0; given \(blockTime) and \(timeout)")
    try conditions.check(members: behaviours.count)
    try CommitteeCrash.check(crashes, behaviours)
    let lost = Set(crashes.filter(\.isForEver).map(\.member))
    try ConsensusError.check(
      behaviours.indices.contains { behaviours[$0].isHonest && !lost.contains($0) },
      "a committee needs at least one honest member that is there in the end")
    self.behaviours = behaviours
    self.blockTime = blockTime
    self.timeout = timeout
    self.conditions = conditions
    self.load = load
    self.crashes = crashes
    self.memory = memory
  }

  public struct Outcome: Sendable, Equatable {
    public let report: ConsensusReport
    /// Heights at which honest members decided differently, the first.
    public let disagreement: Int?
    /// How many times honest members asked for another view.
    public let viewChanges: Int
    /// How many blocks each member decided; 0 for those who are not honest, or crash for ever.
    public let decided: [Int]
    public let faultyMembers: Int
    public let recovery: CommitteeRecovery
  }

  /// Whether a member is honest, and there in the end.
  func isCorrect(_ member: Int) -> Bool {
    behaviours[member].isHonest && !crashes.contains { $0.member == member && $0.isForEver }
  }

  /// When the network is whole, and everybody back who comes back.
  var healed: Double { crashes.filter { !$0.isForEver }.map(\.until).reduce(conditions.healed, max) }

  /// Until every honest member has decided so many blocks, or the time is over.
  ///
  /// - Parameter limit: in simulated seconds; nil for as long as views without agreement would take so many blocks.
  /// - Throws: `InvalidParameter`, `Cancelled`.
  public func run(
    blocks: Int, limit: Double? = nil, seed: UInt64, cancellation: Cancellation = .never
  ) throws -> Outcome {
    try ConsensusError.check(
      (1...Self.blockLimit).contains(blocks), "from 1 to \(Self.blockLimit) blocks can be simulated, not \(blocks)")
    try ConsensusError.check(
      blocks * behaviours.count * behaviours.count <= Self.messageLimit,
      "blocks times members squared must be at most \(Self.messageLimit)")
    try ConsensusError.check(
      limit.map { $0 > 0 && $0.isFinite } ?? true, "a time limit must be above 0, not \(limit ?? 0)")
    // Every height may need the views of all faulty members in turn, and then some, even after the network is whole.
    let patience = 4 * healed + 64 * timeout + Double(blocks) * (blockTime + 16 * timeout)
    var simulation = CommitteeSimulation(self, seed: seed)
    return try simulation.run(blocks: blocks, limit: limit ?? patience, cancellation: cancellation)
  }
}
