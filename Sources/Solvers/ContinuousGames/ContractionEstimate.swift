import Tensor

/// Whether best responses draw together near a profile, which makes the equilibrium locally unique and stable.
public struct ContractionEstimate: Equatable, Sendable {
  /// The spectral radius of the derivative of the simultaneous best-response map; below 1 the map contracts in some
  /// norm. Nil where it has no derivative: whole numbers, jumps, own problems without a strict maximum, or more than
  /// `mostVariables` variables.
  public let spectralRadius: Double?
  /// The largest sum of magnitudes in a row of that derivative; below 1 the map contracts in the largest difference.
  public let rowNorm: Double?
  /// The ratio of the last moves of the method that found the profile.
  public let observedRate: Double?

  /// Second derivatives grow with the square of the variables.
  public static let mostVariables = 256

  static func examine(
    _ game: ContinuousGame, at profile: [Double], observedRate: Double?
  ) throws -> ContractionEstimate {
    let count = game.variableCount
    let nothing = ContractionEstimate(spectralRadius: nil, rowNorm: nil, observedRate: observedRate)
    guard game.isContinuous, game.isSmooth, count <= mostVariables else { return nothing }
    var derivative = Matrix(rows: count, columns: count)
    for player in game.players.indices {
      let range = game.ranges[player]
      let others = (0..<count).filter { !range.contains($0) }
      // A response is one to the others: its own block stays zero.
      guard let block = try NaturalMap(game, players: [player]).sensitivity(to: others, at: profile) else {
        return nothing
      }
      for (row, variable) in range.enumerated() {
        for (column, other) in others.enumerated() { derivative[variable, other] = block[row, column] }
      }
    }
    let norm = (0..<count).map { derivative.row($0).reduce(0) { $0 + abs($1) } }.max()
    return ContractionEstimate(
      spectralRadius: Eigenvalues.radius(derivative), rowNorm: norm, observedRate: observedRate)
  }
}
