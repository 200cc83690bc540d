import Solvers

/// Something that Network3 says or implies about its economy, tried on numbers computed now.
public struct EconomyClaim: Sendable, Equatable {
  public let id: String
  public let source: String
  public let claim: String
  /// What the claim says of the witness's numbers.
  public let printed: Comparison
  /// What is true, or what is done instead.
  public let truth: String
  /// The same of the corrected rule; it holds.
  public let corrected: Comparison

  public var holds: Bool { printed.holds }

  init(
    _ id: String, _ source: String, _ claim: String, printed: Comparison, truth: String, corrected: Comparison
  ) {
    self.id = id
    self.source = source
    self.claim = claim
    self.printed = printed
    self.truth = truth
    self.corrected = corrected
  }
}

/// The economy's claims, each with a witness.
///
/// Source: specification 2.1-2.6 and 4.2; the theory is in docs/theory/network3-economy.md.
public enum EconomyPaperCheck {
  public static func claims() throws -> [EconomyClaim] {
    [
      try table(), try release(), try boost(), try exit(), try flashPledge(), try slash(), try launch(), try ban(),
      try whitewashing(), try period(), try lazyValidator(), try aggregatorShare(),
    ]
  }

  private static func figure(_ name: String, _ value: Double) -> Figure { Figure(name, value) }

  private static func table() throws -> EconomyClaim {
    let supply = TokenDistribution.defaultSupply
    let sum = try Amount.total(TokenDistribution(supply: supply).amounts)
    return EconomyClaim(
      "T1", "3.4", "the table of the supply sums to 100 %",
      printed: Comparison(
        figure("percent", Double(TokenDistribution.percentSum)), .equal, figure("whole", 100)),
      truth: "and split by largest remainder the nine amounts sum to the supply, to the last unit",
      corrected: Comparison(figure("tokens", sum.tokens), .equal, figure("supply", supply.tokens)))
  }

  private static func release() throws -> EconomyClaim {
    let lines = try TokenDistribution()
    let pool = try lines[.mining] + lines[.computingPower]
    let contributors = 100 * pool.tokens / (pool.tokens + lines[.team].tokens)
    let fromPool = 100 * (lines[.team].tokens + pool.tokens / 10) / TokenDistribution.defaultSupply.tokens
    return EconomyClaim(
      "T2", "3.1.4", "of everything released nine tenths are the contributors' and a tenth is the team's",
      printed: Comparison(figure("contributors' percent by the table", contributors), .equal, figure("printed", 90)),
      truth:
        "a tenth of the 75 % pool on top of the team's line makes it 19.5 %; each part is debited from its own line",
      corrected: Comparison(
        figure("team's percent", 100 * lines[.team].tokens / TokenDistribution.defaultSupply.tokens), .below,
        figure("with a tenth of the pool", fromPool)))
  }

  private static func boost() throws -> EconomyClaim {
    let pool = Amount(tokens: 1000)
    let stakes = ["a", "b"].map { id in
      WeeklySettlement.Stake(
        id: id, amount: Amount(tokens: 500), stakeDay: 0, lockStart: 0, lockDays: 365)
    }
    let printed = try Amount.total(WeeklySettlement.printedPayouts(pool: pool, stakes: stakes))
    let week = try WeeklySettlement(pool: pool, weekStart: 0, stakes: stakes)
    return EconomyClaim(
      "B1", "3.3.2", "locked tokens earn up to 1.75 times the base rate of pool over stakes",
      printed: Comparison(figure("paid when all lock a year", printed.tokens), .atMost, figure("pool", pool.tokens)),
      truth: "the boost is a relative weight: who locks longer gets more of the same pool",
      corrected: Comparison(
        figure("paid", try Amount.total(week.payouts).tokens), .atMost, figure("pool", pool.tokens)))
  }

  /// The premium that a token keeps which is locked for `days` and wanted back after `horizon` days.
  static func keptPremium(lockDays days: Int, horizon: Int, keepExponent: Int) throws -> Double {
    let amount = Amount(tokens: 1_000_000)
    let served = min(days, horizon)
    let boost = try Boost(lockDays: days)
    let premium = try amount.portion(
      (boost.numerator - boost.denominator) * UInt128(served), of: boost.denominator * 365)
    guard days > horizon else { return premium.tokens }
    return try EarlyUnstake(
      amount: amount, lockDays: days, startDay: 0, now: horizon, withdrawing: amount, escrow: premium,
      terms: .init(keepExponent: keepExponent)
    ).premiumKept.tokens
  }

  private static func exit() throws -> EconomyClaim {
    func kept(_ days: Int, _ exponent: Int) throws -> Double {
      try keptPremium(lockDays: days, horizon: 7, keepExponent: exponent)
    }
    return EconomyClaim(
      "B2", "3.3.4", "losing veN3 keeps people from leaving a lock early",
      printed: Comparison(
        figure("365 days, left after 7", try kept(365, 0)), .atMost, figure("an honest 7 days", try kept(7, 0))),
      truth:
        "premiums wait in escrow and (served/days)^2 of them is kept: the lock that one means is the only best one",
      corrected: Comparison(
        figure("365 days, left after 7", try kept(365, 2)), .below, figure("an honest 7 days", try kept(7, 2))))
  }

  private static func flashPledge() throws -> EconomyClaim {
    // Pledged 100, withdrawn and pledged again nine times.
    let vote = Election.Vote(
      voter: "v", candidate: "c", snapshot: Amount(tokens: 100), pledgeNow: Amount(tokens: 100),
      pledgedInWindow: Amount(tokens: 900))
    let enhancement: (numerator: UInt128, denominator: UInt128) = (3, 2)
    return EconomyClaim(
      "G1", "4.4.2", "pledges made in the week of the election weigh 3/2",
      printed: Comparison(
        figure("votes of 100 tokens pledged ten times", try Election.weight(of: vote, enhancement, .printed).tokens),
        .atMost, figure("1.5 votes a token", 150)),
      truth: "only what was added in the end is enhanced",
      corrected: Comparison(
        figure("votes", try Election.weight(of: vote, enhancement, .net).tokens), .atMost,
        figure("1.5 votes a token", 150)))
  }

  private static func slash() throws -> EconomyClaim {
    func cost(_ share: Int) throws -> Double {
      try Slashing(
        pledge: Amount(tokens: 1000), severity: 10_000, reporters: ["second identity"],
        terms: .init(reporterShare: share)
      ).selfReportCost.tokens
    }
    return EconomyClaim(
      "G2", "4.5", "a reward for reporters makes cheating dearer",
      printed: Comparison(
        figure("self-report, half to reporters", try cost(5000)), .atLeast, figure("with no reward", try cost(0))),
      truth:
        "a node reports itself through a second identity and gets the reward back; the share stays below the whole",
      corrected: Comparison(
        figure("self-report, a fifth to reporters", try cost(2000)), .above, figure("nearly all", try cost(9999))))
  }

  private static func launch() throws -> EconomyClaim {
    let start = try NodeThresholds(circulation: Amount(tokens: 10_000_000))
    let floor = try NodeThresholds(
      circulation: Amount(tokens: 10_000_000), minimumSuper: Amount(tokens: 500_000))
    return EconomyClaim(
      "G3", "4.2", "half a percent of the circulation is a super node's pledge, and keeps the chamber safe",
      printed: Comparison(
        figure("pledge at a float of 10^7", start.super.tokens), .atLeast,
        figure("a percent of a percent of the supply", 100_000)),
      truth: "a minimum in tokens holds until a tenth of the supply circulates",
      corrected: Comparison(
        figure("pledge", floor.super.tokens), .atLeast, figure("a percent of a percent of the supply", 100_000)))
  }

  private static func contribution(
    _ hours: Double, _ delay: Double, _ volume: Double, _ delta: Int, _ rule: BandwidthContribution.Rule
  ) throws -> BandwidthContribution {
    try BandwidthContribution(
      hours: hours, delay: delay, volume: volume, reputation: Reputation(delta), rule: rule)
  }

  private static func ban() throws -> EconomyClaim {
    func banned(_ rule: BandwidthContribution.Rule) throws -> Double {
      try contribution(1, 150, 100, 0, rule).isBlacklisted ? 1 : 0
    }
    return EconomyClaim(
      "R1", "(1)", "a negative quality is malice, and bans",
      printed: Comparison(
        figure("honest newcomers banned: 1 h, 150 ms", try banned(.literal)), .equal, figure("should be", 0)),
      truth: "a ban needs a reputation below 0",
      corrected: Comparison(
        figure("honest newcomers banned", try banned(.reputationOnly)), .equal, figure("should be", 0)))
  }

  private static func whitewashing() throws -> EconomyClaim {
    let stained = try contribution(24, 100, 1000, -10, .reputationOnly).points
    let fresh = try contribution(24, 100, 1000, 0, .reputationOnly).points
    return EconomyClaim(
      "R2", "5.2.1", "a bad reputation costs points",
      printed: Comparison(figure("with a new identity", fresh), .atMost, figure("with the old one", stained)),
      truth: "a new identity begins at 0: registration must cost more than the points it wins back",
      corrected: Comparison(figure("a pledge worth", fresh), .above, figure("points won back a day", fresh - stained)))
  }

  private static func period() throws -> EconomyClaim {
    let day = try contribution(24, 100, 1000, 0, .reputationOnly).points
    let halves = 2 * (try contribution(12, 100, 500, 0, .reputationOnly).points)
    let identities = 2 * (try contribution(24, 100, 500, 0, .reputationOnly).points)
    return EconomyClaim(
      "R3", "(1)", "points measure what a node did",
      printed: Comparison(figure("a day in two reports", halves), .equal, figure("in one", day)),
      truth: "time multiplies volume: the report is a day for everybody, and splitting traffic then gains nothing",
      corrected: Comparison(figure("a day over two identities", identities), .equal, figure("in one", day)))
  }

  private static func lazyValidator() throws -> EconomyClaim {
    var queue: [LocalValidatorReward.Vote] = []
    for (validator, accepts) in [("lazy", false), ("first", true), ("second", true)] {
      for trainer in 1...4 {
        queue.append(.init(validator: validator, trainer: "t\(trainer)", accepts: accepts))
      }
    }
    func reward(_ name: String, _ rule: LocalValidatorReward.Rule) throws -> Double {
      try LocalValidatorReward(
        queue: queue, validator: name, samples: 100_000, unit: Amount(tokens: 1), rule: rule
      ).reward.tokens
    }
    return EconomyClaim(
      "R4", "(3)", "paying early votes more makes validators work",
      printed: Comparison(
        figure("who says no unseen", try reward("lazy", .paper)), .atMost,
        figure("who looks", try reward("first", .paper))),
      truth: "only votes that agree with the outcome count",
      corrected: Comparison(
        figure("who says no unseen", try reward("lazy", .agreement)), .below,
        figure("who looks", try reward("first", .agreement))))
  }

  private static func aggregatorShare() throws -> EconomyClaim {
    // Each trainer 1000 samples and 5 epochs; five votes on each.
    func share(_ trainers: UInt128) throws -> Double {
      let unit = Amount(tokens: 1)
      let each = try TrainerReward.amount(samples: 1000, epochs: 5, unit: unit, votes: [true])
      let all = try each.portion(trainers, of: 1).tokens
      let aggregator = try AggregatorReward.amount(entries: trainers, votes: 5 * trainers, unit: unit).tokens
      return 100 * aggregator / (all + aggregator)
    }
    let pool = Amount(tokens: 1000)
    let epoch = try RoleRewardEpoch(
      pool: pool, trainers: Array(repeating: 5000, count: 1000), localValidators: [1], aggregators: [5_000_000],
      globalCount: 4)
    return EconomyClaim(
      "R5", "(2)-(4)", "the rewards of the roles go together",
      printed: Comparison(
        figure("aggregator's percent, 1000 trainers", try share(1000)), .atMost,
        figure("ten times that of 10 trainers", 10 * (try share(10)))),
      truth: "there is no budget and the aggregator's part tends to the whole; quotas cut a fixed release",
      corrected: Comparison(
        figure("aggregator's percent", 100 * (try Amount.total(epoch.aggregators).tokens) / pool.tokens), .equal,
        figure("its quota", 10)))
  }
}
