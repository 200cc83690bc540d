import Tensor

/// The vertices of one player's polytope; see `BestResponseTableau`.
struct BestResponsePolytope {
  struct Vertex {
    let labels: UInt64
    let mixture: [Double]
  }

  private let origin: BestResponseTableau

  init(_ origin: BestResponseTableau) { self.origin = origin }

  /// Every vertex but the origin, by walking along edges from there.
  ///
  /// The walk goes over the bases that are feasible under the lexicographic rule: those of a slightly perturbed
  /// polytope, which hangs together, is never degenerate, and has a basis for each vertex of this one.
  ///
  /// - Throws: `InvalidParameter` beyond `FiniteGame.vertexLimit` bases; `Cancelled`.
  func vertices(cancellation: Cancellation) throws -> [Vertex] {
    let labels = origin.structural.count + origin.slack.count
    let ownLabels = origin.structural.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
    var seen: Set<UInt64> = [origin.basisBits]
    var waiting = [origin.basisBits]
    var known: Set<UInt64> = []
    var vertices: [Vertex] = []
    var visits = 0
    while let basis = waiting.popLast() {
      visits += 1
      if visits & 0xff == 0 { try cancellation.check() }
      var tableau = origin
      tableau.solve(forBasis: basis)
      let tight = tableau.vertexLabels
      if tight & ownLabels != ownLabels, known.insert(tight).inserted {
        vertices.append(Vertex(labels: tight, mixture: tableau.mixture))
      }
      for entering in 0..<labels where basis >> UInt64(entering) & 1 == 0 {
        let next = basis & ~(1 << UInt64(tableau.leavingLabel(for: entering))) | 1 << UInt64(entering)
        if seen.insert(next).inserted { waiting.append(next) }
      }
      try demand(
        seen.count <= FiniteGame.vertexLimit,
        "the game's polytopes have more than \(FiniteGame.vertexLimit) bases, too many to enumerate",
        hint: "support enumeration or Lemke-Howson may do")
    }
    return vertices
  }
}
