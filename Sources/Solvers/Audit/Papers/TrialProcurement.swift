import Tensor

/// Reverse auctions to try claims on: three or five servers whose data are fixed and whose costs are drawn.
enum TrialProcurement {
  /// All money is multiplied by ten, so that costs lie between 0 and 1.
  static func sellers(_ sizes: [Double], _ distances: [Double]) throws -> DataSellers {
    try DataSellers(sizes: sizes, distances: distances, valueScale: 10)
  }

  static func three() throws -> DataSellers { try sellers([20_000, 15_000, 10_000], [0.8, 0.5, 0.3]) }

  static func five() throws -> DataSellers {
    try sellers([14_000, 12_000, 10_000, 8000, 16_000], [0.6, 0.4, 0.3, 0.2, 1])
  }

  /// One row per profile, every cost uniform between 0 and 1.
  static func costs(_ profiles: Int, sellers: Int, _ stream: inout RandomStream) -> [[Double]] {
    (0..<profiles).map { _ in (0..<sellers).map { _ in stream.uniform() } }
  }

  /// The reports that a seller may make instead of its cost.
  static let grid = (0...40).map { Double($0) / 40 }

  /// An auction by two networks that nobody trained: what its form promises must hold all the same.
  static func drawnNetwork(
    _ payment: ReverseAuctionDesign.Payment, _ stream: inout RandomStream
  ) throws -> ReverseAuctionNetwork {
    func layer(_ inputs: Int, _ outputs: Int) -> Perceptron.Layer {
      Perceptron.Layer(
        weights: (0..<outputs).map { _ in (0..<inputs).map { _ in stream.uniform(-1, 1) } },
        biases: (0..<outputs).map { _ in stream.uniform(-1, 1) })
    }
    var design = ReverseAuctionDesign(sellers: try three())
    design.payment = payment
    return try ReverseAuctionNetwork(
      design: design, allocation: Perceptron(layers: [layer(3, 8), layer(8, 3)]),
      payment: Perceptron(layers: [layer(3, 8), layer(8, 3)]))
  }

  /// The network whose outputs are the given numbers, whatever is bid.
  static func constantNetwork(
    _ design: ReverseAuctionDesign, allocation: [Double], payment: [Double]
  ) throws -> ReverseAuctionNetwork {
    func constant(_ outputs: [Double]) -> Perceptron {
      let deaf = [Double](repeating: 0, count: design.sellers.count)
      return Perceptron(layers: [.init(weights: outputs.map { _ in deaf }, biases: outputs)])
    }
    return try ReverseAuctionNetwork(
      design: design, allocation: constant(allocation), payment: constant(payment))
  }
}

/// An exact auction on drawn costs, with what every seller could gain on a grid of reports.
struct MeasuredAuction {
  /// U: the mean of U_d less payments.
  private(set) var surplus = 0.0
  /// The mean of U_d less costs.
  private(set) var welfare = 0.0
  private(set) var winners = 0.0
  /// What the worst-off truthful seller is left with.
  private(set) var leastUtility = Double.infinity
  /// The most that a winner is paid.
  private(set) var largestPayment = 0.0
  /// Means over profiles and sellers of the largest gain: of the seller itself, and of U, as (2) has it.
  private(set) var bidderRegret = 0.0
  private(set) var paperRegret = 0.0
  /// The largest gain of a seller.
  private(set) var largestGain = 0.0
  /// The share of profiles and sellers in which some lower bid wins where a higher one does not lose.
  private(set) var risingChances = 0.0

  init(_ costs: [[Double]], cancellation: Cancellation, rule: ([Double]) throws -> ProcurementOutcome) throws {
    func left(_ seller: Int, _ cost: Double, _ outcome: ProcurementOutcome) -> Double {
      outcome.payments[seller] - (outcome.winners.contains(seller) ? cost : 0)
    }
    let weight = 1 / Double(costs.count)
    let share = weight / Double(costs.first?.count ?? 1)
    for profile in costs {
      try cancellation.check()
      let truth = try rule(profile)
      surplus += truth.buyerSurplus * weight
      welfare += truth.welfare * weight
      winners += Double(truth.winners.count) * weight
      largestPayment = max(largestPayment, truth.payments.max() ?? 0)
      for (seller, cost) in profile.enumerated() {
        let held = left(seller, cost, truth)
        leastUtility = min(leastUtility, held)
        var (gain, surplusGain) = (0.0, 0.0)
        var (hasLost, rises) = (false, false)
        var reports = profile
        for report in TrialProcurement.grid {
          reports[seller] = report
          let outcome = try rule(reports)
          gain = max(gain, left(seller, cost, outcome) - held)
          surplusGain = max(surplusGain, outcome.buyerSurplus - truth.buyerSurplus)
          let wins = outcome.winners.contains(seller)
          if wins, hasLost { rises = true }
          if !wins { hasLost = true }
        }
        bidderRegret += gain * share
        paperRegret += surplusGain * share
        largestGain = max(largestGain, gain)
        if rises { risingChances += share }
      }
    }
  }
}
