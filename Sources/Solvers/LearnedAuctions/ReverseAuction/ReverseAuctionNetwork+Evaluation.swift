import Tensor

/// What a learned reverse auction does on profiles it has not seen.
public struct ReverseAuctionEvaluation: Equatable, Sendable {
  /// How many profiles were drawn.
  public let profiles: Int
  /// U_d less payments, on average.
  public let surplus: Double
  /// U_d less costs, on average.
  public let welfare: Double
  public let dataUtility: Double
  /// All payments of a profile, on average.
  public let payment: Double
  /// The expected number of winners.
  public let winners: Double
  /// The share of profiles in which somebody loses more than 1e-6 of money by taking part.
  public let lossRate: Double
  /// The mean over profiles of the deepest loss.
  public let meanLoss: Double
  /// The mean over profiles of the largest gain on the grid, for each seller.
  public let regret: [Double]
  public let largestRegret: Double
  /// The same for the printed regret, which is that of the buyer's surplus.
  public let paperRegret: [Double]

  public var meanRegret: Double { regret.reduce(0, +) / Double(max(1, regret.count)) }
  public var meanPaperRegret: Double { paperRegret.reduce(0, +) / Double(max(1, paperRegret.count)) }
}

extension ReverseAuctionNetwork {
  /// Costs as training draws them, of a stream of their own: one row per profile.
  ///
  /// - Throws: `OutOfRange`.
  public func testBids(_ profiles: Int, seed: UInt64) throws -> [[Double]] {
    guard (1...10_000_000).contains(profiles) else {
      throw EdgeError.outOfRange("number of profiles", given: "\(profiles)", allowed: "from 1 to 10000000")
    }
    var stream = RandomStream(seed: seed, purpose: "learned auction test")
    return (0..<profiles).map { _ in
      (0..<design.sellers.count).map { _ in stream.uniform(design.lowestBid, design.highestBid) }
    }
  }

  /// Measures the auction, in single precision; regret is searched on a grid of reports.
  ///
  /// - Throws: those of `outcomes`; `OutOfRange`, `Interrupted`.
  public func evaluation(
    bids: [[Double]], points: Int = 101, paper: Bool = false, threads: Int = 1, cancellation: Cancellation = .never
  ) throws -> ReverseAuctionEvaluation {
    guard (2...1_000_000).contains(points) else {
      throw EdgeError.outOfRange("number of grid points", given: "\(points)", allowed: "from 2 to 1000000")
    }
    var sums = EvaluationSums(sellers: design.sellers.count)
    try evaluate(bids, points: points, kind: .bidder, into: &sums, threads: threads, cancellation: cancellation)
    let regret = sums.regret
    if paper {
      sums.regret = [Double](repeating: 0, count: regret.count)
      let largest = sums.largest
      try evaluate(bids, points: points, kind: .paper, into: &sums, threads: threads, cancellation: cancellation)
      sums.largest = largest
    }
    let count = Double(bids.count)
    let paperRegret = paper ? sums.regret.map { $0 / count } : []
    let outcome = sums.outcome.map { $0 / (paper ? 2 * count : count) }
    return ReverseAuctionEvaluation(
      profiles: bids.count, surplus: outcome[0] - outcome[1], welfare: outcome[0] - outcome[2], dataUtility: outcome[0],
      payment: outcome[1], winners: outcome[3], lossRate: outcome[4], meanLoss: outcome[5],
      regret: regret.map { $0 / count }, largestRegret: sums.largest, paperRegret: paperRegret)
  }

  private func evaluate(
    _ bids: [[Double]], points: Int, kind: ReverseAuctionDesign.Regret, into sums: inout EvaluationSums,
    threads: Int, cancellation: Cancellation
  ) throws {
    var design = design
    design.regret = kind
    let size = 256
    var start = 0
    while start < bids.count {
      try cancellation.check()
      let chunk = bids[start..<min(start + size, bids.count)]
      let batch = AuctionBatch(
        rule: try ReverseAuctionRule<FloatProfileLanes>(design), profiles: chunk.count,
        allocationWidths: allocation.widths, paymentWidths: payment.widths, threads: threads)
      batch.load(allocation: allocation, payment: payment)
      for (profile, row) in chunk.enumerated() {
        guard row.count == design.sellers.count else {
          throw EdgeError.sizeMismatch("bids of a profile", given: row.count, expected: design.sellers.count)
        }
        let values = row.map { Float($0) }
        values.withUnsafeBufferPointer { values in
          if let place = values.baseAddress { batch.setTruth(profile, place) }
        }
      }
      batch.settleTruth()
      batch.searchGrid(low: design.lowestBid, high: design.highestBid, points: points)
      sums.add(batch, chunk: Array(chunk))
      start += size
    }
  }
}

/// What has been summed over profiles so far.
private struct EvaluationSums {
  /// Utility, payments, costs, winners, profiles with losses, deepest losses.
  var outcome = [Double](repeating: 0, count: 6)
  var regret: [Double]
  var largest = 0.0

  init(sellers: Int) { regret = [Double](repeating: 0, count: sellers) }

  mutating func add(_ batch: AuctionBatch<ReverseAuctionRule<FloatProfileLanes>>, chunk: [[Double]]) {
    for (profile, bids) in chunk.enumerated() {
      let view = batch.view(profile / FloatProfileLanes.count, nil)
      let lane = profile % FloatProfileLanes.count
      var deepest = 0.0
      outcome[0] += Double(batch.rule.dataUtility(view)[lane])
      for seller in bids.indices {
        let payment = Double(batch.rule.payments(view)[seller][lane])
        let chance = Double(batch.rule.chances(view)[seller][lane])
        outcome[1] += payment
        outcome[2] += chance * bids[seller]
        outcome[3] += chance
        deepest = max(deepest, chance * bids[seller] - payment)
        let gain = Double(batch.gain(profile: profile, bidder: seller))
        regret[seller] += gain
        largest = max(largest, gain)
      }
      if deepest > 1e-6 { outcome[4] += 1 }
      outcome[5] += deepest
    }
  }
}
