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
    let totals = reading == .competitors ? IncentiveModel.rowSums(bids) : columnSums(bids)
    if let idle = totals.firstIndex(of: 0) {
      let which = reading == .competitors ? "to member \(idle + 1)" : "of provider \(idle + 1)"
      throw SolverError(.undefinedRatio, "win probabilities divide by the total of the bids \(which), which are all 0")
    }
    let columns = bids.columns
    let elements = [Double](unsafeUninitializedCapacity: bids.elements.count) { shares, filled in
      bids.elements.withUnsafeBufferPointer { bids in
        totals.withUnsafeBufferPointer { totals in
          for row in 0..<bids.count / columns {
            let first = row &* columns
            for column in 0..<columns {
              shares[first &+ column] = bids[first &+ column] / totals[reading == .competitors ? row : column]
            }
          }
        }
      }
      filled = bids.elements.count
    }
    return Matrix(rows: bids.rows, columns: columns, elements: elements)
  }

  /// What each provider bids to all members.
  static func columnSums(_ bids: Matrix) -> [Double] {
    var sums = [Double](repeating: 0, count: bids.columns)
    bids.elements.withUnsafeBufferPointer { bids in
      sums.withUnsafeMutableBufferPointer { sums in
        for first in stride(from: 0, to: bids.count, by: sums.count) {
          for column in sums.indices { sums[column] += bids[first &+ column] }
        }
      }
    }
    return sums
  }
}
