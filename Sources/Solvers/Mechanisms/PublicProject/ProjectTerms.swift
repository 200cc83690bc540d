import Tensor

/// What is settled about a public project of HCFL before anybody reports, and, as printed, what is not.
public struct ProjectTerms: Equatable, Sendable {
  /// C_m, what each model costs in all.
  public enum Prices: Equatable, Sendable {
    /// Posted amounts.
    case posted([Double])
    /// Between bounds that are posted before anybody claims, where a beacon points that is drawn after the claims are
    /// sealed: low + (high - low) u.
    case interval([ClosedRange<Double>])
    /// As printed, between the sum of the claims and the sum of the bids: whoever reports moves the price.
    case claimed(models: Int)

    var models: Int {
      switch self {
      case .posted(let prices): prices.count
      case .interval(let intervals): intervals.count
      case .claimed(let models): models
      }
    }
  }

  /// What becomes of the taxes.
  public enum Rebate: String, CaseIterable, Sendable {
    /// They stay in the treasury.
    case none
    /// As printed, everybody has the same part of them. Who lies can raise a tax that others pay, and has a part of it.
    case equal
    /// Everybody has a part of the least that it could have made of them, which its report does not move (Cavallo 2006).
    case cavallo
  }

  public var prices: Prices
  /// u from 0 to 1; nil for one that is drawn with every profile, and reported by a participant of its own.
  public var beacon: Double? = 0.5
  /// p_i, capability or contribution, by which each side divides C_m; the same numbers for equal shares.
  public var ownerWeights: [Double]
  public var stationWeights: [Double]
  public var rule = TaxRule.joint
  public var rebate = Rebate.none
  /// The most that an owner, or a station, may report on a model.
  public var largestValue = 1.0
  public var largestCost = 1.0
  /// The only amounts that may be reported on a model; nil for everything up to the largest.
  public var amounts: [Double]?

  /// Equal shares.
  public init(_ prices: Prices, owners: Int, stations: Int) {
    self.prices = prices
    ownerWeights = Array(repeating: 1, count: max(0, owners))
    stationWeights = Array(repeating: 1, count: max(0, stations))
  }

  var owners: Int { ownerWeights.count }
  var stations: Int { stationWeights.count }
  /// Whether the beacon takes part.
  var isBeaconDrawn: Bool {
    if case .posted = prices { false } else { beacon == nil }
  }

  /// Reports that anybody has, where amounts are few.
  static let largestTypeCount = 4096

  /// - Throws: `NoParticipants`, `EmptyInput`, `NotFinite`, `InvalidParameter`, `ZeroWeight`, `EmptyInterval`.
  func validated() throws -> ProjectTerms {
    guard owners > 0, stations > 0 else {
      throw ProjectError(.noParticipants, "a project needs owners and stations, but has \(owners) and \(stations)")
    }
    guard prices.models > 0 else { throw ProjectError(.emptyInput, "a project needs at least one model") }
    try check(
      .each(.entry, "owner weights", ownerWeights, .nonNegative),
      .scalar("largest value", largestValue, .positive), .scalar("largest cost", largestCost, .positive))
    try check(.each(.entry, "station weights", stationWeights, .nonNegative))
    for (side, weights) in [("owners", ownerWeights), ("stations", stationWeights)] {
      let total = weights.reduce(0, +)
      guard total > 0, total.isFinite else {
        throw ProjectError(.zeroWeight, "the weights of the \(side) must have a finite sum above 0, but it is \(total)")
      }
    }
    switch prices {
    case .posted(let prices): try check(.each(.entry, "prices", prices, .nonNegative))
    case .interval(let intervals):
      try check(.each(.entry, "low ends", intervals.map(\.lowerBound), .nonNegative))
      try check(.each(.entry, "high ends", intervals.map(\.upperBound), .nonNegative))
    case .claimed: break
    }
    if let beacon { try demand((0...1).contains(beacon), "the beacon must be from 0 to 1, but is \(beacon)") }
    try demand(
      Double(owners) + Double(stations) <= 1e5 && (Double(owners) + Double(stations)) * Double(prices.models) <= 1e7,
      "a project of \(owners) owners, \(stations) stations and \(prices.models) models is too large")
    try checkAmounts()
    return self
  }

  private func checkAmounts() throws {
    if let amounts {
      try check(.each(.entry, "amounts", amounts, .nonNegative))
      var count = 1
      for _ in 0..<prices.models where count <= Self.largestTypeCount { count *= amounts.count }
      try demand(
        count <= Self.largestTypeCount,
        "\(amounts.count) amounts for \(prices.models) models make more than \(Self.largestTypeCount) reports",
        hint: "give fewer amounts")
    }
    guard rebate == .cavallo else { return }
    try demand(amounts != nil, "Cavallo's rebate is the least over everything that somebody may report: give amounts")
    try demand(rule == .joint, "Cavallo's rebate is for the joint rule, whose taxes are never negative")
    if case .claimed = prices {
      throw SolverError(.invalidParameter, "Cavallo's rebate is for prices that no claim moves")
    }
  }

  /// What an owner, or a station, may report.
  func space(largest: Double) throws -> ReportSpace {
    let names = (0..<prices.models).map { "model \($0 + 1)" }
    guard let amounts else { return ReportSpace(names.map { .init($0, 0...largest) }) }
    var types: [[Double]] = [[]]
    for _ in names { types = types.flatMap { type in amounts.map { type + [$0] } } }
    return try ReportSpace(types: types, named: names)
  }

  /// C_m of every model, for reports and a beacon.
  func totals(_ reports: ProjectReports<Double>, beacon: Double) -> [Double] {
    switch prices {
    case .posted(let prices): prices
    case .interval(let intervals): intervals.map { $0.lowerBound + ($0.upperBound - $0.lowerBound) * beacon }
    case .claimed:
      zip(reports.stations.columnSums, reports.owners.columnSums).map { $0 + ($1 - $0) * beacon }
    }
  }

  /// c_i^m and r_i^m: C_m p_i over the sum of the side's p.
  func shares(_ totals: [Double]) throws -> ProjectShares<Double> {
    func table(_ weights: [Double]) -> MoneyTable<Double> {
      let whole = weights.reduce(0, +)
      return MoneyTable(
        rows: weights.count, columns: totals.count,
        elements: weights.flatMap { weight in totals.map { $0 * (weight / whole) } })
    }
    return try ProjectShares(owners: table(ownerWeights), stations: table(stationWeights))
  }
}
