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

  /// The values at points given one by one, in batches small enough that an interruption is answered soon.
  func values(at points: [[Double]], cancellation: Cancellation) throws -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(points.count)
    for first in stride(from: 0, to: points.count, by: Self.batch) {
      try cancellation.check()
      values += try batchValues(at: points[first..<min(first + Self.batch, points.count)])
    }
    return values
  }

  /// The values along a line: one coordinate takes the places of a grid, the others stay at the start.
  func values(
    along coordinate: Int, at grid: [Double], from start: [Double], cancellation: Cancellation
  ) throws -> [Double] {
    place(start)
    let variable = variables.lowerBound + coordinate
    var values: [Double] = []
    values.reserveCapacity(grid.count)
    for first in stride(from: 0, to: grid.count, by: Self.batch) {
      try cancellation.check()
      let places = grid[first..<min(first + Self.batch, grid.count)]
      var elements: [Double] = []
      elements.reserveCapacity(profile.count * places.count)
      for (row, held) in profile.enumerated() {
        if row == variable { elements += places } else { elements += repeatElement(held, count: places.count) }
      }
      var found = [Double](repeating: 0, count: places.count)
      try whole.values(
        atColumns: Matrix(rows: profile.count, columns: places.count, elements: elements), into: &found)
      evaluations += found.count
      values += found
    }
    return values
  }

  private static let batch = 256

  private func batchValues(at points: ArraySlice<[Double]>) throws -> [Double] {
    var elements: [Double] = []
    elements.reserveCapacity(variableCount * points.count)
    for row in 0..<variableCount { for point in points { elements.append(point[row]) } }
    let columns = Matrix(rows: variableCount, columns: points.count, elements: elements)
    var values = [Double](repeating: 0, count: points.count)
    try self.values(atColumns: columns, into: &values)
    return values
  }
}
