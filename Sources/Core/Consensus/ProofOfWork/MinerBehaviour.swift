/// How a miner goes about its work.
public enum MinerBehaviour: Sendable, Equatable {
  /// Mines on the chain of the most work, and tells everybody at once.
  case honest
  /// Keeps its blocks to itself and shows them just in time to make others' work worthless (Eyal and Sirer 2014).
  case selfish
  /// Hears, and is heard, so many seconds later than others.
  case late(Double)

  var lateness: Double { if case .late(let seconds) = self { seconds } else { 0 } }
}

/// What is known in closed form of proof of work on an ideal network.
public enum ProofOfWorkTheory {
  /// The share of blocks that are orphaned when many small miners hear of each block after `delay`: x / (1 + x), with
  /// x the delay over the mean time between blocks.
  ///
  /// A height takes the delay, and then an exponential time, until the next is found; blocks found before everybody
  /// has heard share the height.
  ///
  /// Source: Sompolinsky and Zohar 2015, section 4.
  public static func orphanRate(delay: Double, interval: Double) -> Double { delay / (interval + delay) }

  /// Seconds from block to block of the chain: interval + delay.
  public static func chainInterval(delay: Double, interval: Double) -> Double { interval + delay }

  /// A selfish miner's share of the chain.
  ///
  /// - Parameters:
  ///   - power: its share of the hash rate, below 1/2.
  ///   - reach: which share of the others takes its block where two compete.
  /// Source: Eyal and Sirer, "Majority is not enough", 2014, equation 8.
  public static func selfishShare(power: Double, reach: Double) -> Double {
    let (a, g) = (power, reach)
    return (a * (1 - a) * (1 - a) * (4 * a + g * (1 - 2 * a)) - a * a * a) / (1 - a * (1 + (2 - a) * a))
  }
}
