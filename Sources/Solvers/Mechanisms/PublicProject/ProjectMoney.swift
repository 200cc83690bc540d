/// What a public project may be settled in: whole units for money that is paid, doubles for mechanisms under study.
public protocol ProjectMoney: SignedNumeric, Comparable, Sendable {
  /// The largest single amount; sums over all participants stay far below what the type holds.
  static var largestAmount: Self { get }
}

extension Int128: ProjectMoney {
  /// 10^30 units: a million times the whole supply of a token with 18 decimals and a million tokens.
  public static let largestAmount: Int128 = 1_000_000_000_000_000_000_000_000_000_000
}

extension Double: ProjectMoney {
  public static let largestAmount = 1e200
}

extension ProjectMoney {
  /// - Throws: `NegativeAmount`, `AmountOverflow`; `NotFinite` for what is no number.
  static func check(_ amount: Self, _ name: @autoclosure () -> String) throws(ProjectError) {
    guard !(amount >= 0 && amount <= largestAmount) else { return }
    if amount < 0 { throw ProjectError(.negativeAmount, "\(name()) must be at least 0, but is \(amount)") }
    guard amount > largestAmount else { throw ProjectError(.notFinite, "\(name()) must be a number, but is \(amount)") }
    throw ProjectError(.amountOverflow, "\(name()) must be at most \(largestAmount), but is \(amount)")
  }
}
