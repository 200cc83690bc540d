import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many transactions blocks hold when they come at fixed times and each has room for so many.
///
/// Source: HCFL figure 6; specification section 5.
public struct BlockFilling: Sendable, Equatable {
  /// How transactions come.
  public enum Arrivals: String, CaseIterable, Sendable {
    /// One every 1 / rate seconds.
    case even
    /// At random, independently of each other.
    case poisson
  }

  /// Transactions per second.
  public let rate: Double
  /// Transactions in a block, on average.
  public let meanTransactions: Double
  /// min(rate times block time, capacity): what it would be if transactions were a fluid.
  public let fluid: Double
  /// How many wait after each block.
  public let queue: [Int]

  /// The most blocks that are simulated at once.
  public static let blockLimit = 10_000_000
  /// The most transactions that may come in one block time.
  public static let arrivalLimit = 1e9

  /// - Parameters:
  ///   - rate: transactions per second, at least 0.
  ///   - blockTime: seconds from block to block, above 0.
  ///   - capacity: transactions that a block has room for.
  /// - Throws: `InvalidParameter`.
  public init(
    rate: Double, blockTime: Double, capacity: Int, blocks: Int, arrivals: Arrivals, seed: UInt64 = 0
  ) throws(CrowdfundingError) {
    guard rate >= 0, blockTime > 0, blockTime.isFinite, rate * blockTime <= Self.arrivalLimit else {
      throw CrowdfundingError(
        .invalidParameter,
        "a rate must be at least 0 and a block time above 0, and at most 1e9 transactions may come in one block time; "
          + "given \(rate) and \(blockTime)")
    }
    guard capacity >= 0, (1...Self.blockLimit).contains(blocks) else {
      throw CrowdfundingError(
        .invalidParameter,
        "a capacity must be at least 0, and blocks from 1 to \(Self.blockLimit); given \(capacity) and \(blocks)")
    }
    let perBlock = rate * blockTime
    var stream = RandomStream(seed: seed, purpose: "block arrivals")
    var process = PoissonArrivals(rate: perBlock)
    var (waiting, taken) = (0.0, 0.0)
    var queue: [Int] = []
    queue.reserveCapacity(blocks)
    for block in 0..<blocks {
      switch arrivals {
      // Rounding must not take the transaction away that comes just with the block.
      case .even:
        waiting +=
          (perBlock * Double(block + 1) + 1e-9).rounded(.down) - (perBlock * Double(block) + 1e-9).rounded(.down)
      case .poisson: waiting += Double(process.countInNextUnit(&stream))
      }
      let filled = min(waiting, Double(capacity))
      waiting -= filled
      taken += filled
      queue.append(Int(exactly: waiting) ?? .max)
    }
    self.rate = rate
    self.queue = queue
    meanTransactions = taken / Double(blocks)
    fluid = min(perBlock, Double(capacity))
  }

  /// By how many transactions a block the queue grows, over the second half of the blocks.
  public var queueGrowth: Double {
    let half = queue.count / 2
    guard let last = queue.last, queue.count - 1 > half else { return 0 }
    return Double(last - queue[half]) / Double(queue.count - 1 - half)
  }
}

/// Arrivals at random: how many fall into each unit of time.
private struct PoissonArrivals {
  let rate: Double
  private var untilNext: Double?

  init(rate: Double) { self.rate = rate }

  mutating func countInNextUnit(_ stream: inout RandomStream) -> Int {
    guard rate > 0 else { return 0 }
    // Above this, the normal approximation's error in the mean is far below one part in 10^4 and counting is slow.
    guard rate < 1e4 else { return max(0, Int((rate + rate.squareRoot() * stream.normal()).rounded())) }
    var elapsed = untilNext ?? -log(stream.openUniform()) / rate
    var count = 0
    while elapsed < 1 {
      count += 1
      elapsed += -log(stream.openUniform()) / rate
    }
    untilNext = elapsed - 1
    return count
  }
}
