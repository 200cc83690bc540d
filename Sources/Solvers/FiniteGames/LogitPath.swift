import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The branch of logit equilibria that begins at rationality 0, followed by arc length.
///
/// The unknowns are the logarithms z of all probabilities, and lambda. For each player the probabilities add to 1, and
/// every strategy but the first has z_j - z_1 = lambda (u_j - u_1). Each step goes along the tangent and comes back to
/// the branch by Newton's method at a right angle to it; it is halved when that takes long, goes far, or the tangent
/// turns sharply, and grows otherwise, so that rationalities of a million are a few dozen steps away.
///
/// Source: Turocy, "A dynamic homotopy interpretation of the logistic quantal response equilibrium correspondence",
/// Games and Economic Behavior 51, 2005; Allgower and Georg, "Numerical continuation methods", 1990, chapter 6.
struct LogitPath {
  private let game: FiniteGame
  private let limit: Int
  private let cancellation: Cancellation
  /// Utilities are divided by this, and lambda multiplied.
  private let scale: Double
  /// Where each player's strategies begin among the unknowns.
  private let offsets: [Int]
  private let count: Int
  /// z of all strategies, then lambda.
  private var point: [Double]
  /// Steps of Newton's method so far.
  private(set) var iterations = 0

  init(_ game: FiniteGame, iterations: Int, cancellation: Cancellation) {
    self.game = game
    limit = iterations
    self.cancellation = cancellation
    scale = game.logitScale
    var offsets: [Int] = []
    var next = 0
    for strategies in game.strategyCounts {
      offsets.append(next)
      next += strategies
    }
    self.offsets = offsets
    count = next
    point = game.strategyCounts.flatMap { [Double](repeating: -log(Double($0)), count: $0) } + [0]
  }

  var profile: [[Double]] { mixtures(point) }

  /// Follows the branch until it first has the rationality asked for, or ends where it cannot be followed.
  mutating func follow(to rationality: Double) throws -> [LogitOutcome.Point] {
    let target = Swift.min(rationality * scale, 1e100)
    var path = [LogitOutcome.Point(rationality: 0, profile: profile)]
    guard target > 0 else { return path }
    var direction = [Double](repeating: 0, count: count) + [1]
    guard let first = tangent(at: point, along: direction) else { return path }
    direction = first
    var step = 0.1
    while iterations < limit, step > 1e-12 * Swift.max(1, point[count]) {
      try cancellation.check()
      let predicted = zip(point, direction).map { $0 + step * $1 }
      guard let found = corrected(predicted, along: direction, within: step),
        let turned = tangent(at: found, along: direction), zip(turned, direction).reduce(0, { $0 + $1.0 * $1.1 }) > 0.9
      else {
        step /= 2
        continue
      }
      if found[count] >= target {
        let part = (target - point[count]) / (found[count] - point[count])
        var between = zip(point, found).map { $0 + part * ($1 - $0) }
        between[count] = target
        // Lambda held: the direction is lambda's alone.
        let upwards = [Double](repeating: 0, count: count) + [1]
        if let reached = corrected(between, along: upwards, within: step) {
          point = reached
          path.append(LogitOutcome.Point(rationality: rationality, profile: profile))
          return path
        }
        step /= 2
        continue
      }
      (point, direction) = (found, turned)
      path.append(LogitOutcome.Point(rationality: point[count] / scale, profile: profile))
      step *= 1.5
    }
    return path
  }

  private func mixtures(_ point: [Double]) -> [[Double]] {
    zip(offsets, game.strategyCounts).map { offset, strategies in
      let weights = point[offset..<offset + strategies].map(exp)
      let total = weights.reduce(0, +)
      return weights.map { $0 / total }
    }
  }

  /// Back to the branch by Newton's method, at a right angle to a direction; nil if it does not close in at once.
  private mutating func corrected(_ start: [Double], along direction: [Double], within step: Double) -> [Double]? {
    var point = start
    var previous = step
    for _ in 0..<12 {
      iterations += 1
      let (matrix, residuals) = equations(at: point, closedBy: direction)
      guard let change = LinearSystem.solve(matrix, residuals.map { -$0 } + [0]) else { return nil }
      let distance = change.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard distance <= 0.5 * previous || distance <= 1e-9 * Swift.max(1, abs(point[count])) else { return nil }
      for index in point.indices { point[index] += change[index] }
      if distance <= 1e-13 * Swift.max(1, abs(point[count])) { return point }
      // What Newton's method gains at last is rounding.
      if distance <= 1e-10 * Swift.max(1, abs(point[count])), distance >= 0.5 * previous { return point }
      previous = distance
    }
    return previous <= 1e-9 * Swift.max(1, abs(point[count])) ? point : nil
  }

  /// The direction of the branch, of length 1, on the side of an earlier one.
  private func tangent(at point: [Double], along direction: [Double]) -> [Double]? {
    let (matrix, _) = equations(at: point, closedBy: direction)
    guard let found = LinearSystem.solve(matrix, [Double](repeating: 0, count: count) + [1]) else { return nil }
    let length = found.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length.isFinite && length > 0 ? found.map { $0 / length } : nil
  }

  /// The equations' derivatives by all unknowns, each row scaled, with a direction as the last; and their residuals.
  private func equations(at point: [Double], closedBy direction: [Double]) -> (matrix: Matrix, residuals: [Double]) {
    let weights = zip(offsets, game.strategyCounts).map { point[$0..<$0 + $1].map(exp) }
    let lambda = point[count]
    var matrix = Matrix(rows: count + 1, columns: count + 1)
    var residuals = [Double](repeating: 0, count: count)
    for (player, offset) in offsets.enumerated() {
      let utilities = game.deviationUtilities(of: player, against: weights).map { $0 / scale }
      residuals[offset] = weights[player].reduce(-1, +)
      for (place, weight) in weights[player].enumerated() { matrix[offset, offset + place] = weight }
      for place in 1..<Swift.max(1, utilities.count) {
        let row = offset + place
        residuals[row] = point[row] - point[offset] - lambda * (utilities[place] - utilities[0])
        matrix[row, row] = 1
        matrix[row, offset] = -1
        matrix[row, count] = utilities[0] - utilities[place]
      }
      guard utilities.count > 1 else { continue }
      for (other, start) in offsets.enumerated() where other != player {
        let pairs = game.pairUtilities(of: player, with: other, against: weights)
        for place in 1..<utilities.count {
          for (column, weight) in weights[other].enumerated() {
            matrix[offset + place, start + column] =
              -lambda * ((pairs[place, column] - pairs[0, column]) / scale) * weight
          }
        }
      }
    }
    for row in 0..<count {
      let largest = (0...count).reduce(0) { Swift.max($0, abs(matrix[row, $1])) }
      guard largest > 0 else { continue }
      for column in 0...count { matrix[row, column] /= largest }
      residuals[row] /= largest
    }
    for (column, value) in direction.enumerated() { matrix[count, column] = value }
    return (matrix, residuals)
  }
}

extension FiniteGame {
  /// What a player gets by each of its strategies (rows) against each of another's (columns), all others mixing.
  func pairUtilities(of player: Int, with other: Int, against profile: [[Double]]) -> Matrix {
    var payoffs = utilities[player]
    for axis in (0..<playerCount).reversed() where axis != player && axis != other {
      // Axes above are summed out, or one of the two that stay.
      let inner = strides[axis]
      let block = inner * strategyCounts[axis]
      var sums = [Double](repeating: 0, count: payoffs.count / strategyCounts[axis])
      for group in 0..<payoffs.count / block {
        for (place, weight) in profile[axis].enumerated() where weight != 0 {
          let start = group * block + place * inner
          for index in 0..<inner { sums[group * inner + index] += weight * payoffs[start + index] }
        }
      }
      payoffs = sums
    }
    let isFirst = player < other
    let rows = strategyCounts[player]
    let columns = strategyCounts[other]
    var pairs = Matrix(rows: rows, columns: columns)
    for row in 0..<rows {
      for column in 0..<columns { pairs[row, column] = payoffs[isFirst ? column * rows + row : row * columns + column] }
    }
    return pairs
  }
}
