import Tensor

/// How much the players of an incentive game could gain by departing from its solution, as far as a search finds.
///
/// Every player's alternatives are searched with the others held where they are, quality and freshness included: no
/// closed form is used. Members try every whole number of iterations that the deadline allows and a grid of privacy
/// budgets with local refinement, and abstaining; providers try, on every coordinate, a grid over [0, v] with local
/// refinement. Bids above the value are dominated, and bids below it keep the budget.
public struct IncentiveRegret: Equatable, Sendable {
  /// The member who could gain most, and how.
  public let member: MemberDeviation
  /// The provider who could gain most, and how.
  public let provider: ProviderDeviation

  /// The larger of the two gains, each relative to the player's utility.
  public var maximumRegret: Double { max(member.relativeGain, provider.relativeGain) }

  init(of equilibrium: IncentiveEquilibrium, cancellation: Cancellation) throws {
    member = try MemberDeviation.best(from: equilibrium, cancellation: cancellation)
    provider = try ProviderDeviation.best(from: equilibrium, cancellation: cancellation)
  }
}

/// A member's most profitable departure.
public struct MemberDeviation: Equatable, Sendable, CustomStringConvertible {
  public let member: Int
  /// In money.
  public let gain: Double
  /// The gain by the utility's magnitude, or by 1 where that is smaller.
  public let relativeGain: Double
  /// What the member would do instead; 0 iterations for abstaining.
  public let iterations: Int
  public let privacyBudget: Double

  public var description: String {
    gain > 0
      ? "member \(member + 1) gains \(gain) by \(iterations) iterations at privacy budget \(privacyBudget)"
      : "no member gains"
  }

  static func best(from equilibrium: IncentiveEquilibrium, cancellation: Cancellation) throws -> MemberDeviation {
    let sigma = equilibrium.parameters.concavity
    let earnings = IncentiveModel.rowSums(equilibrium.benefit)
    var best: MemberDeviation?
    for member in earnings.indices {
      try cancellation.check()
      func left(_ effort: Double, _ cost: Double) -> Double {
        IncentiveModel.gain(earnings[member], effort: effort, unitCost: cost, concavity: sigma)
      }
      let held = equilibrium.members.utilities[member]
      var alternative = (iterations: 0, privacyBudget: 0.0, utility: 0.0)
      let limit = IncentiveModel.neighbours(of: equilibrium.maximumIterations[member]).below
      if limit >= 1 {
        let work = Search.overWhole(1...Int(limit)) { left(Double($0), equilibrium.assessment.computationCost[member]) }
        let privacy = Search.overInterval(
          equilibrium.parameters.minimumPrivacyBudget...equilibrium.parameters.maximumPrivacyBudget
        ) { left($0, equilibrium.assessment.privacyCost[member]) }
        if work.value + privacy.value > 0 {
          alternative = (work.point, privacy.point, work.value + privacy.value)
        }
      }
      let gain = max(0, alternative.utility - held)
      let relative = gain / max(1, abs(held))
      if relative > best?.relativeGain ?? -1 {
        best = MemberDeviation(
          member: member, gain: gain, relativeGain: relative, iterations: alternative.iterations,
          privacyBudget: alternative.privacyBudget)
      }
    }
    return best ?? MemberDeviation(member: 0, gain: 0, relativeGain: 0, iterations: 0, privacyBudget: 0)
  }
}
