import CLuaShim
import Core
import Solvers

/// What the functions of crowdfunding share: amounts in smallest units, as public projects have them, made money.
enum CrowdfundingOption {
  static let errors = CrowdfundingErrorKind.allCases.map(\.rawValue) + ["NegativeAmount", "EmptyInterval"]

  /// - Throws: `NegativeAmount`, `AmountOverflow`.
  static func amount(_ whole: Int128, _ name: String) throws -> Amount {
    guard whole >= 0 else { throw AmountError.negative("option '\(name)', which is \(whole) units,") }
    return Amount(units: whole.magnitude)
  }

  static func amounts(_ wholes: [Int128], _ name: String) throws -> [Amount] {
    try wholes.enumerated().map { try amount($0.element, "\(name)[\($0.offset + 1)]") }
  }

  static func units(_ amount: Amount) -> LuaValue {
    Int(exactly: amount.units).map { .integer($0) } ?? .string(String(amount.units))
  }

  static func units(_ amounts: some Sequence<Amount>) -> LuaValue { .list(amounts.map { units($0) }) }
}
