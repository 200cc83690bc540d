import Testing

@testable import Solvers
@testable import Tensor

/// What verdicts say, and that they say the same for any number of threads.
@Suite struct AuditVerdictTests {
  // MARK: Finite domains

  private func finite(_ price: HighestBidWins.Price, bidders: Int = 3, types: [Double] = [1, 2, 3]) throws
    -> HighestBidWins
  {
    HighestBidWins(price, bidders: bidders, space: try ReportSpace(types: types.map { [$0] }, named: ["value"]))
  }

  @Test func whatHoldsOnAFiniteDomainIsProved() throws {
    let audit = try MechanismAuditor(finite(.second), options: AuditOptions(threads: 2)).run()
    #expect(audit.isExhaustive && audit.trials == 27)
    for property in [
      MechanismProperty.individualRationality, .incentiveCompatibility, .bayesianCompatibility, .weakBudgetBalance,
      .efficiency, .feasibility, .monotonicity, .paymentIdentity, .anonymity, .envyFreeness, .interimRationality,
      .exAnteRationality,
    ] {
      guard case .proved(profiles: 27) = try #require(audit[property]) else {
        Issue.record("\(property): \(audit[property]?.sentence ?? "")")
        continue
      }
    }
    // The mean over all profiles of the second of three numbers out of 1, 2, 3 is 2, by symmetry.
    #expect(abs(audit.revenue.mean - 2) < 1e-12)
  }

  /// A rule that breaks its promise at one profile of 1000 is found, however unlikely that profile.
  @Test func oneProfileInAThousandIsFound() throws {
    struct Trap: ConcurrentMechanism {
      let name = "trap"
      let participants: [Participant]
      func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
        if reports.values == [7, 7, 7] { outcome.payments[0] = 1 }
      }
    }
    let space = try ReportSpace(types: (0..<10).map { [Double($0)] }, named: ["value"])
    let audit = try MechanismAuditor(Trap(participants: Participant.each("bidder", count: 3, space: space))).run()
    guard case .violated(let counterexample, times: 1, trials: 1000) = try #require(audit[.individualRationality])
    else {
      Issue.record("\(audit[.individualRationality]?.sentence ?? "")")
      return
    }
    #expect(counterexample.found.types.values == [7, 7, 7] && counterexample.excess == 1)
  }

  // MARK: Averages

  /// Two bidders in a first-price auction who bid half their values, the equilibrium for uniform values, have no lie that
  /// pays on average, but many that pay at single profiles.
  @Test func anEquilibriumIsBayesianCompatibleOnly() throws {
    struct Shaded: ConcurrentMechanism {
      let name = "first price of half the report"
      let participants = Participant.each("bidder", count: 2, space: .number("value", 0...1))
      func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
        let winner = reports.values[0] >= reports.values[1] ? 0 : 1
        outcome.coefficients[winner, 0] = 1
        outcome.payments[winner] = reports.values[winner] / 2
      }
    }
    for seed: UInt64 in [0, 1, 2] {
      let audit = try MechanismAuditor(
        Shaded(),
        options: AuditOptions(
          properties: [.incentiveCompatibility, .bayesianCompatibility, .interimRationality], seed: seed)
      ).run()
      #expect(audit.violated == [.incentiveCompatibility])
    }
  }

  /// With types that depend on each other, beliefs come by conditioning: who knows that both are alike can count on it.
  @Test func beliefsAreConditional() throws {
    struct PayTheOther: ConcurrentMechanism {
      let name = "everybody is paid what the other reports, less 1"
      let participants: [Participant]
      func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
        outcome.payments[0] = 1 - reports.values[1]
        outcome.payments[1] = 1 - reports.values[0]
      }
    }
    let space = try ReportSpace(types: [[0], [2]], named: ["value"])
    let mechanism = PayTheOther(participants: Participant.each("member", count: 2, space: space))
    let alike = try PriorTable([([[0], [0]], 0.5), ([[2], [2]], 0.5)], mechanism.participants)
    var options = AuditOptions(properties: [.interimRationality, .exAnteRationality, .individualRationality])
    options.prior = .table(alike)
    let audit = try MechanismAuditor(mechanism, options: options).run()
    // A member of type 0 knows that the other reports 0 and expects -1; before types are known everybody expects 0.
    #expect(audit[.interimRationality]?.counterexample?.expectation?.truthful == -1)
    guard case .proved = try #require(audit[.exAnteRationality]) else {
      Issue.record("\(audit[.exAnteRationality]?.sentence ?? "")")
      return
    }
  }

  @Test func aPriorMustBeStochastic() throws {
    let participants = Participant.each("bidder", count: 1, space: .number("value", 0...1))
    #expect(throws: SolverError.self) { try PriorTable([([[0.5]], 0.4)], participants) }
    #expect(throws: SolverError.self) { try PriorTable([([[1.5]], 1)], participants) }
    #expect(throws: SolverError.self) { try PriorTable([], participants) }
  }

  // MARK: Shrinking

  @Test func counterexamplesAreShort() throws {
    let audit = try MechanismAuditor(HighestBidWins(.first, bidders: 5)).run()
    let found = try #require(audit[.incentiveCompatibility]?.counterexample?.found)
    // At most the liar's type and lie are needed beside zeros.
    #expect(found.types.values.count { $0 != 0 } <= 2)
    #expect((found.types.values + (found.reports?.values ?? [])).allSatisfy { ($0 * 10).rounded() == $0 * 10 })
  }

  @Test(arguments: [(0.123456, 0.0...1.0), (7.0, 0.0...10.0), (-3.3333, -5.0...5.0)])
  func simplerNumbersStayInside(value: Double, bounds: ClosedRange<Double>) {
    let simpler = Shrinking.simplerNumbers(value, bounds)
    #expect(simpler.allSatisfy(bounds.contains) && !simpler.contains(value))
    #expect(simpler.first == 0)
  }

  // MARK: Threads, seeds, failures

  @Test func anyNumberOfThreadsFindsTheSame() throws {
    for mechanism in [AuditedDoubleAuction.wrongMcAfee, .printed(.generalizedSecond), .mcAfee] {
      func verdicts(_ threads: Int) throws -> [String] {
        let audit = try MechanismAuditor(mechanism, options: AuditOptions(budget: .trials(700), threads: threads)).run()
        return audit.verdicts.map(\.verdict.sentence)
          + ["\(audit.revenue.mean) \(audit.utilities.map(\.mean)) \(audit.evaluations)"]
      }
      let one = try verdicts(1)
      #expect(try verdicts(2) == one)
      #expect(try verdicts(5) == one)
    }
  }

  private struct Fragile: ConcurrentMechanism {
    let name = "fragile"
    let participants = Participant.each("bidder", count: 2, space: .number("value", 0...1))
    func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
      if reports.values[0] > 0.9 { throw SolverError(.infeasible, "too much") }
      if reports.values[1] > 0.9 { outcome.payments[1] = .nan }
    }
  }

  @Test func failuresAreToldWithTheirProfile() throws {
    let audit = try MechanismAuditor(Fragile()).run()
    #expect(audit.failures > 500)
    let failure = try #require(audit.firstFailure)
    #expect(failure.reports.values.contains { $0 > 0.9 })
    #expect(failure.reason == "too much" || failure.reason.contains("payment of bidder 2"))
    #expect(audit[.individualRationality]?.isViolated == false)
    let stopping = MechanismAuditor(Fragile(), options: AuditOptions(threads: 2, onFailure: .stop))
    #expect(throws: MechanismFailure.self) { try stopping.run() }
  }

  @Test func timedAuditsEnd() throws {
    let options = AuditOptions(budget: .seconds(0.05), threads: 2)
    let audit = try MechanismAuditor(HighestBidWins(.second), options: options).run()
    #expect(audit.isTimed && audit.trials > 0)
  }

  @Test func auditsCanBeStopped() {
    #expect(throws: Cancelled.self) {
      try MechanismAuditor(HighestBidWins(.second)).run(cancellation: Cancellation { true })
    }
  }

  // MARK: Other promises

  @Test func twoBiddersCanRobASecondPrice() throws {
    var options = AuditOptions(properties: [.coalitions])
    let second = try MechanismAuditor(HighestBidWins(.second), options: options).run()
    #expect(second[.coalitions]?.isViolated == true)
    options.properties = [.honestMeasures, .falseNames]
    let other = try MechanismAuditor(HighestBidWins(.second), options: options).run()
    #expect(other.verdicts.map(\.verdict.word) == ["not checked", "not checked"])
  }

  @Test func measuresAreLiedAboutWhenAsked() throws {
    struct ByWeight: ConcurrentMechanism {
      let name = "paid by weight"
      let participants = Participant.each(
        "owner", count: 2,
        space: ReportSpace([.init("cost", 0...1), .init("size", 1...100, isPrivate: false)]))
      func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
        for owner in 0..<2 { outcome.payments[owner] = -reports[owner, 1] }
      }
    }
    let options = AuditOptions(properties: [.incentiveCompatibility, .honestMeasures])
    let audit = try MechanismAuditor(ByWeight(), options: options).run()
    #expect(audit.violated == [.honestMeasures])
    #expect(audit[.honestMeasures]?.counterexample?.found.reports?[0, 1] != nil)
  }

  /// Counterexamples of ic lie about private numbers alone, also when they have been made simple.
  @Test func measuresStayTrueInLies() throws {
    struct PaidAsAsked: ConcurrentMechanism {
      let name = "paid as asked"
      let participants = Participant.each(
        "owner", count: 2, space: ReportSpace([.init("cost", 0...1), .init("size", 1...100, isPrivate: false)]))
      func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
        for owner in 0..<2 {
          outcome.coefficients[owner, 0] = -reports[owner, 1]
          outcome.payments[owner] = -reports[owner, 0] * reports[owner, 1]
        }
      }
    }
    for seed: UInt64 in 0..<4 {
      let options = AuditOptions(
        properties: [.incentiveCompatibility, .coalitions], budget: .trials(200), seed: seed)
      let audit = try MechanismAuditor(PaidAsAsked(), options: options).run()
      for property in [MechanismProperty.incentiveCompatibility, .coalitions] {
        let found = try #require(audit[property]?.counterexample?.found)
        #expect(found.reports?[0, 1] == found.types[0, 1] && found.reports?[1, 1] == found.types[1, 1])
      }
    }
  }

  /// A false name pays where a share is paid to everybody who is there.
  @Test func falseNamesAreFound() throws {
    struct Dole: ExtensibleMechanism {
      let name = "one for everybody"
      let participants: [Participant]
      init(_ count: Int) { participants = Participant.each("member", count: count, space: .number("value", 0...1)) }
      func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
        for member in outcome.payments.indices { outcome.payments[member] = -1 }
      }
      func withOneMore(of role: String) throws -> (any Mechanism)? { Dole(participants.count + 1) }
    }
    let auditor = MechanismAuditor(Dole(2), options: AuditOptions(properties: [.falseNames]))
    let counterexample = try #require(try auditor.run()[.falseNames]?.counterexample)
    #expect(abs(counterexample.excess - 1) < 1e-12)
    #expect(try auditor.replay(counterexample) == counterexample.excess)
  }

  // MARK: Priors

  @Test(arguments: [
    ValueDistribution.uniform, .exponential(mean: 0.3), .normal(mean: 0.5, deviation: 0.1),
    .normal(mean: 20, deviation: 0.5), .beta(alpha: 2, beta: 5),
  ])
  func drawsStayWithinTheirBounds(distribution: ValueDistribution) throws {
    var random = RandomStream(seed: 3, purpose: "test of distributions")
    let draws = (0..<4000).map { _ in distribution.draw(0...2, &random) }
    #expect(draws.allSatisfy { (0...2).contains($0) })
    let mean = draws.reduce(0, +) / 4000
    // Five standard errors, the deviation being at most half the width.
    switch distribution {
    case .uniform: #expect(abs(mean - 1) < 0.08)
    case .beta: #expect(abs(mean - 2.0 * 2 / 7) < 0.08)
    case .normal(let center, _): #expect(center > 2 ? mean > 1.9 : abs(mean - center) < 0.04)
    case .exponential: #expect(abs(mean - 0.3) < 0.08)
    }
  }
}
