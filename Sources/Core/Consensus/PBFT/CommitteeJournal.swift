/// What can happen to an honest member.
enum CommitteeInput: Hashable, Sendable {
  case message(CommitteeMessage, from: Int, height: Int)
  /// The primary of a height's first view proposes.
  case turn(CommitteeBlock)
  /// The primary of a later view proposes.
  case lead(CommitteeBlock, reports: [Int: PreparedCertificate?])
  /// A view has lasted too long.
  case timeout
}

/// What a member writes to its disk, each thing before it acts on it: what it decided, and whatever has happened to it
/// since. After a crash, the same things happening in the same order make it who it was, so that it never contradicts
/// what it said before.
///
/// Source: the write-ahead log of CometBFT; field anchors, BFT-2.
struct CommitteeJournal {
  private struct Entry {
    /// The height that it is about, and no longer needed after.
    let height: Int
    let input: CommitteeInput
  }

  private var decided: [DecidedBlock] = []
  private var entries: [Entry] = []

  /// Before a member acts on what happens to it at a height.
  mutating func write(_ input: CommitteeInput, height: Int) {
    switch input {
    // What these change is decisions, and those are written themselves.
    case .message(.decided, _, _), .message(.question, _, _): break
    case .message(_, _, let about): if about >= height { entries.append(Entry(height: about, input: input)) }
    case .turn, .lead, .timeout: entries.append(Entry(height: height, input: input))
    }
  }

  /// After a member has decided: what led to it need not be kept.
  mutating func settle(_ decided: [DecidedBlock]) {
    guard decided.count > self.decided.count else { return }
    self.decided = decided
    entries.removeAll { $0.height <= decided.count }
  }

  /// The member that wrote this.
  func restored(_ index: Int, _ quorum: Quorum) -> CommitteeMember {
    var member = CommitteeMember(index, quorum, decided: decided)
    for entry in entries { _ = member.take(entry.input) }
    return member
  }
}
