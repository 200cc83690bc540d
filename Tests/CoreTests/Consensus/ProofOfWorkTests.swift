import Tensor
import Testing

@testable import Core

@Suite("Proof of work")
struct ProofOfWorkTests {
  private func setup(
    miners: Int, delay: DelayLaw, interval: Double = 10, window: Int? = nil, loss: Double = 0,
    changes: [ProofOfWork.RateChange] = [], load: Double = 1
  ) throws -> ProofOfWork {
    try ProofOfWork(
      miners: (0..<miners).map { _ in .init(power: 1) }, difficulty: DifficultyRule(interval: interval, window: window),
      conditions: NetworkConditions(delay: delay, loss: loss), load: TransactionLoad(rate: load, capacity: 20),
      rateChanges: changes)
  }

  /// With x = delay / interval and n miners, a height of the chain takes 1 + Poisson(x) blocks but for what miners find on
  /// their own blocks before others hear of them: at most x (1 + x) / n in the mean. Over N heights the mean has a
  /// standard deviation of sqrt(x / N); five of them are allowed.
  @Test(arguments: [0.5, 2, 5])
  func orphansAndIntervalsFollowTheClosedForm(_ delay: Double) throws {
    let miners = 100
    let report = try setup(miners: miners, delay: .constant(delay)).run(blocks: 4000, seed: 1)
    let x = delay / 10
    let heights = Double(report.chain.count)
    let bound = 5 * (x / heights).squareRoot() + x * (1 + x) / Double(miners) + 1 / heights
    let perHeight = Double(report.chain.count + report.orphans) / heights
    #expect(abs(perHeight - (1 + x)) < bound)
    #expect(abs(report.orphanRate - ProofOfWorkTheory.orphanRate(delay: delay, interval: 10)) < bound)
    // Interval: delay + an exponential time of standard deviation 10.
    let interval = try #require(report.meanInterval)
    let expected = ProofOfWorkTheory.chainInterval(delay: delay, interval: 10)
    let intervalBound: Double = 5 * 10 / heights.squareRoot() + x * (1 + x) / Double(miners) * expected
    #expect(abs(interval - expected) < intervalBound)
    #expect(report.properties.validity)
  }

  @Test func withoutDelayNothingIsOrphaned() throws {
    let report = try setup(miners: 5, delay: .constant(0)).run(blocks: 3000, seed: 2)
    #expect(report.orphans == 0 && report.forks == 0 && report.deepestReorganisation == 0)
    #expect(report.properties.agreement && report.properties.liveness)
    // Exponential times: mean and standard deviation are 10, five standard errors allowed.
    let interval = try #require(report.meanInterval)
    #expect(abs(interval - 10) < 5 * 10 / 3000.0.squareRoot())
  }

  /// The hash rate is multiplied by eight early on; after that each window lets the difficulty grow by at most four, so
  /// that three windows later blocks come at the wanted pace again.
  @Test func difficultyFollowsTheHashRate() throws {
    let report = try setup(
      miners: 4, delay: .constant(0.01), window: 100, changes: [.init(time: 1000, factor: 8)]
    ).run(blocks: 4000, seed: 3)
    let late = report.intervals.suffix(3000)
    // A window's time has a relative error of 1 / sqrt(100), which the next window corrects.
    #expect(abs(late.reduce(0, +) / 3000 - 10) < 0.6)
    let unadjusted = try setup(
      miners: 4, delay: .constant(0.01), changes: [.init(time: 1000, factor: 8)]
    ).run(blocks: 4000, seed: 3)
    let mean = unadjusted.intervals.suffix(3000).reduce(0, +) / 3000
    let bound: Double = 5 * 1.25 / 3000.0.squareRoot() + 0.02
    #expect(abs(mean - 1.25) < bound)
  }

  /// Messages are as good as instant, so that nobody takes the selfish miner's block in a tie.
  @Test(arguments: [0.25, 0.35, 0.45])
  func selfishMinersEarnWhatEyalAndSirerSay(_ power: Double) throws {
    let honest = (0..<10).map { _ in ProofOfWork.Miner(power: (1 - power) / 10) }
    let mining = try ProofOfWork(
      miners: [.init(power: power, behaviour: .selfish)] + honest, difficulty: .init(interval: 10, window: nil),
      conditions: NetworkConditions(delay: .constant(1e-6)), load: TransactionLoad(rate: 1, capacity: 10))
    let report = try mining.run(blocks: 60_000, seed: 4)
    let share = Double(report.production(members: 11)[0]) / Double(report.chain.count)
    // Blocks come in runs of mean length below 1 / (1 - 2 power): so many times fewer independent ones.
    let independent = Double(report.chain.count) * (1 - 2 * power)
    let bound: Double = 5 * (0.25 / independent).squareRoot()
    let expected = ProofOfWorkTheory.selfishShare(power: power, reach: 0)
    #expect(abs(share - expected) < bound)
    #expect((share > power) == (power > 1.0 / 3))
  }

  @Test func partitionsMakeForksThatEnd() throws {
    let mining = try ProofOfWork(
      miners: (0..<6).map { _ in .init(power: 1) }, difficulty: .init(interval: 10, window: nil),
      conditions: NetworkConditions(
        delay: .constant(0.1), partitions: [.init(from: 500, until: 1500, groups: [[0, 1, 2], [3, 4, 5]])]),
      load: TransactionLoad(rate: 0.5, capacity: 10), confirmations: 6)
    let report = try mining.run(blocks: 600, seed: 5)
    #expect(report.deepestReorganisation > 6)
    #expect(!report.properties.agreement)
    #expect(report.properties.validity && report.properties.liveness)
    // Half of the power worked in vain for 1000 s: 50 blocks, with a standard deviation of 7 and two sides to lose.
    #expect((15...95).contains(report.orphans))
  }

  @Test func lateMinersLoseTheirBlocks() throws {
    let mining = try ProofOfWork(
      miners: (0..<9).map { _ in .init(power: 0.1) } + [.init(power: 0.1, behaviour: .late(20))],
      difficulty: .init(interval: 10, window: nil), conditions: NetworkConditions(delay: .constant(0.05)),
      load: TransactionLoad(rate: 0.5, capacity: 10))
    let report = try mining.run(blocks: 10_000, seed: 6)
    let shares = report.production(members: 10).map { Double($0) / Double(report.chain.count) }
    #expect(shares[9] < 0.05)
    #expect(shares[..<9].allSatisfy { $0 > 0.09 })
  }

  /// Throughput is what comes, as long as blocks have room for it, and what they have room for otherwise.
  @Test func throughputSaturates() throws {
    let quiet = try setup(miners: 4, delay: .constant(0.01), load: 0.5).run(blocks: 4000, seed: 7)
    #expect(abs(quiet.throughput - 0.5) < 0.02)
    let loud = try setup(miners: 4, delay: .constant(0.01), load: 10).run(blocks: 4000, seed: 7)
    let bound: Double = 5 * 2 / 4000.0.squareRoot() + 0.02
    #expect(abs(loud.throughput - 2) < bound)
    #expect(try #require(quiet.consensusDelay) > 6 * 9)
  }

  @Test func theSameSeedGivesTheSameCourse() throws {
    let mining = try setup(miners: 7, delay: .exponential(2), window: 50, loss: 0.1)
    #expect(try mining.run(blocks: 500, seed: 8) == mining.run(blocks: 500, seed: 8))
    #expect(try mining.run(blocks: 500, seed: 8) != mining.run(blocks: 500, seed: 9))
  }

  @Test func nothingWrongIsSimulated() throws {
    #expect(throws: ConsensusError.self) { try setup(miners: 0, delay: .constant(0)) }
    #expect(throws: ConsensusError.self) { try setup(miners: 1, delay: .constant(-1)) }
    #expect(throws: ConsensusError.self) { try setup(miners: 1, delay: .constant(.nan)) }
    #expect(throws: ConsensusError.self) { try setup(miners: 1, delay: .constant(0), interval: 0) }
    #expect(throws: ConsensusError.self) { try setup(miners: 1, delay: .constant(0), loss: 1) }
    #expect(throws: ConsensusError.self) { try setup(miners: 2000, delay: .constant(0)).run(blocks: 200_000, seed: 0) }
  }
}
