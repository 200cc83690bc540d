import Tensor

/// The equation whose roots satisfy every player's first-order (KKT) conditions: F(x) = x - P(x + s g(x)) = 0.
///
/// P projects onto each player's strategy set, g is the pseudo-gradient, s > 0 a scale per player that does not change
/// the roots (Facchinei and Pang, 2003, section 1.5.2). P is piecewise smooth: on a box its derivative keeps the
/// coordinates that are not held at a bound, and on a simplex or a binding budget it also takes out the direction of
/// the weights. So F has the Jacobian I - D (I + s G), which serves Newton's method, and by the implicit function theorem
/// also says how equilibria move with anything held.
struct NaturalMap {
  let gradient: PseudoGradient
  private var game: ContinuousGame { gradient.game }

  init(_ game: ContinuousGame, players: [Int]? = nil) { gradient = PseudoGradient(game, players: players) }

  /// F at a profile, and what differentiates it.
  struct Linearisation {
    /// F, one entry per moving variable.
    let residual: [Double]
    /// D, the derivative of the projection.
    let projection: Matrix
    /// G, one column per variable of the joint profile.
    let jacobian: Matrix
    /// s for every moving variable.
    let scales: [Double]
    /// The multiplier of every part of every moving player's set, in units of payoff per unit of the constraint.
    let multipliers: [[Double]]
  }

  func linearisation(at profile: [Double]) throws -> Linearisation {
    let slope = try gradient.value(at: profile)
    let jacobian = try gradient.jacobian(at: profile)
    let scales = scales(slope, jacobian)
    let (residual, projection, multipliers) = project(profile, slope, scales)
    return Linearisation(
      residual: residual, projection: projection, jacobian: jacobian, scales: scales, multipliers: multipliers)
  }

  /// F alone, for given scales.
  func residual(at profile: [Double], scales: [Double]) throws -> [Double] {
    project(profile, try gradient.value(at: profile), scales).residual
  }

  /// I - D (I + s G), restricted to the moving variables.
  func newtonMatrix(_ at: Linearisation) -> Matrix {
    let variables = gradient.variables
    let count = variables.count
    var matrix = Matrix(rows: count, columns: count)
    for row in 0..<count {
      for middle in 0..<count where at.projection[row, middle] != 0 {
        let weight = at.projection[row, middle]
        matrix[row, middle] -= weight
        for column in 0..<count {
          matrix[row, column] -= weight * at.scales[middle] * at.jacobian[middle, variables[column]]
        }
      }
      matrix[row, row] += 1
    }
    return matrix
  }

  /// How the solution moves with variables that are held: d x / d y, one row per moving variable, one column per held
  /// one; nil where the solution is not isolated to first order.
  func sensitivity(to held: [Int], at profile: [Double]) throws -> Matrix? {
    let at = try linearisation(at: profile)
    let count = gradient.variables.count
    var right = Matrix(rows: count, columns: held.count)
    for row in 0..<count {
      for middle in 0..<count where at.projection[row, middle] != 0 {
        let weight = at.projection[row, middle] * at.scales[middle]
        for (column, variable) in held.enumerated() {
          right[row, column] += weight * at.jacobian[middle, variable]
        }
      }
    }
    return LinearSystem.solve(newtonMatrix(at), right)
  }

  /// One scale per player: the reciprocal of the largest own curvature, which makes s g a Newton-like step; where payoffs
  /// are linear in their own variables, the step that crosses the set.
  private func scales(_ slope: [Double], _ jacobian: Matrix) -> [Double] {
    var scales: [Double] = []
    for player in gradient.players {
      let range = game.ranges[player]
      let first = scales.count
      var (curvature, steepness, width) = (0.0, 0.0, 0.0)
      for (index, variable) in range.enumerated() {
        curvature = max(curvature, abs(jacobian[first + index, variable]))
        steepness = max(steepness, abs(slope[first + index]))
        width = max(width, game.strategies.width(variable))
      }
      let crossing = steepness > 0 ? width / steepness : 1
      let scale = curvature * width > 1e-9 * steepness && curvature > 0 ? 1 / curvature : crossing
      let usable = scale.isFinite && scale > 0 ? scale : 1
      scales += range.map { _ in usable }
    }
    return scales
  }

  private func project(
    _ profile: [Double], _ slope: [Double], _ scales: [Double]
  ) -> (residual: [Double], projection: Matrix, multipliers: [[Double]]) {
    let count = gradient.variables.count
    var target = profile
    for (index, variable) in gradient.variables.enumerated() { target[variable] += scales[index] * slope[index] }
    var projected = target
    var derivative = Matrix(rows: count, columns: count)
    var multipliers: [[Double]] = []
    var first = 0
    for player in gradient.players {
      let (set, offset) = (game.players[player].strategies, game.ranges[player].lowerBound)
      let raw = set.project(&projected, offset: offset)
      for (part, multiplier) in zip(set.parts, raw) {
        differentiate(set, part, multiplier, target, offset, first, &derivative)
      }
      multipliers.append(raw.map { $0 / scales[first] })
      first += set.dimension
    }
    let residual = gradient.variables.map { profile[$0] - projected[$0] }
    return (residual, derivative, multipliers)
  }

  /// The derivative of the projection onto one part, written into the rows and columns that begin at `first`.
  private func differentiate(
    _ set: StrategySet, _ part: StrategySet.Part, _ multiplier: Double, _ target: [Double], _ offset: Int,
    _ first: Int, _ derivative: inout Matrix
  ) {
    let weights: [Double]
    let binds: Bool
    switch part.kind {
    case .box, .integers: (weights, binds) = ([], false)
    case .simplex: (weights, binds) = ([Double](repeating: 1, count: part.range.count), true)
    case .budget(let prices, _): (weights, binds) = (prices, multiplier > 0)
    }
    var free: [(coordinate: Int, weight: Double)] = []
    for (index, coordinate) in part.range.enumerated() {
      let weight = binds ? weights[index] : 0
      let moved = target[offset + coordinate] - multiplier * weight
      if moved > set.lowerBounds[coordinate] && moved < set.upperBounds[coordinate] {
        free.append((coordinate, weight))
      }
    }
    let square = free.reduce(0) { $0 + $1.weight * $1.weight }
    for (row, weight) in free {
      derivative[first + row, first + row] += 1
      guard binds, square > 0 else { continue }
      for (column, other) in free { derivative[first + row, first + column] -= weight * other / square }
    }
  }
}
