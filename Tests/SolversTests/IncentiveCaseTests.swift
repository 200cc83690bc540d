import Foundation
import Tensor
import Testing

@testable import Solvers

/// Every reference case of the incentive game's functions, those of the project and those beside the checkout.
@Suite struct IncentiveCaseTests {
  @Test(arguments: try ReferenceCase.cases(json: Data(IncentiveCases.json.utf8)))
  func agrees(with reference: ReferenceCase) throws {
    let evaluate = try #require(Self.functions[reference.function])
    #expect(reference.complaint(about: Result { try evaluate(reference.arguments) }) == nil)
  }

  static let shared = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/golden/iisg-pmsam.json").standardized

  @Test(.enabled(if: FileManager.default.fileExists(atPath: shared.path)))
  func agreesWithSharedCases() throws {
    let known = try ReferenceCase.cases(json: Data(contentsOf: Self.shared)).filter {
      Self.functions[$0.function] != nil
    }
    #expect(known.count >= 100)
    for reference in known {
      let evaluate = try #require(Self.functions[reference.function])
      #expect(reference.complaint(about: Result { try evaluate(reference.arguments) }) == nil, "\(reference.id)")
    }
  }

  typealias Function = @Sendable (Arguments) throws -> Value

  static let functions = costs.merging(members) { $1 }.merging(bids) { $1 }.merging(mechanisms) { $1 }

  static let costs: [String: Function] = [
    "unit_computation_cost": { a in
      Value(
        try IncentiveModel.unitComputationCost(
          energyWeight: a.number("alpha"), capacitance: a.numbers("zeta"), cyclesPerSample: a.numbers("z"),
          batchSize: a.numbers("s"), frequencies: a.numbers("f"), memoryRatio: a.numbers("xi"),
          memory: a.numbers("theta_mem")))
    },
    "unit_privacy_cost": { a in
      Value(
        try IncentiveModel.unitPrivacyCost(privacyWeight: a.number("beta"), gradientNorms: a.numbers("grad_norm")))
    },
    "total_cost": { a in
      Value(
        try IncentiveModel.totalCost(
          computationCost: a.numbers("Cc"), iterations: a.numbers("k"), privacyCost: a.numbers("Cp"),
          privacyBudgets: a.numbers("eps")))
    },
    "quality_contribution": { a in
      Value(
        try IncentiveModel.qualityContribution(
          scale: a.number("mu0"), lossOffset: a.number("mu1"), dataSizes: a.numbers("sizes"), losses: a.numbers("H")))
    },
    "normalised_quality": { a in
      .number(
        try IncentiveModel.normalisedQuality(
          lossOffset: a.number("mu1"), dataSizes: a.numbers("sizes"), losses: a.numbers("H")))
    },
    "training_time": { a in
      Value(
        try IncentiveModel.trainingTime(
          losses: a.numbers("H"), dataSizes: a.numbers("D"), frequencies: a.numbers("f"),
          cyclesPerSample: a.numbers("z"), variant: a.choice("variant")))
    },
    "upload_time": { a in
      Value(
        try IncentiveModel.uploadTime(
          bits: a.numbers("bits"), bandwidth: a.numbers("bandwidth"), signalToNoise: a.numbers("sinr")))
    },
    "freshness_contribution": { a in
      Value(
        try IncentiveModel.freshnessContribution(
          ages: a.numbers("T"), referenceAge: a.number("T_ref"), variant: a.choice("variant")))
    },
    "contribution_ratios": { a in
      Value(try IncentiveModel.contributionRatios(a.numbers("theta"), variant: a.choice("variant")))
    },
    "attention_lambda": { a in
      .number(
        try IncentiveModel.attentionRatio(qualityAttention: a.number("eQ"), freshnessAttention: a.number("eF")))
    },
    "satisfaction": { a in
      .number(
        try IncentiveModel.satisfaction(
          quality: a.number("Q"), freshness: a.number("F"), qualityAttention: a.number("eQ"),
          freshnessAttention: a.number("eF"), variant: a.choice("variant")))
    },
    "minting_time": { a in
      let time = try IncentiveModel.mintingTime(
        training: a.matrix("train"), upload: a.matrix("upload"), gameDecision: a.numbers("game_decision"),
        consensus: a.numbers("consensus"))
      return .record([
        "training": .number(time.training), "game": .number(time.game), "consensus": .number(time.consensus),
        "total": .number(time.total),
      ])
    },
  ]

  static let members: [String: Function] = [
    "benefit_matrix": { a in
      let (quality, freshness, ratio) = (try a.numbers("Q"), try a.numbers("F"), try a.numbers("lam"))
      let (tauQ, tauF) = (try a.numbers("tauQ"), try a.numbers("tauF"))
      return a.isMatrix("q")
        ? Value(
          try IncentiveModel.benefit(
            qualityBids: a.matrix("q"), freshnessBids: a.matrix("f"), quality: quality, freshness: freshness,
            attentionRatio: ratio, qualityRatios: tauQ, freshnessRatios: tauF))
        : Value(
          try IncentiveModel.benefit(
            qualityBids: a.numbers("q"), freshnessBids: a.numbers("f"), quality: quality, freshness: freshness,
            attentionRatio: ratio, qualityRatios: tauQ, freshnessRatios: tauF))
    },
    "sigma_fair": { a in Value(try IncentiveModel.fairUtility(a.numbers("x"), concavity: a.number("sigma"))) },
    "mu_best_response": { a in
      let (delta, work, privacy) = (try a.matrix("delta"), try a.numbers("Cc"), try a.numbers("Cp"))
      if a.fields["mode"]?.text == "shared" {
        let reply = try IncentiveModel.sharedBestResponse(
          benefit: delta, computationCost: work, privacyCost: privacy, concavity: a.number("sigma"))
        return .record(["k": Value(reply.iterations), "eps": Value(reply.privacyBudgets)])
      }
      let reply = try IncentiveModel.separateBestResponse(
        benefit: delta, computationCost: work, privacyCost: privacy, concavity: a.number("sigma"))
      return .record(["k": Value(reply.iterations), "eps": Value(reply.privacyBudgets)])
    },
    "mu_utility": { a in
      let (delta, work, privacy) = (try a.matrix("delta"), try a.numbers("Cc"), try a.numbers("Cp"))
      return a.fields["mode"]?.text == "shared"
        ? Value(
          try IncentiveModel.memberUtility(
            benefit: delta, iterations: a.numbers("k"), privacyBudgets: a.numbers("eps"), computationCost: work,
            privacyCost: privacy, concavity: a.number("sigma")))
        : Value(
          try IncentiveModel.memberUtility(
            benefit: delta, iterations: a.matrix("k"), privacyBudgets: a.matrix("eps"), computationCost: work,
            privacyCost: privacy, concavity: a.number("sigma")))
    },
    "max_iterations": { a in
      Value(
        try IncentiveModel.maximumIterations(
          period: a.numbers("T"), cyclesPerSample: a.numbers("z"), batchSize: a.numbers("s"),
          frequencies: a.numbers("f"), capacitance: a.numbers("zeta"), bandwidth: a.numbers("bandwidth"),
          communicationTime: a.numbers("comm_time"), variant: a.choice("variant")))
    },
    "round_iterations": { a in
      switch try a.choice("mode") as IterationRounding {
      case .floor: Value(try IncentiveModel.flooredIterations(a.numbers("k")))
      case .best:
        Value(
          try IncentiveModel.bestIterations(
            a.numbers("k"), benefit: a.numbers("delta"), computationCost: a.numbers("Cc"),
            concavity: a.number("sigma")))
      }
    },
    "mu_strategy": { a in
      let strategy = try IncentiveModel.memberStrategies(
        benefit: a.matrix("delta"), computationCost: a.numbers("Cc"), privacyCost: a.numbers("Cp"),
        concavity: a.number("sigma"), maximumIterations: a.numbers("k_max"), minimumPrivacyBudget: a.number("eps_min"),
        maximumPrivacyBudget: a.number("eps_max"), rounding: a.choice("rounding"))
      return .record([
        "k": Value(strategy.iterations), "eps": Value(strategy.privacyBudgets), "utility": Value(strategy.utilities),
      ])
    },
    "iisg_round": { a in
      let given = Arguments(fields: a.fields["params"]?.fields ?? [:])
      var parameters = IncentiveParameters()
      parameters.qualityScale = try given.number("mu0")
      parameters.lossOffset = try given.number("mu1")
      parameters.referenceAge = try given.number("T_ref")
      parameters.energyWeight = try given.number("alpha")
      parameters.privacyWeight = try given.number("beta")
      parameters.capacitance = try given.number("zeta")
      parameters.cyclesPerSample = try given.number("z")
      parameters.batchSize = try given.number("s")
      parameters.memoryRatio = try given.number("xi")
      parameters.memory = try given.number("theta_mem")
      parameters.concavity = try given.number("sigma")
      parameters.maximumIterations = try given.number("k_max")
      parameters.minimumPrivacyBudget = try given.number("eps_min")
      parameters.maximumPrivacyBudget = try given.number("eps_max")
      let round = try IncentiveRound.played(
        reports: MemberReports(
          dataSizes: a.numbers("sizes"), losses: a.numbers("H"), ages: a.numbers("T"),
          gradientNorms: a.numbers("grad_norm"), frequencies: a.numbers("f_cpu")),
        qualityBids: a.matrix("q"), freshnessBids: a.matrix("f"), qualityAttention: given.numbers("eQ"),
        freshnessAttention: given.numbers("eF"), parameters: parameters)
      return .record([
        "Q": .number(round.assessment.quality), "F": .number(round.assessment.freshness),
        "tauQ": Value(round.assessment.qualityRatios), "tauF": Value(round.assessment.freshnessRatios),
        "benefit": Value(round.benefits), "Cc": Value(round.assessment.computationCost),
        "Cp": Value(round.assessment.privacyCost), "k": Value(round.strategies.iterations),
        "eps": Value(round.strategies.privacyBudgets), "cost": Value(round.costs),
        "utility": Value(round.strategies.utilities), "dao_ask": .number(round.ask),
      ])
    },
  ]

  static let bids: [String: Function] = [
    "win_probability": { a in
      Value(try BidContest.winProbability(bids: a.matrix("bids"), reading: a.choice("reading")))
    },
    "bid_closed_form": { a in
      Value(
        try BidContest.bestBid(
          competitors: a.numbers("D"), load: a.numbers("A"), value: a.numbers("v"), formula: a.choice("variant")))
    },
    "bid_objective": { a in
      Value(
        try BidContest.objective(
          bids: a.numbers("q"), competitors: a.numbers("D"), load: a.numbers("A"), value: a.numbers("v"),
          variant: a.choice("variant")))
    },
    "bid_curvature": { a in
      Value(
        try BidContest.curvature(
          bids: a.numbers("q"), competitors: a.numbers("D"), value: a.numbers("v"), form: a.choice("variant")))
    },
    "msp_utility": { a in
      Value(
        try BidContest.providerUtility(
          qualityBids: a.matrix("q"), freshnessBids: a.matrix("f"), benefit: a.matrix("delta"),
          qualityValue: a.numbers("vq"), freshnessValue: a.numbers("vf"), variant: a.choice("variant")))
    },
    "bid_best_response_budget": { a in
      let best = try BidContest.bestBids(
        competitors: a.numbers("D"), load: a.numbers("A"), value: a.numbers("v"), budget: a.number("budget"))
      return .record(["bids": Value(best.bids), "mu": .number(best.multiplier)])
    },
    "bid_best_response_bayes": { a in
      .number(
        try BidContest.bestBid(
          totals: a.numbers("D_values"), probabilities: a.numbers("probs"), load: a.number("A"), value: a.number("v")))
    },
    "symmetric_equilibrium": { a in
      let point = try BidContest.symmetricEquilibrium(
        providers: a.number("M"), load: a.number("A"), value: a.number("v"))
      return .record([
        "bid": .number(point.bid), "win_probability": .number(point.winProbability), "utility": .number(point.utility),
        "br_slope": .number(point.bestReplySlope),
        "simultaneous_br_converges": .number(point.simultaneousRepliesConverge ? 1 : 0),
      ])
    },
    "bid_equilibrium": { a in
      let point = try BidContest.equilibrium(values: a.numbers("v"), loads: a.numbers("A"))
      return .record([
        "bids": Value(point.bids), "total": .number(point.total), "win_probability": Value(point.winProbability),
      ])
    },
    "discretize_bids": { a in Value(try BidLevels.discretized(a.numbers("bids"), edges: a.numbers("edges"))) },
  ]

  static let mechanisms: [String: Function] = [
    "dao_vote": { a in
      let vote = try MemberVote.held(benefit: a.matrix("delta"), votes: a.matrix("votes"))
      return .record([
        "approved": Value(vote.approved), "asks": Value(vote.asks), "ask_total": .number(vote.askTotal),
      ])
    },
    "match_groups": { a in
      .list(
        try ServiceGroup.matched(sellerKeys: a.texts("seller_keys"), buyerKeys: a.texts("buyer_keys")).map {
          .record(["key": .text($0.key), "sellers": Value($0.sellers), "buyers": Value($0.buyers)])
        })
    },
    "double_auction_paper": { a in
      value(
        try DoubleAuction.printed(
          asks: a.numbers("asks"), bids: a.numbers("bids"), buyerPrice: a.choice("buyer_price")))
    },
    "double_auction_mcafee": { a in
      value(try DoubleAuction.mcAfee(asks: a.numbers("asks"), bids: a.numbers("bids")))
    },
    "double_auction_shared_cost": { a in
      value(
        try DoubleAuction.sharedCost(
          asks: a.numbers("asks"), bids: a.numbers("bids"), reserve: a.fields["reserve"]?.number))
    },
    "revenue_shares": { a in
      Value(try RevenueShares.proportional(receipt: a.number("receipt"), asks: a.numbers("asks")))
    },
  ]

  private static func value(_ outcome: DoubleAuction.Outcome) -> Value {
    .record([
      "k": .number(Double(outcome.trades)), "winning_buyers": Value(outcome.winningBuyers),
      "winning_sellers": Value(outcome.winningSellers), "buyer_payments": Value(outcome.buyerPayments),
      "seller_receipts": Value(outcome.sellerReceipts), "auctioneer": .number(outcome.auctioneer),
    ])
  }
}
