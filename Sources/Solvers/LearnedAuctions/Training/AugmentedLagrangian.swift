/// How regret enters the loss: by a multiplier per bidder, and by a penalty on its square.
///
/// Source: TBCIM (6), (7), with their signs and factors put right.
public struct AugmentedLagrangian: Equatable, Sendable {
  /// What is squared.
  public enum Penalty: String, CaseIterable, Sendable {
    /// The sum of all regrets, as (6) is printed.
    case squareOfSum = "square_of_sum"
    /// Each regret, as (7) differentiates.
    case sumOfSquares = "sum_of_squares"
  }

  /// lambda, one per bidder.
  public var multipliers: [Double]
  /// rho.
  public var weight: Double
  public var penalty: Penalty

  public init(multipliers: [Double], weight: Double = 1, penalty: Penalty = .sumOfSquares) {
    self.multipliers = multipliers
    self.weight = weight
    self.penalty = penalty
  }

  /// What is added to the loss.
  public func value(_ regret: [Double]) -> Double {
    let linear = zip(multipliers, regret).reduce(0) { $0 + $1.0 * $1.1 }
    switch penalty {
    case .squareOfSum:
      let sum = regret.reduce(0, +)
      return linear + weight / 2 * sum * sum
    case .sumOfSquares: return linear + weight / 2 * regret.reduce(0) { $0 + $1 * $1 }
    }
  }

  /// Its derivative by each regret.
  public func coefficients(_ regret: [Double]) -> [Double] {
    let sum = regret.reduce(0, +)
    return zip(multipliers, regret).map { $0 + weight * (penalty == .squareOfSum ? sum : $1) }
  }

  /// Every `period` iterations, but not at the first: lambda += rho max(regret, 0).
  ///
  /// - Throws: `LengthMismatch`, `NonPositive`.
  public mutating func update(regret: [Double], iteration: Int, period: Int) throws {
    guard regret.count == multipliers.count else {
      throw EdgeError.sizeMismatch("regrets", given: regret.count, expected: multipliers.count)
    }
    guard period > 0 else { throw EdgeError.nonPositive("period of the multipliers", given: Double(period)) }
    guard iteration > 0, iteration % period == 0 else { return }
    for bidder in multipliers.indices { multipliers[bidder] += weight * max(regret[bidder], 0) }
  }
}
