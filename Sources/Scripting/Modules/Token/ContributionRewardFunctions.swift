import Core

/// Bandwidth, in points and in tokens.
enum ContributionRewardFunctions {
  static var all: [Function] { [bandwidth, pointsToTokens] }

  private static var bandwidth: Function {
    let hours = Parameter<Double>.number("hours", "online, of one day", unit: "h")
    let delay = Parameter<Double>.number("delay_ms", "the network's delay", unit: "ms")
    let volume = Parameter<Double>.number("volume", "carried for others, by signed receipts", unit: "MB")
    let delta = PenaltyFunctions.standing("delta", "the node's reputation, at most 0")
    let hoursWeight = Parameter<Double>.number("hours_weight", "w1", default: 1)
    let delayWeight = Parameter<Double>.number("delay_weight", "w2", default: 0.01)
    let reputationWeight = Parameter<Double>.number("reputation_weight", "w3", default: 1)
    let rule = Parameter<BandwidthContribution.Rule>.choice(
      "rule", "any negative quality bans, as printed, or only one with a reputation below 0", default: .reputationOnly)
    let blacklisted = Parameter<Bool>.boolean("blacklisted", "whether the node is banned already", default: false)
    return Function(
      Signature(
        "token.bandwidth_points", "What a day's bandwidth is worth in points, and whether it gets the node banned.",
        [hours, delay, volume, delta, hoursWeight, delayWeight, reputationWeight, rule, blacklisted],
        result: "a table with quality, points and blacklisted",
        errors: ["BlacklistedNode", "InvalidReputation", "NegativeInput", "AmountOverflow"], source: "Network3 (1)",
        example: "token.bandwidth_points{ hours = 23.5, delay_ms = 87, volume = 512, delta = -3 }.points")
    ) { arguments in
      let contribution = try BandwidthContribution(
        hours: arguments[hours], delay: arguments[delay], volume: arguments[volume],
        reputation: arguments[blacklisted] ? .banned : arguments[delta],
        weights: BandwidthContribution.Weights(
          hours: arguments[hoursWeight], delay: arguments[delayWeight], reputation: arguments[reputationWeight]),
        rule: arguments[rule])
      return .record([
        "quality": .number(contribution.quality), "points": .number(contribution.points),
        "blacklisted": .boolean(contribution.isBlacklisted),
      ])
    }
  }

  private static var pointsToTokens: Function {
    let points = Parameter.wholeList("points", "of each node", unit: "points")
    let numerator = Parameter.tokens("ratio", "tokens for `per_points` points, set by governance")
    let denominator = Parameter.whole("per_points", "see above", unit: "points", default: 1)
    let pool = Parameter.tokens("pool", "what there is")
    return Function(
      Signature(
        "token.points_to_tokens",
        "Turns points into tokens at a ratio, or shares the pool by points if it is too small.",
        [points, numerator, denominator, pool],
        result: "a table with tokens and unused (exact decimal texts) and capped",
        errors: TokenMoney.errors + ["InvalidRate"], source: "Network3 5.1",
        example: "token.points_to_tokens{ points = { 10, 7 }, ratio = 5, per_points = 3, pool = 100 }.tokens[1]")
    ) { arguments in
      let result = try PointsToTokens(
        points: arguments[points], numerator: arguments[numerator].units, denominator: arguments[denominator],
        pool: arguments[pool])
      return .record([
        "tokens": .tokenList(result.tokens), "capped": .boolean(result.isCapped), "unused": .tokens(result.unused),
      ])
    }
  }
}
