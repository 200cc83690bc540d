import Testing

@testable import Solvers
@testable import Tensor

/// The library's own mechanisms, audited: those that the papers print are caught, the corrected ones are not accused.
@Suite struct BuiltInAuditTests {
  private func violated(
    _ mechanism: any Mechanism, _ properties: [MechanismProperty], _ change: (inout AuditOptions) -> Void = { _ in }
  ) throws -> [MechanismProperty] {
    var options = AuditOptions(properties: properties, threads: 2)
    change(&options)
    return try MechanismAuditor(mechanism, options: options).run().violated
  }

  @Test func sealedBids() throws {
    for pricing in [SealedBidPricing.first, .uniform, .allPay, .ranked] {
      let mechanism = try SealedBidMechanism(bidders: 4, pricing: pricing, units: pricing == .uniform ? 2 : 1, rank: 3)
      #expect(try violated(mechanism, [.incentiveCompatibility]) == [.incentiveCompatibility], "\(mechanism.name)")
    }
    for (units, reserve) in [(1, 0.0), (2, 0.0), (1, 0.5)] {
      let mechanism = try SealedBidMechanism(bidders: 4, pricing: .second, units: units, reserve: reserve)
      var promises: [MechanismProperty] = [
        .individualRationality, .incentiveCompatibility, .weakBudgetBalance, .feasibility, .monotonicity,
        .paymentIdentity, .anonymity, .envyFreeness,
      ]
      // Of two units, a second name can win the second.
      if units == 1 { promises.append(.falseNames) }
      #expect(try violated(mechanism, promises).isEmpty, "\(units) units, reserve \(reserve)")
    }
  }

  @Test(arguments: [0, 1, 2] as [UInt64])
  func twoSidedMarkets(seed: UInt64) throws {
    let promises: [MechanismProperty] = [
      .individualRationality, .incentiveCompatibility, .weakBudgetBalance, .feasibility, .monotonicity,
      .paymentIdentity,
    ]
    for rule in [DoubleAuction.Rule.mcAfee, .tradeReduction, .sharedCost(reserve: nil)] {
      let mechanism = try DoubleAuctionMechanism(sellers: 2, buyers: 3, rule: rule)
      #expect(try violated(mechanism, promises) { $0.seed = seed }.isEmpty, "\(mechanism.name)")
    }
    for price in DoubleAuction.BuyerPrice.allCases {
      let mechanism = try DoubleAuctionMechanism(sellers: 2, buyers: 3, rule: .printed(price))
      let broken = try violated(mechanism, [.incentiveCompatibility, .weakBudgetBalance]) { $0.seed = seed }
      #expect(broken.contains(.incentiveCompatibility) && broken.contains(.weakBudgetBalance), "\(mechanism.name)")
    }
  }

  /// With one seller and no reserve the shared cost is the seller's own ask.
  @Test func aLoneSellerOverstates() throws {
    let mechanism = try DoubleAuctionMechanism(sellers: 1, buyers: 3, rule: .sharedCost(reserve: nil))
    #expect(try violated(mechanism, [.incentiveCompatibility]) == [.incentiveCompatibility])
  }

  @Test(arguments: TaxRule.allCases)
  func clarkeTaxes(rule: TaxRule) throws {
    let mechanism = try PublicProjectMechanism(
      owners: 2, stations: 2, prices: [4, 6], largestValue: 10, largestCost: 10, rule: rule)
    let broken = try violated(mechanism, [.incentiveCompatibility, .efficiency])
    #expect(broken == (rule == .joint ? [] : [.incentiveCompatibility]))
  }

  /// Truth is best on average for who believes as its type does, and nobody expects a loss; at single profiles there are.
  @Test func fullExtraction() throws {
    let law = [0.4, 0.1, 0.1, 0.4]
    let users = try CremerMcLean(valuations: [[4, 1], [3, 1]], prior: law)
    func audit(_ mechanism: ExtractionMechanism) throws -> [MechanismProperty] {
      let rows = law.indices.map { profile in
        let types = users.law.types(of: profile)
        return (
          types: types.indices.map { [users.valuations[$0][types[$0]], Double(types[$0] + 1)] },
          probability: law[profile]
        )
      }
      let prior = try PriorTable(rows, mechanism.participants)
      return try violated(
        mechanism, [.incentiveCompatibility, .bayesianCompatibility, .interimRationality, .individualRationality]
      ) {
        $0.prior = .table(prior)
        $0.tolerance = 1e-6
      }
    }
    let broken = try audit(ExtractionMechanism(users))
    #expect(!broken.contains(.bayesianCompatibility) && !broken.contains(.interimRationality))
    #expect(broken.contains(.individualRationality))
    // Everybody pays the value that it reports: with any belief, the low type is worth claiming.
    let naive = (0..<2).map { user in
      law.indices.map { -users.valuations[user][users.law.type(of: user, in: $0)] }
    }
    #expect(try audit(ExtractionMechanism(users, payments: naive)).contains(.bayesianCompatibility))
  }

  /// Payments below the bid, as RANet's paper prints them: every truthful winner loses, and overstating pays.
  @Test(arguments: [0, 1] as [UInt64])
  func literalPaymentsOfRANet(seed: UInt64) throws {
    let sellers = try DataSellers(sizes: [20_000, 15_000, 10_000], distances: [0.8, 0.5, 0.3], valueScale: 10)
    var stream = RandomStream(seed: seed, purpose: "audited networks")
    func layer(_ inputs: Int, _ outputs: Int) -> Perceptron.Layer {
      Perceptron.Layer(
        weights: (0..<outputs).map { _ in (0..<inputs).map { _ in stream.uniform(-1, 1) } },
        biases: (0..<outputs).map { _ in stream.uniform(-1, 1) })
    }
    let allocation = Perceptron(layers: [layer(3, 8), layer(8, 3)])
    let payment = Perceptron(layers: [layer(3, 8), layer(8, 3)])
    func broken(_ rule: ReverseAuctionDesign.Payment) throws -> [MechanismProperty] {
      var design = ReverseAuctionDesign(sellers: sellers)
      design.payment = rule
      let network = try ReverseAuctionNetwork(design: design, allocation: allocation, payment: payment)
      return try violated(LearnedReverseMechanism(network), [.individualRationality, .incentiveCompatibility])
    }
    #expect(try broken(.literal) == [.individualRationality, .incentiveCompatibility])
    // Nobody trained these networks to be truthful, but by its form the ceiling leaves no loss.
    #expect(try broken(.ceiling) == [.incentiveCompatibility])
  }

  /// Independent types teach nothing of each other, so that no payments extract all value; gradient descent on the
  /// printed loss ends at some payments all the same, and the audit says which promise they break.
  @Test func singularFullExtraction() throws {
    let users = try CremerMcLean(valuations: [[4, 1], [3, 1]], prior: [0.25, 0.25, 0.25, 0.25])
    #expect(throws: SolverError.self) { try ExtractionMechanism(users) }
    let start = [Double](repeating: 0, count: 8)
    let reached = try users.descent(from: start, rate: 0.05, steps: 4000).payments
    let mechanism = try ExtractionMechanism(users, payments: [Array(reached[..<4]), Array(reached[4...])])
    let rows = (0..<4).map { profile in
      let types = users.law.types(of: profile)
      return (
        types: types.indices.map { [users.valuations[$0][types[$0]], Double(types[$0] + 1)] }, probability: 0.25
      )
    }
    let prior = try PriorTable(rows, mechanism.participants)
    let broken = try violated(mechanism, [.bayesianCompatibility, .interimRationality, .strongBudgetBalance]) {
      $0.prior = .table(prior)
      $0.tolerance = 1e-3
    }
    #expect(broken.contains(.bayesianCompatibility) || broken.contains(.interimRationality))
  }

  @Test func procurementOfData() throws {
    let procurement = try DataProcurement(
      income: ConcaveIncome(.sqrt, scale: 10), quality: [1], unitCosts: [0.5], curvature: [0.5])
    let mechanism = try ProcurementMechanism(
      procurement, providers: 2, largestSupply: 5, costTypes: 0.1...3, deposit: 0)
    let broken = try violated(mechanism, [.individualRationality, .incentiveCompatibility]) {
      $0.tolerance = 1e-6
      $0.budget = .trials(500)
    }
    #expect(broken.isEmpty)
  }
}
