#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Exponential weights (Hedge): each strategy with probability proportional to exp(rate x what it would have paid so
/// far), the rate in round t being sqrt(8 ln K / t), so that no horizon need be known.
///
/// After T rounds the regret is at most 2 sqrt(T ln K / 2) + sqrt(ln K / 8).
///
/// Sources: Freund and Schapire 1997; Cesa-Bianchi and Lugosi, "Prediction, learning, and games", 2006, theorem 2.3.
public struct Hedge: Learner {
  public static var isBandit: Bool { false }

  private var totals: [Double]
  private var rounds = 0

  public init(strategies: Int) { totals = Array(repeating: 0, count: strategies) }

  public var strategy: [Double] {
    Mixture.softmax(totals, rate: (8 * log(Double(totals.count)) / Double(rounds + 1)).squareRoot())
  }

  public mutating func learn(choice: Int, utilities: [Double]) {
    for place in totals.indices { totals[place] += utilities[place] }
    rounds += 1
  }

  public func regretBound(rounds: Int) -> Double? {
    let entropy = log(Double(totals.count))
    return 2 * (Double(rounds) * entropy / 2).squareRoot() + (entropy / 8).squareRoot()
  }
}
