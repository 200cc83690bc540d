/// The budget statement of a federation: what users bring in, what providers are paid, and what that leaves everybody.
///
/// Users' payments are what they receive, so that they are negative where users pay. The sum of all utilities and the
/// profit is the social surplus, whatever the payments are.
///
/// Source: Network3 equations 7 and 8 and appendix A.
public struct FederationAccounts: Sendable, Equatable {
  /// What the users paid.
  public let income: Double
  /// What the providers were paid.
  public let expenditure: Double
  /// Values less costs.
  public let socialSurplus: Double
  /// p_i - c_i.
  public let providerUtilities: [Double]
  /// p_j + v_j.
  public let userUtilities: [Double]
  public let operatingCost: Double

  /// Income less expenditure.
  public var profit: Double { income - expenditure }
  public var isIndividuallyRational: Bool {
    (providerUtilities + userUtilities).allSatisfy { $0 >= -Self.tolerance }
  }
  /// The profit is what running the federation costs.
  public var isBudgetBalanced: Bool { abs(profit - operatingCost) <= Self.tolerance * max(1, abs(operatingCost)) }
  /// The profit is at least that.
  public var isWeaklyBudgetBalanced: Bool { profit >= operatingCost - Self.tolerance * max(1, abs(operatingCost)) }

  /// What is forgiven to rounding where an inequality is decided.
  public static let tolerance = 1e-9

  /// - Throws: `ShapeMismatch` when payments do not cover costs or values, `NotFinite`.
  public init(
    providerPayments: [Double], providerCosts: [Double], userPayments: [Double], userValues: [Double],
    operatingCost: Double = 0
  ) throws {
    for (name, payments, worths, worth) in [
      ("providers", providerPayments, providerCosts, "costs"), ("users", userPayments, userValues, "values"),
    ] {
      guard payments.count == worths.count else {
        throw SolverError(
          .shapeMismatch, "there are \(payments.count) payments of \(name), but \(worths.count) \(worth)")
      }
      guard (payments + worths).allSatisfy(\.isFinite) else {
        throw SolverError(.notFinite, "the payments and \(worth) of \(name) must be finite numbers")
      }
    }
    try check(.scalar("operating cost", operatingCost, .real))
    income = -userPayments.reduce(0, +)
    expenditure = providerPayments.reduce(0, +)
    socialSurplus = userValues.reduce(0, +) - providerCosts.reduce(0, +)
    providerUtilities = zip(providerPayments, providerCosts).map { $0 - $1 }
    userUtilities = zip(userPayments, userValues).map { $0 + $1 }
    self.operatingCost = operatingCost
  }
}
