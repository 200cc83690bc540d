import Tensor

/// Whether each type of a user believes something that no mixture of its other types believes.
public struct BeliefCondition: Sendable, Equatable {
  /// For each user the least distance, summed over the others' profiles, of a type's belief to the cone of the beliefs
  /// of the user's other types.
  public let coneMargins: [Double]
  /// The rank of each user's table of beliefs.
  public let ranks: [Int]
  public let typeCounts: [Int]

  public var isFullRank: [Bool] { zip(ranks, typeCounts).map { $0 == $1 } }
  /// The condition of Cremer and McLean.
  public var holds: Bool { coneMargins.allSatisfy { $0 > Self.tolerance } }

  static let tolerance = 1e-7
}

extension CremerMcLean {
  /// Tests the condition under which beliefs can be told apart by bets, by a linear programme for each type.
  ///
  /// - Throws: `Cancelled`.
  /// Source: Network3 theorem 1.
  public func beliefCondition(cancellation: Cancellation = .never) throws -> BeliefCondition {
    BeliefCondition(
      coneMargins: try beliefs.map { beliefs in
        try beliefs.indices.map { try coneDistance(of: $0, in: beliefs, cancellation) }.min() ?? 0
      },
      ranks: beliefs.map(Self.rank),
      typeCounts: law.typeCounts)
  }

  /// min over lambda >= 0 of the sum of |b_t - sum_s lambda_s b_s|, s not t.
  private func coneDistance(of type: Int, in beliefs: [[Double]], _ cancellation: Cancellation) throws -> Double {
    let others = beliefs.indices.filter { $0 != type }
    let profiles = beliefs[type].count
    let weights = [Double](repeating: 0, count: others.count)
    var program = LinearProgram(objective: weights + [Double](repeating: -1, count: 2 * profiles))
    for profile in 0..<profiles {
      let mixture = others.enumerated().map { (variable: $0, factor: beliefs[$1][profile]) }
      let (above, below) = (others.count + profile, others.count + profiles + profile)
      program.addRow(mixture + [(above, 1), (below, -1)], .equal(beliefs[type][profile]))
    }
    guard let solution = try program.solve(cancellation: cancellation) else {
      throw SolverError(.infeasible, "rounding left the programme of a belief's distance without a solution")
    }
    return max(0, -solution.value)
  }

  /// By elimination with full pivoting; what is below 10^-9 of the largest entry counts as 0.
  private static func rank(of rows: [[Double]]) -> Int {
    var rows = rows
    let width = rows.first?.count ?? 0
    let threshold = 1e-9 * rows.joined().reduce(0) { max($0, abs($1)) }
    for rank in 0..<min(rows.count, width) {
      var pivot = (row: rank, column: 0, size: 0.0)
      for row in rank..<rows.count {
        for column in 0..<width where abs(rows[row][column]) > pivot.size {
          pivot = (row, column, abs(rows[row][column]))
        }
      }
      guard pivot.size > threshold else { return rank }
      rows.swapAt(rank, pivot.row)
      for row in (rank + 1)..<max(rows.count, rank + 1) {
        let factor = rows[row][pivot.column] / rows[rank][pivot.column]
        for column in 0..<width { rows[row][column] -= factor * rows[rank][column] }
        rows[row][pivot.column] = 0
      }
    }
    return min(rows.count, width)
  }
}
