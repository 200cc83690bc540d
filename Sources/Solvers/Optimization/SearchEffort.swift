/// How hard a global search tries.
public struct SearchEffort: Sendable, Equatable {
  /// Low-discrepancy points per dimension, tried before anything is climbed; on one variable the points of the scan.
  public var pointsPerDimension: Int
  /// How many of them are climbed.
  public var climbs: Int
  /// Values that DIRECT-L may ask for, 0 for none: boxes of at most `largestDirectDimension` dimensions.
  public var directEvaluations: Int
  /// How many combinations of whole numbers are tried one by one; where there are more, coordinates are searched in turn.
  public var combinations: Int

  static let largestDirectDimension = 8

  public init(pointsPerDimension: Int, climbs: Int, directEvaluations: Int, combinations: Int) {
    self.pointsPerDimension = pointsPerDimension
    self.climbs = climbs
    self.directEvaluations = directEvaluations
    self.combinations = combinations
  }

  public static let standard = SearchEffort(
    pointsPerDimension: 65, climbs: 3, directEvaluations: 0, combinations: 4096)
  public static let thorough = SearchEffort(
    pointsPerDimension: 513, climbs: 12, directEvaluations: 4000, combinations: 65_536)

  /// The thorough search with its numbers multiplied, up to a million points.
  public func harder(_ factor: Int) -> SearchEffort {
    func scaled(_ number: Int, _ most: Int) -> Int { Int(min(Double(number) * Double(max(1, factor)), Double(most))) }
    return SearchEffort(
      pointsPerDimension: scaled(pointsPerDimension, 1_000_000), climbs: scaled(climbs, 1000),
      directEvaluations: scaled(directEvaluations, 1_000_000), combinations: scaled(combinations, 1_000_000))
  }
}
