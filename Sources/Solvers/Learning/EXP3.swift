#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Exponential weights for exploration and exploitation (EXP3): Hedge on estimates of what strategies cost, each loss
/// seen being divided by the probability of seeing it. The rate in round t is sqrt(ln K / (t K)).
///
/// The regret of T rounds is at most 2 sqrt(T K ln K) in the mean over its own draws.
///
/// Sources: Auer, Cesa-Bianchi, Freund and Schapire 2002; Bubeck and Cesa-Bianchi, "Regret analysis of stochastic and
/// nonstochastic multi-armed bandit problems", 2012, theorem 3.1.
public struct EXP3: Learner {
  public static var isBandit: Bool { true }

  private var losses: [Double]
  private var rounds = 0

  public init(strategies: Int) { losses = Array(repeating: 0, count: strategies) }

  public var strategy: [Double] {
    let count = Double(losses.count)
    return Mixture.softmax(losses, rate: -(log(count) / (Double(rounds + 1) * count)).squareRoot())
  }

  public mutating func learn(choice: Int, utilities: [Double]) {
    losses[choice] += (1 - utilities[choice]) / max(strategy[choice], .leastNormalMagnitude)
    rounds += 1
  }

  public func regretBound(rounds: Int) -> Double? {
    let count = Double(losses.count)
    return 2 * (Double(rounds) * count * log(count)).squareRoot()
  }
}
