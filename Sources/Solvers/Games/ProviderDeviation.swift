import Tensor

/// A provider's most profitable departure.
public struct ProviderDeviation: Equatable, Sendable, CustomStringConvertible {
  public enum Contribution: String, Sendable { case quality, freshness }

  public let provider: Int
  /// Over all its bids, in money.
  public let gain: Double
  /// The gain by the utility's magnitude, or by 1 where that is smaller.
  public let relativeGain: Double
  /// The one bid that would gain most by changing.
  public let contribution: Contribution
  public let member: Int
  public let bid: Double
  public let betterBid: Double

  public var description: String {
    gain > 0
      ? "provider \(provider + 1) gains \(gain), most of it on its \(contribution.rawValue) bid to member "
        + "\(member + 1): \(betterBid) in place of \(bid)"
      : "no provider gains"
  }

  static func best(from equilibrium: IncentiveEquilibrium, cancellation: Cancellation) throws -> ProviderDeviation {
    let providers = equilibrium.budgets.count
    var gains = [Double](repeating: 0, count: providers)
    var largest = [Single](repeating: Single(), count: providers)
    for (contribution, table) in [
      (Contribution.quality, equilibrium.quality), (.freshness, equilibrium.freshness),
    ] {
      for member in table.totals.indices {
        try cancellation.check()
        var first = 0
        while first < providers {
          let block = CoordinateBlock(table: table, member: member, first: first, variant: equilibrium.variant)
          let (bids, improvements) = block.search()
          for lane in 0..<min(8, providers - first) {
            let gain = max(0, improvements[lane])
            gains[first + lane] += gain
            if gain > largest[first + lane].gain {
              largest[first + lane] = Single(
                gain: gain, contribution: contribution, member: member, bid: block.bids[lane], betterBid: bids[lane])
            }
          }
          first += 8
        }
      }
    }
    let relative = (0..<providers).map { gains[$0] / max(1, abs(equilibrium.providerUtilities[$0])) }
    let worst = relative.indices.max { relative[$0] < relative[$1] } ?? 0
    let single = largest[worst]
    return ProviderDeviation(
      provider: worst, gain: gains[worst], relativeGain: relative[worst], contribution: single.contribution,
      member: single.member, bid: single.bid, betterBid: single.betterBid)
  }

  private struct Single {
    var gain = 0.0
    var contribution = Contribution.quality
    var member = 0
    var bid = 0.0
    var betterBid = 0.0
  }
}

/// Eight providers' bids to one member, searched at once.
private struct CoordinateBlock {
  typealias Lanes = SIMD8<Double>

  let bids: Lanes
  private let competitors: Lanes
  private let loads: Lanes
  private let values: Lanes
  private let variant: Variant

  init(table: BidTable, member: Int, first: Int, variant: Variant) {
    var bids = Lanes.zero
    var worth = Lanes.zero
    var values = Lanes.zero
    for lane in 0..<min(8, table.values.count - first) {
      bids[lane] = table.bids[member, first + lane]
      worth[lane] = table.worth[first + lane]
      values[lane] = table.values[first + lane]
    }
    self.bids = bids
    self.values = values
    competitors = table.totals[member] - bids
    loads = table.ratios[member] * worth
    self.variant = variant
  }

  @inline(__always)
  private func utility(_ bid: Lanes) -> Lanes {
    let total = bid + competitors
    let probability = (bid / total).replacing(with: 0, where: total .<= 0)
    return (variant == .paper ? bid : values - bid) * probability - loads * bid
  }

  /// The best bids in [0, v] and what they gain over the present ones: 33 grid points, then golden sections around the
  /// best.
  func search() -> (bids: Lanes, gains: Lanes) {
    let step = values / 32
    var best = Lanes.zero
    var bestUtility = utility(best)
    @inline(__always) func offer(_ bid: Lanes) {
      let offered = utility(bid)
      let better = offered .> bestUtility
      best.replace(with: bid, where: better)
      bestUtility.replace(with: offered, where: better)
    }
    for index in 1...32 { offer(step * Double(index)) }
    var low = pointwiseMax(best - step, .zero)
    var high = pointwiseMin(best + step, values)
    for _ in 0..<45 {
      let width = Search.goldenSection * (high - low)
      let left = high - width
      let right = low + width
      let rising = utility(left) .< utility(right)
      low.replace(with: left, where: rising)
      high.replace(with: right, where: .!rising)
    }
    offer(0.5 * (low + high))
    return (best, bestUtility - utility(bids))
  }
}
