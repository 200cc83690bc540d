import Tensor

/// Whether a profile is a strict local maximum of one player's own payoff, by its Hessian.
public struct SecondOrderCondition: Equatable, Sendable {
  public enum Verdict: String, Sendable {
    /// Negative definite along every direction that is free: a strict local maximum.
    case satisfied
    /// An eigenvalue near zero: second derivatives do not decide.
    case degenerate
    /// A direction of upward curvature: no local maximum, unless a constraint is just about to bind.
    case violated
    /// Constraints hold the strategy in every direction.
    case atVertex
    /// Whole numbers, or no derivatives at this profile.
    case notApplicable
  }

  public let verdict: Verdict
  /// The largest eigenvalue of the Hessian in the player's own variables, on the directions that no active constraint
  /// holds; nil where there are none.
  public let largestEigenvalue: Double?

  init(_ verdict: Verdict, _ eigenvalue: Double? = nil) {
    self.verdict = verdict
    largestEigenvalue = eigenvalue
  }

  static func examine(_ player: Int, of game: ContinuousGame, at profile: [Double]) throws -> SecondOrderCondition {
    guard !game.players[player].strategies.hasIntegers, game.payoffs[player].derivativeSource != .none else {
      return SecondOrderCondition(.notApplicable)
    }
    let at = try NaturalMap(game, players: [player]).linearisation(at: profile)
    let range = game.ranges[player]
    let free = Int((0..<range.count).reduce(0) { $0 + at.projection[$1, $1] }.rounded())
    guard free > 0 else { return SecondOrderCondition(.atVertex) }
    let (reduced, size) = restricted(at, range)
    guard reduced.elements.allSatisfy(\.isFinite) else { return SecondOrderCondition(.notApplicable) }
    // The directions taken out show as eigenvalues of zero: the largest of the others is wanted. They are pushed down.
    guard let largest = Eigenvalues.symmetric(reduced).max() else { return SecondOrderCondition(.atVertex) }
    let threshold = 1e-5 * max(size, .leastNormalMagnitude)
    let verdict: Verdict = largest < -threshold ? .satisfied : largest <= threshold ? .degenerate : .violated
    return SecondOrderCondition(verdict, largest)
  }

  /// D H D less a large multiple of I - D, and the size of H.
  private static func restricted(_ at: NaturalMap.Linearisation, _ range: Range<Int>) -> (Matrix, Double) {
    let count = range.count
    var hessian = Matrix(rows: count, columns: count)
    var size = 0.0
    for row in 0..<count {
      for column in 0..<count {
        hessian[row, column] = at.jacobian[row, range.lowerBound + column]
        size = max(size, abs(hessian[row, column]))
      }
    }
    var half = Matrix(rows: count, columns: count)
    var reduced = half
    for row in 0..<count {
      for column in 0..<count {
        for middle in 0..<count { half[row, column] += at.projection[row, middle] * hessian[middle, column] }
      }
    }
    for row in 0..<count {
      for column in 0..<count {
        for middle in 0..<count { reduced[row, column] += half[row, middle] * at.projection[middle, column] }
        let identity = row == column ? 1.0 : 0
        reduced[row, column] -= 10 * Double(count) * (size + 1) * (identity - at.projection[row, column])
      }
    }
    return (reduced, size)
  }
}
