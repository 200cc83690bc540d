import Tensor

/// Why a public project cannot be decided or settled. The kinds bear the names of the specification.
public struct ProjectError: Diagnosable, Equatable {
  public enum Kind: String, Sendable {
    case noParticipants = "NoParticipants"
    case emptyInput = "EmptyInput"
    case shapeMismatch = "ShapeMismatch"
    case notFinite = "NotFinite"
    case negativeAmount = "NegativeAmount"
    case amountOverflow = "AmountOverflow"
    case invalidParameter = "InvalidParameter"
    case emptyInterval = "EmptyInterval"
    case zeroWeight = "ZeroWeight"
    case sharesNotBalanced = "SharesNotBalanced"
    case outsideDomain = "OutsideDomain"
    case invalidAccuracy = "InvalidAccuracy"
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
