import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension StrategySet {
  /// The centre: of boxes the middle, of whole numbers the middle one, of simplices equal shares; of budgets the middle
  /// of the box, pulled towards its cheapest corner as far as the budget asks.
  public var centre: [Double] {
    point(fromCube: [Double](repeating: 0.5, count: dimension))
  }

  /// A point drawn at random: uniformly on boxes, whole numbers and simplices; on a budget uniformly in the box, pulled
  /// towards its cheapest corner where it is too dear.
  public func randomPoint(_ stream: inout RandomStream) -> [Double] {
    point(fromCube: (0..<dimension).map { _ in stream.uniform() })
  }

  /// The first points of a low-discrepancy sequence in the set; the seed shifts the sequence.
  public func lowDiscrepancyPoints(_ count: Int, seed: UInt64) -> [[Double]] {
    var sequence = KroneckerSequence(dimension: dimension, seed: seed)
    return (0..<max(0, count)).map { _ in point(fromCube: sequence.next()) }
  }

  /// A map from the unit cube onto the set that is continuous apart from the steps of whole numbers.
  func point(fromCube cube: [Double]) -> [Double] {
    var point = cube
    for part in parts {
      switch part.kind {
      case .box:
        for coordinate in part.range { point[coordinate] = placed(cube[coordinate], coordinate) }
      case .integers:
        for coordinate in part.range {
          let step = (cube[coordinate] * (width(coordinate) + 1)).rounded(.down)
          point[coordinate] = lowerBounds[coordinate] + min(step, width(coordinate))
        }
      case .simplex(let total):
        // Exponential deviates over their sum are uniform on the simplex (Devroye, "Non-uniform random variate
        // generation", 1986, chapter V).
        for coordinate in part.range { point[coordinate] = -log1p(-min(cube[coordinate], 1 - 0x1p-53)) }
        let sum = part.range.reduce(0) { $0 + point[$1] }
        for coordinate in part.range {
          point[coordinate] = sum > 0 ? total * point[coordinate] / sum : total / Double(part.range.count)
        }
      case .budget(let weights, let limit):
        for coordinate in part.range { point[coordinate] = placed(cube[coordinate], coordinate) }
        pull(&point, part.range, weights, limit)
      }
    }
    return point
  }

  private func placed(_ fraction: Double, _ coordinate: Int) -> Double {
    min(lowerBounds[coordinate] + fraction * width(coordinate), upperBounds[coordinate])
  }

  /// Moves a point that is too dear towards the cheapest corner of its box until the budget just allows it.
  private func pull(_ point: inout [Double], _ range: Range<Int>, _ weights: [Double], _ limit: Double) {
    let cost = Self.cost(of: point, weights: weights, range: range)
    guard cost > limit else { return }
    let corner = zip(range, weights).map { $1 >= 0 ? lowerBounds[$0] : upperBounds[$0] }
    let least = zip(corner, weights).reduce(0) { $0 + $1.0 * $1.1 }
    let share = cost > least ? (limit - least) / (cost - least) : 0
    for (coordinate, low) in zip(range, corner) { point[coordinate] = low + share * (point[coordinate] - low) }
  }

  /// A grid over the set: `perAxis` values on every axis of a box, ends included (whole numbers: all of them where
  /// they are no more than that); on a simplex the lattice of multiples of total / (perAxis - 1); on a budget the
  /// box's grid, points that are too dear pulled back.
  ///
  /// - Throws: `SolverError` of kind `invalidParameter` for fewer than 2 points per axis or more than 2^20 in all.
  public func grid(perAxis: Int) throws -> [[Double]] {
    try demand(perAxis >= 2, "a grid must have at least 2 points per axis, but \(perAxis) were asked for")
    var points: [[Double]] = [[]]
    for part in parts {
      let factor = try gridPoints(part, perAxis)
      try Self.demandGrid(Double(points.count) * Double(factor.count))
      points = points.flatMap { head in factor.map { head + $0 } }
    }
    return points
  }

  private static func demandGrid(_ count: Double) throws {
    try demand(
      count <= 0x1p20, "a grid of \(count) points is too large; at most 2^20 are allowed",
      hint: "use fewer points per axis, or a method without a grid")
  }

  private func gridPoints(_ part: Part, _ perAxis: Int) throws -> [[Double]] {
    if case .simplex(let total) = part.kind {
      return try Self.lattice(parts: part.range.count, steps: perAxis - 1).map { counts in
        counts.map { total * Double($0) / Double(perAxis - 1) }
      }
    }
    var points: [[Double]] = [[]]
    for coordinate in part.range {
      let axis = axisValues(coordinate, perAxis, whole: part.kind == .integers)
      try Self.demandGrid(Double(points.count) * Double(axis.count))
      points = points.flatMap { head in axis.map { head + [$0] } }
    }
    guard case .budget(let weights, let limit) = part.kind else { return points }
    var seen = Set<[Double]>()
    return points.compactMap { point in
      var whole = lowerBounds
      whole.replaceSubrange(part.range, with: point)
      pull(&whole, part.range, weights, limit)
      let pulled = Array(whole[part.range])
      return seen.insert(pulled).inserted ? pulled : nil
    }
  }

  private func axisValues(_ coordinate: Int, _ perAxis: Int, whole: Bool) -> [Double] {
    let width = width(coordinate)
    guard width > 0 else { return [lowerBounds[coordinate]] }
    let count = whole ? Int(min(Double(perAxis), width + 1)) : perAxis
    return (0..<count).map { index in
      if index == count - 1 { return upperBounds[coordinate] }
      let value = lowerBounds[coordinate] + width * Double(index) / Double(count - 1)
      return whole ? value.rounded() : value
    }
  }

  /// All ways to write `steps` as an ordered sum of `parts` whole numbers.
  private static func lattice(parts: Int, steps: Int) throws -> [[Int]] {
    var size = 1.0
    for index in 1..<max(parts, 1) { size *= Double(steps + index) / Double(index) }
    try demandGrid(size)
    var points: [[Int]] = []
    func extend(_ head: [Int], _ left: Int) {
      if head.count == parts - 1 {
        points.append(head + [left])
      } else {
        for share in 0...left { extend(head + [share], left - share) }
      }
    }
    extend([], steps)
    return points
  }
}
