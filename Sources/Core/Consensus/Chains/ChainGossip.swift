import Tensor

/// Members that tell each other of blocks and take the chain of the most work for theirs, of equal ones the one that
/// they heard of first.
struct ChainGossip {
  enum Delivery {
    case block(Int, to: Int, from: Int)
    /// A block with all that it builds on.
    case chain(Int, to: Int)
  }

  let conditions: NetworkConditions
  let members: Int
  /// How much later than others a member hears and is heard.
  let lateness: [Double]
  private(set) var tree = BlockTree()
  private(set) var heads: [Int]
  private(set) var messages = 0
  private(set) var deepestReorganisation = 0
  /// When more than half of the members knew each block.
  private(set) var majorityTimes: [Double?] = [0]
  /// Bytes of 0 and 1, block by block.
  private var known: [[Bool]]
  private var knowers: [Int]

  /// The most members times blocks: each member hears of each block.
  static let deliveryLimit = 10_000_000

  static func checkSize(members: Int, blocks: Int) throws(ConsensusError) {
    try ConsensusError.check(
      members * blocks <= deliveryLimit,
      "members times blocks must be at most \(deliveryLimit), but \(members) times \(blocks) is more")
  }

  init(_ conditions: NetworkConditions, members: Int, lateness: [Double] = []) {
    self.conditions = conditions
    self.members = members
    self.lateness = lateness.isEmpty ? [Double](repeating: 0, count: members) : lateness
    heads = [Int](repeating: 0, count: members)
    known = [[Bool](repeating: true, count: members)]
    knowers = [members]
  }

  /// A new block, which its maker alone knows.
  mutating func make(on parent: Int, by member: Int, at time: Double, difficulty: Double) -> Int {
    let block = tree.append(on: parent, by: member, at: time, difficulty: difficulty)
    known.append([Bool](repeating: false, count: members))
    knowers.append(0)
    majorityTimes.append(nil)
    learn(block, member, at: time)
    return block
  }

  func knows(_ member: Int, _ block: Int) -> Bool { known[block][member] }

  /// Tells everybody else of a block.
  mutating func publish(
    _ block: Int, by member: Int, at time: Double, _ stream: inout RandomStream,
    plan: (Delivery, Double) -> Void
  ) {
    for other in 0..<members where other != member {
      messages += 1
      let extra = lateness[member] + lateness[other]
      if let arrival = conditions.arrival(from: member, to: other, at: time, &stream) {
        plan(.block(block, to: other, from: member), arrival + extra)
      }
    }
  }

  /// A block reaches a member: if what it builds on is not known, that is asked for, which takes a question and an answer.
  ///
  /// - Returns: whether the member now knows a block that it did not.
  mutating func receive(
    _ delivery: Delivery, at time: Double, _ stream: inout RandomStream, plan: (Delivery, Double) -> Void
  ) -> (member: Int, block: Int)? {
    switch delivery {
    case .block(let block, let member, _):
      guard !known[block][member] else { return nil }
      guard known[tree[block].parent][member] else {
        messages += 2
        let wait = conditions.delay.draw(&stream) + conditions.delay.draw(&stream) + 2 * lateness[member]
        plan(.chain(block, to: member), time + wait)
        return nil
      }
      learn(block, member, at: time)
      return (member, block)
    case .chain(let block, let member):
      var missing: [Int] = []
      var ancestor = block
      while !known[ancestor][member] {
        missing.append(ancestor)
        ancestor = tree[ancestor].parent
      }
      for ancestor in missing.reversed() { learn(ancestor, member, at: time) }
      return missing.isEmpty ? nil : (member, block)
    }
  }

  /// The member takes a block for the end of its chain if that has more work.
  ///
  /// - Returns: whether it did.
  @discardableResult
  mutating func adopt(_ block: Int, _ member: Int) -> Bool {
    guard tree[block].work > tree[heads[member]].work else { return false }
    deepestReorganisation = max(deepestReorganisation, tree.blocksLeft(from: heads[member], to: block))
    heads[member] = block
    return true
  }

  private mutating func learn(_ block: Int, _ member: Int, at time: Double) {
    known[block][member] = true
    knowers[block] += 1
    if majorityTimes[block] == nil, 2 * knowers[block] > members { majorityTimes[block] = time }
  }

  /// The most work that any of some members goes by; of equals the earliest block.
  func bestHead(of trusted: some Sequence<Int>) -> Int {
    trusted.map { heads[$0] }.max { left, right in
      (tree[left].work, right) < (tree[right].work, left)
    } ?? 0
  }

  /// - Parameters:
  ///   - confirmations: how many blocks must follow until one is final.
  ///   - difficulty: what each block must have taken to find, by parent.
  func report(
    head: Int, confirmations: Int, load: TransactionLoad, duration: Double, expectedInterval: Double,
    difficulty: (BlockTree, Int) -> Double
  ) -> ConsensusReport {
    let chain = tree.chain(to: head)
    let final = chain.indices.map { index -> Double? in
      let confirming = index + confirmations
      return chain.indices.contains(confirming) ? majorityTimes[chain[confirming]] : nil
    }
    let (counts, delay) = load.filling(created: chain.map { tree[$0].time }, final: final)
    var heights: [Int: Int] = [:]
    for block in tree.blocks.dropFirst() { heights[block.height, default: 0] += 1 }
    let isValid = chain.allSatisfy { block in
      let (child, parent) = (tree[block], tree[tree[block].parent])
      let needed = difficulty(tree, child.parent)
      return child.height == parent.height + 1 && child.time >= parent.time && child.difficulty == needed
        && child.work == parent.work + needed
    }
    let quiet = max(conditions.healed, duration - max(20 * expectedInterval, duration / 4))
    return ConsensusReport(
      chain: chain.enumerated().map { index, block in
        .init(
          height: tree[block].height, producer: tree[block].producer, created: tree[block].time, final: final[index],
          transactions: counts[index])
      },
      orphans: tree.blocks.count - 1 - chain.count,
      blocksAtHeight: chain.map { heights[tree[$0].height, default: 1] },
      deepestReorganisation: deepestReorganisation, messages: messages, duration: duration, consensusDelay: delay,
      properties: .init(
        agreement: deepestReorganisation <= confirmations, validity: isValid,
        liveness: chain.contains { tree[$0].time >= quiet }))
  }
}
