import Tensor

extension FiniteGame {
  /// All extreme equilibria of a game of two players, degenerate or not: the pairs of vertices of the best-response
  /// polytopes at which every pure strategy is unplayed or a best response.
  ///
  /// Every equilibrium is a mixture of extreme ones that can be exchanged for each other.
  ///
  /// - Throws: `InvalidParameter` for other than two players, more than 62 strategies in all, or polytopes with more
  /// than
  ///   `vertexLimit` bases; `Cancelled`.
  ///
  /// Sources: Mangasarian, "Equilibrium points of bimatrix games", 1964; von Stengel 2002.
  public func vertexEnumeration(cancellation: Cancellation = .never) throws -> EquilibriumSet {
    let game = try Bimatrix(self)
    try demand(
      game.rows + game.columns <= 62,
      "vertices are enumerated for at most 62 strategies of both players, but there are \(game.rows + game.columns)",
      hint: "Lemke-Howson finds equilibria of larger games")
    let (rowTableau, columnTableau) = BestResponseTableau.pair(of: game)
    let rowVertices = try BestResponsePolytope(rowTableau).vertices(cancellation: cancellation)
    let columnVertices = try BestResponsePolytope(columnTableau).vertices(cancellation: cancellation)
    return try matched(rowVertices, columnVertices, labels: game.rows + game.columns, cancellation: cancellation)
  }

  /// Pairs of vertices that have all labels between them. A vertex with a label to spare shows the game degenerate.
  private func matched(
    _ rowVertices: [BestResponsePolytope.Vertex], _ columnVertices: [BestResponsePolytope.Vertex], labels: Int,
    cancellation: Cancellation
  ) throws -> EquilibriumSet {
    let all = UInt64(1) << UInt64(labels) - 1
    let byLabels = Dictionary(grouping: columnVertices, by: \.labels)
    func hasSpare(_ vertex: BestResponsePolytope.Vertex, of player: Int) -> Bool {
      vertex.labels.nonzeroBitCount > strategyCounts[player]
    }
    let spare = columnVertices.filter { hasSpare($0, of: 1) }
    var found = EquilibriumSet(
      equilibria: [], isDegenerate: !spare.isEmpty || rowVertices.contains { hasSpare($0, of: 0) },
      iterations: rowVertices.count + columnVertices.count)
    for (index, rowVertex) in rowVertices.enumerated() {
      if index & 0xff == 0 { try cancellation.check() }
      // Without a label to spare, what is missing is exactly what a vertex without one must have.
      let candidates =
        hasSpare(rowVertex, of: 0) ? columnVertices : (byLabels[all & ~rowVertex.labels] ?? []) + spare
      for columnVertex in candidates where rowVertex.labels | columnVertex.labels == all {
        found.insert(
          assess(
            [Mixture.normalised(rowVertex.mixture), Mixture.normalised(columnVertex.mixture)],
            iterations: found.iterations))
      }
    }
    found.equilibria.sort { left, right in
      let sizes = (size(of: left), size(of: right))
      return sizes.0 != sizes.1
        ? sizes.0 < sizes.1 : right.profile.joined().lexicographicallyPrecedes(left.profile.joined())
    }
    return found
  }

  private func size(of equilibrium: FiniteEquilibrium) -> Int {
    equilibrium.profile.joined().reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
  }

  /// Bases of one polytope that are visited at most.
  public static var vertexLimit: Int { 2_000_000 }
}
