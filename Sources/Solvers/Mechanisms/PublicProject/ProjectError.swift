import Tensor

/// Why a public project cannot be decided or settled. The kinds bear the names of the specification.
public typealias ProjectError = NamedError<ProjectErrorKind>

public enum ProjectErrorKind: String, Sendable {
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
