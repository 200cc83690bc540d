import Tensor

/// The adjustments h that hand back as much as can be, over finitely many types: any function of the others' reports
/// leaves truth dominant, so a linear programme may choose it.
///
/// For each profile s of types: nobody loses, h_i(s_-i) >= -(S*(s) - S*_-i(s)), and the federation can pay,
/// sum h_i(s_-i) <= I(s) - sum tau_i(s). First the least violation of all of these together is found; then, at that
/// violation, the largest expected sum of adjustments.
///
/// Source: Network3 section 5.3, h*, for which the paper cites a learned network; the programme is the specification's.
public struct AdjustmentProgramme: Sendable {
  /// One of the demands on one profile of types.
  public struct Demand: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
      /// That this provider does not lose.
      case participation(provider: Int)
      /// That the payments do not exceed the income.
      case budget
    }
    public let kind: Kind
    /// Each provider's type.
    public let profile: [Int]
    /// How much it counts in the contradiction; the weights of the budgets sum to at most 1.
    public let weight: Double
  }

  /// The least uniform violation; 0 when all demands can be met.
  public let violation: Double
  /// h_i for each profile of types, the first provider's type slowest.
  public let adjustments: [[Double]]
  public let expectedAdjustment: Double
  /// What the federation keeps without adjustments, at worst and on average.
  public let leastUnadjustedProfit: Double
  public let expectedUnadjustedProfit: Double
  /// Demands that cannot be met together, empty when they can: in their weighted sum all adjustments cancel, and what
  /// is left is that a sum of surpluses exceeds a sum of profits by `violation`.
  public let contradiction: [Demand]

  public var isFeasible: Bool { violation == 0 }

  /// - Parameters:
  ///   - typeCounts: how many types each provider has.
  ///   - prior: the probability of each profile of types, the first provider's type slowest.
  ///   - settle: what is bought and paid at a profile of types, without adjustments.
  /// - Throws: `InvalidPrior`, `InvalidParameter` for a programme that is too large, what `settle` throws, `Cancelled`.
  public init(
    typeCounts: [Int], prior: [Double], cancellation: Cancellation = .never,
    settle: (_ profile: [Int]) throws -> ProcurementSettlement
  ) throws {
    let law = try TypeLaw(typeCounts: typeCounts, probabilities: prior)
    try demand(
      law.profileCount * typeCounts.count <= 200_000,
      "the programme would have \(law.profileCount * typeCounts.count) demands, and at most 200000 are taken")
    var settlements: [ProcurementSettlement] = []
    settlements.reserveCapacity(law.profileCount)
    for profile in 0..<law.profileCount {
      try cancellation.check()
      settlements.append(try settle(law.types(of: profile)))
    }
    let rows = AdjustmentRows(law: law, settlements: settlements)
    (violation, contradiction) = try rows.leastViolation(cancellation: cancellation)
    let chosen = try rows.largestAdjustments(violation: violation, cancellation: cancellation)
    adjustments = typeCounts.indices.map { provider in
      (0..<law.profileCount).map { chosen[rows.variable(provider, $0)] }
    }
    var expected = 0.0
    for profile in 0..<law.profileCount {
      for provider in typeCounts.indices {
        expected += prior[profile] * chosen[rows.variable(provider, profile)]
      }
    }
    expectedAdjustment = expected
    leastUnadjustedProfit = settlements.map(\.profit).min() ?? 0
    expectedUnadjustedProfit = zip(prior, settlements).reduce(0) { $0 + $1.0 * $1.1.profit }
  }
}

/// The rows of both programmes, in money divided by its largest amount.
private struct AdjustmentRows {
  let law: TypeLaw
  /// I - sum tau at each profile.
  private let rooms: [Double]
  /// S* - S*_-i at each profile.
  private let gains: [[Double]]
  private let unit: Double
  /// Where each provider's variables begin: one for each profile of the others' types.
  private let starts: [Int]
  private let variables: Int

  init(law: TypeLaw, settlements: [ProcurementSettlement]) {
    self.law = law
    rooms = settlements.map(\.profit)
    gains = settlements.map(\.utilities)
    unit = max((rooms + gains.joined()).reduce(0) { max($0, abs($1)) }, .leastNormalMagnitude)
    let counts = law.typeCounts.indices.map { law.profileCount / law.typeCounts[$0] }
    starts = counts.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }.dropLast()
    variables = counts.reduce(0, +)
  }

  func variable(_ provider: Int, _ profile: Int) -> Int { starts[provider] + law.others(of: provider, in: profile) }

  /// With the violation as the last variable.
  private func program(objective: [Double]) -> LinearProgram {
    var program = LinearProgram(objective: objective, freeVariables: Set(0..<variables))
    let users = law.typeCounts.indices
    for profile in 0..<law.profileCount {
      for provider in users {
        program.addRow(
          [(variable(provider, profile), 1), (variables, 1)], .atLeast(-gains[profile][provider] / unit))
      }
      program.addRow(
        users.map { (variable($0, profile), 1) } + [(variables, -1)], .atMost(rooms[profile] / unit))
    }
    return program
  }

  func leastViolation(cancellation: Cancellation) throws -> (Double, [AdjustmentProgramme.Demand]) {
    let objective = [Double](repeating: 0, count: variables) + [-1]
    guard let solution = try program(objective: objective).solve(cancellation: cancellation) else {
      throw SolverError(.infeasible, "rounding left the programme of the adjustments without a solution")
    }
    let violation = solution.variables[variables]
    guard violation > 1e-9 else { return (0, []) }
    var demands: [AdjustmentProgramme.Demand] = []
    var row = 0
    for profile in 0..<law.profileCount {
      let types = law.types(of: profile)
      for kind in law.typeCounts.indices.map({ AdjustmentProgramme.Demand.Kind.participation(provider: $0) })
        + [.budget]
      {
        let weight = abs(solution.rowPrices[row])
        if weight > 1e-9 { demands.append(.init(kind: kind, profile: types, weight: weight)) }
        row += 1
      }
    }
    return (violation * unit, demands)
  }

  func largestAdjustments(violation: Double, cancellation: Cancellation) throws -> [Double] {
    var objective = [Double](repeating: 0, count: variables + 1)
    for profile in 0..<law.profileCount {
      for provider in law.typeCounts.indices {
        objective[variable(provider, profile)] += law.probabilities[profile]
      }
    }
    // Rounding may have put the violation just below what is possible.
    for slack in [0, 1e-9, 1e-7] {
      var program = program(objective: objective)
      program.addRow([(variables, 1)], .atMost(violation / unit + slack))
      if let solution = try program.solve(cancellation: cancellation) { return solution.variables.map { $0 * unit } }
    }
    throw SolverError(.infeasible, "rounding left the programme of the adjustments without a solution")
  }
}
