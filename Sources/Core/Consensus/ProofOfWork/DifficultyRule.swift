/// How hard the next block is, so that blocks come at a wanted pace whatever is computed.
///
/// After each window of blocks the difficulty is multiplied by wanted over taken time, at most by 4 and at least by 1/4.
///
/// Source: Nakamoto, "Bitcoin", 2008, section 4, and its first implementation.
public struct DifficultyRule: Sendable, Equatable {
  /// Seconds from block to block, as wanted.
  public let interval: Double
  /// After how many blocks the difficulty is adjusted; nil for never.
  public let window: Int?

  public init(interval: Double, window: Int?) {
    self.interval = interval
    self.window = window
  }

  /// Of a block on `parent`: expected seconds of the whole network, at its first hash rate.
  func difficulty(_ tree: BlockTree, on parent: Int) -> Double {
    let before = tree[parent]
    guard before.height > 0 else { return interval }
    guard let window, before.height.isMultiple(of: window) else { return before.difficulty }
    let taken = before.time - tree[tree.ancestor(of: parent, back: window)].time
    let factor = taken > 0 ? Double(window) * interval / taken : 4
    return before.difficulty * min(4, max(0.25, factor))
  }
}
