import Tensor
import Testing

@testable import Solvers

@Suite struct MemberDecisionTests {
  private struct Case {
    let earned, work, privacy, sigma, limit: Double
  }

  private func cases(_ count: Int, seed: UInt64) -> [Case] {
    var stream = RandomStream(seed: seed, purpose: "members")
    return (0..<count).map { _ in
      Case(
        earned: stream.uniform(-1, 20), work: stream.uniform(0.2, 8), privacy: stream.uniform(0.02, 8),
        sigma: stream.uniform(0.15, 0.95), limit: stream.uniform(0, 30))
    }
  }

  private func strategy(_ c: Case, _ rounding: IterationRounding) throws -> MemberStrategies {
    try IncentiveModel.memberStrategies(
      benefit: Matrix(rows: 1, columns: 1, elements: [c.earned]), computationCost: [c.work], privacyCost: [c.privacy],
      concavity: c.sigma, maximumIterations: [c.limit], minimumPrivacyBudget: 1, maximumPrivacyBudget: 5,
      rounding: rounding)
  }

  /// Audit A2: nobody is left with less than nothing, the deadline holds, and abstainers give nothing.
  @Test(arguments: IterationRounding.allCases)
  func strategiesAreIndividuallyRational(rounding: IterationRounding) throws {
    for c in cases(5000, seed: 7) {
      let choice = try strategy(c, rounding)
      #expect(choice.utilities[0] >= 0)
      #expect(Double(choice.iterations[0]) <= c.limit + 1e-9)
      if choice.iterations[0] == 0 {
        #expect(choice.privacyBudgets[0] == 0 && choice.utilities[0] == 0)
      } else {
        #expect((1...5).contains(choice.privacyBudgets[0]))
      }
    }
  }

  /// With `best` rounding no whole number of iterations and no privacy budget of a grid does better.
  @Test func bestRoundingBeatsGridSearch() throws {
    for c in cases(1000, seed: 8) {
      let held = try strategy(c, .best).utilities[0]
      guard c.limit >= 1 else { continue }
      for iterations in 1...Int(c.limit + 1e-9) {
        let work = IncentiveModel.gain(
          c.earned, effort: Double(iterations), unitCost: c.work, concavity: c.sigma)
        for step in 0...40 {
          let privacy = IncentiveModel.gain(
            c.earned, effort: 1 + Double(step) / 10, unitCost: c.privacy, concavity: c.sigma)
          #expect(work + privacy <= held + 1e-9 * max(1, held))
        }
      }
    }
  }

  /// At the unbounded optimum each effort is worth sigma / (1 - sigma) times what it costs: the proof of rationality.
  @Test func utilityIsAMultipleOfCost() throws {
    for c in cases(500, seed: 9) where c.earned > 0.1 {
      let benefit = Matrix(rows: 1, columns: 1, elements: [c.earned])
      let reply = try IncentiveModel.sharedBestResponse(
        benefit: benefit, computationCost: [c.work], privacyCost: [c.privacy], concavity: c.sigma)
      let utility = try IncentiveModel.memberUtility(
        benefit: benefit, iterations: reply.iterations, privacyBudgets: reply.privacyBudgets, computationCost: [c.work],
        privacyCost: [c.privacy], concavity: c.sigma)[0]
      let cost = try IncentiveModel.totalCost(
        computationCost: [c.work], iterations: reply.iterations, privacyCost: [c.privacy],
        privacyBudgets: reply.privacyBudgets)[0]
      #expect(abs(utility - c.sigma / (1 - c.sigma) * cost) <= 1e-9 * max(1, utility))
    }
  }

  /// Rounding up, one of the printed readings, turns a gain into a loss: delta 0.3, C 1, sigma 0.5.
  @Test func ceilingBreaksRationality() throws {
    let benefit = Matrix(rows: 1, columns: 1, elements: [0.3])
    let reply = try IncentiveModel.sharedBestResponse(
      benefit: benefit, computationCost: [1], privacyCost: [1], concavity: 0.5)
    let ideal = reply.iterations[0]
    #expect(abs(ideal - 0.09) < 1e-12)
    #expect(abs(IncentiveModel.gain(0.3, effort: ideal.rounded(.up), unitCost: 1, concavity: 0.5) + 0.4) < 1e-12)
    #expect(try IncentiveModel.flooredIterations([ideal]) == [0])
  }

  /// Audit A2: at sigma above 1 nobody takes part, whatever is earned.
  @Test func noParticipationAboveConcavityOne() throws {
    let choice = try IncentiveModel.memberStrategies(
      benefit: Matrix(rows: 1, columns: 1, elements: [50]), computationCost: [1], privacyCost: [1], concavity: 1.5,
      maximumIterations: [100], minimumPrivacyBudget: 1, maximumPrivacyBudget: 100)
    #expect(choice.iterations == [0] && choice.utilities == [0])
  }

  /// A first iteration at a loss is made when the privacy that goes with it pays for both.
  @Test func privacyMayPayForWork() throws {
    let c = Case(earned: 0.3, work: 1, privacy: 0.1, sigma: 0.5, limit: 10)
    #expect(try strategy(c, .floor).iterations == [0])
    let best = try strategy(c, .best)
    #expect(best.iterations == [1])
    #expect(abs(best.utilities[0] - (0.6 - 1 + 0.6 * 5.0.squareRoot() - 0.5)) < 1e-12)
  }

  /// Audit A6: the two satisfactions printed as equal are 13 and 5.
  @Test func printedSatisfactionsDiffer() throws {
    func satisfaction(_ variant: Variant) throws -> Double {
      try IncentiveModel.satisfaction(
        quality: 4, freshness: 9, qualityAttention: 0.5, freshnessAttention: 0.5, variant: variant)
    }
    #expect(try satisfaction(.paper) == 13 && satisfaction(.corrected) == 5)
  }

  /// Audit A8: the raw quality of the papers' own table leaves no positive bid at a total of 1; the normalised one
  /// does.
  @Test func rawQualityAdmitsNoBid() throws {
    let sizes = [Double](repeating: 5000, count: 10)
    let losses = [Double](repeating: 0.3, count: 10)
    let raw = try IncentiveModel.qualityContribution(scale: 10, lossOffset: 2, dataSizes: sizes, losses: losses)
      .reduce(0, +)
    #expect(abs(raw - 217_391.3) < 0.1)
    let printed = try BidContest.bestBid(competitors: [1], load: [raw], value: [1], formula: .tokenization25)[0]
    #expect(abs(printed + 0.997) < 1e-3)
    let quality = try IncentiveModel.normalisedQuality(lossOffset: 2, dataSizes: sizes, losses: losses)
    #expect(quality > 0 && quality <= 1)
    #expect(try BidContest.bestBid(competitors: [0.5], load: [quality], value: [1])[0] > 0)
  }

  /// Audit A9: the printed freshness gives the slowest member the largest share and depends on the unit of time; the
  /// corrected one does neither.
  @Test func printedFreshnessRewardsTheSlowest() throws {
    func shares(_ ages: [Double], _ reference: Double, _ variant: Variant) throws -> [Double] {
      try IncentiveModel.contributionRatios(
        IncentiveModel.freshnessContribution(ages: ages, referenceAge: reference, variant: variant), variant: variant)
    }
    let ages = [2.0, 5, 20]
    let printed = try shares(ages, 10, .paper)
    #expect(printed[0] < printed[1] && printed[1] < printed[2])
    let inMinutes = try shares(ages.map { $0 / 60 }, 10, .paper)
    #expect(abs(printed[0] - inMinutes[0]) > 0.3)
    let corrected = try shares(ages, 10, .corrected)
    #expect(corrected[0] > corrected[1] && corrected[1] > corrected[2])
    let correctedInMinutes = try shares(ages.map { $0 / 60 }, 10.0 / 60, .corrected)
    for (a, b) in zip(corrected, correctedInMinutes) { #expect(abs(a - b) < 1e-12) }
  }

  /// Audit A10: an untrained model over ten classes trains for a negative time as printed.
  @Test func printedTrainingTimeIsNegative() throws {
    func time(_ variant: Variant) throws -> Double {
      try IncentiveModel.trainingTime(
        losses: [2.303], dataSizes: [5000], frequencies: [4e9], cyclesPerSample: [1.5625e7], variant: variant)[0]
    }
    #expect(try time(.paper) < 0 && time(.corrected) > 0)
  }

  /// Audit A13: what a member counts as benefit is not what the provider counts as cost.
  @Test func benefitIsNotConserved() throws {
    let counted = try IncentiveModel.fairUtility([5, 5], concavity: 0.5).reduce(0, +) * 10
    #expect(abs(counted - 89.4) < 0.05)
  }
}
