import Tensor

/// Why data cannot be procured, or correlated types not be priced. The kinds bear the names of the specification.
public struct ProcurementError: Diagnosable, Equatable {
  public enum Kind: String, Sendable {
    case invalidCost = "InvalidCost"
    case invalidPrior = "InvalidPrior"
  }

  public let reason: Kind
  public let message: String
  public let hint: String?

  public var kind: String { reason.rawValue }

  init(_ reason: Kind, _ message: String, hint: String? = nil) {
    self.reason = reason
    self.message = message
    self.hint = hint
  }
}
