import Solvers
import Tensor
import Testing

@testable import Core

@Suite("Proof of stake")
struct ProofOfStakeTests {
  private func stake(
    _ lottery: ProducerLottery, revenues: [Double] = [5, 3, 2], delay: Double = 0.1, reward: Double = 0,
    offline: Set<Int> = []
  ) throws -> ProofOfStake {
    try ProofOfStake(
      revenues: revenues, lottery: lottery, slotTime: 5, reward: reward, offline: offline,
      conditions: NetworkConditions(delay: .constant(delay)), load: TransactionLoad(rate: 1, capacity: 10))
  }

  /// Shares (.5, .3, .2): as printed they are drawn with .633 (1 - nobody), ...; five standard errors of a share of
  /// 20000 draws are below .018.
  @Test(arguments: ProducerLottery.allCases)
  func producersAreDrawnByTheirChances(_ lottery: ProducerLottery) throws {
    let outcome = try stake(lottery).run(slots: 20_000, seed: 1)
    for (server, chance) in outcome.chances.enumerated() {
      #expect(abs(Double(outcome.drawn[server]) / 20_000 - chance) < 0.018)
    }
    #expect(abs(Double(outcome.emptySlots) / 20_000 - outcome.chanceOfNobody) < 0.018)
    if lottery == .paperRedraw { #expect(abs(outcome.chances[0] - 0.6333) < 1e-3) }
    #expect((outcome.emptySlots > 0) == (lottery == .paper))
    // Messages arrive before the next draw: no forks, and everybody agrees.
    #expect(outcome.report.orphans == 0 && outcome.report.properties.agreement)
    #expect(outcome.report.properties.validity && outcome.report.properties.liveness)
    #expect(outcome.report.chain.count == 20_000 - outcome.emptySlots)
  }

  /// Ten equal servers: nobody exceeds r nine times out of ten, so that blocks come every 50 seconds instead of 5.
  @Test func thePrintedRuleWaits() throws {
    let outcome = try stake(.paper, revenues: [Double](repeating: 1, count: 10)).run(slots: 20_000, seed: 2)
    #expect(abs(outcome.chanceOfNobody - 0.9) < 1e-9)
    // Geometric times: the mean's standard error is 50 / sqrt(2000).
    let interval = try #require(outcome.report.meanInterval)
    #expect(abs(interval - 50) < 5 * 50 / 2000.0.squareRoot())
  }

  @Test func slowMessagesMakeForks() throws {
    let outcome = try stake(.proportional, delay: 8).run(slots: 4000, seed: 3)
    #expect(outcome.report.orphanRate > 0.2)
    #expect(outcome.report.properties.validity)
  }

  @Test func whoIsOfflineIsNotDrawn() throws {
    let outcome = try stake(.proportional, offline: [0]).run(slots: 4000, seed: 4)
    #expect(outcome.drawn[0] == 0 && abs(outcome.chances[1] - 0.6) < 1e-12)
  }

  @Test func rewardsAddUp() throws {
    let outcome = try stake(.proportional, reward: 2).run(slots: 300, seed: 5)
    #expect(outcome.revenues.reduce(0, +) == 10 + 600)
  }

  @Test func nothingWrongIsSimulated() {
    #expect(throws: (any Error).self) { try stake(.paper, revenues: []) }
    #expect(throws: (any Error).self) { try stake(.paper, revenues: [1, -1]) }
    #expect(throws: (any Error).self) { try stake(.paper, offline: [0, 1, 2]) }
    #expect(throws: (any Error).self) { try stake(.paper, offline: [3]) }
    #expect(throws: (any Error).self) { try stake(.paper).run(slots: 0, seed: 0) }
  }
}
