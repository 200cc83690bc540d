import Tensor

/// Whether some other law of types would look to everybody like mixtures of the types that there are.
public struct Identifiability: Sendable, Equatable {
  /// The most by which such a law differs from the prior at one profile of types.
  public let largestShift: Double
  public let isIdentifiable: Bool
}

extension CremerMcLean {
  /// The largest change of a profile's probability by a law q whose beliefs, for every type of every user, are mixtures
  /// of the prior's beliefs of that user: q(t, .) = sum_s lambda_j(t, s) pi(s, .) with lambda >= 0, and sum q = 1.
  ///
  /// Needed beside the belief condition because budgets are to balance at every profile. Generic for three users with
  /// enough types, impossible in general for two.
  ///
  /// - Throws: `Cancelled`; `NotFinite`, `InvalidParameter` for a tolerance below 0.
  /// Source: Network3 theorem 1; Kosenok and Severinov, "Individually rational, budget-balanced mechanisms and
  /// allocation of surplus", Journal of Economic Theory 140 (2008).
  public func identifiability(
    tolerance: Double = 1e-7, cancellation: Cancellation = .never
  ) throws -> Identifiability {
    try check(.scalar("tolerance", tolerance, .nonNegative))
    var largest = 0.0
    for profile in 0..<law.profileCount {
      for sign in [1.0, -1.0] {
        guard let solution = try mixtures(largest: profile, sign).solve(cancellation: cancellation) else {
          throw SolverError(.infeasible, "rounding left the programme of the types' mixtures without a solution")
        }
        largest = max(largest, sign * (solution.variables[profile] - law.probabilities[profile]))
      }
    }
    return Identifiability(largestShift: largest, isIdentifiable: largest <= tolerance)
  }

  /// Variables: q at each profile, then lambda_j(t, s) for each user.
  private func mixtures(largest profile: Int, _ sign: Double) -> LinearProgram {
    let profiles = law.profileCount
    let starts = law.typeCounts.reduce(into: [profiles]) { $0.append(($0.last ?? 0) + $1 * $1) }
    var objective = [Double](repeating: 0, count: starts.last ?? profiles)
    objective[profile] = sign
    var program = LinearProgram(objective: objective)
    program.addRow((0..<profiles).map { ($0, 1) }, .equal(1))
    for user in 0..<users {
      let types = law.typeCounts[user]
      for place in 0..<profiles {
        let (type, others) = (law.type(of: user, in: place), law.others(of: user, in: place))
        let mixture = (0..<types).map { source in
          (
            variable: starts[user] + type * types + source,
            factor: law.probabilities[law.profile(of: user, type: source, others: others)]
          )
        }
        program.addRow(mixture + [(place, -1)], .equal(0))
      }
    }
    return program
  }
}
