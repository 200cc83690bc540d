import Tensor
import Testing

@testable import Solvers

@Suite struct SubsetSelectionTests {
  private func sellers(_ count: Int, _ stream: inout RandomStream) throws -> DataSellers {
    try DataSellers(
      sizes: (0..<count).map { _ in stream.uniform(2_000, 20_000) },
      distances: (0..<count).map { _ in stream.uniform(0.1, 1.8) }, valueScale: 10)
  }

  /// No set is better than the best, and the best is worth what it says.
  @Test func theBestSetIsBest() throws {
    var stream = RandomStream(seed: 1, purpose: "subsets")
    for count in 1...7 {
      let selection = try SubsetSelection(sellers(count, &stream))
      let bids = (0..<count).map { _ in stream.uniform(0, 0.6) }
      let best = try selection.optimal(bids: bids)
      let values = selection.values
      for set in values.indices {
        let cost = bids.indices.reduce(0.0) { set >> $1 & 1 == 1 ? $0 + bids[$1] : $0 }
        #expect(values[set] - cost <= best.welfare + 1e-12)
      }
      #expect(try selection.greedy(bids: bids).welfare <= best.welfare + 1e-12)
      #expect(try selection.lowestBids(bids: bids, count: best.winners.count).welfare <= best.welfare + 1e-12)
    }
  }

  /// Of equal sets the smallest wins, then the first in lexicographic order.
  @Test func tiesGoToFewAndEarly() throws {
    let twins = try SubsetSelection(DataSellers(sizes: [9_000, 9_000, 9_000], distances: [0.5, 0.5, 0.5]))
    let alone = try twins.optimal(bids: [0.05, 0.05, 0.05])
    #expect(alone.winners == Array(0..<alone.winners.count))
    let worthless = try SubsetSelection(DataSellers(sizes: [0, 0], distances: [0, 0]))
    #expect(try worthless.optimal(bids: [0, 0]).winners.isEmpty)
  }

  /// Whatever a seller says, truth is as good for it, in VCG and in the optimal auction, and no truthful seller loses.
  @Test func paymentsAreTruthful() throws {
    var stream = RandomStream(seed: 2, purpose: "truth")
    for _ in 0..<40 {
      let selection = try SubsetSelection(sellers(4, &stream))
      let costs = (0..<4).map { _ in stream.uniform(0, 1) }
      func utilities(_ bids: [Double]) throws -> (vcg: [Double], myerson: [Double]) {
        let vcg = try selection.vickrey(bids: bids)
        let myerson = try selection.myerson(bids: bids, low: 0, high: 1).outcome
        func of(_ outcome: ProcurementOutcome) -> [Double] {
          costs.indices.map { outcome.payments[$0] - (outcome.winners.contains($0) ? costs[$0] : 0) }
        }
        return (of(vcg), of(myerson))
      }
      let truth = try utilities(costs)
      #expect((truth.vcg + truth.myerson).allSatisfy { $0 >= -1e-9 })
      for seller in 0..<4 {
        for _ in 0..<5 {
          var bids = costs
          bids[seller] = stream.uniform(0, 1)
          let lie = try utilities(bids)
          #expect(lie.vcg[seller] <= truth.vcg[seller] + 1e-9)
          #expect(lie.myerson[seller] <= truth.myerson[seller] + 1e-9)
        }
      }
    }
  }

  /// The mean of the buyer's surplus is that of the virtual surplus (Myerson's lemma), and above VCG's.
  @Test func myersonLeavesMostToTheBuyer() throws {
    var stream = RandomStream(seed: 3, purpose: "costs")
    let selection = try SubsetSelection(
      DataSellers(sizes: [20_000, 15_000, 10_000], distances: [0.8, 0.5, 0.3], valueScale: 10))
    var (surplus, virtual, vcg) = (0.0, 0.0, 0.0)
    for _ in 0..<20_000 {
      let costs = (0..<3).map { _ in stream.uniform(0, 1) }
      let best = try selection.myerson(bids: costs, low: 0, high: 1)
      surplus += best.outcome.buyerSurplus
      virtual += best.virtualSurplus
      vcg += try selection.vickrey(bids: costs).buyerSurplus
    }
    #expect(abs(surplus - virtual) < 0.01 * 20_000)
    #expect(abs(surplus / 20_000 - 1.1072) < 0.01 && abs(vcg / 20_000 - 0.8038) < 0.01)
  }

  @Test func twentySellersAreTheMost() throws {
    let many = [Double](repeating: 1_000, count: 21)
    let close = [Double](repeating: 0.1, count: 21)
    #expect(throws: EdgeError.tooManyBidders(given: 21, allowed: 20)) {
      _ = try SubsetSelection(DataSellers(sizes: many, distances: close))
    }
    let selection = try SubsetSelection(DataSellers(sizes: [1, 2], distances: [0.1, 0.1]))
    #expect(throws: EdgeError.self) { _ = try selection.vickrey(bids: [.nan, 1]) }
    #expect(throws: EdgeError.self) { _ = try selection.vickrey(bids: [1]) }
    #expect(throws: EdgeError.self) { _ = try selection.myerson(bids: [2, 0], low: 0, high: 1) }
  }
}

@Suite struct ProducerLotteryTests {
  /// The closed form is what drawing gives.
  @Test func printedChancesAreThoseOfDrawing() throws {
    let revenues = [5.0, 3, 2]
    let expected = try ProducerLottery.paper.chances(revenues: revenues)
    var stream = RandomStream(seed: 1, purpose: "stake")
    var counts = [Double](repeating: 0, count: 4)
    for _ in 0..<200_000 {
      let winner = try ProducerLottery.printedWinner(
        revenues: revenues, threshold: stream.uniform(), pick: stream.uniform())
      counts[winner ?? 3] += 1
    }
    for (count, chance) in zip(counts, expected.servers + [expected.nobody]) {
      #expect(abs(count / 200_000 - chance) < 0.005)
    }
    #expect(abs(expected.nobody - 0.5) < 1e-12)
  }

  @Test(arguments: ProducerLottery.allCases)
  func chancesAddToOne(_ variant: ProducerLottery) throws {
    for revenues in [[1.0], [0, 0, 0], [1, 2, 3, 0], [1e300, 1e308, 5e307]] {
      let chances = try variant.chances(revenues: revenues)
      #expect(abs(chances.servers.reduce(chances.nobody, +) - 1) < 1e-12)
    }
  }
}
