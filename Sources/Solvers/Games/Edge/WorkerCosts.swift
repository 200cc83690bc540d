import Tensor

/// What training costs a worker, in money.
///
/// Source: TBCIM (29)-(31).
public struct WorkerCosts: Equatable, Sendable {
  /// c^d = d gamma.
  public let data: Double
  /// c^c = d delta_l delta_g M beta C^2.
  public let computation: Double
  /// c^m = P (M / R) delta_g phi.
  public let communication: Double

  /// F: what does not depend on the resource.
  var fixed: Double { data + communication }
}

extension EdgeWorker {
  /// - Parameter resource: C, at least 0.
  /// - Throws: `NonFinite`, `Negative`, `NonPositive`.
  public func costs(resource: Double) throws -> WorkerCosts {
    try checkCosts()
    try EdgeError.checkNonNegative(["resource": resource])
    return costs(of: resource)
  }

  /// The costs unchecked.
  func costs(of resource: Double) -> WorkerCosts {
    WorkerCosts(
      data: samples * sampleCost,
      computation: samples * workPerSample * computationPrice * resource * resource,
      communication: power * (modelSize / rate) * rounds * energyPrice)
  }
}

/// What an edge server pays the ledger for its workers' transactions: a6 g_e p_g |W|.
///
/// Source: TBCIM (32), whose p_g the figures call p_e.
public enum LedgerGas {
  /// - Parameters:
  ///   - value: a6, money per unit of gas cost, at least 0. The paper's 3.48e-2 makes one worker cost a multiple of
  ///     what all data can be worth; 3.48e-6 is the default elsewhere.
  ///   - used: g_e, gas per worker, at least 0.
  ///   - price: p_g, at least 0.
  ///   - workers: |W|, at least 0.
  /// - Throws: `NonFinite`, `Negative`.
  public static func cost(value: Double, used: Double, price: Double, workers: Double) throws -> Double {
    try EdgeError.checkNonNegative([
      "gas value a6": value, "gas used per worker": used, "gas price": price, "number of workers": workers,
    ])
    return value * used * price * workers
  }
}
