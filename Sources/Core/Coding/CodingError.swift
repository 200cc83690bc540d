import Tensor

/// Why data cannot be coded or recovered. The kinds bear the names of the specification.
public struct CodingError: Diagnosable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case invalidCodeParameters = "InvalidCodeParameters"
    case notEnoughShares = "NotEnoughShares"
    case duplicateShare = "DuplicateShare"
    case dimensionMismatch = "DimensionMismatch"
    case invalidParameter = "InvalidParameter"
    case uncorrectable = "Uncorrectable"
  }

  public let reason: Kind
  public let message: String

  public var kind: String { reason.rawValue }

  init(_ reason: Kind, _ message: String) {
    self.reason = reason
    self.message = message
  }
}
