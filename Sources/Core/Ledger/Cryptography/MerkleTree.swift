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

  static func node(_ left: Digest, _ right: Digest) -> Digest {
    SHA256.hash([1] + left.bytes.bytes + right.bytes.bytes)
  }
}
