import Solvers
import Tensor

extension BenchmarkRow {
  /// All equilibria of games of two players, and one by Lemke and Howson's path.
  static let finiteGames = [
    supports(size: 6, games: 20), supports(size: 8, games: 5), supports(size: 10, games: 3),
    supports(size: 12, games: 1),
    BenchmarkRow(name: "lemke-howson-12", unit: "CPU ms/game", better: .smaller) { peers in
      let games = try pathSeeds.map { try congruentialGame(size: 12, seed: $0) }
      return Contest(
        ours: {
          try milliseconds(games) { game in
            guard try game.lemkeHowson(label: 0).maximumRegret < 1e-9 else {
              throw BenchmarkError("a path ends at no equilibrium")
            }
          }
        }, peers: try peers.games("lemke-howson-12", count: games.count))
    },
  ]

  /// Games in which nashpy's path from the first label ends at an equilibrium. It keeps whole numbers as doubles, which
  /// overflow on long paths: at 0, 18, 42 and 44 it ends elsewhere, and at 52 not within minutes.
  private static let pathSeeds = (0..<52).filter { ![0, 18, 42, 44].contains($0) }

  private static func supports(size: Int, games count: Int) -> BenchmarkRow {
    let name = "supports-\(size)"
    return BenchmarkRow(name: name, unit: "CPU ms/game", better: .smaller) { peers in
      let games = try (0..<count).map { try congruentialGame(size: size, seed: $0) }
      return Contest(
        ours: {
          try milliseconds(games) { game in
            guard try game.supportEnumeration().equilibria.count % 2 == 1 else {
              throw BenchmarkError("an equilibrium is missing")
            }
          }
        },
        // The larger ones would take nashpy minutes to hours a game.
        peers: size <= 8 ? try peers.games(name, count: count) : [])
    }
  }

  private static func milliseconds(_ games: [FiniteGame], _ solve: (FiniteGame) throws -> Void) throws -> Double {
    try CPUTime.seconds { for game in games { try solve(game) } } * 1000 / Double(games.count)
  }

  /// Payoffs from the linear congruential generator of Knuth's MMIX, so that Python can make the same games; see
  /// Benchmarks/peers/games.py.
  private static func congruentialGame(size: Int, seed: Int) throws -> FiniteGame {
    var state = UInt64(seed)
    func payoffs() -> Matrix {
      Matrix(
        rows: size, columns: size,
        elements: (0..<size * size).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Double(state >> 11) * 0x1p-53
        })
    }
    return try FiniteGame(row: payoffs(), column: payoffs())
  }
}
