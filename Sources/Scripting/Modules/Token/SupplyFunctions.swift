import Core

/// How many tokens there are, who gets them, and when.
enum SupplyFunctions {
  static func all(_ context: RunContext) -> [Function] {
    [
      distribution, vested, emission(context), releaseSplit, circulation, split, streamSplit, gasRevenue,
      developerShares,
    ]
  }

  private static var distribution: Function {
    let supply = Parameter.tokens("supply", "all the tokens of genesis", default: TokenDistribution.defaultSupply)
    return Function(
      Signature(
        "token.distribution", "Splits the supply of genesis by the nine lines of the paper's table.", [supply],
        result: "a result with amounts (by line) and percent_sum", errors: TokenMoney.errors,
        source: "Network3 3.4; the supply of 10^9 is ours",
        example: "token.distribution{ supply = 1e9 }.amounts.mining")
    ) { arguments in
      let table = try TokenDistribution(supply: arguments[supply])
      let lines = TokenDistribution.Line.allCases
      return .object(
        ResultObject(
          "distribution of \(arguments[supply]) tokens",
          fields: [
            "percent_sum": .integer(TokenDistribution.percentSum),
            "amounts": .record(Record(zip(lines, table.amounts).map { (name: $0.rawValue, value: .tokens($1)) })),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("line", .text(lines.map(\.rawValue))), .init("percent", .integers(lines.map(\.percent))),
                .init("tokens", .text(table.amounts.map(\.description))),
              ])
          ]))
    }
  }

  private static var vested: Function {
    let total = Parameter.tokens("total", "the allocation")
    let cliff = Parameter<Int>.integer("cliff_day", "nothing is free before this day", unit: "days", default: 0)
    let duration = Parameter<Int>.integer("duration_days", "everything is free from this day on", unit: "days")
    let day = Parameter<Int>.integer("day", "since the schedule began", unit: "days")
    return Function(
      Signature(
        "token.vested", "What is free of an allocation on a day, and what is still locked.",
        [total, cliff, duration, day], result: "a table with vested and locked, exact decimal texts",
        errors: TokenMoney.errors + ["InvalidSchedule", "InvalidTime"], source: "ours: Network3 does not say",
        example: "token.vested{ total = 120e6, cliff_day = 180, duration_days = 1080, day = 400 }.vested")
    ) { arguments in
      let schedule = try Vesting(
        total: arguments[total], cliffDay: arguments[cliff], durationDays: arguments[duration])
      let amounts = try schedule.amounts(on: arguments[day])
      return .record(["vested": .tokens(amounts.vested), "locked": .tokens(amounts.locked)])
    }
  }

  private static func emission(_ context: RunContext) -> Function {
    let pool = Parameter.tokens("pool", "what is left to release", default: Amount(tokens: 750_000_000))
    let rate = Parameter<Int>.integer(
      "rate_ppm", "what an epoch releases of the pool", unit: "parts per million",
      default: EmissionSchedule.defaultRate)
    let epochs = Parameter<Int>.integer("epochs", "how many", domain: .between(0, 1_000_000))
    let supply = Parameter.tokens("supply", "what the tail mints on", default: TokenDistribution.defaultSupply)
    let tail = Parameter<Int>.integer(
      "tail_ppm_year", "what a year mints of the supply", unit: "parts per million", default: 0)
    let perYear = Parameter<Int>.integer("epochs_per_year", "epochs of a year", default: 52, domain: .between(1, 1e9))
    let cap = Parameter<Int>.integer(
      "tail_cap_ppm_year",
      "the largest tail_ppm_year that is taken; minted epoch by epoch, a year's sum is a little more",
      unit: "parts per million", default: EmissionSchedule.defaultTailCap)
    return Function(
      Signature(
        "token.emission", "Releases a part of what is left in a pool every epoch, and mints an inflation tail.",
        [pool, rate, epochs, supply, tail, perYear, cap],
        result: "a result with emitted and minted (by epoch), pool_left and supply_end, exact decimal texts",
        errors: TokenMoney.errors + ["InvalidRate", "InvalidSchedule", "InflationCapExceeded", "Interrupted"],
        source: "ours, within Network3 3.1 and 3.2",
        example: "token.emission{ epochs = 208, tail_ppm_year = 10000 }.pool_left")
    ) { arguments in
      let schedule = try EmissionSchedule(
        rate: arguments[rate], tail: arguments[tail], epochsPerYear: arguments[perYear], tailCap: arguments[cap])
      let course = try schedule.course(
        pool: arguments[pool], supply: arguments[supply], epochs: arguments[epochs],
        cancellation: context.cancellation)
      return .object(
        ResultObject(
          "\(arguments[epochs]) epochs of emission",
          fields: [
            "emitted": .tokenList(course.emitted), "minted": .tokenList(course.minted),
            "pool_left": .tokens(course.poolLeft), "supply_end": .tokens(course.supplyEnd),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("epoch", .integers(course.emitted.indices.map { $0 + 1 })),
                .init("emitted", .numbers(course.emitted.map(\.tokens))),
                .init("minted", .numbers(course.minted.map(\.tokens))),
              ])
          ], notes: ["left in the pool: \(course.poolLeft); supply: \(course.supplyEnd)"]))
    }
  }

  private static var releaseSplit: Function {
    let amount = Parameter.tokens("amount", "what is released")
    return Function(
      Signature(
        "token.release_split", "Splits a release in the contributors' nine tenths and the team's tenth.", [amount],
        result: "a table with contributors and team, exact decimal texts", errors: TokenMoney.errors,
        source: "Network3 3.1.4", example: "token.release_split{ amount = 1000 }.team")
    ) { arguments in
      let split = try ReleaseSplit(arguments[amount])
      return .record(["contributors": .tokens(split.contributors), "team": .tokens(split.team)])
    }
  }

  private static var circulation: Function {
    let unlocked = Parameter.tokens("unlocked", "genesis amounts that are free")
    let emitted = Parameter.tokens("emitted", "released from the pool so far", default: .zero)
    let minted = Parameter.tokens("minted", "minted so far", default: .zero)
    let burned = Parameter.tokens("burned", "burned so far", default: .zero)
    return Function(
      Signature(
        "token.circulation", "Tokens that move freely; locked and staked ones count.",
        [unlocked, emitted, minted, burned], result: "tokens, as an exact decimal text", errors: TokenMoney.errors,
        source: "Network3 3.4, specification 2.1",
        example: "token.circulation{ unlocked = 8e7, emitted = 2.5e6, burned = 1000 }")
    ) { arguments in
      .tokens(
        try Circulation.amount(
          unlocked: arguments[unlocked], emitted: arguments[emitted], minted: arguments[minted],
          burned: arguments[burned]))
    }
  }

  private static var split: Function {
    let total = Parameter.tokens("total", "what is shared out")
    let weights = Parameter.wholeList("weights", "whole numbers, of which only the ratios count")
    return Function(
      Signature(
        "token.split", "Shares an amount out by weights so that the parts sum to it, to the last unit.",
        [total, weights], result: "a list of amounts, exact decimal texts", errors: TokenMoney.errors + ["ZeroWeight"],
        source: "largest remainder (Hamilton)", example: "token.split{ total = 10, weights = { 3, 3, 1 } }")
    ) { arguments in .tokenList(try arguments[total].split(weights: arguments[weights])) }
  }

  private static var streamSplit: Function {
    let total = Parameter.tokens("total", "what comes in this period")
    let weights = Parameter.wholeList("weights", "whole numbers, of which only the ratios count")
    let carry = Parameter.tokens("carry_in", "what the last period left over", default: .zero)
    return Function(
      Signature(
        "token.stream_split", "Shares out a stream: parts are rounded down, and the rest goes into the next period.",
        [total, weights, carry], result: "a table with shares and carry_out, exact decimal texts",
        errors: TokenMoney.errors, source: "specification 0.1",
        example: "token.stream_split{ total = 10, weights = { 1, 1, 1 } }.carry_out")
    ) { arguments in
      let split = try StreamSplit(arguments[total], weights: arguments[weights], carryIn: arguments[carry])
      return .record(["shares": .tokenList(split.shares), "carry_out": .tokens(split.carryOut)])
    }
  }

  private static var gasRevenue: Function {
    let gross = Parameter.tokens("gross", "the week's fees")
    let costs = Parameter.tokenList("costs", "of transfer, nodes, infrastructure, ...", default: [])
    let deficit = Parameter.tokens("deficit_in", "costs that earlier weeks did not pay", default: .zero)
    let burn = Parameter<Int>.integer("burn_bps", "burned of what is left", unit: "basis points", default: 0)
    return Function(
      Signature(
        "token.gas_revenue",
        "What becomes of a week's fees: costs, burning, a quarter to developers, the rest to stakers.",
        [gross, costs, deficit, burn],
        result: "a table with ops_paid, deficit_out, net, burned, developers and stakers, exact decimal texts",
        errors: TokenMoney.errors + ["InvalidRate"], source: "Network3 3.3.1, 3.3.3",
        example: "token.gas_revenue{ gross = 1000, costs = { 100, 50 }, burn_bps = 1000 }.stakers")
    ) { arguments in
      let revenue = try GasRevenue(
        gross: arguments[gross], costs: arguments[costs], deficitIn: arguments[deficit], burn: arguments[burn])
      return .record([
        "ops_paid": .tokens(revenue.operationsPaid), "deficit_out": .tokens(revenue.deficitOut),
        "net": .tokens(revenue.net), "burned": .tokens(revenue.burned), "developers": .tokens(revenue.developers),
        "stakers": .tokens(revenue.stakers),
      ])
    }
  }

  private static var developerShares: Function {
    let amount = Parameter.tokens("amount", "the developers' part of a week")
    let points = Parameter.wholeList("points", "of the active developers", unit: "points")
    return Function(
      Signature(
        "token.developer_shares", "Shares the developers' part by points; with no points it is the treasury's.",
        [amount, points], result: "a table with developers and treasury, exact decimal texts",
        errors: TokenMoney.errors, source: "Network3 3.3.3",
        example: "token.developer_shares{ amount = 250, points = { 3, 1 } }.developers[1]")
    ) { arguments in
      let shares = try GasRevenue.developerShares(of: arguments[amount], points: arguments[points])
      return .record(["developers": .tokenList(shares.developers), "treasury": .tokens(shares.treasury)])
    }
  }
}
