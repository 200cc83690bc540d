import Tensor

/// One course of a committee's work.
struct CommitteeSimulation {
  enum Event {
    /// The life is the sender's.
    case message(CommitteeMessage, to: Int, from: Int, height: Int, life: Int)
    /// A view of a height has lasted its time, if the member is still in it.
    case timeout(Int, height: Int, view: Int, life: Int)
    /// What a member said of a height is said again.
    case retry(Int, height: Int, life: Int)
    /// The primary of a height's first view may propose.
    case turn(Int, height: Int, life: Int)
    case crash(Int)
    case recovery(Int)
  }

  let setup: PBFTCommittee
  var members: [CommitteeMember]
  var queue = EventQueue<Event>()
  var stream: RandomStream
  private var messages = 0
  private var viewChanges = 0
  /// When correct members decided each height, in order.
  private var decisions: [[Int: Double]] = []
  /// What honest members have ever decided at each height.
  private(set) var reached: [Set<CommitteeBlock>] = []
  private(set) var now = 0.0
  /// The last height that each member has begun.
  var begun: [Int]
  var lives: [Life]
  /// Of those members that will crash.
  var journals: [Int: CommitteeJournal] = [:]
  var recovery = CommitteeRecovery()
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
    lives = [Life](repeating: Life(), count: members.count)
    correct = members.indices.filter { setup.isCorrect($0) }
  }

  /// Honest, and there in the end.
  private let correct: [Int]

  /// Those who follow the protocol, be it late.
  private func isFollowing(_ member: Int) -> Bool {
    switch setup.behaviours[member] {
    case .honest, .delaying: true
    case .silent, .equivocating: false
    }
  }

  mutating func run(blocks: Int, limit: Double, cancellation: Cancellation) throws -> PBFTCommittee.Outcome {
    goal = blocks
    planCrashes()
    for member in members.indices where setup.behaviours[member] != .silent { begin(member) }
    var events = 0
    while let (time, event) = queue.next(), time <= limit {
      events += 1
      if events.isMultiple(of: 1024) { try cancellation.check() }
      now = time
      handle(event)
      if isDone { break }
    }
    return outcome()
  }

  /// Whether all that will come back are back, and have decided everything.
  private var isDone: Bool {
    correct.allSatisfy { members[$0].decided.count >= goal && lives[$0].catchingUp == nil && !lives[$0].isDown }
  }

  private mutating func handle(_ event: Event) {
    switch event {
    case .message(let message, let member, let sender, let height, let life):
      guard !lives[member].isDown, !isCutShort(of: sender, life: life) else { return }
      switch setup.behaviours[member] {
      case .silent: return
      case .equivocating: support(message, of: sender, as: member, height: height)
      case .honest, .delaying: break
      }
      take(.message(message, from: sender, height: height), by: member)
      proposeNewView(member)
    case .timeout(let member, let height, let view, let life):
      guard life == lives[member].number, members[member].height == height, members[member].view == view,
        height <= goal
      else { return }
      if setup.behaviours[member].isHonest { viewChanges += 1 }
      take(.timeout, by: member)
      proposeNewView(member)
    case .retry(let member, let height, let life):
      guard life == lives[member].number, members[member].height == height else { return }
      carryOut(members[member].said.map { .broadcast($0) }, of: member)
      planRetry(of: member)
    case .turn(let member, let height, let life):
      guard life == lives[member].number, members[member].height == height else { return }
      if setup.behaviours[member] == .equivocating {
        equivocate(member, view: 0, reports: [:])
      } else {
        take(.turn(CommitteeBlock(height: height, proposer: member, version: 0, created: now)), by: member)
      }
    case .crash(let member): crash(member)
    case .recovery(let member): recover(member)
    }
  }

  // MARK: Members that follow the protocol

  /// Something happens to a member: it is written down, if it will be needed, before anything is said about it.
  private mutating func take(_ input: CommitteeInput, by member: Int) {
    journals[member]?.write(input, height: members[member].height)
    let actions = members[member].take(input)
    journals[member]?.settle(members[member].decided)
    carryOut(actions, of: member)
  }

  /// A height begins for a member: its clock runs, and its primary waits until a block is due.
  mutating func begin(_ member: Int) {
    let height = members[member].height
    guard height <= goal, begun[member] < height else { return }
    begun[member] = height
    keepTime(member)
  }

  mutating func keepTime(_ member: Int) {
    guard members[member].height <= goal else { return }
    plan(timeoutOf: member)
    if setup.conditions.isUnreliable || !setup.crashes.isEmpty { planRetry(of: member) }
    if members[member].isDueToPropose {
      let due = (members[member].decided.last?.block.created ?? 0) + setup.blockTime
      queue.plan(.turn(member, height: members[member].height, life: lives[member].number), at: max(now, due))
    }
  }

  private mutating func plan(timeoutOf member: Int) {
    let state = members[member]
    guard state.height <= goal else { return }
    // The first view also waits for the block to be due.
    let patience = patience(in: state.view) + (state.view == 0 ? setup.blockTime : 0)
    queue.plan(
      .timeout(member, height: state.height, view: state.view, life: lives[member].number), at: now + patience)
  }

  /// Twice as long in each view, up to a bound.
  private func patience(in view: Int) -> Double { setup.timeout * Double(1 << min(view, 12)) }

  private mutating func planRetry(of member: Int) {
    let state = members[member]
    queue.plan(
      .retry(member, height: state.height, life: lives[member].number), at: now + patience(in: state.view) / 4)
  }

  private mutating func proposeNewView(_ member: Int) {
    guard members[member].height <= goal, let (block, reports) = members[member].newView() else { return }
    if setup.behaviours[member] == .equivocating {
      equivocate(member, view: members[member].view, reports: reports)
      return
    }
    let fresh = CommitteeBlock(height: members[member].height, proposer: member, version: 0, created: now)
    take(.lead(block ?? fresh, reports: reports), by: member)
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
        if setup.behaviours[member].isHonest { note(block.block, of: member) }
        begin(member)
      }
    }
  }

  private mutating func note(_ block: CommitteeBlock, of member: Int) {
    while reached.count < block.height { reached.append([]) }
    reached[block.height - 1].insert(block)
    noteProgress(of: member)
    while decisions.count < block.height { decisions.append([:]) }
    // Somebody who forgot decides again.
    if setup.isCorrect(member), decisions[block.height - 1][member] == nil {
      decisions[block.height - 1][member] = now
    }
  }

  mutating func send(_ message: CommitteeMessage, from sender: Int, to receiver: Int, height: Int) {
    messages += 1
    let leaving = now + setup.behaviours[sender].extraDelay
    if let arrival = setup.conditions.arrival(from: sender, to: receiver, at: leaving, &stream) {
      queue.plan(
        .message(message, to: receiver, from: sender, height: height, life: lives[sender].number), at: arrival)
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
    let longest = correct.max { members[$0].decided.count < members[$1].decided.count } ?? correct[0]
    let chain = members[longest].decided.prefix(goal)
    let disagreement = reached.prefix(goal).firstIndex { $0.count > 1 }.map { $0 + 1 }
    // Final is what more than half of the correct members have decided.
    let final = chain.indices.map { index -> Double? in
      let times = decisions.indices.contains(index) ? decisions[index].values.sorted() : []
      return 2 * times.count > correct.count ? times[correct.count / 2] : nil
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
      blocksAtHeight: chain.indices.map { reached.indices.contains($0) ? reached[$0].count : 1 },
      deepestReorganisation: 0, messages: messages, duration: now,
      consensusDelay: delay,
      properties: .init(
        agreement: disagreement == nil, validity: isValid,
        liveness: correct.allSatisfy { members[$0].decided.count >= goal }))
    return PBFTCommittee.Outcome(
      report: report, disagreement: disagreement, viewChanges: viewChanges,
      decided: members.indices.map { setup.isCorrect($0) ? min(goal, members[$0].decided.count) : 0 },
      faultyMembers: members.count - correct.count, recovery: recovery)
  }
}
