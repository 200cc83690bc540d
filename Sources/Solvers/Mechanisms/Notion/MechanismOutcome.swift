/// What a mechanism decided.
public struct MechanismOutcome: Equatable, Sendable {
  /// What each participant gets: how much each number of its true report counts for it, costs with a minus sign.
  public var coefficients: Profile
  /// What each participant pays, in money; below 0 for those who are paid.
  public var payments: [Double]

  /// Nobody gets or pays anything.
  public init(widths: [Int]) {
    coefficients = Profile(widths: widths)
    payments = [Double](repeating: 0, count: widths.count)
  }

  /// Back to nothing, without a new allocation.
  public mutating func clear() {
    for index in coefficients.values.indices { coefficients.values[index] = 0 }
    for index in payments.indices { payments[index] = 0 }
  }

  /// What the mechanism is left with; below 0 when it runs at a loss.
  public var surplus: Double { payments.reduce(0, +) }
}
