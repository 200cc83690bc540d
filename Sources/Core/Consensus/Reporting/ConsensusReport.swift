/// What a simulation of consensus came to.
public struct ConsensusReport: Sendable, Equatable {
  public struct Block: Sendable, Equatable {
    public let height: Int
    /// Who made it.
    public let producer: Int
    /// When it was made, in seconds.
    public let created: Double
    /// When it was final; nil when the simulation ended before.
    public let final: Double?
    public let transactions: Int
  }

  /// What consensus promises, looked at in the simulation's whole course.
  public struct Properties: Sendable, Equatable {
    /// No two honest members took different blocks of one height for final.
    public let agreement: Bool
    /// Every block of the chain builds on the one before by the rules.
    public let validity: Bool
    /// Final blocks kept coming until the end, once the network was whole.
    public let liveness: Bool
  }

  /// The chain that all agree on in the end, without its first block.
  public let chain: [Block]
  /// Blocks that were made and are not in the chain.
  public let orphans: Int
  /// How many blocks there are at each height of the chain, the chain's own among them.
  public let blocksAtHeight: [Int]
  /// How many blocks an honest member gave up at once, at most.
  public let deepestReorganisation: Int
  public let messages: Int
  /// Until when was simulated, in seconds.
  public let duration: Double
  /// T^c: from a transaction's coming to its being final, on average, in seconds; nil when none became final.
  public let consensusDelay: Double?
  public let properties: Properties

  /// Heights at which there are several blocks.
  public var forks: Int { blocksAtHeight.count { $0 > 1 } }

  /// Of all blocks that were made.
  public var orphanRate: Double {
    let made = chain.count + orphans
    return made == 0 ? 0 : Double(orphans) / Double(made)
  }

  /// Seconds from block to block, the first counted from the beginning.
  public var intervals: [Double] { zip([0] + chain.map(\.created), chain.map(\.created)).map { $1 - $0 } }

  public var meanInterval: Double? { mean(intervals) }

  /// Transactions per second, up to the last block.
  public var throughput: Double {
    guard let last = chain.last, last.created > 0 else { return 0 }
    return Double(chain.reduce(0) { $0 + $1.transactions }) / last.created
  }

  public var meanTransactions: Double? { mean(chain.map { Double($0.transactions) }) }

  /// From a block's making to its being final, on average, in seconds.
  public var meanFinality: Double? { mean(chain.compactMap { block in block.final.map { $0 - block.created } }) }

  /// How many blocks of the chain each of the members made.
  public func production(members: Int) -> [Int] {
    chain.reduce(into: [Int](repeating: 0, count: members)) { counts, block in
      if counts.indices.contains(block.producer) { counts[block.producer] += 1 }
    }
  }

  private func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
