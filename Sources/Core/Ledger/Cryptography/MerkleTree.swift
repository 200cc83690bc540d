/// The root of a list of digests (RFC 6962, section 2.1).
///
/// Leaves and inner nodes are hashed under different tags and the list is cut at the largest power of two, so that no
/// two lists share a root: a tree that repeats an odd last leaf does not have that property (CVE-2012-2459).
public enum MerkleTree {
  public static func root(of leaves: [Digest]) -> Digest {
    root(of: leaves[...])
  }

  private static func root(of leaves: ArraySlice<Digest>) -> Digest {
    guard let first = leaves.first else { return SHA256.hash([]) }
    guard leaves.count > 1 else { return SHA256.hash([0] + first.bytes.bytes) }
    let half = 1 << (Int.bitWidth - 1 - (leaves.count - 1).leadingZeroBitCount)
    return node(root(of: leaves.prefix(half)), root(of: leaves.dropFirst(half)))
  }

  /// What is hashed together with a leaf on the way to the root, from the leaf up.
  ///
  /// - Parameter index: of the leaf, within the list.
  public static func path(to index: Int, in leaves: [Digest]) -> [MerkleStep] {
    path(to: index, in: leaves[...])
  }

  private static func path(to index: Int, in leaves: ArraySlice<Digest>) -> [MerkleStep] {
    guard leaves.count > 1 else { return [] }
    let half = 1 << (Int.bitWidth - 1 - (leaves.count - 1).leadingZeroBitCount)
    let (left, right) = (leaves.prefix(half), leaves.dropFirst(half))
    return index < half
      ? path(to: index, in: left) + [MerkleStep(sibling: root(of: right), isLeft: false)]
      : path(to: index - half, in: right) + [MerkleStep(sibling: root(of: left), isLeft: true)]
  }

  /// The root that a leaf and its path lead to.
  public static func root(of leaf: Digest, along path: [MerkleStep]) -> Digest {
    path.reduce(root(of: [leaf])) { $1.isLeft ? node($1.sibling, $0) : node($0, $1.sibling) }
  }

  static func node(_ left: Digest, _ right: Digest) -> Digest {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1 + 2 * Bytes32.count)
    bytes.append(1)
    left.bytes.append(to: &bytes)
    right.bytes.append(to: &bytes)
    return SHA256.hash(bytes)
  }
}

/// A step of a Merkle path: what stands beside the node reached so far.
public struct MerkleStep: Hashable, Sendable {
  public let sibling: Digest
  /// Whether the sibling stands to the left.
  public let isLeft: Bool

  public init(sibling: Digest, isLeft: Bool) {
    (self.sibling, self.isLeft) = (sibling, isLeft)
  }
}
