import Tensor

/// How the edges between levels of bids are laid.
public enum EdgeRule: String, CaseIterable, Sendable {
  /// As many bids on each level, as near as ties allow.
  case quantile
  /// Levels of one width between the least and the largest bid.
  case equalWidth = "equal_width"
}

extension BidLevels {
  /// Edges that cut a history of bids into levels.
  ///
  /// A quantile is a bid of the history, so that no level is without bids. Where many bids are equal, edges fall
  /// together; they are then one, and there are fewer levels.
  ///
  /// - Parameter levels: how many, at least 1.
  /// - Returns: at most `levels` - 1 edges, ascending, none of them at or below the least bid.
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
  ///
  /// Source: ours; PMS-AM 5.1 speaks of discrete levels only.
  public static func edges(of bids: [Double], levels: Int, rule: EdgeRule) throws -> [Double] {
    try check(.each(.round, "bids", bids, .real))
    try demand(
      (1...HiddenMarkovModel.largestSymbolCount).contains(levels),
      "the number of levels must be between 1 and \(HiddenMarkovModel.largestSymbolCount), but is \(levels)")
    let ascending = bids.sorted()
    let (least, largest) = (ascending[0], ascending[ascending.count - 1])
    let edges = (1..<max(levels, 1)).map { cut in
      switch rule {
      case .equalWidth:
        let share = Double(cut) / Double(levels)
        return least * (1 - share) + largest * share
      case .quantile:
        // The first bid that has this part of all bids below it.
        return ascending[min((cut * bids.count + levels - 1) / levels, bids.count - 1)]
      }
    }
    return edges.reduce(into: []) { kept, edge in
      if edge > (kept.last ?? least) { kept.append(edge) }
    }
  }

  /// A bid that stands for each level: the mean of those that were on it. A level without bids is represented by the
  /// middle between its edges, at an end by its edge.
  ///
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
  public static func representatives(of bids: [Double], edges: [Double]) throws -> [Double] {
    let levels = try discretized(bids, edges: edges)
    var means = [Double](repeating: 0, count: edges.count + 1)
    var counts = [Double](repeating: 0, count: edges.count + 1)
    for (bid, level) in zip(bids, levels) {
      counts[level] += 1
      // Step by step, so that no sum overflows.
      means[level] += bid / counts[level] - means[level] / counts[level]
    }
    return means.indices.map { level in
      guard counts[level] == 0 else { return means[level] }
      let low = level > 0 ? edges[level - 1] : edges[0]
      let high = level < edges.count ? edges[level] : edges[edges.count - 1]
      return 0.5 * low + 0.5 * high
    }
  }
}
