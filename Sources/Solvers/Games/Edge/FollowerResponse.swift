import Tensor

/// What a worker is left with.
public struct WorkerProfit: Equatable, Sendable {
  /// C.
  public let resource: Double
  /// V = p C d / (kappa theta), in money.
  public let fee: Double
  public let costs: WorkerCosts

  /// pi = V - c^m - c^d - c^c, in money.
  public var profit: Double { fee - costs.communication - costs.data - costs.computation }
}

extension EdgeWorker {
  /// C* = p / (2 delta_l delta_g M beta kappa theta), at most the cap: the resource that leaves the worker most. The
  /// number of samples cancels.
  ///
  /// - Parameters:
  ///   - price: p, at least 0, in money.
  ///   - cap: the most that the device has, above 0; nil for no limit.
  /// - Throws: `NonFinite`, `Negative`, `NonPositive`, `OutOfRange`.
  ///
  /// Source: TBCIM (34)-(36).
  public func response(price: Double, cap: Double? = nil) throws -> Double {
    try checkResponse()
    try EdgeError.checkNonNegative(["price": price])
    if let cap { try EdgeError.checkPositive(["largest resource": cap]) }
    return response(to: price, cap: cap)
  }

  /// What the worker is left with at a price: with the resource given, or with its best one.
  ///
  /// - Throws: `NonFinite`, `Negative`, `NonPositive`, `OutOfRange`.
  ///
  /// Source: TBCIM (34).
  public func profit(price: Double, resource: Double? = nil, cap: Double? = nil) throws -> WorkerProfit {
    try check()
    try EdgeError.checkNonNegative(["price": price, "resource": resource ?? 0])
    if let cap { try EdgeError.checkPositive(["largest resource": cap]) }
    return profit(at: price, resource: resource ?? response(to: price, cap: cap))
  }

  /// The lowest price that leaves the worker no loss: 2 kappa theta sqrt(A beta (gamma + c^m / d)), higher where the cap
  /// binds before its costs are covered.
  ///
  /// - Throws: `NonFinite`, `Negative`, `NonPositive`, `OutOfRange`.
  ///
  /// Source: ours, pi(C*) >= 0 of TBCIM (34), (36). The paper has no participation constraint.
  public func participationPrice(cap: Double? = nil) throws -> Double {
    try check()
    if let cap { try EdgeError.checkPositive(["largest resource": cap]) }
    return lowestPrice(capped: cap)
  }

  // MARK: Unchecked

  func response(to price: Double, cap: Double? = nil) -> Double {
    min(price / (2 * workPerSample * computationPrice * rewardDivisor), cap ?? .infinity)
  }

  /// x = C d / (kappa theta): what a fee is paid for, and what an edge server may value.
  func contribution(of resource: Double) -> Double { resource * samples / rewardDivisor }

  func profit(at price: Double, resource: Double) -> WorkerProfit {
    WorkerProfit(
      resource: resource, fee: price * contribution(of: resource), costs: costs(of: resource))
  }

  func lowestPrice(capped cap: Double? = nil) -> Double {
    let costs = costs(of: cap ?? 0)
    if let cap, costs.fixed > costs.computation {
      return (costs.fixed + costs.computation) * rewardDivisor / (cap * samples)
    }
    let perSample = sampleCost + costs.communication / samples
    return 2 * rewardDivisor * (workPerSample * computationPrice * perSample).squareRoot()
  }

  /// K, the fee by the squared price: V(C*) = K p^2. As printed, kappa theta stands once where substituting (36) gives
  /// its square.
  ///
  /// Source: TBCIM (37).
  func feeFactor(_ variant: Variant = .corrected) -> Double {
    let divisor = variant == .paper ? rewardDivisor : rewardDivisor * rewardDivisor
    return samples / (2 * workPerSample * computationPrice * divisor)
  }
}
