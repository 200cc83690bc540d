import Tensor

/// Data that are bought in steps, with any income at all: complements as well as substitutes. The best levels are found
/// by trying all of them.
///
/// Source: Network3 equation 11 on a grid.
public struct LevelProcurement: Sendable, Equatable {
  /// How many levels each provider has; level 0 is to buy nothing of it.
  public let levels: [Int]
  /// The income at each profile of levels, the first provider's level slowest.
  public let income: [Double]

  /// The most profiles of levels that are tried.
  public static let profileLimit = 10_000_000

  /// - Throws: `EmptyInput`, `InvalidParameter` for a provider without levels or more than ten million profiles,
  ///   `ShapeMismatch` when the income does not cover the profiles, `NotFinite`.
  public init(levels: [Int], income: [Double]) throws {
    guard !levels.isEmpty else { throw SolverError(.emptyInput, "there must be at least one provider with levels") }
    var profiles = 1
    for (provider, count) in levels.enumerated() {
      try demand(
        count >= 1, "provider \(provider + 1) must have at least the level of buying nothing, but has \(count)")
      let (product, overflow) = profiles.multipliedReportingOverflow(by: count)
      try demand(
        !overflow && product <= Self.profileLimit,
        "there are more than \(Self.profileLimit) profiles of levels, which are too many to try")
      profiles = product
    }
    guard income.count == profiles else {
      throw SolverError(
        .shapeMismatch, "the income covers \(income.count) profiles of levels, but there are \(profiles)")
    }
    try check(.each(.entry, "income", income, .real))
    self.levels = levels
    self.income = income
  }

  /// Buys the levels of the largest surplus, the first such in lexicographic order, and pays for them.
  ///
  /// - Parameters:
  ///   - costs: each provider's cost at each of its levels, 0 at level 0.
  ///   - adjustments: h_i; nil for none.
  /// - Throws: `ShapeMismatch`, `NotFinite`; `InvalidCost` where buying nothing costs something, or a cost is below 0.
  public func settled(
    costs: [[Double]], adjustments: [Double]? = nil
  ) throws -> (levels: [Int], settlement: ProcurementSettlement) {
    try checkCosts(costs)
    let best = bestProfile(costs, absent: nil)
    let surplusWithout = levels.indices.map { surplus(bestProfile(costs, absent: $0), costs) }
    return (
      best,
      try ProcurementSettlement(
        income: income[index(best)], costs: zip(costs, best).map { $0[$1] }, surplusWithout: surplusWithout,
        adjustments: adjustments)
    )
  }

  private func checkCosts(_ costs: [[Double]]) throws {
    guard costs.map(\.count) == levels else {
      throw SolverError(
        .shapeMismatch, "the costs cover \(costs.map(\.count)) levels, but the providers have \(levels)")
    }
    for (provider, row) in costs.enumerated() {
      guard row.allSatisfy(\.isFinite) else {
        throw SolverError(.notFinite, "the costs of provider \(provider + 1) must be finite numbers")
      }
      guard row[0] == 0, row.allSatisfy({ $0 >= 0 }) else {
        throw ProcurementError(
          .invalidCost,
          "the costs of provider \(provider + 1) must be 0 at level 0 and nowhere below 0, but are \(row)")
      }
    }
  }

  private func index(_ profile: [Int]) -> Int {
    zip(levels, profile).reduce(0) { $0 * $1.0 + $1.1 }
  }

  private func surplus(_ profile: [Int], _ costs: [[Double]]) -> Double {
    income[index(profile)] - zip(costs, profile).reduce(0) { $0 + $1.0[$1.1] }
  }

  /// Counts through all profiles, the last provider's level fastest, in which the absent provider stays at 0.
  private func bestProfile(_ costs: [[Double]], absent: Int?) -> [Int] {
    var profile = [Int](repeating: 0, count: levels.count)
    var best = profile
    var largest = surplus(profile, costs)
    while true {
      var place = levels.count - 1
      while place >= 0, place == absent || profile[place] + 1 == levels[place] {
        profile[place] = 0
        place -= 1
      }
      guard place >= 0 else { return best }
      profile[place] += 1
      let value = surplus(profile, costs)
      if value > largest { (best, largest) = (profile, value) }
    }
  }
}
