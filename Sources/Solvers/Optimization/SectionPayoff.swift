import Tensor

/// A payoff as a function of some of its variables, the others held where they are.
final class SectionPayoff: PayoffFunction {
  let variables: Range<Int>
  let whole: GuardedPayoff
  /// The joint profile; its entries outside `variables` are the ones held.
  private(set) var profile: [Double]
  private var jointGradient: [Double] = []
  private(set) var evaluations = 0

  init(of payoff: GuardedPayoff, variables: Range<Int>, at profile: [Double]) {
    whole = payoff
    self.variables = variables
    self.profile = profile
  }

  var variableCount: Int { variables.count }
  var derivativeSource: DerivativeSource { whole.derivativeSource }

  private func place(_ point: [Double]) {
    for (index, variable) in variables.enumerated() { profile[variable] = point[index] }
  }

  func value(at point: [Double]) throws -> Double {
    place(point)
    evaluations += 1
    return try whole.value(at: profile)
  }

  func values(atColumns points: Matrix, into values: inout [Double]) throws {
    evaluations += points.columns
    // Own variables over the points' columns, all others the same in every column.
    var elements: [Double] = []
    elements.reserveCapacity(profile.count * points.columns)
    for (row, held) in profile.enumerated() {
      if variables.contains(row) {
        elements += points.row(row - variables.lowerBound)
      } else {
        elements += repeatElement(held, count: points.columns)
      }
    }
    try whole.values(
      atColumns: Matrix(rows: profile.count, columns: points.columns, elements: elements), into: &values)
  }

  func gradient(at point: [Double], of own: Range<Int>, into gradient: inout [Double]) throws {
    place(point)
    if jointGradient.isEmpty { jointGradient = [Double](repeating: 0, count: profile.count) }
    let first = variables.lowerBound
    evaluations += derivativeSource == .exact ? 1 : 2 * own.count
    try whole.gradient(at: profile, of: first + own.lowerBound..<first + own.upperBound, into: &jointGradient)
    for variable in own { gradient[variable] = jointGradient[first + variable] }
  }

  /// The values at points given one by one.
  func values(at points: [[Double]], cancellation: Cancellation) throws -> [Double] {
    try valuesInBatches(points.count, cancellation: cancellation) { places, variable in
      points[places].map { $0[variable] }
    }
  }

  /// The values along a line: one coordinate takes the places of a grid, the others stay at the start.
  func values(
    along coordinate: Int, at grid: [Double], from start: [Double], cancellation: Cancellation
  ) throws -> [Double] {
    try valuesInBatches(grid.count, cancellation: cancellation) { places, variable in
      variable == coordinate ? Array(grid[places]) : Array(repeating: start[variable], count: places.count)
    }
  }

  /// In batches small enough that an interruption is answered soon.
  ///
  /// - Parameter row: an own variable's numbers at some of the places.
  private func valuesInBatches(
    _ count: Int, cancellation: Cancellation, row: (_ places: Range<Int>, _ variable: Int) -> [Double]
  ) throws -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count)
    for first in stride(from: 0, to: count, by: Self.batch) {
      try cancellation.check()
      let places = first..<min(first + Self.batch, count)
      let elements = (0..<variableCount).flatMap { row(places, $0) }
      var found = [Double](repeating: 0, count: places.count)
      try self.values(
        atColumns: Matrix(rows: variableCount, columns: places.count, elements: elements), into: &found)
      values += found
    }
    return values
  }

  private static let batch = 256
}
