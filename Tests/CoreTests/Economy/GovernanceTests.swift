import Testing

@testable import Core

/// Classes of nodes, votes, proposals, elections, committees.
@Suite struct GovernanceTests {
  @Test func thresholdsRoundUp() throws {
    var random = RandomEconomy("tiers")
    for _ in 0..<2000 {
      let circulation = random.positive()
      let thresholds = try NodeThresholds(circulation: circulation)
      #expect(thresholds.super.units * 200 >= circulation.units)
      #expect((thresholds.super.units - 1) * 200 < circulation.units)
      #expect(thresholds.tier(ofPledge: thresholds.super) == .super)
      #expect(thresholds.tier(ofPledge: thresholds.tier1) >= .tier1)
      #expect(thresholds.tier(ofPledge: .zero) == .none)
    }
    #expect(throws: EconomyError.zeroCirculation) { try NodeThresholds(circulation: .zero) }
    let launch = try NodeThresholds(circulation: Amount(tokens: 10_000_000))
    #expect(launch.super == Amount(tokens: 50_000))
  }

  private func voters(_ random: inout RandomEconomy) -> [GovernanceVote.Voter] {
    (0..<random.integer(1...12)).map { index in
      GovernanceVote.Voter(
        id: "\(index)", pledge: random.amount(), votes: random.amount(), tier: random.pick(NodeTier.allCases),
        ballot: random.pick(GovernanceVote.Ballot.allCases))
    }
  }

  /// Written from the rule's text, in integers of any size.
  private func isPassed(_ matter: GovernanceVote.Matter, _ voters: [GovernanceVote.Voter]) -> Bool {
    func sum(_ isCounted: (GovernanceVote.Voter) -> Bool) -> Natural {
      voters.filter(isCounted).reduce(.zero) { $0 + Natural(wide: $1.pledge.units) + Natural(wide: $1.votes.units) }
    }
    let (yes, no) = (sum { $0.ballot == .for }, sum { $0.ballot == .against })
    guard sum({ $0.ballot != .absent }) * Natural(10_000) >= sum({ _ in true }) * Natural(2000), yes > no else {
      return false
    }
    guard matter == .key else { return true }
    for tier in [NodeTier.super, .tier1] {
      let all = sum { $0.tier == tier }
      guard !all.isZero, sum({ $0.tier == tier && $0.ballot != .absent }) * Natural(2) >= all else { continue }
      let (yes, no) = (sum { $0.tier == tier && $0.ballot == .for }, sum { $0.tier == tier && $0.ballot == .against })
      return !yes.isZero && Natural(3) * yes >= Natural(2) * (yes + no)
    }
    return false
  }

  @Test func votesFollowTheRule() throws {
    var random = RandomEconomy("votes of governance")
    var passed = 0
    for _ in 0..<5000 {
      let (matter, voters) = (random.pick(GovernanceVote.Matter.allCases), voters(&random))
      let vote = try GovernanceVote(matter, voters: voters)
      #expect(vote.passed == isPassed(matter, voters))
      if vote.passed { passed += 1 }
    }
    #expect(passed > 500)
  }

  @Test func proposalsWaitTheirTime() throws {
    let yes = try GovernanceVote(.ordinary, voters: [.init(id: "a", pledge: Amount(tokens: 1), ballot: .for)])
    var proposal = try Proposal(.ordinary, votingDays: 7, timelockDays: 2)
    #expect(throws: EconomyError.self) { try proposal.close(yes, on: 9) }
    try proposal.open(on: 1)
    #expect(throws: EconomyError.self) { try proposal.close(yes, on: 7) }
    try proposal.close(yes, on: 8)
    try proposal.queue(on: 8)
    #expect(throws: EconomyError.self) { try proposal.execute(on: 9) }
    #expect(proposal.state == .timelock)
    try proposal.execute(on: 10)
    #expect(proposal.state == .executed)
  }

  /// Pledge, withdraw, pledge again: votes grow without bound as printed, not with the net.
  @Test func flashPledgesWinOnlyAsPrinted() throws {
    let candidates = ["honest", "flash"].map {
      Election.Candidate(id: $0, pledge: Amount(tokens: 100), reputation: 0, registeredAt: 0)
    }
    let votes = [
      Election.Vote(
        voter: "many", candidate: "honest", snapshot: Amount(tokens: 1000), pledgeNow: Amount(tokens: 1000)),
      Election.Vote(
        voter: "one", candidate: "flash", snapshot: Amount(tokens: 100), pledgeNow: Amount(tokens: 100),
        pledgedInWindow: Amount(tokens: 900)),
    ]
    func elected(_ rule: Election.Rule) throws -> [String] {
      try Election(seats: 1, minimumPledge: .zero, candidates: candidates, votes: votes, rule: rule).elected
    }
    #expect(try elected(.printed) == ["flash"])
    #expect(try elected(.net) == ["honest"])
  }

  @Test func electionsRankEverybodyOnce() throws {
    var random = RandomEconomy("elections")
    for _ in 0..<500 {
      let candidates = (0..<random.integer(1...10)).map { index in
        Election.Candidate(
          id: "c\(index)", pledge: random.amount(), reputation: Double(random.integer(0...2)),
          registeredAt: random.integer(0...3), isBlacklisted: random.integer(0...9) == 0)
      }
      let votes = (0..<random.integer(0...10)).map { index in
        Election.Vote(
          voter: "v\(index)", candidate: random.pick(candidates).id, snapshot: random.amount(),
          pledgeNow: random.amount())
      }
      let (seats, least) = (random.integer(0...4), Amount(tokens: UInt64(random.integer(0...2))))
      let result = try Election(seats: seats, minimumPledge: least, candidates: candidates, votes: votes)
      let eligible = candidates.filter { !$0.isBlacklisted && $0.pledge >= least }.map(\.id)
      #expect(Set(result.elected + result.alternates) == Set(eligible))
      #expect(result.elected.count == min(seats, eligible.count))
      let byName = Dictionary(uniqueKeysWithValues: result.votes.map { ($0.candidate, $0.amount) })
      let ranked = (result.elected + result.alternates).compactMap { byName[$0] }
      #expect(zip(ranked, ranked.dropFirst()).allSatisfy { $0 >= $1 })
      // Never more than 1.5 votes for a token of now.
      let sum = votes.filter { eligible.contains($0.candidate) }.reduce(0.0) { $0 + 1.5 * $1.pledgeNow.tokens }
      #expect(result.votes.reduce(0.0) { $0 + $1.amount.tokens } <= sum * (1 + 1e-12))
    }
    #expect(throws: EconomyError.unknownParticipant("x")) {
      try Election(
        seats: 1, minimumPledge: .zero, candidates: [],
        votes: [.init(voter: "v", candidate: "x", snapshot: .zero, pledgeNow: .zero)])
    }
  }

  @Test func theWindowIsTheFirstWeekOfAQuarter() throws {
    for day in 0..<400 {
      let window = try ElectionWindow(day: day)
      #expect(window.quarter == day / 91 && window.isOpen == (day % 91 < 7))
      #expect(window.dayInWindow == (day % 91 < 7 ? day % 91 : nil))
    }
    #expect(throws: EconomyError.self) { try ElectionWindow(day: -1) }
  }

  /// Scores as fractions: the shares sum to one, and a difference beyond a double's digits decides.
  @Test func committeesAreChosenExactly() throws {
    let large: UInt128 = 1 << 120
    let candidates = (0..<6).map { index in
      Committee.Candidate(
        id: "c\(index)", pledge: Amount(units: large + UInt128(index)), reputation: large, contribution: large)
    }
    let choice = try Committee(size: 4, candidates: candidates)
    #expect(choice.members == ["c5", "c4", "c3", "c2"])
    #expect(abs(choice.scores.reduce(0, +) - 1) < 1e-12)
    #expect(throws: EconomyError.self) { try Committee(size: 3, candidates: candidates) }
    #expect(throws: EconomyError.self) { try Committee(size: 7, candidates: candidates) }
  }

  @Test func nodesGoTheirWay() throws {
    let thresholds = try NodeThresholds(circulation: Amount(tokens: 1_000_000_000))
    var node = NodeRegistration()
    #expect(throws: EconomyError.self) { try node.settle(isElected: true) }
    try node.register(pledge: Amount(tokens: 6_000_000))
    try node.assess(thresholds)
    #expect(node.state == .eligible && node.tier == .super)
    try node.settle(isElected: true)
    try node.slash(Slashing(pledge: node.pledge, severity: 10_000), thresholds: thresholds)
    #expect(node.state == .slashed && node.tier == .tier1 && node.pledge == Amount(tokens: 3_000_000))
    try node.exit(on: 10)
    #expect(throws: EconomyError.self) { try node.release(on: 23) }
    // A pledge stays at stake on the way out.
    try node.slash(Slashing(pledge: node.pledge, severity: 5000), thresholds: thresholds)
    #expect(node.state == .exiting)
    #expect(try node.release(on: 24) == Amount(tokens: 2_250_000))
    #expect(throws: EconomyError.self) { try node.blacklist() }
  }
}
