import Testing

@testable import Core

/// Slashing, disputes, reputation, contributions and the rewards of roles.
@Suite struct PenaltyAndRewardTests {
  @Test func slashesAddUp() throws {
    var random = RandomEconomy("slashes")
    for _ in 0..<3000 {
      let pledge = random.amount()
      let terms = Slashing.Terms(
        maximum: random.integer(0...10_000), reporterShare: random.integer(0...9999), burn: random.integer(0...10_000))
      let reporters = (0..<random.integer(0...4)).map { "r\($0)" }
      let cut = try Slashing(
        pledge: pledge, severity: random.integer(0...10_000), reporters: reporters, terms: terms)
      #expect(try Amount.total(cut.rewards) + cut.burned + cut.treasury == cut.slashed)
      #expect(try cut.pledgeAfter + cut.slashed == pledge)
      // Never free for who reports himself, unless nothing is cut.
      #expect(cut.slashed.isZero || !cut.selfReportCost.isZero)
    }
  }

  /// 0.5, 0.4 and 0.25 of the pledge (specification 2.5).
  @Test(arguments: [(0, 500), (2000, 400), (5000, 250)]) func reportingOneselfCosts(share: Int, cost: UInt64) throws {
    let cut = try Slashing(
      pledge: Amount(tokens: 1000), severity: 10_000, reporters: ["me too"], terms: .init(reporterShare: share))
    #expect(cut.selfReportCost == Amount(tokens: cost))
  }

  @Test func deterrenceIsProbabilityTimesCut() throws {
    let cut = try Slashing(pledge: Amount(tokens: 1000), severity: 10_000)
    #expect(try cut.deters(gain: Amount(tokens: 50), detectionPerMillion: 100_000))
    #expect(try !cut.deters(gain: Amount(units: Amount(tokens: 50).units + 1), detectionPerMillion: 100_000))
  }

  @Test func disputesPayTheBondOnce() throws {
    let bond = Amount(tokens: 10)
    func dispute() throws -> Dispute { try Dispute(reporter: "r", accused: "a", bond: bond, deadline: 14) }
    var upheld = try dispute()
    #expect(throws: EconomyError.self) { try upheld.reject(on: 1) }
    try upheld.submitEvidence(on: 1)
    try upheld.uphold(pledge: Amount(tokens: 1000), severity: 10_000, on: 2)
    #expect(upheld.bondToReporter == bond && upheld.slashing?.slashed == Amount(tokens: 500))
    #expect(throws: EconomyError.self) { try upheld.expire(on: 20) }
    var rejected = try dispute()
    try rejected.submitEvidence(on: 1)
    #expect(throws: EconomyError.self) { try rejected.reject(on: 14) }
    try rejected.reject(on: 13)
    #expect(rejected.bondToAccused == bond && rejected.bondToReporter.isZero)
    var expired = try dispute()
    #expect(throws: EconomyError.self) { try expired.expire(on: 13) }
    try expired.expire(on: 14)
    #expect(expired.bondToReporter == bond)
  }

  @Test func disputesKnowNoWayBackInTime() throws {
    var dispute = try Dispute(reporter: "r", accused: "a", bond: Amount(tokens: 10), deadline: 14)
    try dispute.submitEvidence(on: 5)
    let before = dispute
    for day in [4, 1, -1] {
      let late = EconomyError.invalidTime("day \(day) is before day 5, the last one told")
      #expect(throws: late) { try dispute.reject(on: day) }
      #expect(throws: late) { try dispute.uphold(pledge: Amount(tokens: 1), severity: 1, on: day) }
      #expect(throws: late) { try dispute.expire(on: day) }
    }
    #expect(dispute == before)
    try dispute.reject(on: 5)
    #expect(dispute.state == .rejected)
  }

  @Test func bansAreForGood() throws {
    let banned = try Reputation(-3).after(.malicious)
    #expect(try banned.after(.appeal(points: 1_000_000)) == .banned)
    #expect(try Reputation(-3).after(.appeal(points: 9)) == .standing(0))
    #expect(throws: EconomyError.self) { try Reputation(1) }
    #expect(throws: EconomyError.self) { try Reputation(.min).after(.environmentFault(points: 1)) }
    #expect(throws: EconomyError.self) { try Reputation(0).after(.environmentFault(points: -1)) }
  }

  /// An honest slow newcomer is banned by the printed rule only; traffic split over parallel identities is neutral.
  @Test func bandwidthRulesDifferForNewcomers() throws {
    func day(_ hours: Double, _ delay: Double, _ volume: Double, _ rule: BandwidthContribution.Rule) throws
      -> BandwidthContribution
    {
      try BandwidthContribution(hours: hours, delay: delay, volume: volume, reputation: .standing(0), rule: rule)
    }
    #expect(try day(1, 150, 100, .literal).isBlacklisted)
    #expect(try !day(1, 150, 100, .reputationOnly).isBlacklisted)
    #expect(try day(24, 100, 1000, .literal).points == 2 * day(24, 100, 500, .literal).points)
    #expect(throws: EconomyError.self) { try day(-1, 0, 0, .literal) }
    #expect(throws: EconomyError.self) { try day(.nan, 0, 0, .literal) }
    #expect(throws: EconomyError.self) { try day(1e308, 0, 1e308, .literal) }
    #expect(throws: EconomyError.blacklistedNode) {
      try BandwidthContribution(hours: 1, delay: 1, volume: 1, reputation: .banned)
    }
  }

  @Test func pointsNeverPayMoreThanThePool() throws {
    var random = RandomEconomy("points")
    var capped = 0
    for _ in 0..<2000 {
      let points = random.list(1...8) { $0.whole(below: 1_000_000_000) }
      let (numerator, denominator) = (random.whole(below: 1 << 70), random.whole(below: 1000) + 1)
      let pool = random.amount()
      guard points.contains(where: { $0 > 0 }) else { continue }
      let paid = try PointsToTokens(points: points, numerator: numerator, denominator: denominator, pool: pool)
      #expect(try Amount.total(paid.tokens) + paid.unused == pool)
      if paid.isCapped {
        capped += 1
        #expect(paid.unused.isZero)
      } else {
        for (point, amount) in zip(points, paid.tokens) { #expect(amount.units == point * numerator / denominator) }
      }
    }
    #expect(capped > 100 && capped < 1900)
  }

  /// 350000 for who says no to everything unseen, 216666 and 83333 for the others (specification 2.6).
  @Test func theLazyValidatorEarnsMostAsPrinted() throws {
    var queue: [LocalValidatorReward.Vote] = []
    for name in ["lazy", "first", "second"] {
      for trainer in 0..<4 { queue.append(.init(validator: name, trainer: "t\(trainer)", accepts: name != "lazy")) }
    }
    func reward(_ name: String, _ rule: LocalValidatorReward.Rule) throws -> UInt128 {
      try LocalValidatorReward(
        queue: queue, validator: name, samples: 100, unit: Amount(units: 1000), rule: rule
      ).reward.units
    }
    #expect(try ["lazy", "first", "second"].map { try reward($0, .paper) } == [350_000, 216_666, 83_333])
    #expect(try ["lazy", "first", "second"].map { try reward($0, .agreement) } == [0, 216_666, 83_333])
    #expect(throws: EconomyError.noVotes) {
      try LocalValidatorReward(queue: [], validator: "a", samples: 1, unit: .zero)
    }
  }

  @Test func quorumsShareAnHonestMember() throws {
    for members in 1...300 {
      let committee = try ByzantineQuorum(members: members)
      // Two quorums overlap in more than f members, and the honest alone make one.
      #expect(2 * committee.quorum - members > committee.faults)
      #expect(members - committee.faults >= committee.quorum)
      if members % 3 == 1 { #expect(committee.quorum == 2 * committee.faults + 1) }
    }
  }

  @Test func rolesShareTheWholeRelease() throws {
    var random = RandomEconomy("roles")
    for _ in 0..<1000 {
      func points(_ random: inout RandomEconomy) -> [UInt128] {
        random.list(0...6) { $0.flip() ? 0 : $0.whole(below: 1_000_000) }
      }
      let (pool, carry) = (random.amount(), random.amount())
      let (trainers, validators, aggregators) = (points(&random), points(&random), points(&random))
      let epoch = try RoleRewardEpoch(
        pool: pool, trainers: trainers, localValidators: validators, aggregators: aggregators,
        globalCount: random.integer(4...20), carryIn: carry)
      let paid = epoch.trainers + epoch.localValidators + epoch.aggregators + epoch.globalValidators
      #expect(try Amount.total(paid) + epoch.carryOut == pool + carry)
      for (point, amount) in zip(trainers + validators + aggregators, paid) where point == 0 { #expect(amount.isZero) }
    }
    #expect(throws: EconomyError.self) {
      try RoleRewardEpoch(pool: .zero, trainers: [], localValidators: [], aggregators: [], globalCount: 3)
    }
  }

  @Test func overflowsAreErrors() throws {
    #expect(throws: (any Error).self) {
      try AggregatorReward.amount(entries: .max, votes: 2, unit: Amount(units: 1))
    }
    #expect(throws: (any Error).self) {
      try TrainerReward.amount(samples: .max, epochs: 1, unit: Amount(units: 2), votes: [true])
    }
    #expect(throws: (any Error).self) {
      try WeeklySettlement(
        pool: .maximum, weekStart: 0, stakes: [.init(id: "a", amount: .maximum, stakeDay: 0)])
    }
    // Comparisons of governance do not overflow at all.
    let vote = try GovernanceVote(.key, voters: [.init(id: "a", pledge: .maximum, tier: .super, ballot: .for)])
    #expect(vote.passed)
  }

  @Test func iterationsEndOnce() throws {
    func end(_ events: [LearningIteration.Event]) throws -> LearningIteration {
      var iteration = LearningIteration()
      for event in events { try iteration.apply(event) }
      return iteration
    }
    let begun: [LearningIteration.Event] = [.schedule, .train, .submit]
    #expect(try end(begun + [.aggregate, .propose, .timeout, .agree]).state == .rewarded)
    let rejected = try end(begun + [.timeout, .aggregate, .propose, .timeout, .timeout])
    #expect(rejected.state == .rejected && rejected.paysWorkers && !rejected.paysAggregator)
    #expect(try end(begun + [.timeout, .timeout]).state == .refunded)
    #expect(try end([.timeout]).state == .refunded)
    #expect(throws: EconomyError.self) { try end([.timeout, .schedule]) }
  }
}
