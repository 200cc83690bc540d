import Tensor

/// What became of a claim when it was tried.
public enum ClaimVerdict: String, CaseIterable, Sendable {
  case holds
  case conditional = "holds under a condition"
  case fails
}

/// A number that a witness consists of.
public struct Figure: Equatable, Sendable {
  /// What it is, in a few words.
  public let name: String
  public let value: Double

  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}

/// Two computed numbers, and how a claim says that they compare.
public struct Comparison: Equatable, Sendable {
  public enum Relation: String, Sendable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
    /// To within 1e-6 of the larger of 1 and the right one.
    case equal = "="
  }

  public let left: Figure
  public let relation: Relation
  public let right: Figure

  public init(_ left: Figure, _ relation: Relation, _ right: Figure) {
    self.left = left
    self.relation = relation
    self.right = right
  }

  public var holds: Bool {
    switch relation {
    case .atLeast: left.value >= right.value
    case .atMost: left.value <= right.value
    case .above: left.value > right.value
    case .below: left.value < right.value
    case .equal: abs(left.value - right.value) <= 1e-6 * max(1, abs(right.value))
    }
  }

  /// How the numbers do compare: the sign that belongs between them.
  public var trueSign: String {
    if relation == .equal { return holds ? "=" : left.value < right.value ? "<" : ">" }
    return left.value == right.value ? "=" : left.value < right.value ? "<" : ">"
  }
}

/// A theorem or closed form of a paper, and what its trial gave. The verdict follows from the numbers.
public struct PaperClaim: Equatable, Sendable {
  /// What is true instead, as tried on numbers of its own.
  public enum Amendment: Equatable, Sendable {
    /// The claim is true where this condition is met.
    case condition(Comparison)
    /// Something else is true.
    case correction(Comparison)

    public var comparison: Comparison {
      switch self {
      case .condition(let comparison), .correction(let comparison): comparison
      }
    }
  }

  /// The number of the finding in the specification's audit.
  public let id: String
  /// Where the paper says it.
  public let source: String
  /// In words of our own.
  public let claim: String
  /// What the claim says of the witness's numbers.
  public let printed: Comparison
  /// What is true, in words of our own.
  public let truth: String
  public let amendment: Amendment?
  /// Further numbers that belong to the witness.
  public let figures: [Figure]

  init(
    _ id: String, _ source: String, _ claim: String, printed: Comparison, truth: String, amendment: Amendment? = nil,
    figures: [Figure] = []
  ) {
    self.id = id
    self.source = source
    self.claim = claim
    self.printed = printed
    self.truth = truth
    self.amendment = amendment
    self.figures = figures
  }

  public var verdict: ClaimVerdict {
    if printed.holds { return .holds }
    if case .condition(let comparison)? = amendment, comparison.holds { return .conditional }
    return .fails
  }
}
