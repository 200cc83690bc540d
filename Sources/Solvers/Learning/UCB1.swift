#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Upper confidence bounds (UCB1): every strategy once, then the one whose mean so far, plus sqrt(2 ln t / n) for n
/// trials, is largest.
///
/// Where each strategy's payoff is drawn from a law that never changes, the regret grows with ln T only: see
/// `regretBound(gaps:rounds:)`. Against opponents who learn too it promises nothing.
///
/// Source: Auer, Cesa-Bianchi and Fischer, "Finite-time analysis of the multiarmed bandit problem", 2002, theorem 1.
public struct UCB1: Learner {
  public static var isBandit: Bool { true }

  private var totals: [Double]
  private var trials: [Int]
  private var rounds = 0

  public init(strategies: Int) {
    totals = Array(repeating: 0, count: strategies)
    trials = Array(repeating: 0, count: strategies)
  }

  public var strategy: [Double] {
    let chosen = trials.firstIndex(of: 0) ?? bestIndex
    return totals.indices.map { $0 == chosen ? 1 : 0 }
  }

  private var bestIndex: Int {
    let spread = 2 * log(Double(rounds))
    func index(_ place: Int) -> Double {
      let count = Double(trials[place])
      return totals[place] / count + (spread / count).squareRoot()
    }
    return totals.indices.reduce(0) { index($1) > index($0) ? $1 : $0 }
  }

  public mutating func learn(choice: Int, utilities: [Double]) {
    totals[choice] += utilities[choice]
    trials[choice] += 1
    rounds += 1
  }

  public func regretBound(rounds: Int) -> Double? { nil }

  /// The expected regret against laws that never change: 8 ln T sum 1/gap + (1 + pi^2/3) sum gap, over the strategies
  /// whose mean falls short of the best by a gap.
  public static func regretBound(gaps: [Double], rounds: Int) -> Double {
    gaps.filter { $0 > 0 }.reduce(0) { sum, gap in
      sum + 8 * log(Double(rounds)) / gap + (1 + Double.pi * Double.pi / 3) * gap
    }
  }
}
