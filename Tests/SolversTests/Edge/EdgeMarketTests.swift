import Tensor
import Testing

@testable import Solvers

/// TBCIM's lower level: closed forms against searches, rules against each other, regret against perturbation.
@Suite struct EdgeMarketTests {
  private func server(_ workers: Int, seed: UInt64, value: Double = 0) -> EdgeServer {
    var stream = RandomStream(seed: seed, purpose: "edge markets")
    var server = TrialEdgeMarket.server((0..<workers).map { _ in TrialEdgeMarket.worker(&stream) })
    server.resourceValue = value
    return server
  }

  /// (36) and the participation price against searches that share no formula with them.
  @Test func closedFormsBeatSearches() throws {
    for worker in server(60, seed: 1).workers {
      let lowest = try worker.participationPrice()
      let searched = try #require(worker.searchedParticipationPrice())
      #expect(abs(searched - lowest) < 1e-6 * lowest)
      for factor in [0.5, 1, 3] {
        let price = factor * lowest
        let held = try worker.profit(price: price)
        #expect(worker.searchedResponse(to: price).profit <= held.profit + 1e-12 * held.fee)
      }
    }
  }

  /// At the best response half of the fee is spent on computation, and the marginal worker is paid twice its fixed
  /// costs.
  @Test func halfOfTheFeeIsBurnt() throws {
    for worker in server(40, seed: 2).workers {
      let done = try worker.profit(price: 0.3)
      #expect(abs(done.costs.computation - done.fee / 2) < 1e-12 * done.fee)
      let marginal = try worker.profit(price: worker.participationPrice())
      #expect(abs(marginal.fee - 2 * marginal.costs.fixed) < 1e-12 * marginal.fee)
      #expect(abs(marginal.profit) < 1e-12 * marginal.fee)
    }
  }

  /// A binding cap raises the participation price to where it is just enough.
  @Test func cappedWorkersNeedMore() throws {
    for worker in server(40, seed: 3).workers {
      let free = try worker.participationPrice()
      let cap = 0.3 * worker.response(to: free)
      let capped = try worker.participationPrice(cap: cap)
      #expect(capped > free)
      let done = try worker.profit(price: capped, cap: cap)
      #expect(done.resource == cap && abs(done.profit) < 1e-12 * done.fee)
      // A cap that does not bind changes nothing.
      #expect(try worker.participationPrice(cap: 10 * worker.response(to: free)) == free)
    }
  }

  /// The printed (37) is off by 1 / (kappa theta).
  @Test func printedFeesLackASquare() throws {
    for worker in server(20, seed: 4).workers {
      let ratio = worker.feeFactor(.paper) / worker.feeFactor()
      #expect(abs(ratio - worker.distanceWeight * worker.distance) < 1e-12 * ratio)
      let revenue = try EdgeRevenue(workers: [worker], price: 0.2, gasPerWorker: 0, quality: DataQuality())
      let fee = try worker.profit(price: 0.2).fee
      #expect(abs(revenue.fees - fee) < 1e-12 * fee)
      #expect(abs(revenue.resource * 0.2 - fee) < 1e-12 * fee)
    }
  }

  /// The more the server may choose, the more it is left with; all but `literal` leave nobody a loss.
  @Test(arguments: [0, 0.02, 0.3])
  func freedomPays(value: Double) throws {
    for seed in 0..<60 {
      let server = server(6, seed: 100 + UInt64(seed), value: value)
      let prices = try [LeaderRule.literal, .fixedSet, .prefix, .subset].map { try server.leaderPrice(rule: $0) }
      #expect(prices[3].revenue >= prices[1].revenue - 1e-12)
      #expect(prices[3].revenue >= prices[2].revenue - 1e-12)
      #expect(prices[0].price == value / 2)
      for price in prices.dropFirst() { #expect(price.profits.allSatisfy { $0 >= -1e-12 }) }
      // Whoever is willing at the price of `prefix` works.
      let prefix = prices[2]
      for worker in server.workers.indices where prefix.participation[worker] < prefix.price {
        #expect(prefix.selected.contains(worker))
      }
    }
  }

  /// The revenue that a rule reports is that of (33) at its price, and equals what a market counts.
  @Test func revenueIsThatOfTheFormula() throws {
    for rule in LeaderRule.allCases {
      let server = server(7, seed: 6, value: 0.05)
      let market = try EdgeMarket(server, rule: rule)
      let chosen = market.leader.selected.map { server.workers[$0] }
      let revenue = try EdgeRevenue(
        workers: chosen, price: market.leader.price, gasPerWorker: server.gasPerWorker, quality: server.quality,
        resourceValue: 0.05)
      guard !chosen.isEmpty else { continue }
      #expect(abs(revenue.revenue - market.leader.revenue) < 1e-9)
      #expect(abs(revenue.fees - market.fees) < 1e-9 && abs(revenue.gas - market.gas) < 1e-12)
      #expect(abs(revenue.utility - market.data.value) < 1e-12)
    }
  }

  /// Nobody gains by departing, as far as a search without closed forms finds: neither server nor workers.
  @Test(arguments: [LeaderRule.fixedSet, .prefix, .subset], [0, 0.08])
  func nobodyGainsByDeparting(rule: LeaderRule, value: Double) throws {
    for seed in 0..<15 {
      let market = try EdgeMarket(server(1 + seed % 8, seed: 200 + UInt64(seed), value: value), rule: rule)
      let regret = try #require(market.regret)
      #expect(regret.maximum < 1e-9, "\(regret)")
    }
  }

  /// The printed price is no equilibrium: every worker gains its fixed costs by leaving.
  @Test func printedPriceDrivesWorkersAway() throws {
    let server = server(5, seed: 7)
    let market = try EdgeMarket(server, rule: .literal)
    let regret = try #require(market.regret)
    for (worker, gain) in zip(server.workers, regret.workers) {
      #expect(abs(gain - worker.costs(of: 0).fixed) < 1e-12)
    }
    #expect(regret.leader < 1e-12)
  }

  /// The search would see a worse price or a worse set.
  @Test func theSearchSeesDepartures() throws {
    let server = TrialEdgeMarket.server()
    let best = try server.leaderPrice()
    func regret(_ price: Double, _ selected: [Int], _ rule: LeaderRule) throws -> EdgeRegret {
      let team = selected.reduce(EdgeServer.Team()) { $0.adding(server.workers[$1], participation: 0) }
      let work = selected.map { server.workers[$0].profit(at: price, resource: server.workers[$0].response(to: price)) }
      let moved = LeaderPrice(
        price: price, selected: selected, revenue: server.revenue(of: team, price: price),
        participation: best.participation, profits: work.map(\.profit))
      return try EdgeRegret(of: moved, server: server, rule: rule, work: work, cancellation: .never)
    }
    #expect(try regret(1.05 * best.price, best.selected, .subset).leader > 1e-3)
    #expect(try regret(best.price, [0, 2, 3], .subset).leader > 1e-3)
    #expect(try regret(0.9 * best.price, best.selected, .subset).workers.max() ?? 0 > 1e-3)
    // Where everyone willing works, the one left out would join.
    #expect(try regret(best.price, best.selected, .prefix).workers[0] > 0.1)
  }

  /// The solver tries every set: so does this test, by counting in binary.
  @Test func subsetIsTheBestOfAllSets() throws {
    for seed in 0..<20 {
      let server = server(8, seed: 300 + UInt64(seed), value: 0.02)
      let solved = try server.leaderPrice()
      var best = 0.0
      for mask in 1..<256 {
        let members = (0..<8).filter { mask >> $0 & 1 == 1 }
        let chosen = members.map { server.workers[$0] }
        let price = max(0.01, try chosen.map { try $0.participationPrice() }.max() ?? 0)
        best = max(
          best,
          try EdgeRevenue(
            workers: chosen, price: price, gasPerWorker: server.gasPerWorker, quality: server.quality,
            resourceValue: 0.02
          ).revenue)
      }
      #expect(abs(solved.revenue - best) < 1e-9)
    }
  }

  /// With twenty workers, the most that `subset` takes, the answer still stands the search; a user can stop it.
  @Test func twentyWorkers() throws {
    let market = try EdgeMarket(server(20, seed: 8))
    #expect(try #require(market.regret).maximum < 1e-9)
    let stopped = Cancellation { true }
    #expect(throws: Cancelled.self) { try server(20, seed: 8).leaderPrice(cancellation: stopped) }
    #expect(throws: Cancelled.self) { try EdgeMarket(server(3, seed: 8), cancellation: stopped) }
  }
}
