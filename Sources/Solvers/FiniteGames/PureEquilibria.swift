import Tensor

extension FiniteGame {
  /// Every equilibrium in pure strategies, in the order of profiles: those at which no player's payoff is below the
  /// best that the player could get against the others' strategies. Comparisons are exact.
  ///
  /// - Throws: `Cancelled`.
  public func pureEquilibria(cancellation: Cancellation = .never) throws -> [FiniteEquilibrium] {
    var stable = [Bool](repeating: true, count: profileCount)
    for player in 0..<playerCount {
      try cancellation.check()
      let (step, count) = (strides[player], strategyCounts[player])
      let payoffs = utilities[player]
      for block in Swift.stride(from: 0, to: profileCount, by: step * count) {
        for first in block..<block + step {
          let line = Swift.stride(from: first, to: first + step * count, by: step)
          let best = line.reduce(-Double.infinity) { Swift.max($0, payoffs[$1]) }
          for profile in line where payoffs[profile] < best { stable[profile] = false }
        }
      }
    }
    return stable.indices.filter { stable[$0] }.map { index in
      FiniteEquilibrium(
        profile: pureProfile(strategies(ofProfile: index)), utilities: utilities.map { $0[index] },
        regrets: Array(repeating: 0, count: playerCount), iterations: profileCount)
    }
  }

  /// Pure strategies, counted from 0, as mixtures.
  public func pureProfile(_ strategies: [Int]) -> [[Double]] {
    zip(strategies, strategyCounts).map { chosen, count in (0..<count).map { $0 == chosen ? 1 : 0 } }
  }
}
