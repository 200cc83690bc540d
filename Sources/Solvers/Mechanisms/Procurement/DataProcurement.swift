import Tensor

/// A federation that buys data of several kinds from providers who own some and bear costs.
///
/// Provider i delivers x_ik of kind k, at most what it supplies. The federation earns I(X) with X = sum q_k x_ik; the
/// provider bears c_i = gamma_i sum_k (u_k x_ik + v_k x_ik^2 / 2).
///
/// Source: Network3 equations 6, 10 and 11.
public struct DataProcurement: Sendable, Equatable {
  public let income: ConcaveIncome
  /// q_k, what a unit of each kind adds to X.
  public let quality: [Double]
  /// u_k.
  public let unitCosts: [Double]
  /// v_k, all 0 for costs that are linear.
  public let curvature: [Double]

  public var kinds: Int { quality.count }
  var isLinear: Bool { curvature.allSatisfy { $0 == 0 } }

  /// - Parameter curvature: nil for linear costs; otherwise all above 0.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  public init(income: ConcaveIncome, quality: [Double], unitCosts: [Double], curvature: [Double]? = nil) throws {
    let curvature = curvature ?? Array(repeating: 0, count: quality.count)
    try check(
      .each(.entry, "qualities", quality, .nonNegative), .each(.entry, "unit costs", unitCosts, .nonNegative),
      .each(.entry, "curvatures", curvature, .nonNegative))
    try demand(
      curvature.allSatisfy { $0 == 0 } || curvature.allSatisfy { $0 > 0 },
      "the curvatures must all be 0, for linear costs, or all above 0",
      hint: "a very small curvature stands for a linear cost")
    self.income = income
    self.quality = quality
    self.unitCosts = unitCosts
    self.curvature = curvature
  }

  /// c_i of what one provider delivers.
  func cost(_ type: Double, delivering amounts: some Sequence<Double>) -> Double {
    var sum = 0.0
    for (kind, amount) in amounts.enumerated() {
      sum += unitCosts[kind] * amount + curvature[kind] * amount * amount / 2
    }
    return type * sum
  }

  /// Checks what the providers say.
  ///
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  func checkReports(_ supplies: Matrix, _ costTypes: [Double]) throws {
    try check(
      .table(.provider, .entry, "supplies", supplies, .nonNegative),
      .each(.provider, "cost types", costTypes, .nonNegative), .each(.entry, "qualities", quality, .nonNegative))
  }
}

/// What is bought of whom, and what that is worth.
public struct ProcurementPlan: Sendable, Equatable {
  /// x: a row for each provider, a column for each kind of data.
  public let amounts: Matrix
  /// X.
  public let volume: Double
  public let income: Double
  /// c_i.
  public let costs: [Double]

  /// S, income less all costs.
  public var surplus: Double { income - costs.reduce(0, +) }

  /// eta: which part of its supply each provider delivers, 0 where it supplies nothing.
  public func acceptance(of supplies: Matrix) -> Matrix {
    Matrix(
      rows: amounts.rows, columns: amounts.columns,
      elements: zip(amounts.elements, supplies.elements).map { $1 > 0 ? $0 / $1 : 0 })
  }

  init(_ amounts: Matrix, of procurement: DataProcurement, costTypes: [Double]) {
    var volume = 0.0
    for provider in 0..<amounts.rows {
      for kind in 0..<amounts.columns { volume += procurement.quality[kind] * amounts[provider, kind] }
    }
    self.amounts = amounts
    self.volume = volume
    income = procurement.income.value(volume)
    costs = (0..<amounts.rows).map { procurement.cost(costTypes[$0], delivering: amounts.row($0)) }
  }
}
