/// Where a search ended.
public struct Maximum: Equatable, Sendable {
  public let point: [Double]
  public let value: Double
  /// How many values were asked for; derivatives by differences count theirs.
  public let evaluations: Int
  /// Whether the search met its tolerance, rather than its limit of evaluations or a numerical end.
  public let converged: Bool
}
