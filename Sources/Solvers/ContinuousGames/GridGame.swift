import Tensor

/// A game whose players choose among finitely many points of their strategy sets.
final class GridGame {
  let game: ContinuousGame
  /// The strategies of every player.
  let points: [[[Double]]]
  private let cancellation: Cancellation
  private var rows: [Cell: [Double]] = [:]

  private struct Cell: Hashable {
    let player: Int
    let actions: [Int]
  }

  /// Beyond so many payoffs nothing more is remembered.
  private static let mostRemembered = 1 << 21
  private var remembered = 0

  init(_ game: ContinuousGame, pointsPerAxis: Int, cancellation: Cancellation) throws {
    self.game = game
    self.cancellation = cancellation
    points = try game.players.map { try $0.strategies.grid(perAxis: pointsPerAxis) }
  }

  /// The indices of the points nearest to a profile.
  func nearest(to profile: [Double]) -> [Int] {
    game.players.indices.map { player in
      let held = game.strategy(of: player, in: profile)
      let set = game.players[player].strategies
      return points[player].indices.min {
        set.distance(points[player][$0], held) < set.distance(points[player][$1], held)
      } ?? 0
    }
  }

  func profile(of actions: [Int]) -> [Double] {
    actions.enumerated().flatMap { points[$0.offset][$0.element] }
  }

  /// A player's payoffs for every own point, the others' actions given; the player's own action is ignored.
  func payoffs(of player: Int, against actions: [Int]) throws -> [Double] {
    var others = actions
    others[player] = 0
    let cell = Cell(player: player, actions: others)
    if let row = rows[cell] { return row }
    try cancellation.check()
    let row = try game.section(player, at: profile(of: others)).values(at: points[player], cancellation: cancellation)
    if remembered + row.count <= Self.mostRemembered {
      remembered += row.count
      rows[cell] = row
    }
    return row
  }

  /// How many combinations of the other players' actions with positive probability there are, as far as a limit.
  private func supports(
    of mixed: [[Double]], without player: Int, upTo limit: Int
  ) -> [[Int]]? {
    var size = 1
    var supports: [[Int]] = []
    for (other, probabilities) in mixed.enumerated() {
      let support = other == player ? [0] : probabilities.indices.filter { probabilities[$0] > 1e-12 }
      size *= support.count
      guard size <= limit else { return nil }
      supports.append(support)
    }
    return supports
  }

  /// A player's expected payoffs for every own point against independent mixed strategies; nil where the others have
  /// more than `limit` joint actions.
  func expectedPayoffs(of player: Int, against mixed: [[Double]], limit: Int) throws -> [Double]? {
    guard let supports = supports(of: mixed, without: player, upTo: limit) else { return nil }
    var expected = [Double](repeating: 0, count: points[player].count)
    var position = [Int](repeating: 0, count: supports.count)
    while true {
      let actions = zip(supports, position).map { $0[$1] }
      var weight = 1.0
      for (other, action) in actions.enumerated() where other != player { weight *= mixed[other][action] }
      let row = try payoffs(of: player, against: actions)
      for index in expected.indices { expected[index] += weight * row[index] }
      var axis = 0
      while axis < position.count {
        position[axis] += 1
        if position[axis] < supports[axis].count { break }
        position[axis] = 0
        axis += 1
      }
      if axis == position.count { return expected }
    }
  }

  /// The mixed profile with its proof on the grid.
  func mixedProfile(_ probabilities: [[Double]]) throws -> MixedProfile {
    var gap: Double? = 0
    for player in points.indices {
      guard let expected = try expectedPayoffs(of: player, against: probabilities, limit: 1 << 14) else {
        gap = nil
        break
      }
      let held = zip(expected, probabilities[player]).reduce(0) { $1.1 > 0 ? $0 + $1.0 * $1.1 : $0 }
      let best = expected.max() ?? held
      if let worst = gap { gap = max(worst, best - held) }
    }
    return MixedProfile(points: points, probabilities: probabilities, gap: gap)
  }

  /// One strategy per player out of mixed ones: the mean, or the most likely point where strategies are whole numbers.
  func representative(of mixed: [[Double]]) -> [Double] {
    var profile: [Double] = []
    for (player, probabilities) in mixed.enumerated() {
      let set = game.players[player].strategies
      if set.hasIntegers {
        let likely = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
        profile += points[player][likely]
      } else {
        var mean = [Double](repeating: 0, count: set.dimension)
        for (point, probability) in zip(points[player], probabilities) {
          for coordinate in mean.indices { mean[coordinate] += probability * point[coordinate] }
        }
        profile += mean
      }
    }
    game.strategies.project(&profile)
    return profile
  }
}
