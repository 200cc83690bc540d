import Tensor

/// A learned auction of several items.
public struct ItemAuctionNetwork: Equatable, Sendable {
  public let design: ItemAuctionDesign
  public let allocation: Perceptron
  public let payment: Perceptron

  /// - Throws: `EmptyInput`, `LengthMismatch`, `NonFinite`.
  public init(design: ItemAuctionDesign, allocation: Perceptron, payment: Perceptron) throws {
    let inputs = design.bidders * design.items
    try allocation.check("allocation", inputs: inputs, outputs: design.allocationOutputs)
    try payment.check("payment", inputs: inputs, outputs: design.bidders)
    self.design = design
    self.allocation = allocation
    self.payment = payment
  }

  /// Trains an auction for revenue.
  ///
  /// - Throws: those of `LearningSettings.check`; `Interrupted`, `Diverged`.
  public static func trained(
    _ design: ItemAuctionDesign, settings: LearningSettings,
    progress: (Double, LearningHistory) -> Void = { _, _ in }, cancellation: Cancellation = .never
  ) throws -> (network: ItemAuctionNetwork, history: LearningHistory) {
    let training = try AuctionTraining(rule: ItemAuctionRule<FloatProfileLanes>(design), settings: settings)
    let history = try training.run(progress: progress, cancellation: cancellation)
    let parameters = training.batch.parameters.base
    let network = try ItemAuctionNetwork(
      design: design, allocation: training.batch.allocation.perceptron(parameters),
      payment: training.batch.payment.perceptron(parameters))
    return (network, history)
  }

  /// What the auction does on one profile of values.
  public struct Outcome: Equatable, Sendable {
    /// What each bidder gets of each item, or its chance to get it.
    public let allocation: [[Double]]
    public let payments: [Double]
  }

  /// - Parameter reports: one row per bidder, one number from 0 to 1 per item.
  /// - Throws: `LengthMismatch`, `NonFinite`, `OutOfRange`.
  public func outcome(reports: [[Double]]) throws -> Outcome {
    let batch = try settled(reports)
    let view = batch.view(0, nil)
    return Outcome(
      allocation: (0..<design.bidders).map { bidder in
        (0..<design.items).map { batch.rule.shares(view)[bidder * design.items + $0][0] }
      },
      payments: (0..<design.bidders).map { batch.rule.payment(of: $0, view)[0] })
  }

  /// The derivatives of a bidder's utility by the values that it reports, all other reports held fixed.
  ///
  /// - Parameters:
  ///   - values: what the items are worth to it.
  ///   - reports: as for `outcome`; where the derivatives are wanted.
  /// - Throws: as `outcome`.
  public func utilitySlopes(of bidder: Int, values: [Double], reports: [[Double]]) throws -> [Double] {
    var truth = reports
    if truth.indices.contains(bidder) { truth[bidder] = values }
    let batch = try settled(truth)
    reports.flatMap { $0 }.withUnsafeBufferPointer { reports in
      if let place = reports.baseAddress { batch.setMisreports(0, place) }
    }
    return batch.slopes(of: bidder)
  }

  private func settled(_ reports: [[Double]]) throws -> AuctionBatch<ItemAuctionRule<DoubleProfileLanes>> {
    guard reports.count == design.bidders else {
      throw EdgeError.sizeMismatch("bidders' reports", given: reports.count, expected: design.bidders)
    }
    for row in reports {
      guard row.count == design.items else {
        throw EdgeError.sizeMismatch("values of a report", given: row.count, expected: design.items)
      }
      for value in row {
        try EdgeError.checkFinite(["value": value])
        guard (0...1).contains(value) else {
          throw EdgeError.outOfRange("value", given: "\(value)", allowed: "from 0 to 1")
        }
      }
    }
    let batch = batch(DoubleProfileLanes.self, profiles: 1)
    reports.flatMap { $0 }.withUnsafeBufferPointer { values in
      if let place = values.baseAddress { batch.setTruth(0, place) }
    }
    batch.settleTruth()
    return batch
  }

  private func batch<Lanes: ProfileLanes>(
    _ lanes: Lanes.Type, profiles: Int, threads: Int = 1
  ) -> AuctionBatch<ItemAuctionRule<Lanes>> {
    let batch = AuctionBatch(
      rule: ItemAuctionRule<Lanes>(design), profiles: profiles, allocationWidths: allocation.widths,
      paymentWidths: payment.widths, threads: threads)
    batch.load(allocation: allocation, payment: payment)
    return batch
  }

  /// What the auction earns, and what its bidders could gain, on profiles it has not seen.
  public struct Evaluation: Equatable, Sendable {
    public let profiles: Int
    /// All payments of a profile, on average.
    public let revenue: Double
    /// The mean of the largest gain found, for each bidder: a bound from below.
    public let regret: [Double]
    public let largestRegret: Double

    public var meanRegret: Double { regret.reduce(0, +) / Double(max(1, regret.count)) }

    /// (sqrt(revenue) - sqrt(all bidders' regret))^2: what a truthful auction made of this one would earn.
    ///
    /// Source: Rahme, Jelassi and Weinberg, "Auction learning as a two-player game", 2021.
    public var adjustedRevenue: Double {
      let difference = max(0, revenue).squareRoot() - regret.reduce(0, +).squareRoot()
      return difference > 0 ? difference * difference : 0
    }
  }

  /// - Parameters:
  ///   - profiles: how many are drawn.
  ///   - starts: from how many random misreports each bidder climbs.
  ///   - steps: of gradient ascent from each.
  /// - Throws: `OutOfRange`, `Interrupted`.
  public func evaluation(
    profiles: Int, starts: Int, steps: Int, rate: Double = 0.1, seed: UInt64, threads: Int = 1,
    cancellation: Cancellation = .never
  ) throws -> Evaluation {
    let counts: KeyValuePairs = ["number of profiles": profiles, "number of starts": starts, "number of steps": steps]
    for (name, count) in counts where !(1...10_000_000).contains(count) {
      throw EdgeError.outOfRange(name, given: "\(count)", allowed: "from 1 to 10000000")
    }
    var stream = RandomStream(seed: seed, purpose: "learned auction test")
    var (revenue, largest) = (0.0, 0.0)
    var regret = [Double](repeating: 0, count: design.bidders)
    var done = 0
    var values = [Float](repeating: 0, count: design.bidders * design.items)
    func redraw() { for index in values.indices { values[index] = Float(stream.uniform()) } }
    while done < profiles {
      let size = min(256, profiles - done)
      let batch = batch(FloatProfileLanes.self, profiles: size, threads: threads)
      for profile in 0..<size {
        redraw()
        values.withUnsafeBufferPointer { values in
          if let place = values.baseAddress { batch.setTruth(profile, place) }
        }
      }
      batch.settleTruth()
      revenue -= batch.meanCost() * Double(size)
      var best = [Double](repeating: 0, count: size * design.bidders)
      for _ in 0..<starts {
        try cancellation.check()
        for profile in 0..<size {
          redraw()
          values.withUnsafeBufferPointer { values in
            if let place = values.baseAddress { batch.setMisreports(profile, place) }
          }
        }
        batch.climb(steps: steps, rate: Float(rate))
        for index in best.indices {
          let gain = batch.gain(profile: index / design.bidders, bidder: index % design.bidders)
          best[index] = max(best[index], Double(gain))
        }
      }
      for (index, gain) in best.enumerated() {
        regret[index % design.bidders] += gain
        largest = max(largest, gain)
      }
      done += size
    }
    return Evaluation(
      profiles: profiles, revenue: revenue / Double(profiles), regret: regret.map { $0 / Double(profiles) },
      largestRegret: largest)
  }
}
