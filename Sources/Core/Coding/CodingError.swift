import Tensor

/// Why data cannot be coded or recovered. The kinds bear the names of the specification.
public typealias CodingError = NamedError<CodingErrorKind>

public enum CodingErrorKind: String, Sendable, CaseIterable {
  case invalidCodeParameters = "InvalidCodeParameters"
  case notEnoughShares = "NotEnoughShares"
  case duplicateShare = "DuplicateShare"
  case dimensionMismatch = "DimensionMismatch"
  case invalidParameter = "InvalidParameter"
  case uncorrectable = "Uncorrectable"
}
