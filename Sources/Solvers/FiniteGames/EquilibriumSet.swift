import Tensor

/// The equilibria of a game of two players that a method found.
public struct EquilibriumSet: Sendable {
  /// In the order of the supports: fewer strategies first.
  public var equilibria: [FiniteEquilibrium]
  /// Whether the game was seen to be degenerate: some mixture has more best responses than strategies in its support.
  /// Then there may be infinitely many equilibria, of which these are some. No sign of it was seen when false.
  public var isDegenerate: Bool
  /// Pairs of supports, pivots or vertices that were looked at.
  public var iterations: Int

  public init(equilibria: [FiniteEquilibrium], isDegenerate: Bool, iterations: Int) {
    self.equilibria = equilibria
    self.isDegenerate = isDegenerate
    self.iterations = iterations
  }

  /// Adds an equilibrium unless one as good as equal is there.
  mutating func insert(_ equilibrium: FiniteEquilibrium) {
    let known = equilibria.contains { other in
      zip(other.profile, equilibrium.profile).allSatisfy { zip($0, $1).allSatisfy { abs($0 - $1) <= 1e-7 } }
    }
    if !known { equilibria.append(equilibrium) }
  }
}

/// How the equilibria of a game of two players are found.
public enum EquilibriumMethod: String, CaseIterable, Sendable {
  /// Every pair of supports of one size: all equilibria, if the game is not degenerate.
  case supportEnumeration = "support_enumeration"
  /// The vertices of the best-response polytopes: all extreme equilibria, degenerate or not.
  case vertexEnumeration = "vertex_enumeration"
  /// Paths of complementary pivots, one from every label: one equilibrium or several.
  case lemkeHowson = "lemke_howson"
}

extension FiniteGame {
  /// Equilibria in mixed strategies of a game of two players.
  ///
  /// - Throws: `InvalidParameter` for another number of players, or too many strategies to enumerate; `Cancelled`.
  public func equilibria(
    by method: EquilibriumMethod, cancellation: Cancellation = .never
  ) throws -> EquilibriumSet {
    switch method {
    case .supportEnumeration: try supportEnumeration(cancellation: cancellation)
    case .vertexEnumeration: try vertexEnumeration(cancellation: cancellation)
    case .lemkeHowson: try lemkeHowsonAllLabels(cancellation: cancellation)
    }
  }
}
