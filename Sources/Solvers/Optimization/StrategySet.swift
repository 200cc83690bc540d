/// The strategies that one player may choose from: a closed, bounded, non-empty set of points.
///
/// A product of parts, each over its own coordinates: a box, whole numbers in ranges, a simplex (entries at least 0 that
/// add to a total), or a budget (weights . x at most a limit, within a box). A finite set of n strategies is the whole
/// numbers 0..<n.
public struct StrategySet: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    case box
    case integers
    case simplex(total: Double)
    case budget(weights: [Double], limit: Double)
  }

  /// One factor of the product.
  public struct Part: Sendable, Equatable {
    public let kind: Kind
    /// Its coordinates.
    public let range: Range<Int>
  }

  public let parts: [Part]
  /// The least box around the set, as far as the parts' bounds tell.
  public let lowerBounds: [Double]
  public let upperBounds: [Double]

  public var dimension: Int { lowerBounds.count }

  /// Every coordinate between its bounds.
  /// - Throws: `SolverError` of kind `emptyInput`, `shapeMismatch`, `notFinite` or `invalidParameter` (reversed bounds).
  public static func box(lower: [Double], upper: [Double]) throws -> StrategySet {
    try checkBounds(lower, upper)
    return StrategySet(.box, lower, upper)
  }

  /// One number in an interval.
  public static func interval(_ lower: Double, _ upper: Double) throws -> StrategySet {
    try box(lower: [lower], upper: [upper])
  }

  /// Every coordinate a whole number between its bounds, which are at most 2^53 in magnitude.
  /// - Throws: `SolverError` as `box`; `infeasible` where no whole number lies between two bounds.
  public static func integers(lower: [Double], upper: [Double]) throws -> StrategySet {
    try checkBounds(lower, upper)
    for index in lower.indices {
      let reach = max(abs(lower[index]), abs(upper[index]))
      try demand(
        reach <= Domain.largestCount, "bounds of whole numbers must be at most 2^53 in magnitude, but one is \(reach)")
      guard lower[index].rounded(.up) <= upper[index].rounded(.down) else {
        throw SolverError(.infeasible, "there is no whole number between \(lower[index]) and \(upper[index])")
      }
    }
    return StrategySet(.integers, lower.map { $0.rounded(.up) }, upper.map { $0.rounded(.down) })
  }

  /// A finite set: one variable that is 0, 1, ..., count - 1.
  public static func choice(of count: Int) throws -> StrategySet {
    guard count > 0 else { throw SolverError(.emptyInput, "a strategy set must have at least one strategy") }
    return try integers(lower: [0], upper: [Double(count - 1)])
  }

  /// Entries at least 0 that add to the total.
  public static func simplex(count: Int, total: Double = 1) throws -> StrategySet {
    guard count > 0 else { throw SolverError(.emptyInput, "a simplex must have at least one coordinate") }
    try check(.scalar("total", total, .nonNegative))
    return StrategySet(
      .simplex(total: total), [Double](repeating: 0, count: count), [Double](repeating: total, count: count))
  }

  /// The points of a box with weights . x at most the limit.
  /// - Throws: `SolverError` as `box`; `infeasible` where even the cheapest point of the box exceeds the limit.
  public static func budget(
    weights: [Double], limit: Double, lower: [Double], upper: [Double]
  ) throws -> StrategySet {
    try checkBounds(lower, upper)
    try check(.each(.entry, "weights", weights, .real), .each(.entry, "lower bounds", lower, .real))
    try check(.scalar("limit", limit, .real))
    let least = zip(weights, zip(lower, upper)).reduce(0) { $0 + min($1.0 * $1.1.0, $1.0 * $1.1.1) }
    guard least <= limit else {
      throw SolverError(
        .infeasible, "the cheapest strategy costs \(least), but the budget is \(limit)",
        hint: "raise the limit to \(least) at least, or lower the bounds")
    }
    return StrategySet(.budget(weights: weights, limit: limit), lower, upper)
  }

  /// The tuples of points of each set, their coordinates one after the other.
  /// - Throws: `SolverError` of kind `emptyInput` where there is no set.
  public static func product(_ sets: [StrategySet]) throws -> StrategySet {
    guard !sets.isEmpty else { throw SolverError(.emptyInput, "a product must have at least one strategy set") }
    var parts: [Part] = []
    var offset = 0
    for set in sets {
      parts += set.parts.map {
        Part(kind: $0.kind, range: $0.range.lowerBound + offset..<$0.range.upperBound + offset)
      }
      offset += set.dimension
    }
    return StrategySet(parts: parts, lower: sets.flatMap(\.lowerBounds), upper: sets.flatMap(\.upperBounds))
  }

  init(parts: [Part], lower: [Double], upper: [Double]) {
    self.parts = parts
    lowerBounds = lower
    upperBounds = upper
  }

  private init(_ kind: Kind, _ lower: [Double], _ upper: [Double]) {
    self.init(parts: [Part(kind: kind, range: lower.indices)], lower: lower, upper: upper)
  }

  private static func checkBounds(_ lower: [Double], _ upper: [Double]) throws {
    try check(.each(.entry, "lower bounds", lower, .real), .each(.entry, "upper bounds", upper, .real))
    for index in lower.indices where lower[index] > upper[index] {
      throw SolverError(
        .invalidParameter,
        "the lower bound must not exceed the upper one, but entry \(index + 1) goes from \(lower[index]) to "
          + "\(upper[index])", hint: "swap the two bounds")
    }
    for index in lower.indices where !(upper[index] - lower[index]).isFinite {
      throw SolverError(.invalidParameter, "the bounds of entry \(index + 1) lie too far apart for doubles")
    }
  }
}

extension StrategySet {
  /// Whether all coordinates lie in boxes.
  public var isBox: Bool { parts.allSatisfy { $0.kind == .box } }

  public var hasIntegers: Bool { parts.contains { $0.kind == .integers } }

  /// The coordinates that must be whole numbers.
  public var integerCoordinates: [Int] { parts.filter { $0.kind == .integers }.flatMap { Array($0.range) } }

  /// The same set with whole numbers replaced by the intervals that hold them.
  public var relaxed: StrategySet {
    StrategySet(
      parts: parts.map { $0.kind == .integers ? Part(kind: .box, range: $0.range) : $0 }, lower: lowerBounds,
      upper: upperBounds)
  }

  /// The distance between the bounds of a coordinate.
  func width(_ coordinate: Int) -> Double { upperBounds[coordinate] - lowerBounds[coordinate] }

  /// The same set with coordinates of boxes or whole numbers held at given values.
  func holding(_ coordinates: [Int], at values: [Double]) -> StrategySet {
    var (lower, upper) = (lowerBounds, upperBounds)
    for (coordinate, value) in zip(coordinates, values) {
      lower[coordinate] = value
      upper[coordinate] = value
    }
    return StrategySet(parts: parts, lower: lower, upper: upper)
  }

  /// How many combinations the whole-number coordinates have, or nil where they are more than the limit.
  func integerCombinations(upTo limit: Int) -> Int? {
    var product = 1.0
    for coordinate in integerCoordinates {
      product *= width(coordinate) + 1
      if product > Double(limit) { return nil }
    }
    return Int(product)
  }
}
