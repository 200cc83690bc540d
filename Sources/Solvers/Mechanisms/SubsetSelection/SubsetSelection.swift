/// Who sells, chosen by enumeration of all sets of sellers.
///
/// What the sets are worth is computed once; each list of prices then takes one pass over them.
///
/// Source: TBCIM (1), with the winners found exactly.
public struct SubsetSelection: Sendable {
  public let sellers: DataSellers
  /// What every set is worth; see `DataSellers.valuesOfSets`.
  let values: [Double]

  /// - Throws: `TooManyBidders`.
  public init(_ sellers: DataSellers) throws {
    self.sellers = sellers
    values = try sellers.valuesOfSets()
  }

  /// A set of sellers, and what it is worth after its prices.
  public struct Choice: Equatable, Sendable {
    /// In ascending order.
    public let winners: [Int]
    /// U_d of the winners less their prices.
    public let welfare: Double
  }

  /// The set with the largest value less prices; of equals, to 1e-12, the smallest, then the first in lexicographic
  /// order.
  ///
  /// - Throws: `LengthMismatch`, `NonFinite`, `Negative`.
  public func optimal(bids: [Double]) throws -> Choice {
    try checkBids(bids)
    let best = best(prices: bids)
    return Choice(winners: Self.members(best.set), welfare: best.value)
  }

  func checkBids(_ bids: [Double]) throws {
    guard bids.count == sellers.count else {
      throw EdgeError.sizeMismatch("bids", given: bids.count, expected: sellers.count)
    }
    for bid in bids { try EdgeError.checkNonNegative(["bid": bid]) }
  }

  static func members(_ set: Int) -> [Int] { (0..<Int.bitWidth).filter { set >> $0 & 1 == 1 } }

  /// The best set and its value.
  ///
  /// The scan by size, then in lexicographic order, that replaces only what is better by more than 1e-12, ends among the
  /// sets that come close to the largest value; so only those are scanned in that order.
  func best(prices: [Double]) -> (set: Int, value: Double) {
    let sums = PriceSums(prices)
    let largest = largest(sums)
    let close = largest - 1e-9 * max(1, abs(largest))
    var candidates: [Int] = []
    for set in values.indices where values[set] - sums[set] >= close { candidates.append(set) }
    candidates.sort { ($0.nonzeroBitCount, $1.bitsReversed) < ($1.nonzeroBitCount, $0.bitsReversed) }
    var best = candidates.first ?? 0
    var value = values[best] - sums[best]
    for set in candidates where values[set] - sums[set] > value + 1e-12 {
      best = set
      value = values[set] - sums[set]
    }
    return (best, value)
  }

  private func largest(_ sums: PriceSums) -> Double {
    var largest = -Double.infinity
    for set in values.indices { largest = max(largest, values[set] - sums[set]) }
    return largest
  }

  /// The largest value less prices of the sets without one seller.
  func bestValue(prices: [Double], without seller: Int) -> Double {
    let sums = PriceSums(prices)
    let half = 1 << seller
    var largest = -Double.infinity
    var start = 0
    while start < values.count {
      for set in start..<(start + half) { largest = max(largest, values[set] - sums[set]) }
      start += 2 * half
    }
    return largest
  }
}

/// What the prices of any set add up to, from two short tables that stay in the cache.
private struct PriceSums {
  private let low: [Double]
  private let high: [Double]
  private let shift: Int

  init(_ prices: [Double]) {
    shift = prices.count / 2
    low = DataSellers.sumsOfSets(Array(prices[..<shift]))
    high = DataSellers.sumsOfSets(Array(prices[shift...]))
  }

  @inline(__always)
  subscript(set: Int) -> Double { low[set & (low.count - 1)] + high[set >> shift] }
}

extension Int {
  /// Of two sets of one size, the one that comes first in lexicographic order has the larger of these.
  fileprivate var bitsReversed: UInt {
    var reversed: UInt = 0
    var rest = UInt(bitPattern: self)
    for _ in 0..<32 {
      reversed = reversed << 1 | rest & 1
      rest >>= 1
    }
    return reversed
  }
}
