extension StrategySet {
  /// A point of whole numbers in the set near a given one.
  ///
  /// Boxes and whole-number parts take the nearest whole number within the bounds. A simplex with a whole total takes
  /// the floors and hands the rest out by largest remainder (Hamilton's rule), which is the nearest such point. A
  /// budget starts at every coordinate's cheaper neighbour and takes the dearer one where that is nearer and the
  /// budget still allows it, nearest first.
  ///
  /// - Throws: `SolverError` of kind `infeasible` where the set has no such point, as far as this rule finds.
  public func roundedToIntegers(_ point: [Double]) throws -> [Double] {
    var rounded = try relaxed.projection(of: point)
    for part in parts {
      switch part.kind {
      case .box, .integers:
        for coordinate in part.range {
          let (low, high) = try wholeBounds(coordinate)
          rounded[coordinate] = min(max(rounded[coordinate].rounded(), low), high)
        }
      case .simplex(let total):
        try roundShares(&rounded, part.range, total)
      case .budget(let weights, let limit):
        try roundWithin(&rounded, part.range, weights, limit)
      }
    }
    return rounded
  }

  private func wholeBounds(_ coordinate: Int) throws -> (Double, Double) {
    let (low, high) = (lowerBounds[coordinate].rounded(.up), upperBounds[coordinate].rounded(.down))
    guard low <= high else {
      throw SolverError(
        .infeasible, "there is no whole number between \(lowerBounds[coordinate]) and \(upperBounds[coordinate])")
    }
    return (low, high)
  }

  private func roundShares(_ point: inout [Double], _ range: Range<Int>, _ total: Double) throws {
    guard total == total.rounded(), total <= Domain.largestCount else {
      throw SolverError(.infeasible, "whole numbers cannot add to \(total)")
    }
    let remainders = range.map { point[$0] - (point[$0] + 1e-9).rounded(.down) }
    for coordinate in range { point[coordinate] = (point[coordinate] + 1e-9).rounded(.down) }
    let missing = Int(total - range.reduce(0) { $0 + point[$1] })
    let order = range.indices.sorted {
      let (a, b) = (remainders[$0 - range.lowerBound], remainders[$1 - range.lowerBound])
      return a != b ? a > b : $0 < $1
    }
    for coordinate in order.prefix(max(0, missing)) { point[coordinate] += 1 }
  }

  private func roundWithin(
    _ point: inout [Double], _ range: Range<Int>, _ weights: [Double], _ limit: Double
  ) throws {
    let wanted = point
    var cost = 0.0
    for (index, coordinate) in range.enumerated() {
      let (low, high) = try wholeBounds(coordinate)
      let whole = wanted[coordinate].rounded(weights[index] >= 0 ? .down : .up)
      point[coordinate] = min(max(whole, low), high)
      cost += weights[index] * point[coordinate]
    }
    guard cost <= limit * (1 + 1e-12) || cost <= limit + 1e-12 else {
      throw SolverError(.infeasible, "the nearest whole strategy costs \(cost), but the budget is \(limit)")
    }
    let order = range.sorted { abs(wanted[$0].rounded() - wanted[$0]) < abs(wanted[$1].rounded() - wanted[$1]) }
    for coordinate in order where wanted[coordinate].rounded() != point[coordinate] {
      let weight = weights[coordinate - range.lowerBound]
      let (low, high) = try wholeBounds(coordinate)
      let nearer = min(max(wanted[coordinate].rounded(), low), high)
      let dearer = cost + weight * (nearer - point[coordinate])
      if dearer <= limit {
        point[coordinate] = nearer
        cost = dearer
      }
    }
  }
}
