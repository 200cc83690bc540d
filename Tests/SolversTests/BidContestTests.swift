import Foundation
import Tensor
import Testing

@testable import Solvers

@Suite struct BidContestTests {
  private func value(_ bid: Double, _ total: Double, _ load: Double, _ value: Double, _ variant: Variant) -> Double {
    BidContest.objective(bid: bid, competitors: total, load: load, value: value, variant: variant)
  }

  /// No bid of a grid over [0, v] beats the closed form, which lies below v / 2 and is positive exactly for v > A D.
  @Test func closedFormBeatsGridSearch() throws {
    var stream = RandomStream(seed: 1, purpose: "closed form")
    for _ in 0..<2000 {
      let total = stream.uniform(0.01, 5)
      let load = stream.uniform(0, 3)
      let prize = stream.uniform(0.1, 60)
      let bid = try BidContest.bestBid(competitors: [total], load: [load], value: [prize])[0]
      let best = value(bid, total, load, prize, .corrected)
      #expect((bid > 0) == (prize > load * total))
      #expect(bid < prize / 2)
      for step in 0...400 {
        #expect(value(prize * Double(step) / 400, total, load, prize, .corrected) <= best + 1e-12 * prize)
      }
    }
  }

  /// The vectorised loop and the remainder agree with the formula as written, with every pattern of shared entries.
  @Test(arguments: [1, 7, 8, 9, 33])
  func closedFormOverArrays(count: Int) throws {
    var stream = RandomStream(seed: 2, purpose: "arrays")
    let totals = (0..<count).map { _ in stream.uniform(0.1, 5) }
    let loads = (0..<count).map { _ in stream.uniform(0, 2) }
    for (load, prize) in [(loads, [3.0]), ([0.3], [3.0]), (loads, totals)] {
      let bids = try BidContest.bestBid(competitors: totals, load: load, value: prize)
      for index in 0..<count {
        let (d, a, v) = (totals[index], load.stretched(index), prize.stretched(index))
        let written = max(0, ((d * d + v * d) / (1 + a)).squareRoot() - d)
        #expect(abs(bids[index] - written) < 1e-13 * (1 + d))
      }
    }
  }

  /// Audit A3: the printed objective is convex; its stationary point is a minimum and its maximiser a corner.
  @Test func printedObjectiveIsMaximisedAtACorner() {
    var stream = RandomStream(seed: 3, purpose: "corner")
    for _ in 0..<500 {
      let (total, load, cap) = (stream.uniform(0.05, 4), stream.uniform(0, 1.5), stream.uniform(0.1, 10))
      let corner = max(value(0, total, load, 1, .paper), value(cap, total, load, 1, .paper))
      for step in 1..<200 {
        #expect(value(cap * Double(step) / 200, total, load, 1, .paper) <= corner + 1e-12)
      }
    }
    #expect(abs(value(0.2746, 0.5, 0.25, 1, .paper) - 0.0287) < 1e-4)
    #expect(abs(value(5, 0.5, 0.25, 1, .paper) - 3.295) < 1e-3)
  }

  /// Both curvatures against second differences of their objectives; the printed entry matches neither.
  @Test func curvatureMatchesSecondDifferences() throws {
    let (bid, total, load, prize, h) = (0.4, 0.5, 0.25, 1.0, 1e-4)
    for (form, variant) in [(CurvatureForm.corrected, Variant.corrected), (.paperObjective, .paper)] {
      let difference =
        (value(bid + h, total, load, prize, variant) - 2 * value(bid, total, load, prize, variant)
          + value(bid - h, total, load, prize, variant)) / (h * h)
      let curvature = try BidContest.curvature(bids: [bid], competitors: [total], value: [prize], form: form)[0]
      #expect(abs(curvature - difference) < 1e-5)
      let printed = try BidContest.curvature(bids: [bid], competitors: [total], value: [prize], form: .printed)[0]
      #expect(abs(printed - difference) > 0.05)
    }
  }

  /// Audit A4: with a bid measured against the provider's own other bids, halving all bids pays, so there is no best.
  @Test func ownReadingRewardsHalving() throws {
    func worth(_ bid: Double) throws -> Double {
      let bids = Matrix(rows: 10, columns: 1, repeating: bid)
      let win = try BidContest.winProbability(bids: bids, reading: .own)
      return win.elements.reduce(0) { $0 + (1 - bid) * $1 - 0.2 * bid }
    }
    #expect(abs(try worth(0.2308) - 0.308) < 1e-3)
    #expect(abs(try worth(0.1154) - 0.654) < 1e-3)
  }

  /// Audit A5: shares add to one, and every provider's share is the best reply to the others.
  @Test func shareFunctionSolvesHeterogeneousGames() throws {
    var stream = RandomStream(seed: 4, purpose: "share function")
    for game in 0..<1000 {
      let providers = 2 + Int(stream.uniform(0, 40))
      let spread = Double(1 + game % 4)
      let values = (0..<providers).map { _ in pow(10, stream.uniform(-spread, spread)) }
      let loads = (0..<providers).map { _ in stream.uniform(0, 1) < 0.2 ? 0 : pow(10, stream.uniform(-spread, spread)) }
      let point = try BidContest.equilibrium(values: values, loads: loads)
      #expect(abs(point.winProbability.reduce(0, +) - 1) < 1e-10)
      for provider in 0..<providers {
        let others = point.bids.indices.reduce(0) { $1 == provider ? $0 : $0 + point.bids[$1] }
        guard others > 1e-9 * point.total else { continue }
        let reply = try BidContest.bestBid(
          competitors: [others], load: [loads[provider]], value: [values[provider]])[0]
        #expect(abs(reply - point.bids[provider]) <= 1e-9 * point.total)
      }
    }
  }

  @Test func shareFunctionFindsTheSymmetricEquilibrium() throws {
    for providers in [2, 5, 8, 100] {
      for load in [0, 0.08, 2.3, 1000] {
        let alike = try BidContest.symmetricEquilibrium(providers: Double(providers), load: load, value: 50)
        let point = try BidContest.equilibrium(values: Array(repeating: 50, count: providers), loads: [load])
        for bid in point.bids { #expect(abs(bid - alike.bid) < 1e-12 * alike.bid + 1e-300) }
      }
    }
  }

  /// Values that differ by hundreds of orders of magnitude leave finite bids whose shares add to one.
  @Test func shareFunctionSurvivesExtremeValues() throws {
    let point = try BidContest.equilibrium(values: [1e150, 1, 1e-150], loads: [0, 0.5, 0])
    #expect(abs(point.winProbability.reduce(0, +) - 1) < 1e-10)
    #expect(point.bids.allSatisfy { $0.isFinite && $0 >= 0 })
  }

  /// Audit A5: simultaneous best replies converge below the threshold load and not above it.
  @Test func simultaneousRepliesConvergeBelowTheThreshold() throws {
    for (load, converges) in [(2.1, true), (2.3, false)] {
      let point = try BidContest.symmetricEquilibrium(providers: 5, load: load, value: 1)
      #expect(point.simultaneousRepliesConverge == converges)
      var bid = point.bid * (1 + 1e-6)
      for _ in 0..<400 { bid = BidContest.bestBid(competitors: 4 * bid, load: load, value: 1) }
      #expect((abs(bid - point.bid) < 1e-6 * point.bid) == converges)
    }
  }

  /// Audit A7: with the value B / (2N) on each of 2N coordinates the bids stay below half of the budget.
  @Test func bidsStayWithinHalfTheBudget() throws {
    var stream = RandomStream(seed: 5, purpose: "scale")
    for _ in 0..<200 {
      let totals = (0..<20).map { _ in stream.uniform(0.001, 1000) }
      let bids = try BidContest.bestBid(competitors: totals, load: [0], value: [1000.0 / 20])
      #expect(bids.reduce(0, +) < 500)
    }
  }

  /// The budget's multiplier: spending meets the budget, and no transfer between coordinates pays.
  @Test func budgetedBidsCannotBeImprovedByTransfers() throws {
    var stream = RandomStream(seed: 6, purpose: "budget")
    for _ in 0..<200 {
      let count = 4
      let totals = (0..<count).map { _ in stream.uniform(0.5, 20) }
      let loads = (0..<count).map { _ in stream.uniform(0, 1) }
      let budget = stream.uniform(0.5, 10)
      let best = try BidContest.bestBids(competitors: totals, load: loads, value: [50], budget: budget)
      #expect(best.bids.reduce(0, +) <= budget * (1 + 1e-12))
      func utility(_ bids: [Double]) -> Double {
        bids.indices.reduce(0) { $0 + value(bids[$1], totals[$1], loads[$1], 50, .corrected) }
      }
      for giver in 0..<count {
        for taker in 0..<count where taker != giver {
          var moved = best.bids
          let amount = min(1e-3, moved[giver])
          moved[giver] -= amount
          moved[taker] += amount
          #expect(utility(moved) <= utility(best.bids) + 1e-9)
        }
      }
    }
  }

  /// Audit A19: against totals 0.5 and 4 the expectation's maximiser beats the reply to the mean.
  @Test func bayesianBidBeatsTheReplyToTheMean() throws {
    let bayes = try BidContest.bestBid(totals: [0.5, 4], probabilities: [0.5, 0.5], load: 0, value: 1)
    let mean = BidContest.bestBid(competitors: 2.25, load: 0, value: 1)
    func expected(_ bid: Double) -> Double {
      0.5 * value(bid, 0.5, 0, 1, .corrected) + 0.5 * value(bid, 4, 0, 1, .corrected)
    }
    #expect(abs(bayes - 0.384) < 1e-3 && abs(mean - 0.454) < 1e-3)
    #expect(abs(expected(bayes) - 0.1608) < 1e-4 && abs(expected(mean) - 0.1577) < 1e-4)
  }
}
