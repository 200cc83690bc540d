/// A learned reverse auction: who sells and who is paid what are the outputs of two networks.
public struct ReverseAuctionNetwork: Equatable, Sendable {
  public let design: ReverseAuctionDesign
  public let allocation: Perceptron
  public let payment: Perceptron

  /// - Throws: `EmptyInput`, `LengthMismatch`, `NonFinite`, and those of `ReverseAuctionDesign.check`.
  public init(design: ReverseAuctionDesign, allocation: Perceptron, payment: Perceptron) throws {
    try design.check()
    try allocation.check("allocation", inputs: design.sellers.count, outputs: design.allocationOutputs)
    try payment.check("payment", inputs: design.sellers.count, outputs: design.sellers.count)
    self.design = design
    self.allocation = allocation
    self.payment = payment
  }

  /// What the auction does on one profile of bids.
  public struct Outcome: Equatable, Sendable {
    /// z: each seller's chance to win.
    public let allocation: [Double]
    /// p~: the payment network's scores.
    public let scores: [Double]
    public let payments: [Double]
    public let dataUtility: Double
    /// U_d less payments.
    public let surplus: Double
    /// p - z b.
    public let bidderUtility: [Double]
  }

  /// The loss of a batch, its parts and its gradient.
  public struct Loss: Equatable, Sendable {
    public let loss: Double
    /// The objective alone.
    public let base: Double
    public let regret: [Double]
    /// The mean of U_d less payments.
    public let surplus: Double
    public let allocationGradient: Perceptron
    public let paymentGradient: Perceptron
  }

  private typealias Batch = AuctionBatch<ReverseAuctionRule<DoubleProfileLanes>>

  private func batch(_ bids: [[Double]], _ misreports: [[Double]]? = nil, regret: ReverseAuctionDesign.Regret? = nil)
    throws -> Batch
  {
    guard !bids.isEmpty else { throw EdgeError.emptyInput("bids") }
    for row in bids + (misreports ?? []) {
      guard row.count == design.sellers.count else {
        throw EdgeError.sizeMismatch("bids of a profile", given: row.count, expected: design.sellers.count)
      }
      for bid in row { try EdgeError.checkFinite(["bid": bid]) }
    }
    if let misreports, misreports.count != bids.count {
      throw EdgeError.sizeMismatch("misreported profiles", given: misreports.count, expected: bids.count)
    }
    var design = design
    if let regret { design.regret = regret }
    let batch = Batch(
      rule: try ReverseAuctionRule(design), profiles: bids.count, allocationWidths: allocation.widths,
      paymentWidths: payment.widths)
    batch.load(allocation: allocation, payment: payment)
    for (profile, row) in bids.enumerated() {
      row.withUnsafeBufferPointer { $0.baseAddress.map { batch.setTruth(profile, $0) } }
    }
    for (profile, row) in (misreports ?? []).enumerated() {
      row.withUnsafeBufferPointer { $0.baseAddress.map { batch.setMisreports(profile, $0) } }
    }
    batch.settleTruth()
    return batch
  }

  /// - Parameter bids: one row per profile.
  /// - Throws: `EmptyInput`, `LengthMismatch`, `NonFinite`.
  public func outcomes(bids: [[Double]]) throws -> [Outcome] {
    let batch = try batch(bids)
    let count = design.sellers.count
    return bids.indices.map { profile in
      let view = batch.view(profile / DoubleProfileLanes.count, nil)
      let lane = profile % DoubleProfileLanes.count
      let chances = (0..<count).map { batch.rule.chances(view)[$0][lane] }
      let payments = (0..<count).map { batch.rule.payments(view)[$0][lane] }
      return Outcome(
        allocation: chances, scores: (0..<count).map { batch.rule.scores(view)[$0][lane] }, payments: payments,
        dataUtility: batch.rule.dataUtility(view)[lane], surplus: batch.rule.surplus(view)[lane],
        bidderUtility: (0..<count).map { payments[$0] - chances[$0] * bids[profile][$0] })
    }
  }

  /// What each bidder gains by misreporting, per profile, and the means.
  ///
  /// - Parameters:
  ///   - misreports: what each bidder would say instead, alone.
  ///   - clamp: whether a loss counts as 0.
  /// - Throws: `EmptyInput`, `LengthMismatch`, `NonFinite`.
  public func regret(
    bids: [[Double]], misreports: [[Double]], kind: ReverseAuctionDesign.Regret = .bidder, clamp: Bool = true
  ) throws -> (gain: [[Double]], regret: [Double]) {
    let batch = try batch(bids, misreports, regret: kind)
    batch.settleMisreports()
    var regret = [Double](repeating: 0, count: design.sellers.count)
    batch.regret(clamp: clamp, into: &regret)
    let gain = bids.indices.map { profile in
      regret.indices.map { batch.gain(profile: profile, bidder: $0) }
    }
    return (gain, regret)
  }

  /// The loss of a batch at given misreports, and its gradient by the weights, misreports held fixed.
  ///
  /// - Throws: `EmptyInput`, `LengthMismatch`, `NonFinite`.
  public func loss(
    bids: [[Double]], misreports: [[Double]], lagrangian: AugmentedLagrangian,
    kind: ReverseAuctionDesign.Regret = .bidder, clamp: Bool = true
  ) throws -> Loss {
    guard lagrangian.multipliers.count == design.sellers.count else {
      throw EdgeError.sizeMismatch(
        "multipliers", given: lagrangian.multipliers.count, expected: design.sellers.count)
    }
    let batch = try batch(bids, misreports, regret: kind)
    batch.settleMisreports()
    var regret = [Double](repeating: 0, count: design.sellers.count)
    batch.regret(clamp: clamp, into: &regret)
    let base = batch.meanCost()
    batch.differentiate(coefficients: lagrangian.coefficients(regret), clamp: clamp)
    let surplus = try outcomes(bids: bids).reduce(0) { $0 + $1.surplus } / Double(bids.count)
    return Loss(
      loss: base + lagrangian.value(regret), base: base, regret: regret, surplus: surplus,
      allocationGradient: batch.allocation.perceptron(batch.gradient.base),
      paymentGradient: batch.payment.perceptron(batch.gradient.base))
  }

  /// Misreports after steps of projected gradient ascent on each bidder's own gain.
  ///
  /// - Throws: `EmptyInput`, `LengthMismatch`, `NonFinite`, `Negative`.
  public func climbedMisreports(
    bids: [[Double]], misreports: [[Double]], steps: Int, rate: Double, kind: ReverseAuctionDesign.Regret = .bidder
  ) throws -> [[Double]] {
    try EdgeError.checkNonNegative(["number of steps": Double(steps), "misreport rate": rate])
    let batch = try batch(bids, misreports, regret: kind)
    batch.climb(steps: steps, rate: rate)
    return bids.indices.map { profile in
      var row = [Double](repeating: 0, count: design.sellers.count)
      row.withUnsafeMutableBufferPointer { $0.baseAddress.map { batch.readMisreports(profile, $0) } }
      return row
    }
  }

  /// The derivative of a seller's utility p - z c by its bid, all other bids held fixed.
  ///
  /// - Parameters:
  ///   - cost: c, what a unit costs the seller.
  ///   - bids: one per seller; where the derivative is wanted.
  /// - Throws: `LengthMismatch`, `NonFinite`.
  public func utilitySlope(of seller: Int, cost: Double, bids: [Double]) throws -> Double {
    var truth = bids
    if truth.indices.contains(seller) { truth[seller] = cost }
    return try batch([truth], [bids], regret: .bidder).slopes(of: seller)[0]
  }

  /// The mean of the largest gain on a grid of reports, for each bidder; the truth, as gain 0, is among them.
  ///
  /// - Parameter points: how many, at least 2; the first is the lowest bid, the last the highest.
  /// - Throws: `EmptyInput`, `LengthMismatch`, `NonFinite`, `OutOfRange`.
  public func gridRegret(bids: [[Double]], points: Int = 101, kind: ReverseAuctionDesign.Regret = .bidder) throws
    -> [Double]
  {
    guard (2...1_000_000).contains(points) else {
      throw EdgeError.outOfRange("number of grid points", given: "\(points)", allowed: "from 2 to 1000000")
    }
    let batch = try batch(bids, regret: kind)
    batch.searchGrid(low: design.lowestBid, high: design.highestBid, points: points)
    var regret = [Double](repeating: 0, count: design.sellers.count)
    batch.regret(clamp: true, into: &regret)
    return regret
  }
}
