/// How fairly providers are treated who are paid p_i for x_i units of data, at a cost of gamma_i a unit.
///
/// Source: Network3 appendix A.0.6.
public struct FairnessMeasures: Sendable, Equatable {
  /// The most that somebody would gain by having another's payment and duty: max over i and j of
  /// (p_j - gamma_i x_j) - (p_i - gamma_i x_i). 0 for a single provider.
  public let largestEnvy: Double
  /// max_i |p_i / sum p - x_i / sum x|: how far shares of the money are from shares of the data.
  public let proportionalityGap: Double
  /// The utility of whoever has least.
  public let egalitarian: Double
  /// Gini's coefficient of the utilities; 0 where they do not add to more than 0.
  public let gini: Double
  /// The variance of the price of a unit, p_i / x_i, among those who deliver anything.
  public let unitPriceVariance: Double

  public var isEnvyFree: Bool { largestEnvy <= 0 }

  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter` for negative costs or amounts;
  ///   `UndefinedRatio` when nobody is paid or nobody delivers, so that there are no shares.
  public init(payments: [Double], unitCosts: [Double], accepted: [Double]) throws {
    try check(
      .each(.provider, "payments", payments, .real), .each(.provider, "unit costs", unitCosts, .nonNegative),
      .each(.provider, "accepted amounts", accepted, .nonNegative))
    let (paid, delivered) = (payments.reduce(0, +), accepted.reduce(0, +))
    guard paid != 0, delivered > 0 else {
      throw SolverError(
        .undefinedRatio, "shares of payments and of data need totals above 0, but they are \(paid) and \(delivered)")
    }
    let providers = payments.indices
    let utilities = providers.map { payments[$0] - unitCosts[$0] * accepted[$0] }
    var envy: Double?
    for provider in providers {
      for other in providers where other != provider {
        let there = payments[other] - unitCosts[provider] * accepted[other]
        envy = max(envy ?? -.infinity, there - utilities[provider])
      }
    }
    largestEnvy = envy ?? 0
    proportionalityGap = zip(payments, accepted).reduce(0) { max($0, abs($1.0 / paid - $1.1 / delivered)) }
    egalitarian = utilities.min() ?? 0
    gini = Self.gini(utilities)
    unitPriceVariance = Self.variance(zip(payments, accepted).filter { $1 > 0 }.map { $0 / $1 })
  }

  /// The mean difference of all pairs by twice the mean.
  private static func gini(_ values: [Double]) -> Double {
    let sum = values.reduce(0, +)
    guard sum > 0 else { return 0 }
    // In order, value k of n takes part in k differences as the larger and in n - 1 - k as the smaller.
    let count = Double(values.count)
    let differences = values.sorted().enumerated().reduce(0) { $0 + (2 * Double($1.offset) - count + 1) * $1.element }
    return differences / (count * sum)
  }

  private static func variance(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }
}
