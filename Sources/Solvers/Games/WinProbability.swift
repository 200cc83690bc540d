import Tensor

/// Against whom a bid is measured; the papers print both.
public enum WinReading: String, CaseIterable, Sendable {
  /// All providers' bids to the same member: FL-NFT after (14), and both papers' footnotes.
  case competitors
  /// The provider's own bids to all members: FL-NFT (26), PMS-AM (30). No equilibrium is consistent with it.
  case own
}

extension BidContest {
  /// The probability with which each bid wins, its share of the total it is measured against.
  ///
  /// - Parameter bids: members x providers, at least 0.
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`; `UndefinedRatio` when a total is 0.
  ///
  /// Source: FL-NFT after (14) and (26), PMS-AM after (17) and (30).
  public static func winProbability(bids: Matrix, reading: WinReading = .competitors) throws -> Matrix {
    try check(.table(.member, .provider, "bids", bids, .nonNegative))
    let totals =
      switch reading {
      case .competitors: (0..<bids.rows).map { bids.row($0).reduce(0, +) }
      case .own: (0..<bids.columns).map { bids.column($0).reduce(0, +) }
      }
    if let idle = totals.firstIndex(of: 0) {
      let which = reading == .competitors ? "to member \(idle + 1)" : "of provider \(idle + 1)"
      throw SolverError(.undefinedRatio, "win probabilities divide by the total of the bids \(which), which are all 0")
    }
    let elements = bids.elements.indices.map {
      bids.elements[$0] / totals[reading == .competitors ? $0 / bids.columns : $0 % bids.columns]
    }
    return Matrix(rows: bids.rows, columns: bids.columns, elements: elements)
  }
}
