import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A way to move from profile to profile until none of the players wants to move.
protocol ProfileDynamics {
  /// - Throws: what the payoffs throw; `Cancelled`.
  func run(_ game: ContinuousGame, from start: [Double], cancellation: Cancellation) throws -> DynamicsOutcome
}

/// Where a dynamics ended.
struct DynamicsOutcome {
  var profile: [Double]
  var iterations: Int
  /// Whether the moves became small.
  var settled: Bool
  /// The ratio of successive moves at the end.
  var rate: Double?
  /// Mixed strategies, for the methods that have them.
  var mixed: MixedProfile?
  /// Further profiles worth a look where it did not settle.
  var candidates: [[Double]] = []
}

/// The sizes of successive moves.
struct MoveHistory {
  private var moves: [Double] = []

  mutating func append(_ move: Double) {
    if moves.count == 16 { moves.removeFirst() }
    moves.append(move)
  }

  /// The geometric mean of the ratios of successive moves, among those above rounding.
  var rate: Double? {
    let significant = moves.filter { $0 > 1e-11 }
    guard let first = significant.first, let last = significant.last, significant.count >= 3 else { return nil }
    return pow(last / first, 1 / Double(significant.count - 1))
  }
}

/// The profiles of the last moves and the average of the later half: where a dynamics that does not settle may have
/// passed near an equilibrium.
struct ProfileHistory {
  private var recent: [[Double]] = []
  private var sum: [Double]
  private var count = 0

  init(like profile: [Double]) { sum = [Double](repeating: 0, count: profile.count) }

  mutating func append(_ profile: [Double], iteration: Int) {
    if recent.count == 8 { recent.removeFirst() }
    recent.append(profile)
    // Restarted at every power of two, so that the average forgets how the dynamics began.
    if iteration & (iteration - 1) == 0 && iteration > 8 {
      sum = [Double](repeating: 0, count: sum.count)
      count = 0
    }
    for index in sum.indices { sum[index] += profile[index] }
    count += 1
  }

  /// Projected onto the strategy sets.
  func candidates(for game: ContinuousGame) -> [[Double]] {
    var average = sum.map { $0 / Double(max(1, count)) }
    game.strategies.project(&average)
    return recent + [average]
  }
}
