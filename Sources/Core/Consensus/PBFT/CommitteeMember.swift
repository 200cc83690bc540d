/// An honest member of a committee: practical Byzantine fault tolerance, one height after the other.
///
/// The primary of a view proposes; everybody prepares the first valid proposal of the view, commits when a quorum has
/// prepared it, and decides when a quorum has committed. Who waits too long asks for the next view, and reports what it
/// saw prepared; the next primary must propose the latest of that, so that what may have been decided stays.
///
/// Source: Castro and Liskov, "Practical Byzantine fault tolerance", 1999, with a block a height instead of a window of
/// requests.
struct CommitteeMember: Equatable {
  let index: Int
  let quorum: Quorum

  private(set) var height = 1
  private(set) var view = 0
  /// Whether it waits for the new view's proposal rather than for agreement.
  private(set) var isChangingView = false
  /// By height, from 1.
  private(set) var decided: [DecidedBlock] = []

  /// What it has said in the present view, to be said again where messages get lost.
  private(set) var said: [CommitteeMessage] = []

  private var accepted: [Int: CommitteeBlock] = [:]
  private var prepares: [Int: [CommitteeBlock: Set<Int>]] = [:]
  private var commits: [Int: [CommitteeBlock: Set<Int>]] = [:]
  private var wishes: [Int: [Int: PreparedCertificate?]] = [:]
  private var prepared: PreparedCertificate?
  private var hasCommitted: Set<Int> = []
  private var proposedViews: Set<Int> = []
  /// What came for heights that are not reached yet.
  private var early: [Int: [EarlyMessage]] = [:]

  private struct EarlyMessage: Equatable {
    let message: CommitteeMessage
    let sender: Int
  }

  /// - Parameter decided: what it has decided in an earlier life.
  init(_ index: Int, _ quorum: Quorum, decided: [DecidedBlock] = []) {
    self.index = index
    self.quorum = quorum
    self.decided = decided
    height = decided.count + 1
  }

  /// What a member does after something happened.
  enum Step {
    case broadcast(CommitteeMessage)
    case send(CommitteeMessage, to: Int, height: Int)
    /// Wait for a view so long, then ask for the next.
    case startTimer
    /// A height was decided, and the next begins.
    case decided(DecidedBlock)
  }

  static func primary(height: Int, view: Int, members: Int) -> Int { (height + view) % members }

  /// Whether it may propose in view 0 and has not.
  var isDueToPropose: Bool { isPrimary && view == 0 && !proposedViews.contains(0) }

  var isPrimary: Bool { Self.primary(height: height, view: view, members: quorum.members) == index }

  // MARK: What happens

  /// What it does is a function of what it was and of what happens, and of nothing else: so a journal can give it back.
  mutating func take(_ input: CommitteeInput) -> [Step] {
    switch input {
    case .message(let message, let sender, let height): receive(message, from: sender, height: height)
    case .turn(let block): propose(block)
    case .lead(let block, let reports): propose(block, reports: reports)
    case .timeout: timeOut()
    }
  }

  /// The primary's turn, when there is a block to propose. In view 0 only: later views begin with reports.
  private mutating func propose(_ block: CommitteeBlock) -> [Step] {
    guard isPrimary, view == 0, !proposedViews.contains(0) else { return [] }
    proposedViews.insert(0)
    let proposal = CommitteeMessage.proposal(view: 0, block, reports: [:])
    said.append(proposal)
    return [.broadcast(proposal)] + receive(proposal, from: index, height: height)
  }

  /// The present view has lasted too long.
  private mutating func timeOut() -> [Step] { ask(for: view + 1) }

  private mutating func receive(_ message: CommitteeMessage, from sender: Int, height: Int) -> [Step] {
    if case .decided(let blocks) = message { return catchUp(blocks) }
    if height < self.height {
      // Somebody is behind: who asks for a view of an old height, or how things are, is shown how it ended.
      switch message {
      case .viewChange, .question: break
      default: return []
      }
      return [.send(.decided(Array(decided[(height - 1)...])), to: sender, height: height)]
    }
    guard height == self.height else {
      if case .question = message { return [] }
      early[height, default: []].append(EarlyMessage(message: message, sender: sender))
      return []
    }
    switch message {
    case .proposal(let view, let block, let reports): return hear(proposal: block, view, reports, from: sender)
    case .prepare(let view, let block): return hear(prepare: block, view, from: sender)
    case .commit(let view, let block): return hear(commit: block, view, from: sender)
    case .viewChange(let view, let certificate): return hear(wishFor: view, certificate, from: sender)
    // Who is here, too, says again what it has said.
    case .question: return said.map { .send($0, to: sender, height: height) }
    case .decided: return []
    }
  }

  // MARK: The three phases

  private mutating func hear(
    proposal block: CommitteeBlock, _ view: Int, _ reports: [Int: PreparedCertificate?], from sender: Int
  ) -> [Step] {
    guard sender == Self.primary(height: height, view: view, members: quorum.members), block.height == height,
      view >= self.view, accepted[view] == nil, view == 0 || isJustified(block, reports)
    else { return [] }
    var steps: [Step] = []
    if view > self.view || isChangingView {
      self.view = view
      isChangingView = false
      if sender != index { said = [] }
      steps.append(.startTimer)
    }
    accepted[view] = block
    let message = CommitteeMessage.prepare(view: view, block)
    said.append(message)
    return steps + [.broadcast(message)] + hear(prepare: block, view, from: index)
  }

  /// Whether a quorum's reports ask for this block: the latest that one saw prepared, or anything when none did.
  private func isJustified(_ block: CommitteeBlock, _ reports: [Int: PreparedCertificate?]) -> Bool {
    guard reports.count >= quorum.size else { return false }
    let latest = reports.values.compactMap { $0 }.filter(isSigned).max { $0.view < $1.view }
    return latest.map { $0.block == block } ?? true
  }

  private func isSigned(_ certificate: PreparedCertificate) -> Bool { certificate.signers.count >= quorum.size }

  private mutating func hear(prepare block: CommitteeBlock, _ view: Int, from sender: Int) -> [Step] {
    prepares[view, default: [:]][block, default: []].insert(sender)
    return commitIfPrepared(view)
  }

  private mutating func commitIfPrepared(_ view: Int) -> [Step] {
    guard view == self.view, !isChangingView, let block = accepted[view], !hasCommitted.contains(view),
      let signers = prepares[view]?[block], signers.count >= quorum.size
    else { return [] }
    prepared = PreparedCertificate(view: view, block: block, signers: signers)
    hasCommitted.insert(view)
    let message = CommitteeMessage.commit(view: view, block)
    said.append(message)
    return [.broadcast(message)] + hear(commit: block, view, from: index)
  }

  private mutating func hear(commit block: CommitteeBlock, _ view: Int, from sender: Int) -> [Step] {
    commits[view, default: [:]][block, default: []].insert(sender)
    guard let signers = commits[view]?[block], signers.count >= quorum.size else { return [] }
    return decide(DecidedBlock(block: block, signers: signers))
  }

  // MARK: Views

  private mutating func ask(for view: Int) -> [Step] {
    self.view = view
    isChangingView = true
    let message = CommitteeMessage.viewChange(view: view, prepared)
    said = [message]
    return [.startTimer, .broadcast(message)] + hear(wishFor: view, prepared, from: index)
  }

  private mutating func hear(
    wishFor view: Int, _ certificate: PreparedCertificate?, from sender: Int
  ) -> [Step] {
    wishes[view, default: [:]][sender] = .some(certificate)
    // More than can be faulty want to go on: so somebody honest does.
    let ahead = Set(wishes.filter { $0.key > self.view }.flatMap(\.value.keys))
    if ahead.count > quorum.faulty, let next = wishes.keys.filter({ $0 > self.view }).min() { return ask(for: next) }
    return []
  }

  /// The block that the primary of a new view has to propose, once a quorum wants that view.
  ///
  /// - Returns: whether there is something to propose, the block that has to be, and the reports that say so.
  func newView() -> (block: CommitteeBlock?, reports: [Int: PreparedCertificate?])? {
    guard isPrimary, isChangingView, !proposedViews.contains(view), let reports = wishes[view],
      reports.count >= quorum.size
    else { return nil }
    let latest = reports.values.compactMap { $0 }.filter(isSigned).max { $0.view < $1.view }
    return (latest?.block, reports)
  }

  private mutating func propose(_ block: CommitteeBlock, reports: [Int: PreparedCertificate?]) -> [Step] {
    proposedViews.insert(view)
    let proposal = CommitteeMessage.proposal(view: view, block, reports: reports)
    said = [proposal]
    return [.broadcast(proposal)] + receive(proposal, from: index, height: height)
  }

  // MARK: Heights

  private mutating func decide(_ block: DecidedBlock) -> [Step] {
    decided.append(block)
    height += 1
    view = 0
    isChangingView = false
    (accepted, prepares, commits, wishes) = ([:], [:], [:], [:])
    (prepared, hasCommitted, proposedViews, said) = (nil, [], [], [])
    var steps: [Step] = [.decided(block), .startTimer]
    // Each of these may decide this height, too, and the rest is then about the past.
    let reached = height
    for each in early.removeValue(forKey: reached) ?? [] {
      steps += receive(each.message, from: each.sender, height: reached)
    }
    return steps
  }

  private mutating func catchUp(_ blocks: [DecidedBlock]) -> [Step] {
    var steps: [Step] = []
    for block in blocks where block.block.height == height && block.signers.count >= quorum.size {
      steps += decide(block)
    }
    return steps
  }
}
