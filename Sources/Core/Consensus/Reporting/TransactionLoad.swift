/// Transactions that come evenly, and blocks with room for so many, first come first served.
public struct TransactionLoad: Sendable, Equatable {
  /// Transactions per second.
  public let rate: Double
  /// Transactions per block.
  public let capacity: Int

  /// - Throws: `InvalidParameter`.
  public init(rate: Double, capacity: Int) throws(ConsensusError) {
    try ConsensusError.check(
      rate >= 0 && rate <= 1e9 && (0...1_000_000_000).contains(capacity),
      "a load has from 0 to 1e9 transactions per second and per block, not \(rate) and \(capacity)")
    self.rate = rate
    self.capacity = capacity
  }

  /// The transactions of successive blocks of one chain.
  ///
  /// - Parameters:
  ///   - created: when each block was made, in order; it holds what has come by then.
  ///   - final: when each is final, nil where it is not yet.
  /// - Returns: how many each block holds, and the mean time from a transaction's coming to its being final, nil
  ///   without one.
  func filling(created: [Double], final: [Double?]) -> (counts: [Int], meanDelay: Double?) {
    var (taken, delayed, delays) = (0.0, 0.0, 0.0)
    var counts: [Int] = []
    for (time, end) in zip(created, final) {
      let waiting = max(0, (rate * time).rounded(.down) - taken)
      let count = min(waiting, Double(capacity))
      if let end, count > 0 {
        // Transaction k comes at k / rate: those of this block are taken + 1 to taken + count.
        delays += count * end - (count * taken + count * (count + 1) / 2) / rate
        delayed += count
      }
      taken += count
      counts.append(Int(count))
    }
    return (counts, delayed > 0 ? delays / delayed : nil)
  }
}
