import Tensor

/// Why no point satisfies the rows of a linear programme: weights that add the rows up to a contradiction.
///
/// With y_i >= 0 on rows "at least", y_i <= 0 on rows "at most" and any sign on equalities, sum y_i (row i) says
/// (A'y) x >= b'y. It is impossible when A'y <= 0 (= 0 for free variables) and b'y > 0.
///
/// Source: Farkas, "Theorie der einfachen Ungleichungen", 1902.
struct InfeasibilityCertificate: Sendable, Equatable {
  /// y, one weight per row, at most 1 in size.
  let weights: [Double]
  /// b'y, by how much the sum of the rows contradicts itself; above 0.
  let contradiction: Double
}

extension LinearProgram {
  /// The certificate that no point satisfies the rows; nil when one does, within `tolerance`.
  ///
  /// It is the dual solution of the programme that breaks the rows as little as possible, in the sum of the violations.
  ///
  /// - Throws: `Cancelled`; `InvalidParameter` when the method broke down.
  func infeasibilityCertificate(
    tolerance: Double = 1e-8, cancellation: Cancellation = .never
  ) throws -> InfeasibilityCertificate? {
    var penalties = [Double](repeating: 0, count: objective.count)
    var relaxedRows: [Row] = []
    for (terms, bound) in rows {
      var terms = terms
      func addViolation(_ sign: Double) {
        terms.append((penalties.count, sign))
        penalties.append(-1)
      }
      switch bound {
      case .atLeast: addViolation(1)
      case .atMost: addViolation(-1)
      case .equal:
        addViolation(1)
        addViolation(-1)
      }
      relaxedRows.append((terms, bound))
    }
    var relaxed = LinearProgram(objective: penalties, freeVariables: freeVariables)
    for (terms, bound) in relaxedRows { relaxed.addRow(terms, bound) }
    guard let solution = try relaxed.solve(cancellation: cancellation) else {
      throw SolverError(.infeasible, "rounding left a programme that any point satisfies without a solution")
    }
    guard solution.value < -tolerance else { return nil }
    // A unit more on the right of a row "at least" lowers the (negative) value, so its price is at most 0.
    let weights = solution.rowPrices.map { -$0 }
    let contradiction = zip(weights, rows).reduce(0) { sum, pair in
      switch pair.1.bound {
      case .equal(let bound), .atMost(let bound), .atLeast(let bound): sum + pair.0 * bound
      }
    }
    return InfeasibilityCertificate(weights: weights, contradiction: contradiction)
  }
}
