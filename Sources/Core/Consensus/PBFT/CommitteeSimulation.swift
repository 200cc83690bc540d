import Tensor

/// One course of a committee's work.
struct CommitteeSimulation {
  private enum Event {
    case message(CommitteeMessage, to: Int, from: Int, height: Int)
    /// A view of a height has lasted its time, if the member is still in it.
    case timeout(Int, height: Int, view: Int)
    /// What a member said of a height is said again.
    case retry(Int, height: Int)
    /// The primary of a height's first view may propose.
    case turn(Int, height: Int)
  }

  private let setup: PBFTCommittee
  private var members: [CommitteeMember]
  private var queue = EventQueue<Event>()
  private var stream: RandomStream
  private var messages = 0
  private var viewChanges = 0
  /// When honest members decided each height, in order.
  private var decisions: [[Double]] = []
  private var now = 0.0
  /// The last height that each member has begun.
  private var begun: [Int]
  private var goal = 0
  /// What equivocating members have done already: proposed in a view, or supported a block in it
  /// before somebody.
  private var duplicity: Set<Duplicity> = []

  private struct Duplicity: Hashable {
    let member: Int
    let height: Int
    let view: Int
    /// Nil for the member's own proposals.
    let supported: CommitteeBlock?
    var witness: Int?
  }

  init(_ setup: PBFTCommittee, seed: UInt64) {
    self.setup = setup
    members = setup.behaviours.indices.map { CommitteeMember($0, setup.quorum) }
    stream = RandomStream(seed: seed, purpose: "committee")
    begun = [Int](repeating: 0, count: members.count)
  }

  private var honest: [Int] { members.indices.filter { setup.behaviours[$0].isHonest } }

  /// Those who follow the protocol, be it late.
  private func isFollowing(_ member: Int) -> Bool {
    switch setup.behaviours[member] {
    case .honest, .delaying: true
    case .silent, .equivocating: false
    }
  }

  mutating func run(blocks: Int, limit: Double, cancellation: Cancellation) throws -> PBFTCommittee.Outcome {
    goal = blocks
    for member in members.indices where setup.behaviours[member] != .silent { begin(member, at: 0) }
    var events = 0
    while let (time, event) = queue.next(), time <= limit {
      events += 1
      if events.isMultiple(of: 1024) { try cancellation.check() }
      now = time
      handle(event)
      if honest.allSatisfy({ members[$0].decided.count >= goal }) { break }
    }
    return outcome()
  }

  private mutating func handle(_ event: Event) {
    switch event {
    case .message(let message, let member, let sender, let height):
      switch setup.behaviours[member] {
      case .silent: return
      case .equivocating: support(message, of: sender, as: member, height: height)
      case .honest, .delaying: break
      }
      carryOut(members[member].receive(message, from: sender, height: height), of: member)
      proposeNewView(member)
    case .timeout(let member, let height, let view):
      guard members[member].height == height, members[member].view == view, height <= goal else { return }
      if setup.behaviours[member].isHonest { viewChanges += 1 }
      carryOut(members[member].timeOut(), of: member)
      proposeNewView(member)
    case .retry(let member, let height):
      guard members[member].height == height else { return }
      carryOut(members[member].said.map { .broadcast($0) }, of: member)
      planRetry(of: member)
    case .turn(let member, let height):
      guard members[member].height == height else { return }
      let block = CommitteeBlock(height: height, proposer: member, version: 0, created: now)
      if setup.behaviours[member] == .equivocating {
        equivocate(member, view: 0, reports: [:])
      } else {
        carryOut(members[member].propose(block), of: member)
      }
    }
  }

  // MARK: Members that follow the protocol

  /// A height begins for a member: its clock runs, and its primary waits until a block is due.
  private mutating func begin(_ member: Int, at time: Double) {
    let height = members[member].height
    guard height <= goal, begun[member] < height else { return }
    begun[member] = height
    plan(timeoutOf: member)
    if setup.conditions.isUnreliable { planRetry(of: member) }
    if members[member].isPrimary, members[member].view == 0 {
      let due = (members[member].decided.last?.block.created ?? 0) + setup.blockTime
      queue.plan(.turn(member, height: height), at: max(time, due))
    }
  }

  private mutating func plan(timeoutOf member: Int) {
    let state = members[member]
    guard state.height <= goal else { return }
    // The first view also waits for the block to be due.
    let patience = patience(in: state.view) + (state.view == 0 ? setup.blockTime : 0)
    queue.plan(.timeout(member, height: state.height, view: state.view), at: now + patience)
  }

  /// Twice as long in each view, up to a bound.
  private func patience(in view: Int) -> Double { setup.timeout * Double(1 << min(view, 12)) }

  private mutating func planRetry(of member: Int) {
    let state = members[member]
    queue.plan(.retry(member, height: state.height), at: now + patience(in: state.view) / 4)
  }

  private mutating func proposeNewView(_ member: Int) {
    guard members[member].height <= goal, let (block, reports) = members[member].newView() else { return }
    if setup.behaviours[member] == .equivocating {
      equivocate(member, view: members[member].view, reports: reports)
      return
    }
    let fresh = CommitteeBlock(height: members[member].height, proposer: member, version: 0, created: now)
    carryOut(members[member].propose(block ?? fresh, reports: reports), of: member)
  }

  private mutating func carryOut(_ steps: [CommitteeMember.Step], of member: Int) {
    // The steps of one height come before its decision; messages after that are about the next.
    var height = members[member].height - steps.count { if case .decided = $0 { true } else { false } }
    for step in steps {
      switch step {
      case .broadcast(let message):
        // An equivocating member follows the protocol in silence: what it says is said elsewhere, but for wishes.
        if !isFollowing(member) { if case .viewChange = message {} else { continue } }
        for other in members.indices where other != member { send(message, from: member, to: other, height: height) }
      case .send(let message, let other, let height):
        guard isFollowing(member) else { continue }
        send(message, from: member, to: other, height: height)
      case .startTimer: plan(timeoutOf: member)
      case .decided(let block):
        height += 1
        if setup.behaviours[member].isHonest {
          while decisions.count < block.block.height { decisions.append([]) }
          decisions[block.block.height - 1].append(now)
        }
        begin(member, at: now)
      }
    }
  }

  private mutating func send(_ message: CommitteeMessage, from sender: Int, to receiver: Int, height: Int) {
    messages += 1
    let leaving = now + setup.behaviours[sender].extraDelay
    if let arrival = setup.conditions.arrival(from: sender, to: receiver, at: leaving, &stream) {
      queue.plan(.message(message, to: receiver, from: sender, height: height), at: arrival)
    }
  }

  // MARK: Members that do not

  /// One block to every other member, another to the rest.
  private mutating func equivocate(_ member: Int, view: Int, reports: [Int: PreparedCertificate?]) {
    let height = members[member].height
    let act = Duplicity(member: member, height: height, view: view, supported: nil)
    guard duplicity.insert(act).inserted else { return }
    let versions = [1, 2].map { CommitteeBlock(height: height, proposer: member, version: $0, created: now) }
    var side = 0
    for other in members.indices where other != member {
      let block = versions[side % 2]
      side += 1
      send(.proposal(view: view, block, reports: reports), from: member, to: other, height: height)
      send(.prepare(view: view, block), from: member, to: other, height: height)
      send(.commit(view: view, block), from: member, to: other, height: height)
    }
  }

  /// Supports before each member whatever that one speaks of.
  private mutating func support(
    _ message: CommitteeMessage, of sender: Int, as member: Int, height: Int
  ) {
    let (view, block): (Int, CommitteeBlock)
    switch message {
    case .proposal(let inView, let proposed, _): (view, block) = (inView, proposed)
    case .prepare(let inView, let prepared): (view, block) = (inView, prepared)
    default: return
    }
    let act = Duplicity(member: member, height: height, view: view, supported: block, witness: sender)
    guard duplicity.insert(act).inserted else { return }
    send(.prepare(view: view, block), from: member, to: sender, height: height)
    send(.commit(view: view, block), from: member, to: sender, height: height)
  }

  // MARK: What came of it

  private func outcome() -> PBFTCommittee.Outcome {
    let honest = honest
    let longest = honest.max { members[$0].decided.count < members[$1].decided.count } ?? honest[0]
    let chain = members[longest].decided.prefix(goal)
    var disagreement: Int?
    for (index, block) in chain.enumerated() where disagreement == nil {
      let others = honest.filter { members[$0].decided.count > index }.map { members[$0].decided[index].block }
      if others.contains(where: { $0 != block.block }) { disagreement = index + 1 }
    }
    // Final is what more than half of the honest members have decided.
    let final = chain.indices.map { index -> Double? in
      decisions.indices.contains(index) && 2 * decisions[index].count > honest.count
        ? decisions[index][honest.count / 2] : nil
    }
    let created = chain.map(\.block.created)
    let (counts, delay) = setup.load.filling(created: created, final: final)
    let isValid = zip(chain, [0] + created).enumerated().allSatisfy { index, pair in
      let (decided, before) = pair
      return decided.block.height == index + 1 && members.indices.contains(decided.block.proposer)
        && decided.block.created >= before && decided.signers.count >= setup.quorum.size
    }
    let report = ConsensusReport(
      chain: chain.enumerated().map { index, decided in
        .init(
          height: decided.block.height, producer: decided.block.proposer, created: decided.block.created,
          final: final[index], transactions: counts[index])
      },
      orphans: 0,
      blocksAtHeight: chain.indices.map { index in
        Set(honest.filter { members[$0].decided.count > index }.map { members[$0].decided[index].block }).count
      }, deepestReorganisation: 0, messages: messages, duration: now,
      consensusDelay: delay,
      properties: .init(
        agreement: disagreement == nil, validity: isValid,
        liveness: honest.allSatisfy { members[$0].decided.count >= goal }))
    return PBFTCommittee.Outcome(
      report: report, disagreement: disagreement, viewChanges: viewChanges,
      decided: members.indices.map { setup.behaviours[$0].isHonest ? min(goal, members[$0].decided.count) : 0 },
      faultyMembers: members.count - honest.count)
  }
}
