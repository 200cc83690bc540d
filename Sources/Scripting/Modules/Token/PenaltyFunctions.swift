import CLuaShim
import Core

/// Slashing, disputes, reputation.
enum PenaltyFunctions {
  static var all: [Function] { [slash, deters, dispute, reputation] }

  private static let severity = Parameter<Int>.integer(
    "severity_bps", "of the worst offence", unit: "basis points")
  private static let maximum = Parameter<Int>.integer(
    "max_slash_bps", "of the pledge, for the worst offence", unit: "basis points", default: 5000)
  private static let reporterShare = Parameter<Int>.integer(
    "reporter_bps", "of the cut, for the reporters; below 10000", unit: "basis points", default: 2000)
  private static let burn = Parameter<Int>.integer(
    "burn_bps", "of the rest, burned", unit: "basis points", default: 0)

  private static func terms(_ arguments: Arguments) -> Slashing.Terms {
    Slashing.Terms(
      maximum: arguments[maximum], reporterShare: arguments[reporterShare], burn: arguments[burn])
  }

  private static var slash: Function {
    let pledge = Parameter.tokens("pledge", "the node's")
    let reporters = Parameter<[String]>.strings("reporters", "who share the pot equally", default: [])
    return Function(
      Signature(
        "token.slash", "What an offence costs a node, and who gets it.",
        [pledge, severity, maximum, reporterShare, reporters, burn],
        result: """
          a table with slashed, pledge_after, reporter_rewards (by reporter), burned, treasury and self_report_cost \
          (what it costs to report oneself through a second identity), exact decimal texts
          """, errors: TokenMoney.errors + ["InvalidSeverity", "InvalidRate", "DuplicateReport"],
        source: "Network3 4.5; specification 2.5",
        example: "token.slash{ pledge = 5e6, severity_bps = 3333, reporters = { \"a\", \"b\" } }.slashed")
    ) { arguments in
      let names = arguments[reporters]
      let result = try Slashing(
        pledge: arguments[pledge], severity: arguments[severity], reporters: names, terms: terms(arguments))
      return .record([
        "slashed": .tokens(result.slashed), "pledge_after": .tokens(result.pledgeAfter),
        "reporter_rewards": .record(Record(zip(names, result.rewards).map { (name: $0, value: .tokens($1)) })),
        "burned": .tokens(result.burned), "treasury": .tokens(result.treasury),
        "self_report_cost": .tokens(result.selfReportCost),
      ])
    }
  }

  private static var deters: Function {
    let pledge = Parameter.tokens("pledge", "what a node has at stake")
    let gain = Parameter.tokens("gain", "what the offence brings")
    let detection = Parameter<Int>.integer(
      "detection_ppm", "the probability of being caught", unit: "parts per million")
    return Function(
      Signature(
        "token.deters", "Whether the threat of a slash deters: probability times cut is at least the gain.",
        [pledge, severity, gain, detection, maximum], result: "true or false",
        errors: TokenMoney.errors + ["InvalidSeverity", "InvalidRate"], source: "specification 2.5",
        example: "token.deters{ pledge = 5e6, severity_bps = 10000, gain = 1e5, detection_ppm = 50000 }")
    ) { arguments in
      let cut = try Slashing(
        pledge: arguments[pledge], severity: arguments[severity],
        terms: Slashing.Terms(maximum: arguments[maximum]))
      return .boolean(try cut.deters(gain: arguments[gain], detectionPerMillion: arguments[detection]))
    }
  }

  // MARK: Disputes

  private enum Operation: String, CaseIterable {
    case evidence, uphold, reject, expire
  }

  private struct Event: Sendable {
    var operation: String
    var day: Int
  }

  private static var dispute: Function {
    let reporter = Parameter<String>.string("reporter", "who says so", default: "reporter")
    let accused = Parameter<String>.string("accused", "of whom", default: "accused")
    let bond = Parameter.tokens("bond", "what the reporter stakes on it")
    let deadline = Parameter<Int>.integer("deadline", "from when on an open dispute is void", unit: "days", default: 14)
    let pledge = Parameter.tokens("pledge", "of the accused")
    let events = Parameter<[Event]>.records(
      "events", "in order: evidence, then uphold, reject or expire", fields: ["op", "day"]
    ) { fields in
      let operation: Operation = try fields.choice("op", kind: "UnknownEvent")
      return Event(operation: operation.rawValue, day: try fields.integer("day"))
    }
    let severity = Parameter<Int>.integer(
      "severity_bps", "of the worst offence", unit: "basis points", default: 10_000)
    return Function(
      Signature(
        "token.dispute", "Leads a report through events: evidence, then a slash, or the bond to the accused, or back.",
        [reporter, accused, bond, pledge, events, deadline, severity, maximum, reporterShare, burn],
        result: """
          a result with state (REPORTED, EVIDENCE, UPHELD, REJECTED, EXPIRED), states, bond_to_reporter, \
          bond_to_accused, slashed, reporter_reward and pledge_after, exact decimal texts
          """,
        errors: TokenMoney.errors + [
          "UnknownEvent", "WrongState", "InvalidTime", "InvalidVote", "InvalidSeverity", "InvalidRate",
        ], source: "specification 2.5",
        example: """
          token.dispute{ bond = 100, pledge = 1e6,
            events = { { op = "evidence", day = 1 }, { op = "uphold", day = 3 } } }.slashed
          """)
    ) { arguments in
      var dispute = try Dispute(
        reporter: arguments[reporter], accused: arguments[accused], bond: arguments[bond],
        deadline: arguments[deadline])
      var history = EventHistory()
      for event in arguments[events] {
        switch Operation(rawValue: event.operation) {
        case .evidence: try dispute.submitEvidence(on: event.day)
        case .uphold:
          try dispute.uphold(
            pledge: arguments[pledge], severity: arguments[severity], terms: terms(arguments), on: event.day)
        case .reject: try dispute.reject(on: event.day)
        case .expire, nil: try dispute.expire(on: event.day)
        }
        history.append(event.operation, day: event.day, state: dispute.state.rawValue)
      }
      return history.result(
        "dispute", state: dispute.state.rawValue,
        fields: [
          "bond_to_reporter": .tokens(dispute.bondToReporter), "bond_to_accused": .tokens(dispute.bondToAccused),
          "slashed": .tokens(dispute.slashing?.slashed ?? .zero),
          "reporter_reward": .tokens(dispute.slashing?.rewards.first ?? .zero),
          "pledge_after": .tokens(dispute.slashing?.pledgeAfter ?? arguments[pledge]),
        ])
    }
  }

  // MARK: Reputation

  /// A reputation: a whole number, or minus infinity for a ban.
  static func standing(_ name: String, _ summary: String) -> Parameter<Reputation> {
    let words = "a whole number, or -math.huge for a ban"
    return Parameter(
      name: name, summary: summary, typeName: words, unit: "points", domain: nil, fallback: .standing(0),
      fallbackText: "0", choices: []
    ) { stack, index in
      if stack.kind(at: index) == .number, stack.number(at: index) == -.infinity { return .banned }
      guard let delta = stack.wholeNumber(at: index) else { throw Mismatch(words, stack, index) }
      return try Reputation(delta)
    }
  }

  private enum Incident: String, CaseIterable {
    case environmentFault = "env_fault"
    case appeal, malicious
  }

  private static var reputation: Function {
    let delta = standing("delta", "the reputation so far, at most 0")
    let events = Parameter<[Reputation.Event]>.records(
      "events", "env_fault (points), appeal (points) or malicious, in order", fields: ["kind", "points"]
    ) { fields in
      switch try fields.choice("kind", kind: "UnknownEvent") as Incident {
      case .environmentFault: .environmentFault(points: try fields.integer("points"))
      case .appeal: .appeal(points: try fields.integer("points"))
      case .malicious: .malicious
      }
    }
    return Function(
      Signature(
        "token.reputation", "A node's standing in the bandwidth market after what happened; malice bans for good.",
        [delta, events], result: "a table with delta (-inf for a ban) and blacklisted",
        errors: ["InvalidReputation", "UnknownEvent"], source: "Network3 5.2.1",
        example: """
          token.reputation{ events = { { kind = "env_fault", points = 3 }, { kind = "appeal", points = 1 } } }.delta
          """)
    ) { arguments in
      let after = try arguments[events].reduce(arguments[delta]) { try $0.after($1) }
      let value: LuaValue = if case .standing(let delta) = after { .integer(delta) } else { .number(after.value) }
      return .record(["delta": value, "blacklisted": .boolean(after.isBanned)])
    }
  }
}
