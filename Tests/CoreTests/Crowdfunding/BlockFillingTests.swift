import Testing

@testable import Core

@Suite("Transactions per block")
struct BlockFillingTests {
  @Test(arguments: [0.25, 0.5, 1, 1.5, 2, 3, 4])
  func evenArrivalsFillAsAFluidDoes(_ rate: Double) throws {
    let filling = try BlockFilling(rate: rate, blockTime: 5, capacity: 10, blocks: 4000, arrivals: .even)
    #expect(filling.meanTransactions == filling.fluid)
  }

  /// Below saturation the mean of Poisson arrivals over n blocks has a standard deviation of sqrt(rate tau / n): six of
  /// them are allowed, and above it only what the empty queue of the beginning costs.
  @Test(arguments: [0.25, 0.5, 1, 1.5, 3, 4])
  func randomArrivalsDoSoOnAverage(_ rate: Double) throws {
    let filling = try BlockFilling(rate: rate, blockTime: 5, capacity: 10, blocks: 4000, arrivals: .poisson, seed: 1)
    let bound = 6 * (rate * 5 / 4000).squareRoot()
    #expect(abs(filling.meanTransactions - filling.fluid) < bound)
    let growth = max(0, rate * 5 - 10)
    #expect(abs(filling.queueGrowth - growth) < 6 * (rate * 5 / 2000).squareRoot())
  }

  @Test func refusals() {
    #expect(throws: CrowdfundingError.self) {
      try BlockFilling(rate: -1, blockTime: 5, capacity: 10, blocks: 10, arrivals: .even)
    }
    #expect(throws: CrowdfundingError.self) {
      try BlockFilling(rate: .infinity, blockTime: 5, capacity: 10, blocks: 10, arrivals: .even)
    }
    #expect(throws: CrowdfundingError.self) {
      try BlockFilling(rate: 1, blockTime: 5, capacity: 10, blocks: 0, arrivals: .even)
    }
  }
}
