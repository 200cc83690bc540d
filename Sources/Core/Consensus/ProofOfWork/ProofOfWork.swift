import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Proof of work among miners of given power, by discrete events.
///
/// Each miner finds blocks at random, at a rate of its hash rate over the difficulty of what it mines on; since waiting
/// times are exponential, changing the block under way changes nothing but the rate.
///
/// Source: Nakamoto 2008.
public struct ProofOfWork: Sendable {
  public struct Miner: Sendable, Equatable {
    /// Share of the network's first hash rate, above 0.
    public let power: Double
    public let behaviour: MinerBehaviour

    public init(power: Double, behaviour: MinerBehaviour = .honest) {
      self.power = power
      self.behaviour = behaviour
    }
  }

  /// From a time on, everybody's hash rate is multiplied.
  public struct RateChange: Sendable, Equatable {
    public let time: Double
    public let factor: Double

    public init(time: Double, factor: Double) {
      self.time = time
      self.factor = factor
    }
  }

  public static let minerLimit = 2000
  public static let blockLimit = 200_000

  public let miners: [Miner]
  public let difficulty: DifficultyRule
  public let conditions: NetworkConditions
  public let load: TransactionLoad
  public let confirmations: Int
  public let rateChanges: [RateChange]

  /// - Parameters:
  ///   - miners: their powers are taken relative to each other.
  ///   - confirmations: how many blocks must follow until one is taken for final.
  /// - Throws: `InvalidParameter`; `ZeroWeight` when nobody has any power.
  public init(
    miners: [Miner], difficulty: DifficultyRule, conditions: NetworkConditions, load: TransactionLoad,
    confirmations: Int = 6, rateChanges: [RateChange] = []
  ) throws(ConsensusError) {
    try ConsensusError.check(
      (1...Self.minerLimit).contains(miners.count), "there are from 1 to \(Self.minerLimit) miners, not \(miners.count)"
    )
    try ConsensusError.check(
      miners.allSatisfy {
        $0.power >= 0 && $0.power.isFinite && $0.behaviour.lateness >= 0 && $0.behaviour.lateness.isFinite
      },
      "powers and delays must be finite and at least 0")
    try ConsensusError.check(
      miners.count { $0.behaviour == .selfish } <= 1, "only one miner can be selfish: it stands for all who conspire")
    try ConsensusError.check(
      difficulty.interval > 0 && difficulty.interval.isFinite && (difficulty.window ?? 1) >= 1,
      "an interval must be above 0 and a window at least 1 block")
    try ConsensusError.check(
      (0...1000).contains(confirmations), "confirmations must be from 0 to 1000, not \(confirmations)")
    try ConsensusError.check(
      rateChanges.allSatisfy { $0.time >= 0 && $0.time.isFinite && $0.factor > 0 && $0.factor.isFinite },
      "a change of the hash rate has a time of at least 0 and a factor above 0")
    try conditions.check(members: miners.count)
    let total = miners.reduce(0) { $0 + $1.power }
    guard total > 0, total.isFinite else { throw ConsensusError(.zeroWeight, "nobody has any power to mine") }
    self.miners = miners.map { Miner(power: $0.power / total, behaviour: $0.behaviour) }
    self.difficulty = difficulty
    self.conditions = conditions
    self.load = load
    self.confirmations = confirmations
    self.rateChanges = rateChanges.sorted { $0.time < $1.time }
  }

  /// Mines until so many blocks have been found, then waits until everybody has heard of everything.
  ///
  /// - Throws: `InvalidParameter`, `Cancelled`.
  public func run(blocks: Int, seed: UInt64, cancellation: Cancellation = .never) throws -> ConsensusReport {
    try ConsensusError.check(
      (1...Self.blockLimit).contains(blocks), "from 1 to \(Self.blockLimit) blocks can be simulated, not \(blocks)")
    try ChainGossip.checkSize(members: miners.count, blocks: blocks)
    var simulation = MiningSimulation(self, seed: seed)
    return try simulation.run(blocks: blocks, cancellation: cancellation)
  }

  var honest: [Int] { miners.indices.filter { miners[$0].behaviour != .selfish } }
}
