extension SubsetSelection {
  /// Adds the seller who gains most, again and again, as long as anybody gains; the first of equals.
  ///
  /// May stop at nobody where a pair would gain: the mean EMD makes the first of them worth less than nothing.
  ///
  /// - Throws: `LengthMismatch`, `NonFinite`, `Negative`.
  public func greedy(bids: [Double]) throws -> Choice {
    try checkBids(bids)
    var set = 0
    while true {
      var best = (gain: 0.0, seller: -1)
      for seller in bids.indices where set >> seller & 1 == 0 {
        let gain = values[set | 1 << seller] - values[set] - bids[seller]
        if gain > best.gain { best = (gain, seller) }
      }
      guard best.seller >= 0 else { return choice(set, bids: bids) }
      set |= 1 << best.seller
    }
  }

  /// As many of the lowest bids as asked for, whatever the data are like; the first of equals.
  ///
  /// - Throws: `LengthMismatch`, `NonFinite`, `Negative`, `OutOfRange`.
  public func lowestBids(bids: [Double], count: Int) throws -> Choice {
    try checkBids(bids)
    guard (0...bids.count).contains(count) else {
      throw EdgeError.outOfRange("number of winners", given: "\(count)", allowed: "from 0 to \(bids.count)")
    }
    let order = bids.indices.sorted { (bids[$0], $0) < (bids[$1], $1) }
    return choice(order[..<count].reduce(0) { $0 | 1 << $1 }, bids: bids)
  }

  private func choice(_ set: Int, bids: [Double]) -> Choice {
    let winners = Self.members(set)
    return Choice(winners: winners, welfare: values[set] - winners.reduce(0) { $0 + bids[$1] })
  }
}
