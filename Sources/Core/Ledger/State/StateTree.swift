/// A hash tree over the state that is brought up to date in the time of what changed.
///
/// A binary tree over the digests of the keys with all paths without a choice cut out (Merkle and Patricia). Its shape
/// depends on the set of keys alone, never on the order in which they came, so that its root is a digest of the
/// state's content. Nodes are values and never change: a tree that is thrown away leaves the older one as it was.
struct StateTree: Sendable {
  struct Leaf: Sendable {
    let key: Digest
    let digest: Digest

    init(key: Digest, entry: StateEntry) {
      self.key = key
      var writer = ByteWriter()
      writer.write(UInt8(0))
      writer.write(key.bytes)
      entry.encode(into: &writer)
      digest = SHA256.hash(writer.bytes)
    }
  }

  private indirect enum Node: Sendable {
    case leaf(Leaf)
    /// Below it all keys agree with `key` in the bits before `bit`, and part there.
    case branch(bit: Int, key: Digest, left: Node, right: Node, digest: Digest)

    var digest: Digest {
      switch self {
      case .leaf(let leaf): leaf.digest
      case .branch(_, _, _, _, let digest): digest
      }
    }

    init(bit: Int, left: Node, right: Node, key: Digest) {
      self = .branch(bit: bit, key: key, left: left, right: right, digest: MerkleTree.node(left.digest, right.digest))
    }
  }

  private var root: Node?

  /// Zero for an empty state.
  var digest: Digest { root?.digest ?? .zero }

  /// The tree with these leaves put in, or in the place of those of the same keys.
  func updating(_ leaves: [Leaf]) -> StateTree {
    StateTree(root: Self.merge(root, leaves.sorted { $0.key < $1.key }[...]))
  }

  init() {}

  private init(root: Node?) {
    self.root = root
  }

  /// - Parameter leaves: sorted by key, each key once.
  private static func merge(_ node: Node?, _ leaves: ArraySlice<Leaf>) -> Node? {
    guard let first = leaves.first, let last = leaves.last else { return node }
    switch node {
    case nil:
      guard leaves.count > 1 else { return .leaf(first) }
      return part(leaves, at: first.key.bytes.firstDifference(from: last.key.bytes), over: nil, key: first.key)
    case .leaf(let old):
      if leaves.contains(where: { $0.key == old.key }) { return merge(nil, leaves) }
      let place = leaves.firstIndex { old.key < $0.key } ?? leaves.endIndex
      return merge(nil, (leaves[..<place] + [old] + leaves[place...])[...])
    case .branch(let bit, let key, let left, let right, _):
      let fork = min(
        key.bytes.firstDifference(from: first.key.bytes), key.bytes.firstDifference(from: last.key.bytes))
      if fork < bit { return part(leaves, at: fork, over: node, key: key) }
      let (zeros, ones) = halves(leaves, at: bit)
      guard let left = merge(left, zeros), let right = merge(right, ones) else { return node }
      return Node(bit: bit, left: left, right: right, key: key)
    }
  }

  /// A branch at `bit`, with the whole of `node` on the side of its `key`.
  private static func part(_ leaves: ArraySlice<Leaf>, at bit: Int, over node: Node?, key: Digest) -> Node? {
    let (zeros, ones) = halves(leaves, at: bit)
    let nodeIsRight = key.bytes.bit(bit)
    guard
      let left = merge(nodeIsRight ? nil : node, zeros), let right = merge(nodeIsRight ? node : nil, ones)
    else { return node }
    return Node(bit: bit, left: left, right: right, key: key)
  }

  /// The leaves whose keys have a zero at `bit`, and the rest; they agree in the bits before.
  private static func halves(_ leaves: ArraySlice<Leaf>, at bit: Int) -> (ArraySlice<Leaf>, ArraySlice<Leaf>) {
    let middle = leaves.firstIndex { $0.key.bytes.bit(bit) } ?? leaves.endIndex
    return (leaves[..<middle], leaves[middle...])
  }
}
