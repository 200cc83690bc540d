import Tensor

/// The derivatives of each player's payoff in the player's own variables: what pulls a profile about.
///
/// At an equilibrium in the interior it vanishes; in general no player's set has a direction along it (a variational
/// inequality: Rosen, "Existence and uniqueness of equilibrium points for concave n-person games", Econometrica 33,
/// 1965). Some players may be left out, whose variables are then held.
struct PseudoGradient {
  let game: ContinuousGame
  let players: [Int]
  /// The moving players' variables in the joint profile.
  let variables: [Int]

  init(_ game: ContinuousGame, players: [Int]? = nil) {
    self.game = game
    self.players = players ?? Array(game.players.indices)
    variables = self.players.flatMap { Array(game.ranges[$0]) }
  }

  /// One entry per moving variable; slopes that are infinite are cut off.
  func value(at profile: [Double]) throws -> [Double] {
    var gradient: [Double] = []
    gradient.reserveCapacity(variables.count)
    var scratch = [Double](repeating: 0, count: game.variableCount)
    for player in players {
      // A payoff may write other players' entries too: only its owner's are kept.
      try game.payoffs[player].gradient(at: profile, of: game.ranges[player], into: &scratch)
      for variable in game.ranges[player] {
        gradient.append(scratch[variable].isNaN ? 0 : min(max(scratch[variable], -1e100), 1e100))
      }
    }
    return gradient
  }

  /// One row per moving variable, one column per variable of the joint profile.
  func jacobian(at profile: [Double]) throws -> Matrix {
    let count = game.variableCount
    var jacobian = Matrix(rows: variables.count, columns: count)
    var scratch = Matrix(rows: count, columns: count)
    var row = 0
    for player in players {
      try game.payoffs[player].secondDerivatives(
        at: profile, rows: game.ranges[player], columns: 0..<count, into: &scratch)
      for variable in game.ranges[player] {
        for column in 0..<count { jacobian[row, column] = scratch[variable, column] }
        row += 1
      }
    }
    return jacobian
  }

  /// The profile with the moving players' parts stepped by `size` times a direction, then projected.
  func stepped(_ profile: [Double], along direction: [Double], by size: Double) -> [Double] {
    var moved = profile
    for (index, variable) in variables.enumerated() { moved[variable] += size * direction[index] }
    for player in players {
      game.players[player].strategies.project(&moved, offset: game.ranges[player].lowerBound)
    }
    return moved
  }
}
