import Tensor

/// Why data cannot be procured, or correlated types not be priced. The kinds bear the names of the specification.
public typealias ProcurementError = NamedError<ProcurementErrorKind>

public enum ProcurementErrorKind: String, Sendable {
  case invalidCost = "InvalidCost"
  case invalidPrior = "InvalidPrior"
}
