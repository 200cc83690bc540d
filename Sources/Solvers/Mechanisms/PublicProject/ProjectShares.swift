/// Who pays and who receives how much of each model's total payment, fixed before anybody reports.
public struct ProjectShares<Money: ProjectMoney>: Sendable, Equatable {
  /// c_i^m, what each owner pays.
  public let owners: MoneyTable<Money>
  /// r_i^m, what each station receives.
  public let stations: MoneyTable<Money>

  /// - Throws: `ShapeMismatch`, `NegativeAmount`, `AmountOverflow`, `NotFinite`; `SharesNotBalanced` when the owners of
  ///   some model do not pay what its stations receive. Doubles may differ by rounding.
  @_specialize(where Money == Int128)
  @_specialize(where Money == Double)
  public init(owners: MoneyTable<Money>, stations: MoneyTable<Money>) throws(ProjectError) {
    guard owners.columns == stations.columns else {
      throw ProjectError(
        .shapeMismatch,
        "the owners' shares cover \(owners.columns) models, but the stations' shares \(stations.columns)")
    }
    try owners.checkAmounts("the owners' shares")
    try stations.checkAmounts("the stations' shares")
    for (model, (paid, received)) in zip(owners.columnSums, stations.columnSums).enumerated() {
      guard Self.agree(paid, received) else {
        throw ProjectError(
          .sharesNotBalanced, "the owners of model \(model + 1) pay \(paid), but its stations receive \(received)",
          hint: "split one total payment on both sides")
      }
    }
    self.owners = owners
    self.stations = stations
  }

  /// - Throws: `ShapeMismatch` unless the shares cover the participants and models of the reports.
  func checkCover(_ reports: ProjectReports<Money>) throws(ProjectError) {
    for (side, shares, amounts) in [
      ("owners", owners, reports.owners), ("stations", stations, reports.stations),
    ] where (shares.rows, shares.columns) != (amounts.rows, amounts.columns) {
      throw ProjectError(
        .shapeMismatch,
        """
        the \(side)' shares cover \(shares.rows) \(side) and \(shares.columns) models, but the reports \
        \(amounts.rows) and \(amounts.columns)
        """)
    }
  }

  private static func agree(_ paid: Money, _ received: Money) -> Bool {
    if paid == received { return true }
    guard let paid = paid as? Double, let received = received as? Double else { return false }
    return abs(paid - received) <= 1e-9 * max(1, abs(paid))
  }
}

extension ProjectShares where Money == Double {
  /// Everybody of a side has the same share of a model's total payment.
  ///
  /// - Parameter prices: C_m for each model.
  /// - Throws: `NegativeAmount`, `AmountOverflow`, `NotFinite`.
  public init(equalSharesOf prices: [Double], owners: Int, stations: Int) throws(ProjectError) {
    func table(_ count: Int) -> MoneyTable<Double> {
      let row = prices.map { $0 / Double(count) }
      return MoneyTable(
        rows: count, columns: prices.count, elements: Array((0..<count).map { _ in row }.joined()))
    }
    try self.init(owners: table(owners), stations: table(stations))
  }
}
