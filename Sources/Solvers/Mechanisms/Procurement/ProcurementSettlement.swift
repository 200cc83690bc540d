import Tensor

/// The Vickrey-Clarke-Groves payments of a procurement, with an adjustment that depends on the others' reports only.
///
/// tau_i = S* - S*_-i + c_i: a provider is paid its costs and what its presence adds. With p_i = tau_i + h_i, truth is
/// dominant whatever h is; with h = 0 nobody loses.
///
/// Source: Network3 step 4 of section 5.3 (tau with the reported cost type).
public struct ProcurementSettlement: Sendable, Equatable {
  public let income: Double
  /// c_i at the reported types.
  public let costs: [Double]
  /// S*_-i: the largest surplus when provider i has nothing to offer.
  public let surplusWithout: [Double]
  /// S*.
  public let surplus: Double
  /// h_i.
  public let adjustments: [Double]

  /// What is forgiven to rounding where an inequality is decided.
  public static let tolerance = 1e-9

  init(income: Double, costs: [Double], surplusWithout: [Double], adjustments: [Double]?) throws {
    let adjustments = adjustments ?? Array(repeating: 0, count: costs.count)
    try check(
      .each(.provider, "adjustments", adjustments, .real), .each(.provider, "costs", costs, .nonNegative))
    self.income = income
    self.costs = costs
    self.surplusWithout = surplusWithout
    self.adjustments = adjustments
    surplus = income - costs.reduce(0, +)
    guard profit.isFinite, utilities.allSatisfy(\.isFinite) else {
      throw SolverError(.notFinite, "incomes and costs of this size leave no finite surplus to be paid for")
    }
  }

  /// tau_i.
  public var basePayments: [Double] { costs.indices.map { surplus - surplusWithout[$0] + costs[$0] } }
  /// p_i.
  public var payments: [Double] { zip(basePayments, adjustments).map { $0 + $1 } }
  /// p_i - c_i at the reported types.
  public var utilities: [Double] { costs.indices.map { surplus - surplusWithout[$0] + adjustments[$0] } }
  /// Income less all payments.
  public var profit: Double { income - payments.reduce(0, +) }
  public var isIndividuallyRational: Bool { utilities.allSatisfy { $0 >= -Self.tolerance } }
  public var isWeaklyBudgetBalanced: Bool { profit >= -Self.tolerance }
}

extension DataProcurement {
  /// Buys what is best and pays for it.
  ///
  /// - Parameters:
  ///   - supplies, costTypes: as in `optimal`.
  ///   - adjustments: h_i, one per provider; nil for none.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  public func settled(
    supplies: Matrix, costTypes: [Double], adjustments: [Double]? = nil
  ) throws -> (plan: ProcurementPlan, settlement: ProcurementSettlement) {
    let plan = try optimal(supplies: supplies, costTypes: costTypes)
    let surplusWithout = (0..<supplies.rows).map { absent in
      var others = supplies
      for kind in 0..<kinds { others[absent, kind] = 0 }
      return optimal(checked: others, costTypes).surplus
    }
    return (
      plan,
      try ProcurementSettlement(
        income: plan.income, costs: plan.costs, surplusWithout: surplusWithout, adjustments: adjustments)
    )
  }
}
