import Tensor

/// The procurement of one kind of data as a mechanism: a provider reports how much it has and its cost type.
///
/// The true type (d, gamma) of a provider that delivers x bears gamma (u x + v x^2 / 2). A provider that is asked for
/// more than it has delivers nothing, is paid nothing, and loses its deposit; forfeiting the payment alone makes claiming
/// too much unprofitable.
public struct ProcurementMechanism: ConcurrentMechanism {
  public let name = "procurement with Vickrey-Clarke-Groves payments"
  public let participants: [Participant]
  public let procurement: DataProcurement
  /// What who cannot deliver loses beside its payment, in money.
  public let deposit: Double

  /// - Parameters:
  ///   - procurement: of a single kind of data.
  ///   - largestSupply, costTypes: what may be reported; a supply is private, as a cost type is.
  /// - Throws: `ShapeMismatch` for several kinds, `NotFinite`, `InvalidParameter`.
  public init(
    _ procurement: DataProcurement, providers: Int, largestSupply: Double, costTypes: ClosedRange<Double>,
    deposit: Double = 0
  ) throws {
    guard procurement.kinds == 1 else {
      throw SolverError(
        .shapeMismatch, "the mechanism buys one kind of data, but the costs speak of \(procurement.kinds)")
    }
    try check(
      .scalar("number of providers", Double(providers), .positiveCount),
      .scalar("largest supply", largestSupply, .nonNegative), .scalar("deposit", deposit, .nonNegative),
      .scalar("lowest cost type", costTypes.lowerBound, .nonNegative),
      .scalar("highest cost type", costTypes.upperBound, .nonNegative))
    try demand(providers <= 10_000, "there must be at most 10000 providers, not \(providers)")
    participants = Participant.each(
      "provider", count: providers,
      space: ReportSpace([.init("supply", 0...largestSupply), .init("cost type", costTypes)]))
    self.procurement = procurement
    self.deposit = deposit
  }

  public func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    let (supplies, costTypes) = Self.said(reports)
    let (plan, settlement) = try procurement.settled(supplies: supplies, costTypes: costTypes)
    let payments = settlement.payments
    for provider in participants.indices {
      outcome.coefficients[provider, 1] = -procurement.cost(1, delivering: plan.amounts.row(provider))
      outcome.payments[provider] = -payments[provider]
    }
  }

  public func utility(of participant: Int, true types: Profile, outcome: MechanismOutcome) throws -> Double {
    let owed = -outcome.coefficients[participant, 1]
    // Costs rise with the amount, so that who is asked for more than it has is known by what that would cost.
    let most = procurement.cost(1, delivering: CollectionOfOne(types[participant, 0]))
    if owed > most + 1e-9 * max(1, most) { return -deposit }
    return types.product(with: outcome.coefficients, of: participant) - outcome.payments[participant]
  }

  public func publicFacts(_ reports: Profile, outcome: MechanismOutcome) throws -> [PublicFact] {
    let (supplies, costTypes) = Self.said(reports)
    let plan = try procurement.optimal(supplies: supplies, costTypes: costTypes)
    return [
      PublicFact("volume", plan.volume), PublicFact("income", plan.income),
      PublicFact("profit", plan.income + outcome.surplus),
    ]
  }

  private static func said(_ profile: Profile) -> (supplies: Matrix, costTypes: [Double]) {
    let providers = 0..<profile.count
    return (
      Matrix(rows: profile.count, columns: 1, elements: providers.map { profile[$0, 0] }),
      providers.map { profile[$0, 1] }
    )
  }
}
