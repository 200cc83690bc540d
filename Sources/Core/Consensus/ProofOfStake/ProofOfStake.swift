import Solvers
import Tensor

/// Proof of stake: at fixed times one server is drawn by what it earned, and makes a block.
///
/// Whoever is drawn builds on the longest chain that it knows of, so that slow messages make forks. As printed, often
/// nobody is drawn, and no block is made at that time.
///
/// Source: TBCIM II-A; the variants are those of `ProducerLottery`.
public struct ProofOfStake: Sendable {
  public static let serverLimit = 2000
  public static let slotLimit = 200_000

  /// What each server earned, or staked.
  public let revenues: [Double]
  public let lottery: ProducerLottery
  /// Seconds from draw to draw.
  public let slotTime: Double
  /// What a block adds to its maker's revenue.
  public let reward: Double
  /// Servers that do not answer; they are left out of the draw.
  public let offline: Set<Int>
  public let conditions: NetworkConditions
  public let load: TransactionLoad
  public let confirmations: Int

  /// - Throws: `InvalidParameter`; what the lottery throws for revenues that are none (`Negative`, `NonFinite`).
  public init(
    revenues: [Double], lottery: ProducerLottery, slotTime: Double, reward: Double = 0, offline: Set<Int> = [],
    conditions: NetworkConditions, load: TransactionLoad, confirmations: Int = 1
  ) throws {
    try ConsensusError.check(
      (1...Self.serverLimit).contains(revenues.count),
      "there are from 1 to \(Self.serverLimit) servers, not \(revenues.count)")
    try ConsensusError.check(
      slotTime > 0 && slotTime.isFinite && reward >= 0 && reward.isFinite,
      "a block time must be above 0 and a reward at least 0; given \(slotTime) and \(reward)")
    try ConsensusError.check(
      offline.allSatisfy(revenues.indices.contains) && offline.count < revenues.count,
      "those offline are servers from 1 to \(revenues.count), and not all of them")
    try ConsensusError.check(
      (0...1000).contains(confirmations), "confirmations must be from 0 to 1000, not \(confirmations)")
    try conditions.check(members: revenues.count)
    _ = try lottery.chances(revenues: revenues)
    self.revenues = revenues
    self.lottery = lottery
    self.slotTime = slotTime
    self.reward = reward
    self.offline = offline
    self.conditions = conditions
    self.load = load
    self.confirmations = confirmations
  }

  public struct Outcome: Sendable, Equatable {
    public let report: ConsensusReport
    /// Draws at which nobody was drawn.
    public let emptySlots: Int
    /// How often each server was drawn.
    public let drawn: [Int]
    /// How likely each server was to be drawn at first, and nobody.
    public let chances: [Double]
    public let chanceOfNobody: Double
    /// What each server has in the end.
    public let revenues: [Double]
  }

  /// - Throws: `InvalidParameter`, `Cancelled`.
  public func run(slots: Int, seed: UInt64, cancellation: Cancellation = .never) throws -> Outcome {
    try ConsensusError.check(
      (1...Self.slotLimit).contains(slots), "from 1 to \(Self.slotLimit) draws can be simulated, not \(slots)")
    try ChainGossip.checkSize(members: revenues.count, blocks: slots)
    enum Event {
      case slot(Int)
      case delivery(ChainGossip.Delivery)
    }
    let present = revenues.indices.filter { !offline.contains($0) }
    var earned = revenues
    var beacon = RandomStream(seed: seed, purpose: "proof of stake draws")
    var stream = RandomStream(seed: seed, purpose: "proof of stake network")
    var gossip = ChainGossip(conditions, members: revenues.count)
    var queue = EventQueue<Event>()
    for slot in 1...slots { queue.plan(.slot(slot), at: Double(slot) * slotTime) }
    let first = try lottery.chances(revenues: present.map { earned[$0] })
    var chances = first
    var (empty, drawn, events) = (0, [Int](repeating: 0, count: revenues.count), 0)
    while let (time, event) = queue.next() {
      events += 1
      if events.isMultiple(of: 1024) { try cancellation.check() }
      var planned: [(ChainGossip.Delivery, Double)] = []
      switch event {
      case .slot:
        guard let place = Self.drawn(chances.servers, beacon.uniform()) else {
          empty += 1
          continue
        }
        let maker = present[place]
        drawn[maker] += 1
        let block = gossip.make(on: gossip.heads[maker], by: maker, at: time, difficulty: 1)
        gossip.adopt(block, maker)
        gossip.publish(block, by: maker, at: time, &stream) { planned.append(($0, $1)) }
        if reward > 0 {
          earned[maker] += reward
          chances = try lottery.chances(revenues: present.map { earned[$0] })
        }
      case .delivery(let delivery):
        if let (member, block) = gossip.receive(delivery, at: time, &stream, plan: { planned.append(($0, $1)) }) {
          gossip.adopt(block, member)
        }
      }
      for (delivery, time) in planned { queue.plan(.delivery(delivery), at: time) }
    }
    let report = gossip.report(
      head: gossip.bestHead(of: present), confirmations: confirmations, load: load,
      duration: Double(slots) * slotTime, expectedInterval: slotTime / max(1 - first.nobody, 1e-6),
      difficulty: { _, _ in 1 })
    var byServer = [Double](repeating: 0, count: revenues.count)
    for (place, server) in present.enumerated() { byServer[server] = first.servers[place] }
    return Outcome(
      report: report, emptySlots: empty, drawn: drawn, chances: byServer, chanceOfNobody: first.nobody,
      revenues: earned)
  }

  /// Whose interval a number in [0, 1) falls into; nil beyond all of them.
  private static func drawn(_ chances: [Double], _ number: Double) -> Int? {
    var sum = 0.0
    for (place, chance) in chances.enumerated() {
      sum += chance
      if number < sum { return place }
    }
    // What rounding leaves below 1 belongs to the last who has a chance.
    return sum > 1 - 1e-9 ? chances.lastIndex { $0 > 0 } : nil
  }
}
