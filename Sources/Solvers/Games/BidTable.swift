import Tensor

/// Every provider's bid to every member, for quality or for freshness.
public struct BidTable: Equatable, Sendable {
  /// v_j: what winning one member is worth to each provider, in money.
  public let values: [Double]
  /// Q^lambda_j for quality, F for freshness: what a unit of bid owes all members together.
  public let worth: [Double]
  /// tau_i: the part of it that each member gets.
  public let ratios: [Double]
  /// Members x providers, in money.
  public let bids: Matrix
  /// What all providers bid to each member, in money.
  public let totals: [Double]

  /// A_ij, what a unit of bid owes the member.
  public var loads: Matrix { table { ratios[$0] * worth[$1] } }

  /// w_ij: each bid's share of what is bid to the member.
  public var winProbability: Matrix { table { bids[$0, $1] / totals[$0] } }

  /// What each provider bids to all members, in money.
  public var spending: [Double] { BidContest.columnSums(bids) }

  private func table(_ entry: (_ member: Int, _ provider: Int) -> Double) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(bids.elements.count)
    for member in 0..<bids.rows {
      for provider in 0..<bids.columns { elements.append(entry(member, provider)) }
    }
    return Matrix(rows: bids.rows, columns: bids.columns, elements: elements)
  }
}
