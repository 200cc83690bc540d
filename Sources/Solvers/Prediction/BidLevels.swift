import Tensor

/// Bids as the symbols that a hidden Markov model observes.
public enum BidLevels {
  /// The level of each bid: how many of the edges it reaches.
  ///
  /// - Parameters:
  ///   - bids: any finite amounts of money.
  ///   - edges: strictly ascending.
  /// - Returns: levels from 0 to the number of edges.
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: PMS-AM 5.1; the discretisation is ours.
  public static func discretized(_ bids: [Double], edges: [Double]) throws -> [Int] {
    try check(.each(.round, "bids", bids, .real))
    // No edge at all is one level for everything.
    if !edges.isEmpty { try check(.each(.entry, "level edges", edges, .real)) }
    for (index, pair) in zip(edges, edges.dropFirst()).enumerated() {
      try demand(
        pair.0 < pair.1,
        "the level edges must ascend strictly, but edge \(index + 2) is \(pair.1) after \(pair.0)")
    }
    return bids.map { bid in
      var low = 0
      var high = edges.count
      while low < high {
        let middle = (low + high) / 2
        if edges[middle] <= bid { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}
