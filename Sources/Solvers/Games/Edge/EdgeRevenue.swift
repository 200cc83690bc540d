import Tensor

/// What an edge server earns and pays at a price.
public struct EdgeRevenue: Equatable, Sendable {
  /// U_d of the workers' data, in money.
  public let utility: Double
  /// The sum of the workers' fees, in money.
  public let fees: Double
  /// What the ledger costs, in money.
  public let gas: Double
  /// The sum of the workers' C d / (kappa theta).
  public let resource: Double
  /// pi_s, in money.
  public let revenue: Double

  /// pi_s = U + v x - sum V - gas at the workers' best responses, whether or not these leave them a loss.
  ///
  /// - Parameters:
  ///   - workers: perhaps nobody.
  ///   - price: p, at least 0.
  ///   - gasPerWorker: at least 0, in money.
  ///   - resourceValue: v, what a unit of resource is worth to the server; 0 as printed.
  ///   - payment: what the task's buyer pays, in place of the utility that (33) prints; nil for that.
  ///   - variant: `paper` for the fees of (37), with kappa theta in place of its square.
  /// - Throws: `NonFinite`, `Negative`, `NonPositive`, `OutOfRange`.
  ///
  /// Source: TBCIM (33), (37).
  public init(
    workers: [EdgeWorker], price: Double, gasPerWorker: Double, quality: DataQuality, resourceValue: Double = 0,
    payment: Double? = nil, variant: Variant = .corrected
  ) throws {
    try EdgeWorker.check(workers)
    try EdgeError.checkNonNegative([
      "price": price, "gas per worker": gasPerWorker, "value of a resource": resourceValue,
    ])
    try EdgeError.checkFinite(["payment": payment ?? 0])
    utility = try quality.utility(sizes: workers.map(\.samples), distances: workers.map(\.distance)).value
    fees = workers.reduce(0) { $0 + $1.feeFactor(variant) * price * price }
    gas = gasPerWorker * Double(workers.count)
    resource = workers.reduce(0) { $0 + $1.contribution(of: $1.response(to: price)) }
    revenue = (payment ?? utility) + resourceValue * resource - fees - gas
  }
}
