import Tensor

/// Why a solver refused its input.
///
/// When several things are wrong at once the kind that stands first in `SolverErrorKind` is reported, whatever the order
/// of the arguments, so that a caller can rely on it.
public typealias SolverError = NamedError<SolverErrorKind>

public enum SolverErrorKind: String, CaseIterable, Sendable {
  /// An argument that must have entries has none.
  case emptyInput = "EmptyInput"
  /// Two arguments that must have as many entries as each other do not.
  case shapeMismatch = "ShapeMismatch"
  /// An argument contains a value that is not a finite number.
  case notFinite = "NotFinite"
  /// An argument lies outside its domain.
  case invalidParameter = "InvalidParameter"
  /// A ratio was asked for whose denominator vanishes.
  case undefinedRatio = "UndefinedRatio"
  /// A contest was asked for that has no competitor in it.
  case noCompetition = "NoCompetition"
  /// No point satisfies the constraints.
  case infeasible = "Infeasible"
  /// Probabilities are negative or do not add to one.
  case notStochastic = "NotStochastic"
  /// The observations are impossible under the model.
  case zeroLikelihood = "ZeroLikelihood"
}
