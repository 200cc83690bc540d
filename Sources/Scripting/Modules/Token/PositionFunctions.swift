import Core

/// A staking position led through its life.
enum PositionFunctions {
  static var all: [Function] { [position] }

  private enum Operation: String, CaseIterable {
    case stake, lock, pass, unstake, premium, slash
  }

  private struct Event: Sendable {
    var operation: String
    var day: Int
    var amount: Amount
    var days: Int
  }

  private static var position: Function {
    let events = Parameter<[Event]>.records(
      "events", "in order: stake (amount), lock (days), premium (amount), unstake (amount), slash (amount), or pass",
      fields: ["op", "day", "amount", "days"]
    ) { fields in
      let operation: Operation = try fields.choice("op", kind: "UnknownEvent")
      return Event(
        operation: operation.rawValue, day: try fields.integer("day"),
        amount: try fields.amount("amount", default: .zero), days: try fields.integer("days", default: 0))
    }
    return Function(
      Signature(
        "token.position", "Leads a staking position through events: what state it is in, what was paid, what was lost.",
        [events, StakingFunctions.keepExponent, StakingFunctions.principalPenalty],
        result: """
          a result with state (NONE, UNLOCKED, LOCKED), states (after each event), amount, votes, escrow, paid, \
          principal_penalty, premium_paid, premium_forfeited and slashed, exact decimal texts
          """,
        errors: TokenMoney.errors + [
          "UnknownEvent", "WrongState", "InvalidLockPeriod", "InvalidTime", "InvalidWithdraw", "InvalidRate",
        ],
        source: "Network3 3.3.4; specification 2.3",
        example: """
          token.position{ events = { { op = "stake", day = 0, amount = 100 }, { op = "lock", day = 0, days = 365 },
            { op = "premium", day = 7, amount = 2 }, { op = "unstake", day = 7, amount = 100 } } }
          """)
    ) { arguments in
      let terms = EarlyUnstake.Terms(
        keepExponent: arguments[StakingFunctions.keepExponent],
        principalPenalty: arguments[StakingFunctions.principalPenalty])
      var (position, history) = (StakingPosition(), EventHistory())
      var (sum, slashed) = (StakingPosition.Effect(), Amount.zero)
      for event in arguments[events] {
        var effect = StakingPosition.Effect()
        switch Operation(rawValue: event.operation) {
        case .stake: try position.stake(event.amount, on: event.day)
        case .lock: effect = try position.lock(days: event.days, on: event.day)
        case .premium:
          effect = try position.pass(to: event.day)
          effect.premiumPaid = try effect.premiumPaid + position.credit(premium: event.amount).premiumPaid
        case .unstake: effect = try position.unstake(event.amount, on: event.day, terms: terms)
        case .slash:
          effect = try position.pass(to: event.day)
          try position.slash(event.amount)
          slashed = try slashed + event.amount
        case .pass, nil: effect = try position.pass(to: event.day)
        }
        sum.paid = try sum.paid + effect.paid
        sum.principalPenalty = try sum.principalPenalty + effect.principalPenalty
        sum.premiumPaid = try sum.premiumPaid + effect.premiumPaid
        sum.premiumForfeited = try sum.premiumForfeited + effect.premiumForfeited
        history.append(event.operation, day: event.day, state: position.state.rawValue, remark: remark(effect))
      }
      return history.result(
        "staking position", state: position.state.rawValue,
        fields: [
          "amount": .tokens(position.amount), "votes": .tokens(position.voteEscrow),
          "escrow": .tokens(position.escrow), "paid": .tokens(sum.paid),
          "principal_penalty": .tokens(sum.principalPenalty), "premium_paid": .tokens(sum.premiumPaid),
          "premium_forfeited": .tokens(sum.premiumForfeited), "slashed": .tokens(slashed),
        ])
    }
  }

  private static func remark(_ effect: StakingPosition.Effect) -> String {
    let parts = [
      ("paid", effect.paid), ("penalty", effect.principalPenalty), ("premium", effect.premiumPaid),
      ("forfeited", effect.premiumForfeited),
    ]
    return parts.filter { !$1.isZero }.map { "\($0) \($1)" }.joined(separator: ", ")
  }
}
