/// Which strategies of a player are strictly worse than another pure one when the other player keeps to some of its
/// strategies.
struct ConditionalDominance {
  private let count: Int
  /// At `weak * count + strong`, the other player's strategies against which `strong` is better.
  private let better: [UInt32]

  /// - Precondition: at most 32 strategies of each.
  init(_ payoffs: [Double], own: Int, others: Int) {
    count = own
    better = (0..<own * own).map { pair in
      let (weak, strong) = (pair / own, pair % own)
      return (0..<others).reduce(UInt32(0)) { bits, other in
        let gain = payoffs[strong * others + other] - payoffs[weak * others + other]
        return gain > Bimatrix.tolerance ? bits | UInt32(1) << UInt32(other) : bits
      }
    }
  }

  @inline(__always)
  private func isDominated(_ weak: Int, given others: UInt32) -> Bool {
    let line = weak * count
    for strong in line..<line + count where others & ~better[strong] == 0 { return true }
    return false
  }

  /// Whether one of the strategies is dominated.
  func holdsDominated(_ strategies: UInt32, given others: UInt32) -> Bool {
    var left = strategies
    while left != 0 {
      if isDominated(left.trailingZeroBitCount, given: others) { return true }
      left &= left &- 1
    }
    return false
  }

  /// The strategies that are not dominated.
  func undominated(given others: UInt32) -> UInt32 {
    (0..<count).reduce(0) { isDominated($1, given: others) ? $0 : $0 | UInt32(1) << UInt32($1) }
  }
}
