import Core

/// Locks, what they earn, and what leaving them costs.
enum StakingFunctions {
  static var all: [Function] {
    [boost, voteEscrow, voteEscrowBalance, earlyUnstake, weeklySettlement, multipliedSettlement]
  }

  static let mode = Parameter<BoostMode>.choice(
    "mode", "from 1 at no lock, from 1 at 7 days, or in proportion to the days", default: .linear0)
  static let keepExponent = Parameter<Int>.integer(
    "keep_exponent", "k: (served/days)^k of the premiums stay with who goes early; 0 as printed", default: 2)
  static let principalPenalty = Parameter<Int>.integer(
    "principal_penalty_bps", "of the principal, for a lock left on its first day", unit: "basis points", default: 0)

  private static var boost: Function {
    let days = Parameter<Int>.integer("days", "of the lock, 7 to 365, or 0 for none", unit: "days")
    return Function(
      Signature(
        "token.boost", "What a locked day earns as a multiple of an unlocked one.", [days, mode],
        result: "a table with numerator, denominator and value", errors: ["InvalidLockPeriod"],
        source: "Network3 3.3.2", example: "token.boost{ days = 365 }.value")
    ) { arguments in
      let boost = try Boost(lockDays: arguments[days], mode: arguments[mode])
      return .record([
        "numerator": .whole(boost.numerator), "denominator": .whole(boost.denominator), "value": .number(boost.value),
      ])
    }
  }

  private static var voteEscrow: Function {
    let amount = Parameter.tokens("amount", "what is locked")
    let days = Parameter<Int>.integer("days", "of the lock, 7 to 365", unit: "days")
    return Function(
      Signature(
        "token.vote_escrow", "The votes (veN3) that a lock mints: amount times days over 365, rounded down.",
        [amount, days], result: "votes, as an exact decimal text", errors: TokenMoney.errors + ["InvalidLockPeriod"],
        source: "Network3 3.3.2", example: "token.vote_escrow{ amount = 1000, days = 73 }")
    ) { arguments in .tokens(try VoteEscrow.minted(arguments[amount], lockDays: arguments[days])) }
  }

  private static var voteEscrowBalance: Function {
    let amount = Parameter.tokens("amount", "what is locked")
    let days = Parameter<Int>.integer("days", "of the lock, 7 to 365", unit: "days")
    let start = Parameter<Int>.integer("start_day", "when the lock began", unit: "days", default: 0)
    let now = Parameter<Int>.integer("now", "the day in question", unit: "days")
    let decay = Parameter<VoteEscrow.Decay>.choice(
      "decay", "votes stay until the end, or fade", default: VoteEscrow.Decay.none)
    return Function(
      Signature(
        "token.vote_escrow_balance", "The votes that a lock carries on a day; none from its end on.",
        [amount, days, start, now, decay], result: "a table with votes, an exact decimal text, and expired",
        errors: TokenMoney.errors + ["InvalidLockPeriod", "InvalidTime"], source: "Network3 3.3.4",
        example: "token.vote_escrow_balance{ amount = 1000, days = 200, now = 77, decay = \"linear\" }.votes")
    ) { arguments in
      let balance = try VoteEscrow.balance(
        arguments[amount], lockDays: arguments[days], startDay: arguments[start], now: arguments[now],
        decay: arguments[decay])
      return .record(["votes": .tokens(balance.votes), "expired": .boolean(balance.isExpired)])
    }
  }

  private static var earlyUnstake: Function {
    let amount = Parameter.tokens("amount", "what is locked")
    let days = Parameter<Int>.integer("days", "of the lock, 7 to 365", unit: "days")
    let start = Parameter<Int>.integer("start_day", "when the lock began", unit: "days", default: 0)
    let now = Parameter<Int>.integer("now", "the day of leaving", unit: "days")
    let withdraw = Parameter.tokens("withdraw", "how much leaves")
    let escrow = Parameter.tokens("premium_escrow", "premiums kept back so far", default: .zero)
    return Function(
      Signature(
        "token.early_unstake",
        "Takes tokens out of a lock: what is paid, what is lost, what votes and premiums remain.",
        [amount, days, start, now, withdraw, escrow, keepExponent, principalPenalty],
        result: """
          a table with early, remaining_days, principal_out, principal_penalty, premium_kept, premium_forfeited, \
          escrow_left, votes_burned, votes_after, effective_days and amount_left
          """,
        errors: TokenMoney.errors + ["InvalidLockPeriod", "InvalidTime", "InvalidWithdraw", "InvalidRate"],
        source: "Network3 3.3.4; the escrow is the correction",
        example: """
          token.early_unstake{ amount = 1000, days = 365, now = 7, withdraw = 1000, premium_escrow = 10 }.premium_kept
          """)
    ) { arguments in
      let exit = try EarlyUnstake(
        amount: arguments[amount], lockDays: arguments[days], startDay: arguments[start], now: arguments[now],
        withdrawing: arguments[withdraw], escrow: arguments[escrow],
        terms: EarlyUnstake.Terms(
          keepExponent: arguments[keepExponent], principalPenalty: arguments[principalPenalty]))
      return .record([
        "early": .boolean(exit.isEarly), "remaining_days": .integer(exit.remainingDays),
        "principal_out": .tokens(exit.principalOut), "principal_penalty": .tokens(exit.principalPenalty),
        "premium_kept": .tokens(exit.premiumKept), "premium_forfeited": .tokens(exit.premiumForfeited),
        "escrow_left": .tokens(exit.escrowLeft), "votes_burned": .tokens(exit.votesBurned),
        "votes_after": .tokens(exit.votesAfter), "effective_days": .integer(exit.effectiveDays),
        "amount_left": .tokens(exit.amountLeft),
      ])
    }
  }

  private static let positions = Parameter<[WeeklySettlement.Stake]>.records(
    "positions", "what is staked",
    fields: ["id", "amount", "stake_day", "lock_start", "lock_days", "effective_days"]
  ) { fields in
    WeeklySettlement.Stake(
      id: try fields.text("id"), amount: try fields.amount("amount"),
      stakeDay: try fields.integer("stake_day", default: 0), lockStart: try fields.integer("lock_start", default: 0),
      lockDays: try fields.integer("lock_days", default: 0),
      effectiveDays: try fields.optionalInteger("effective_days"))
  }

  private static var weeklySettlement: Function {
    let pool = Parameter.tokens("pool", "the stakers' income of the week")
    let start = Parameter<Int>.integer("week_start_day", "the first of its seven days", unit: "days", default: 0)
    let carry = Parameter.tokens("carry_in", "what the last week left over", default: .zero)
    return Function(
      Signature(
        "token.weekly_settlement", "Shares a week's income among stakes by days and boost; never more than there is.",
        [pool, start, positions, carry, mode],
        result: "a result with ids, weights, payouts, base_parts, premium_parts, carry_out and base_apr",
        errors: TokenMoney.errors + ["InvalidLockPeriod", "DuplicateId", "InvalidTime"], source: "Network3 3.3.4",
        example: """
          token.weekly_settlement{ pool = 1000, positions = {
            { id = "free", amount = 500 }, { id = "locked", amount = 500, lock_days = 365 } } }
          """)
    ) { arguments in
      let stakes = arguments[positions]
      let week = try WeeklySettlement(
        pool: arguments[pool], weekStart: arguments[start], stakes: stakes, carryIn: arguments[carry],
        mode: arguments[mode])
      return .object(
        ResultObject(
          "settlement of a week",
          fields: [
            "ids": .strings(stakes.map(\.id)), "weights": .list(week.weights.map { .string($0.description) }),
            "payouts": .tokenList(week.payouts), "base_parts": .tokenList(week.baseParts),
            "premium_parts": .tokenList(week.premiumParts), "carry_out": .tokens(week.carryOut),
            "base_apr": .number(week.baseAPR),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("position", .text(stakes.map(\.id))),
                .init("payout", .text(week.payouts.map(\.description))),
                .init("of it premium", .text(week.premiumParts.map(\.description))),
              ])
          ], notes: ["base APR \(NumberFormat.readable(week.baseAPR)); carried on: \(week.carryOut)"]))
    }
  }

  private static var multipliedSettlement: Function {
    let pool = Parameter.tokens("pool", "the stakers' income of the week")
    return Function(
      Signature(
        "token.multiplied_settlement",
        "The printed reading, a base rate times each one's boost: what it pays, and how much more than there is.",
        [pool, positions, mode], result: "a table with payouts, paid and overspent, exact decimal texts",
        errors: TokenMoney.errors + ["InvalidLockPeriod"], source: "Network3 3.3.2, 3.3.4 as printed",
        example: """
          token.multiplied_settlement{ pool = 1000,
            positions = { { id = "all", amount = 500, lock_days = 365 } } }.overspent
          """)
    ) { arguments in
      let payouts = try WeeklySettlement.printedPayouts(
        pool: arguments[pool], stakes: arguments[positions], mode: arguments[mode])
      let paid = try Amount.total(payouts)
      return .record([
        "payouts": .tokenList(payouts), "paid": .tokens(paid),
        "overspent": .tokens(paid > arguments[pool] ? try paid - arguments[pool] : .zero),
      ])
    }
  }
}
