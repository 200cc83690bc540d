import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One course of proof of work.
struct MiningSimulation {
  private enum Event {
    /// A miner finds a block, if nothing has changed its rate since this was planned.
    case found(Int, plan: Int)
    case delivery(ChainGossip.Delivery)
    case rateChange(Double)
  }

  private let setup: ProofOfWork
  private var gossip: ChainGossip
  private var queue = EventQueue<Event>()
  private var stream: RandomStream
  private var rate = 1.0
  /// Which plan of each miner counts, and the difficulty that it was made for.
  private var plans: [Int]
  private var targets: [Double]
  private var selfish: SelfishMiner?

  init(_ setup: ProofOfWork, seed: UInt64) {
    self.setup = setup
    let count = setup.miners.count
    gossip = ChainGossip(setup.conditions, members: count, lateness: setup.miners.map(\.behaviour.lateness))
    stream = RandomStream(seed: seed, purpose: "proof of work")
    plans = [Int](repeating: 0, count: count)
    targets = [Double](repeating: 0, count: count)
    selfish = setup.miners.firstIndex { $0.behaviour == .selfish }.map { SelfishMiner($0) }
  }

  mutating func run(blocks: Int, cancellation: Cancellation) throws -> ConsensusReport {
    for change in setup.rateChanges { queue.plan(.rateChange(change.factor), at: change.time) }
    for miner in setup.miners.indices { planMining(miner, from: 0, anew: true) }
    var (found, events, now) = (0, 0, 0.0)
    while let (time, event) = queue.next() {
      events += 1
      if events.isMultiple(of: 1024) { try cancellation.check() }
      switch event {
      case .found(let miner, let plan):
        guard plan == plans[miner], found < blocks else { continue }
        found += 1
        now = time
        mine(miner, at: time)
        if found == blocks, let selfish { publish(selfish.hidden, by: selfish.member, at: time) }
      case .delivery(let delivery): receive(delivery, at: time)
      case .rateChange(let factor):
        guard found < blocks else { continue }
        rate *= factor
        for miner in setup.miners.indices { planMining(miner, from: time, anew: true) }
      }
    }
    return gossip.report(
      head: gossip.bestHead(of: setup.honest.isEmpty ? Array(setup.miners.indices) : setup.honest),
      confirmations: setup.confirmations, load: setup.load, duration: now,
      expectedInterval: setup.difficulty.interval,
      difficulty: { setup.difficulty.difficulty($0, on: $1) })
  }

  /// What a miner mines on.
  private func base(of miner: Int) -> Int {
    if let selfish, selfish.member == miner { selfish.head } else { gossip.heads[miner] }
  }

  /// Plans the next find. Where the difficulty is the same, an exponential waiting time needs no new plan.
  private mutating func planMining(_ miner: Int, from time: Double, anew: Bool) {
    let difficulty = setup.difficulty.difficulty(gossip.tree, on: base(of: miner))
    guard anew || difficulty != targets[miner], setup.miners[miner].power > 0 else { return }
    targets[miner] = difficulty
    plans[miner] += 1
    let wait = -log(stream.openUniform()) * difficulty / (setup.miners[miner].power * rate)
    queue.plan(.found(miner, plan: plans[miner]), at: time + wait)
  }

  private mutating func mine(_ miner: Int, at time: Double) {
    let parent = base(of: miner)
    let block = gossip.make(
      on: parent, by: miner, at: time, difficulty: setup.difficulty.difficulty(gossip.tree, on: parent))
    if selfish?.member == miner {
      publish(selfish?.found(block) ?? [], by: miner, at: time)
    } else {
      gossip.adopt(block, miner)
      publish([block], by: miner, at: time)
    }
    planMining(miner, from: time, anew: true)
  }

  private mutating func receive(_ delivery: ChainGossip.Delivery, at time: Double) {
    var planned: [(ChainGossip.Delivery, Double)] = []
    let learnt = gossip.receive(delivery, at: time, &stream) { planned.append(($0, $1)) }
    for (delivery, time) in planned { queue.plan(.delivery(delivery), at: time) }
    guard let (miner, block) = learnt else { return }
    guard gossip.adopt(block, miner) else { return }
    if selfish?.member == miner {
      let shown = selfish?.heard(of: block, gossip.tree) ?? []
      publish(shown, by: miner, at: time)
    }
    planMining(miner, from: time, anew: false)
  }

  private mutating func publish(_ blocks: [Int], by miner: Int, at time: Double) {
    var planned: [(ChainGossip.Delivery, Double)] = []
    for block in blocks { gossip.publish(block, by: miner, at: time, &stream) { planned.append(($0, $1)) } }
    for (delivery, time) in planned { queue.plan(.delivery(delivery), at: time) }
  }
}

/// A miner who shows its blocks just in time.
///
/// Source: Eyal and Sirer, "Majority is not enough: Bitcoin mining is vulnerable", 2014, algorithm 1.
struct SelfishMiner {
  let member: Int
  /// The end of its own chain.
  private(set) var head = 0
  /// Found and not shown, the oldest first.
  private(set) var hidden: [Int] = []
  /// Whether its shown block and another's compete.
  private var isRacing = false

  init(_ member: Int) { self.member = member }

  /// - Returns: what to show.
  mutating func found(_ block: Int) -> [Int] {
    head = block
    hidden.append(block)
    guard isRacing else { return [] }
    isRacing = false
    return show(hidden.count)
  }

  /// The others' chain has become longer.
  ///
  /// - Returns: what to show.
  mutating func heard(of block: Int, _ tree: BlockTree) -> [Int] {
    let (own, others) = (tree[head].height, tree[block].height)
    if own < others {
      head = block
      hidden = []
      isRacing = false
      return []
    }
    if own == others {
      isRacing = !hidden.isEmpty || isRacing
      return show(hidden.count)
    }
    if own == others + 1 {
      isRacing = false
      return show(hidden.count)
    }
    return show(hidden.count { tree[$0].height <= others })
  }

  private mutating func show(_ count: Int) -> [Int] {
    let shown = Array(hidden.prefix(count))
    hidden.removeFirst(count)
    return shown
  }
}
