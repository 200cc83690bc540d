import Tensor
import Testing

@testable import Solvers

/// Lies along the derivatives of mechanisms that know theirs.
@Suite struct GradientDeviationTests {
  private static func perceptron(_ widths: [Int], _ stream: inout RandomStream) -> Perceptron {
    Perceptron(
      layers: zip(widths, widths.dropFirst()).map { inputs, outputs in
        Perceptron.Layer(
          weights: (0..<outputs).map { _ in (0..<inputs).map { _ in stream.uniform(-1, 1) } },
          biases: (0..<outputs).map { _ in stream.uniform(-1, 1) })
      })
  }

  /// Utilities by asking the mechanism, a little to both sides of every number reported.
  private func compare(_ mechanism: some DifferentiableMechanism, _ stream: inout RandomStream) throws {
    let step = 1e-5
    for _ in 0..<5 {
      var types = Profile(widths: mechanism.widths)
      var reports = types
      for index in types.values.indices {
        types.values[index] = stream.uniform(0.1, 0.9)
        reports.values[index] = stream.uniform(0.1, 0.9)
      }
      for participant in 0..<types.count {
        func utility(_ field: Int, _ change: Double) throws -> Double {
          var moved = reports
          moved[participant, field] += change
          var outcome = MechanismOutcome(widths: mechanism.widths)
          try mechanism.settle(moved, into: &outcome)
          return try mechanism.utility(of: participant, true: types, outcome: outcome)
        }
        let slopes = try #require(
          try mechanism.utilitySlopes(of: participant, true: types, reports: reports))
        for field in slopes.indices {
          let difference = (try utility(field, step) - utility(field, -step)) / (2 * step)
          #expect(abs(slopes[field] - difference) <= 1e-6 * max(1, abs(difference)))
        }
      }
    }
  }

  @Test(arguments: ReverseAuctionDesign.Payment.allCases, ReverseAuctionDesign.Head.allCases)
  func slopesOfReverseAuctions(payment: ReverseAuctionDesign.Payment, head: ReverseAuctionDesign.Head) throws {
    var design = ReverseAuctionDesign(
      sellers: try DataSellers(sizes: [20_000, 15_000, 10_000], distances: [0.8, 0.5, 0.3], valueScale: 10))
    (design.payment, design.head) = (payment, head)
    var stream = RandomStream(seed: 1, purpose: "slopes")
    let network = try ReverseAuctionNetwork(
      design: design, allocation: Self.perceptron([3, 7, design.allocationOutputs], &stream),
      payment: Self.perceptron([3, 7, 3], &stream))
    try compare(LearnedReverseMechanism(network), &stream)
  }

  @Test(arguments: ItemAuctionDesign.Valuation.allCases)
  func slopesOfItemAuctions(valuation: ItemAuctionDesign.Valuation) throws {
    let design = try ItemAuctionDesign(bidders: 2, items: 3, valuation: valuation)
    var stream = RandomStream(seed: 2, purpose: "slopes")
    let network = try ItemAuctionNetwork(
      design: design, allocation: Self.perceptron([6, 9, design.allocationOutputs], &stream),
      payment: Self.perceptron([6, 9, 2], &stream))
    try compare(LearnedItemMechanism(network), &stream)
  }

  /// With unit demand, no bidder's chances and no item's add to more than one, whatever the networks say.
  @Test func unitDemandIsALottery() throws {
    let design = try ItemAuctionDesign(bidders: 3, items: 2, valuation: .unitDemand)
    var stream = RandomStream(seed: 3, purpose: "slopes")
    let network = try ItemAuctionNetwork(
      design: design, allocation: Self.perceptron([6, 9, design.allocationOutputs], &stream),
      payment: Self.perceptron([6, 9, 3], &stream))
    let audit = try MechanismAuditor(
      LearnedItemMechanism(network),
      options: AuditOptions(
        properties: [.feasibility, .individualRationality, .incentiveCompatibility], budget: .trials(200))
    ).run()
    #expect(audit.violated == [.incentiveCompatibility])
  }

  /// A contest by shares, in which everybody pays a part of its report.
  private struct Contest: DifferentiableMechanism {
    let name = "contest"
    let participants = Participant.each("bidder", count: 2, space: .number("value", 0...1))
    let isDifferentiable: Bool

    func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
      let total = reports.values[0] + reports.values[1] + 0.01
      for bidder in 0..<2 {
        outcome.coefficients[bidder, 0] = reports.values[bidder] / total
        outcome.payments[bidder] = reports.values[bidder]
      }
    }

    func utilitySlopes(of participant: Int, true types: Profile, reports: Profile) throws -> [Double]? {
      guard isDifferentiable else { return nil }
      let (own, other) = (reports.values[participant], reports.values[1 - participant] + 0.01)
      return [types.values[participant] * other / ((own + other) * (own + other)) - 1]
    }
  }

  /// The best report against a known one is sqrt(v D) - D: a dozen steps along the derivative come within a thousandth.
  @Test func derivativesLeadToTheBestLie() throws {
    var random = RandomStream(seed: 4, purpose: "gradient deviations")
    for _ in 0..<20 {
      let mechanism = Contest(isDifferentiable: true)
      let probe = MechanismProbe(mechanism, tolerance: 1e-9)
      let trial = AuditTrial(probe)
      let (value, other) = (random.uniform(0.3, 1), random.uniform(0.02, 0.1))
      trial.types.values = [value, other]
      try trial.settle(probe, index: 0, isFromPrior: true, weight: 1)
      let attempt = DeviationAttempt(probe)
      #expect(attempt.begin(trial, participant: 0))
      for _ in 0..<3 { try GradientDeviations().explore(attempt, &random) }
      let rest = other + 0.01
      let best = (value * rest).squareRoot() - rest
      func utility(_ report: Double) -> Double { value * report / (report + rest) - report }
      #expect(attempt.bestGain >= utility(best) - utility(value) - 1e-3)
    }
  }

  /// Who says nothing is not climbed, and not accused of it.
  @Test func unknownDerivativesAreLeftAlone() throws {
    for isDifferentiable in [true, false] {
      let audit = try MechanismAuditor(
        Contest(isDifferentiable: isDifferentiable), options: AuditOptions(properties: [.incentiveCompatibility])
      ).run()
      #expect(audit.violated == [.incentiveCompatibility] && audit.failures == 0)
    }
  }
}
