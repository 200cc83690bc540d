import Solvers

/// What a project costs in all, how that is divided, and what becomes of taxes, bonds and rewards.
enum ProjectMoneyFunctions {
  static var all: [Function] { [totalPayment, costShares, recycleTax, punishment, clientRewards] }

  private static var totalPayment: Function {
    let low = Parameter.wholeAmount("low", "the posted low end")
    let high = Parameter.wholeAmount("high", "the posted high end")
    let numerator = Parameter.wholeAmount(
      "beacon_numerator", "u times its denominator, drawn after the claims are sealed")
    let denominator = Parameter.wholeAmount("beacon_denominator", "what u is counted in")
    return Function(
      Signature(
        "auction.total_payment", "What a model costs in all: low + floor((high - low) u), u a public random number.",
        [low, high, numerator, denominator], result: "a whole amount",
        errors: ["EmptyInterval", "NegativeAmount", "AmountOverflow"], source: "HCFL III.C; posting is the correction",
        example: "auction.total_payment{ low = 500, high = 1000, beacon_numerator = 1, beacon_denominator = 3 }")
    ) { arguments in
      let interval = try PostedInterval(low: arguments[low], high: arguments[high])
      let beacon = try Beacon(
        unsigned(arguments[numerator], "beacon_numerator"), of: unsigned(arguments[denominator], "beacon_denominator"))
      return .wholeAmount(interval.totalPayment(beacon))
    }
  }

  private static func unsigned(_ number: Int128, _ name: String) throws -> UInt128 {
    guard number >= 0 else { throw ScriptError.invalidParameter("option '\(name)' must be at least 0, got \(number)") }
    return number.magnitude
  }

  private static var costShares: Function {
    let total = Parameter.wholeAmount("total", "C, what a model costs in all")
    let participants = Parameter<Int>.integer(
      "participants", "how many share it equally", domain: .between(1, 1_000_000)
    ).optional()
    let weights = Parameter.wholeAmounts("weights", "whole numbers to share it by instead", unit: nil).optional()
    return Function(
      Signature(
        "auction.cost_shares", "Divides a total payment equally or by weights; the parts sum to it, to the last unit.",
        [total, participants, weights], result: "a list of whole amounts",
        errors: ["NoParticipants", "ZeroWeight", "NegativeAmount", "AmountOverflow"], source: "HCFL III.B",
        example: "auction.cost_shares{ total = 100, weights = { 5, 3, 3, 0 } }")
    ) { arguments in
      switch (arguments[participants], arguments[weights]) {
      case (let count?, nil): .wholeAmounts(try CostShares.equal(arguments[total], among: count))
      case (nil, let weights?): .wholeAmounts(try CostShares.weighted(arguments[total], by: weights))
      default: throw ScriptError.invalidParameter("either option 'participants' or option 'weights' must be given")
      }
    }
  }

  private static var recycleTax: Function {
    let pool = Parameter.wholeAmount("pool", "the taxes of the last round")
    let costs = Parameter.wholeAmounts("owner_costs", "what each owner has to pay in this round")
    let rewards = Parameter.wholeAmounts("station_rewards", "what each station is to receive in this round")
    return Function(
      Signature(
        "auction.recycle_tax",
        "Gives taxes back in equal parts, as the paper has it: truth is no longer dominant then.",
        [pool, costs, rewards], result: "a table with each, owner_costs, station_rewards and left",
        errors: ["NoParticipants", "NegativeAmount", "AmountOverflow"], source: "HCFL III.C",
        example: "auction.recycle_tax{ pool = 1003, owner_costs = { 50, 300, 1000 }, station_rewards = { 10, 20 } }")
    ) { arguments in
      let result = try TaxRecycling(
        pool: arguments[pool], ownerCosts: arguments[costs], stationRewards: arguments[rewards])
      return .record([
        "each": .wholeAmount(result.each), "owner_costs": .wholeAmounts(result.ownerCosts),
        "station_rewards": .wholeAmounts(result.stationRewards), "left": .wholeAmount(result.left),
      ])
    }
  }

  // MARK: Promises

  private static var punishment: Function {
    let promised = Parameter<Int>.integer("promised_ppm", "the promised accuracy", unit: "parts per million")
    let measured = Parameter<Int>.integer(
      "measured_ppm", "the measured accuracy, 0 when none was reported", unit: "parts per million")
    let votes = Parameter<[Bool?]>(
      name: "votes", summary: "of every owner but the winner: whether to punish",
      typeName: "a list of true, false or \"absent\"", unit: nil, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: "a list of true, false or \"absent\"") { place -> Bool?? in
        switch stack.value(at: place) {
        case .boolean(let vote): .some(vote)
        case .string("absent"): .some(nil)
        default: throw Mismatch("true, false or \"absent\"", stack, place)
        }
      }
    }
    let bond = Parameter.wholeAmount("bond", "what the winner deposited")
    let slopeNumerator = Parameter<Int>.integer(
      "slope_numerator", "the penalty is this over slope_denominator times the relative shortfall", default: 1,
      domain: .nonNegative)
    let slopeDenominator = Parameter<Int>.integer("slope_denominator", "see above", default: 1, domain: .atLeast(1))
    let gate = Parameter<PromiseVote.Gate>.choice(
      "gate", "a vote counts only with a measured shortfall, or by itself as printed", default: .voteAndEvidence)
    return Function(
      Signature(
        "auction.punishment", "Whether the winner loses of its bond for a model below its promise, and how much.",
        [promised, measured, votes, bond, slopeNumerator, slopeDenominator, gate],
        result: "a table with punished, shortfall_ppm and penalty",
        errors: ["InvalidAccuracy", "NegativeAmount", "AmountOverflow"], source: "HCFL III.D; evidence is ours",
        example: """
          auction.punishment{ promised_ppm = 900000, measured_ppm = 810000,
            votes = { true, true, "absent", false }, bond = 1000 }
          """)
    ) { arguments in
      let result = try PromiseVote(
        promised: arguments[promised], measured: arguments[measured], votes: arguments[votes], bond: arguments[bond],
        slope: PromiseVote.Slope(
          UInt64(arguments[slopeNumerator]), over: UInt64(arguments[slopeDenominator])),
        gate: arguments[gate])
      return .record([
        "punished": .boolean(result.isPunished), "shortfall_ppm": .integer(result.shortfall),
        "penalty": .wholeAmount(result.penalty),
      ])
    }
  }

  // MARK: Clients

  private enum ContributionRule: String, CaseIterable {
    case leaveOneOut = "loo"
    case localGain = "local_gain"
    case shapley
  }

  private static var clientRewards: Function {
    let reward = Parameter.wholeAmount("reward", "what the station received")
    let rule = Parameter<ContributionRule>.choice(
      "rule", "by accuracy lost without a client, by what it reaches alone, or by exact Shapley values (12 at most)")
    let full = Parameter.wholeAmount("full", "loo: the accuracy with everybody, in parts per million, say").optional()
    let without = Parameter.wholeAmounts("without", "loo: the accuracy without each client", unit: nil).optional()
    let base = Parameter.wholeAmount("base", "local_gain: the accuracy of the model that all began with").optional()
    let alone = Parameter.wholeAmounts("alone", "local_gain: what each client reaches by itself", unit: nil).optional()
    let values = Parameter.wholeAmounts(
      "values", "shapley: the accuracy of nobody, {1}, {2}, {1, 2}, {3}, ...: 2^n of them", unit: nil
    ).optional()
    return Function(
      Signature(
        "auction.client_rewards", "Divides a station's reward among its clients by what each contributed.",
        [reward, rule, full, without, base, alone, values],
        result: "a list of whole amounts that sum to the reward; equal ones when nobody contributed",
        errors: ["NoParticipants", "ShapeMismatch", "NegativeAmount", "AmountOverflow"], source: "HCFL III.B",
        example: "auction.client_rewards{ reward = 1000, rule = \"shapley\", values = { 0, 6, 6, 6, 0, 6, 6, 8 } }")
    ) { arguments in
      func needed<Value>(_ parameter: Parameter<Value?>) throws -> Value {
        guard let value = arguments[parameter] else {
          throw ScriptError.invalidParameter("rule '\(arguments[rule].rawValue)' needs option '\(parameter.name)'")
        }
        return value
      }
      let reward = arguments[reward]
      let shares =
        switch arguments[rule] {
        case .leaveOneOut: try ClientRewards.leaveOneOut(reward, full: needed(full), without: needed(without))
        case .localGain: try ClientRewards.localGain(reward, base: needed(base), local: needed(alone))
        case .shapley: try ClientRewards.shapley(reward, values: needed(values))
        }
      return .wholeAmounts(shares)
    }
  }
}
