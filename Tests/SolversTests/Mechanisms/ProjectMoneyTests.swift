import Tensor
import Testing

@testable import Solvers

/// Money is conserved to the last unit wherever a project divides it.
@Suite struct ProjectMoneyTests {
  @Test func sharesSumToTheTotal() throws {
    var random = RandomStream(seed: 5, purpose: "shares")
    for _ in 0..<500 {
      let total = Int128.random(in: 0...1_000_000_000_000_000_000_000_000_007, using: &random)
      let weights = (0..<Int.random(in: 1...9, using: &random)).map { _ in Int128.random(in: 0...12, using: &random) }
      guard weights.contains(where: { $0 > 0 }) else { continue }
      let shares = try CostShares.weighted(total, by: weights)
      #expect(shares.reduce(0, +) == total)
      #expect(zip(shares, weights).allSatisfy { $1 > 0 || $0 == 0 })
    }
    #expect(throws: ProjectError.self) { try CostShares.weighted(5, by: [0, 0]) }
    #expect(throws: ProjectError.self) { try CostShares.equal(5, among: 0) }
  }

  @Test func thePriceStaysInItsInterval() throws {
    let interval = try PostedInterval(low: 500, high: 1000)
    #expect(interval.totalPayment(try Beacon(0, of: 7)) == 500)
    #expect(interval.totalPayment(try Beacon(UInt128.max - 1, of: .max)) == 999)
    #expect(throws: ProjectError.self) { try Beacon(7, of: 7) }
    #expect(throws: ProjectError.self) { try PostedInterval(low: 5, high: 4) }
  }

  @Test func recyclingConservesThePool() throws {
    let recycling = try TaxRecycling(pool: 1003, ownerCosts: [50, 300, 1000], stationRewards: [10, 20])
    let given = (1350 - recycling.ownerCosts.reduce(0, +)) + (recycling.stationRewards.reduce(0, +) - 30)
    #expect(given + recycling.left == 1003)
    #expect(recycling.ownerCosts.allSatisfy { $0 >= 0 })
  }

  /// A rebate does not depend on what its receiver said, and all of them together never exceed the taxes.
  @Test func rebatesAreBlindToTheirReceiver() throws {
    let amounts: [Int128] = [0, 20, 45, 70]
    let ownerDomain = amounts.flatMap { a in amounts.map { [a, $0] } }
    let domains = [ownerDomain, ownerDomain, ownerDomain, [[0, 0], [0, 30], [30, 0]]]
    let shares = try ProjectShares<Int128>(
      owners: MoneyTable([[20, 10], [20, 10], [20, 10]]), stations: MoneyTable([[60, 30]]))
    var gaveSomething = false
    for others in ownerDomain {
      var rebates: Set<Int128> = []
      for own in ownerDomain {
        let reports = try ProjectReports<Int128>(
          owners: MoneyTable([own, others, [70, 20]]), stations: MoneyTable([[0, 30]]))
        let result = try CavalloRebates(reports, shares: shares, domains: domains)
        rebates.insert(result.rebates[0])
        #expect(result.left >= 0 && result.rebates.allSatisfy { $0 >= 0 })
        #expect(result.left + result.rebates.reduce(0, +) == result.taxTotal)
        if result.rebates.contains(where: { $0 > 0 }) { gaveSomething = true }
      }
      #expect(rebates.count == 1)
    }
    #expect(gaveSomething)
  }

  // MARK: Promises

  @Test func evidenceProtectsFromMalice() throws {
    let kept = try PromiseVote(promised: 900_000, measured: 910_000, votes: [true, true, true], bond: 1000)
    #expect(!kept.isPunished && kept.penalty == 0)
    let byVote = try PromiseVote(
      promised: 900_000, measured: 910_000, votes: [true, true, true], bond: 1000, gate: .vote)
    #expect(byVote.isPunished && byVote.penalty == 1000)
  }

  @Test func aPenaltyGrowsWithTheShortfallUpToTheBond() throws {
    var last: Int128 = 0
    for measured in stride(from: 900_000, through: 0, by: -50_000) {
      let vote = try PromiseVote(
        promised: 900_000, measured: measured, votes: [true], bond: 1001, slope: PromiseVote.Slope(3, over: 2))
      #expect(vote.penalty >= last && vote.penalty <= 1001)
      last = vote.penalty
    }
    #expect(last == 1001)
  }

  @Test(
    arguments: [
      ([true, false], false), ([true, true, false], true), ([true, nil], true), ([true, nil, nil], false), ([], false),
    ] as [([Bool?], Bool)])
  func aVoteNeedsMostOfTheVotesAndHalfOfTheVoters(votes: [Bool?], punished: Bool) throws {
    #expect(try PromiseVote(promised: 10, measured: 0, votes: votes, bond: 1).isPunished == punished)
  }

  // MARK: Clients

  @Test func twinsShareOnlyByShapley() throws {
    // 600,000 with either twin, 200,000 more with the third client.
    let values: [Int128] = [0, 600_000, 600_000, 600_000, 0, 800_000, 800_000, 800_000]
    let shapley = try ClientRewards.shapley(1_000_000, values: values)
    #expect(shapley.reduce(0, +) == 1_000_000)
    #expect(shapley[0] == shapley[1] && shapley[0] > 0)
    let leaveOneOut = try ClientRewards.leaveOneOut(1_000_000, full: 800_000, without: [800_000, 800_000, 600_000])
    #expect(leaveOneOut == [0, 0, 1_000_000])
    #expect(try ClientRewards.localGain(10, base: 5, local: [4, 5, 1]) == [4, 3, 3])
  }

  /// Against the Shapley value of the contribution measures, in doubles.
  @Test func exactShapleyAgreesWithTheOther() throws {
    var random = RandomStream(seed: 8, purpose: "clients")
    let values = (0..<32).map { $0 == 0 ? Int128(0) : Int128.random(in: 0...1_000_000, using: &random) }
    var game = try CoalitionGame(players: 5) { coalition in
      Double(values[coalition.reduce(0) { $0 | 1 << $1 }])
    }
    let doubles = try game.shapleyValue().values.map { max(0, $0) }
    let shares = try ClientRewards.shapley(1_000_000_000, values: values)
    for (share, value) in zip(shares, doubles) {
      #expect(abs(Double(share) - 1e9 * value / doubles.reduce(0, +)) < 2)
    }
  }
}
