/// Everything that the transactions so far amount to.
///
/// A value that remembers what it was: each change notes what stood there before, so that a refused transaction or a
/// block that could not be written is undone in the time of what it changed.
public struct LedgerState: Sendable {
  private var entries: [StateKey: StateEntry] = [:]
  private var journal: [(key: StateKey, previous: StateEntry?)] = []
  private var tree = StateTree()

  public init() {}

  /// A state of these entries, sealed.
  init(_ entries: [(key: StateKey, value: StateEntry)]) {
    for (key, entry) in entries { self.entries[key] = entry }
    tree = tree.updating(self.entries.map { StateTree.Leaf(key: $0.key.digest, entry: $0.value) })
  }

  /// How many entries there are.
  var count: Int { entries.count }

  public subscript(key: StateKey) -> StateEntry? {
    entries[key]
  }

  /// All entries, in no order.
  var all: some Collection<(key: StateKey, value: StateEntry)> { entries.lazy.map { ($0.key, $0.value) } }

  mutating func set(_ key: StateKey, _ entry: StateEntry) {
    let previous = entries.updateValue(entry, forKey: key)
    journal.append((key, previous))
  }

  // MARK: Undoing

  /// A point to which the state can go back until it is next sealed.
  var checkpoint: Int { journal.count }

  mutating func rollBack(to checkpoint: Int) {
    while journal.count > checkpoint, let change = journal.popLast() {
      entries[change.key] = change.previous
    }
  }

  /// How much more money stands in the entries changed since a checkpoint than stood there then.
  ///
  /// - Returns: the money before and after in those entries, or `nil` when their sum leaves 128 bits.
  func holdings(since checkpoint: Int) -> (before: Amount, after: Amount)? {
    var seen: Set<StateKey> = []
    var before = Amount.zero
    var after = Amount.zero
    for change in journal[checkpoint...] where seen.insert(change.key).inserted {
      guard
        let earlier = try? before + (change.previous?.holding ?? .zero),
        let later = try? after + (entries[change.key]?.holding ?? .zero)
      else { return nil }
      (before, after) = (earlier, later)
    }
    return (before, after)
  }

  // MARK: Sealing

  /// The tree of the state as it stands.
  func currentTree() -> StateTree {
    var seen: Set<StateKey> = []
    var leaves: [StateTree.Leaf] = []
    for change in journal where seen.insert(change.key).inserted {
      guard let entry = entries[change.key] else { continue }
      leaves.append(StateTree.Leaf(key: change.key.digest, entry: entry))
    }
    return tree.updating(leaves)
  }

  /// Makes the changes since the last seal permanent.
  mutating func seal(_ tree: StateTree) {
    self.tree = tree
    journal.removeAll(keepingCapacity: true)
  }

  /// A digest of the whole state: equal exactly for states of equal content.
  public var digest: Digest { currentTree().digest }
}

extension LedgerState: Equatable {
  public static func == (left: LedgerState, right: LedgerState) -> Bool {
    left.entries == right.entries
  }
}
