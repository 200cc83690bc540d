import Core

/// Votes and elections.
enum VotingFunctions {
  static var all: [Function] { [power, governanceVote, electionWindow, election, committee] }

  static let votesNumerator = Parameter.whole("ve_numerator", "votes count this over ve_denominator", default: 1)
  static let votesDenominator = Parameter.whole("ve_denominator", "see above", default: 1)
  static let quorum = Parameter<Int>.integer(
    "quorum_bps", "of all power that must take part", unit: "basis points", default: 2000)
  static let chamberQuorum = Parameter<Int>.integer(
    "chamber_quorum_bps", "of a chamber's power that must take part", unit: "basis points", default: 5000)
  static let voterFields = ["id", "pledge", "votes", "tier", "vote"]

  static func voter(_ fields: RecordReader) throws -> GovernanceVote.Voter {
    GovernanceVote.Voter(
      id: try fields.text("id"), pledge: try fields.amount("pledge"), votes: try fields.amount("votes", default: .zero),
      tier: try fields.choice("tier", default: NodeTier.none), ballot: try fields.choice("vote", kind: "InvalidVote"))
  }

  private static var power: Function {
    let pledge = Parameter.tokens("pledge", "tokens pledged")
    let votes = Parameter.tokens("votes", "veN3 of locks", default: .zero)
    return Function(
      Signature(
        "token.voting_power", "What a vote weighs: the pledge, and veN3 at a rate.",
        [pledge, votes, votesNumerator, votesDenominator], result: "power, as an exact decimal text",
        errors: TokenMoney.errors + ["InvalidRate"], source: "Network3 3.3.3, 4.4.2",
        example: "token.voting_power{ pledge = 1000, votes = 333, ve_numerator = 3, ve_denominator = 2 }")
    ) { arguments in
      let rate = try VotingPower(arguments[votesNumerator], of: arguments[votesDenominator])
      return .tokens(try rate.power(pledge: arguments[pledge], votes: arguments[votes]))
    }
  }

  private static var governanceVote: Function {
    let kind = Parameter<GovernanceVote.Matter>.choice(
      "kind", "a key proposal needs two thirds of the largest nodes too", default: .ordinary)
    let voters = Parameter<[GovernanceVote.Voter]>.records(
      "voters", "vote is for, against, abstain or absent; tier is super, tier1, ordinary or none", fields: voterFields
    ) { try voter($0) }
    return Function(
      Signature(
        "token.governance_vote", "Counts a vote on a proposal by weight, with its quorum and its chambers.",
        [kind, voters, quorum, chamberQuorum, votesNumerator, votesDenominator],
        result: """
          a result with in_favour, against, abstained, total (exact decimal texts), quorum_met, chamber (super, tier1, \
          none), passed and reason (ok, no_quorum, no_majority, chamber_veto, no_chamber_quorum)
          """, errors: TokenMoney.errors + ["DuplicateVote", "InvalidVote", "InvalidRate"],
        source: "Network3 section 4; specification 2.4",
        example: """
          token.governance_vote{ kind = "key", voters = {
            { id = "a", pledge = 50, tier = "super", vote = "against" }, { id = "b", pledge = 90, vote = "for" } } }
          """)
    ) { arguments in
      let vote = try GovernanceVote(
        arguments[kind], voters: arguments[voters], quorum: arguments[quorum],
        chamberQuorum: arguments[chamberQuorum],
        rate: VotingPower(arguments[votesNumerator], of: arguments[votesDenominator]))
      let sides = [("for", vote.inFavour), ("against", vote.against), ("abstained", vote.abstained)]
      return .object(
        ResultObject(
          "\(arguments[kind].rawValue) proposal: \(vote.passed ? "passed" : "not passed")",
          fields: [
            "in_favour": .tokens(vote.inFavour), "against": .tokens(vote.against),
            "abstained": .tokens(vote.abstained), "total": .tokens(vote.total), "quorum_met": .boolean(vote.hasQuorum),
            "chamber": .string(vote.chamber.rawValue), "passed": .boolean(vote.passed),
            "reason": .string(vote.reason.rawValue),
          ],
          tables: [
            TextTable(
              "", [.init("side", .text(sides.map(\.0))), .init("power", .text(sides.map(\.1.description)))])
          ],
          notes: [
            "of \(vote.total) in all; reason: \(vote.reason.rawValue)"
              + (vote.chamber == .none ? "" : ", by the \(vote.chamber.rawValue) chamber")
          ], payload: vote))
    }
  }

  private static var electionWindow: Function {
    let day = Parameter<Int>.integer("day", "since genesis", unit: "days")
    let quarter = Parameter<Int>.integer("quarter_days", "from one election to the next", unit: "days", default: 91)
    let length = Parameter<Int>.integer("length", "of the window", unit: "days", default: 7)
    return Function(
      Signature(
        "token.election_window", "Whether an election is open on a day: the first week of every quarter.",
        [day, quarter, length],
        result: "a table with quarter (from 0), open and day_in_window (from 0; nil when closed)",
        errors: ["InvalidTime", "InvalidSchedule"], source: "Network3 4.4.2",
        example: "token.election_window{ day = 97 }.open")
    ) { arguments in
      let window = try ElectionWindow(
        day: arguments[day], quarterDays: arguments[quarter], length: arguments[length])
      return .record([
        "quarter": .integer(window.quarter), "open": .boolean(window.isOpen),
        "day_in_window": window.dayInWindow.map { .integer($0) } ?? .none,
      ])
    }
  }

  private static var election: Function {
    let seats = Parameter<Int>.integer("seats", "how many are elected", domain: .between(0, 1e9))
    let minimum = Parameter.tokens("minimum_pledge", "what a candidate has pledged at least", default: .zero)
    let candidates = Parameter<[Election.Candidate]>.records(
      "candidates", "who stands", fields: ["id", "pledge", "reputation", "registered_at", "blacklisted"]
    ) { fields in
      Election.Candidate(
        id: try fields.text("id"), pledge: try fields.amount("pledge"),
        reputation: try fields.number("reputation", default: 0),
        registeredAt: try fields.integer("registered_at", default: 0), isBlacklisted: try fields.flag("blacklisted"))
    }
    let votes = Parameter<[Election.Vote]>.records(
      "votes", "pledges at the opening and now; pledged_in_window counts what was withdrawn again too",
      fields: ["voter", "candidate", "snapshot", "pledge_now", "pledged_in_window"]
    ) { fields in
      Election.Vote(
        voter: try fields.text("voter"), candidate: try fields.text("candidate"),
        snapshot: try fields.amount("snapshot"), pledgeNow: try fields.amount("pledge_now"),
        pledgedInWindow: try fields.optionalAmount("pledged_in_window"))
    }
    let numerator = Parameter.whole("enhancement_numerator", "new pledges weigh this over the denominator", default: 3)
    let denominator = Parameter.whole("enhancement_denominator", "see above", default: 2)
    let rule = Parameter<Election.Rule>.choice(
      "rule", "new is what was added in the end, or, as printed, every pledge made", default: .net)
    return Function(
      Signature(
        "token.election", "Elects nodes by pledges, of which those made during the window weigh more.",
        [seats, minimum, candidates, votes, numerator, denominator, rule],
        result: "a result with elected and alternates (ids, best first) and votes (by candidate, exact decimal texts)",
        errors: TokenMoney.errors + ["DuplicateVote", "DuplicateId", "UnknownParticipant", "InvalidRate"],
        source: "Network3 4.4.2; counting the net is the correction",
        example: """
          token.election{ seats = 1, candidates = { { id = "a", pledge = 100 }, { id = "b", pledge = 90 } },
            votes = { { voter = "u", candidate = "b", snapshot = 10, pledge_now = 30 } } }.elected[1]
          """)
    ) { arguments in
      let result = try Election(
        seats: arguments[seats], minimumPledge: arguments[minimum], candidates: arguments[candidates],
        votes: arguments[votes], enhancement: (arguments[numerator], arguments[denominator]), rule: arguments[rule])
      let ranking = result.elected + result.alternates
      let byName = Dictionary(result.votes.map { ($0.candidate, $0.amount) }) { first, _ in first }
      return .object(
        ResultObject(
          "election of \(result.elected.count)",
          fields: [
            "elected": .strings(result.elected), "alternates": .strings(result.alternates),
            "votes": .record(Record(result.votes.map { (name: $0.candidate, value: .tokens($0.amount)) })),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("candidate", .text(ranking)),
                .init("votes", .text(ranking.map { byName[$0]?.description ?? "0" })),
                .init("", .text(ranking.indices.map { $0 < result.elected.count ? "elected" : "alternate" })),
              ])
          ]))
    }
  }

  private static var committee: Function {
    let size = Parameter<Int>.integer("size", "seats, at least 4")
    let candidates = Parameter<[Committee.Candidate]>.records(
      "candidates", "who may sit", fields: ["id", "pledge", "reputation", "contribution"]
    ) { fields in
      Committee.Candidate(
        id: try fields.text("id"), pledge: try fields.amount("pledge"),
        reputation: try fields.whole("reputation", default: 0),
        contribution: try fields.whole("contribution", default: 0))
    }
    let pledge = Parameter.whole("pledge_weight", "what the share of all pledges counts", default: 2)
    let reputation = Parameter.whole("reputation_weight", "what the share of all reputation counts", default: 1)
    let contribution = Parameter.whole("contribution_weight", "what the share of all contributions counts", default: 1)
    return Function(
      Signature(
        "token.committee", "Chooses the global validators by shares of pledge, reputation and contribution, exactly.",
        [size, candidates, pledge, reputation, contribution],
        result: "a result with committee and ranking (ids, best first) and scores (by candidate)",
        errors: TokenMoney.errors + ["CommitteeTooSmall", "DuplicateId", "ZeroWeight"], source: "Network3 4.3.2",
        example: """
          candidates = {}
          for i = 1, 6 do candidates[i] = { id = "g" .. i, pledge = 100 * i, reputation = 7 - i, contribution = i * i } end
          token.committee{ size = 4, candidates = candidates }
          """)
    ) { arguments in
      let choice = try Committee(
        size: arguments[size], candidates: arguments[candidates],
        weights: Committee.Weights(
          pledge: arguments[pledge], reputation: arguments[reputation], contribution: arguments[contribution]))
      return .object(
        ResultObject(
          "committee of \(arguments[size])",
          fields: [
            "committee": .strings(choice.members), "ranking": .strings(choice.ranking),
            "scores": .record(Record(zip(choice.ranking, choice.scores).map { (name: $0, value: .number($1)) })),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("candidate", .text(choice.ranking)), .init("score", .numbers(choice.scores)),
                .init("", .text(choice.ranking.indices.map { $0 < choice.members.count ? "sits" : "" })),
              ])
          ]))
    }
  }
}
