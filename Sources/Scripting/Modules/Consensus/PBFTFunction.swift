import Core

/// `consensus.pbft`.
enum PBFTFunction {
  static func function(_ context: RunContext) -> Function {
    let members = Parameter<Int>.integer(
      "members", "m, of whom f = floor((m - 1) / 3) may be faulty", default: 4, domain: .between(1, 200))
    let silent = Parameter.integers("silent", "members that say nothing", default: [])
    let equivocating = Parameter.integers(
      "equivocating", "members that tell some one thing and others another", default: [])
    let delaying = Parameter.integers("delaying", "members that send everything late", default: [])
    let lateness = Parameter<Double>.number(
      "lateness", "how late those are", unit: "s", default: 1, domain: .between(0, 1e6))
    let memory = Parameter<CommitteeMemory>.choice(
      "memory",
      "what a member has after a crash: \"journal\", all that it wrote down before it said it, or \"nothing\"",
      default: .journal)
    let blockTime = Parameter<Double>.number(
      "block_time", "the least time from block to block", unit: "s", default: 1, domain: .between(0, 1e6))
    let timeout = Parameter<Double>.number(
      "timeout", "how long a view may last; twice as long in each further one", unit: "s", default: 2,
      domain: .between(1e-6, 1e6))
    let blocks = Parameter<Int>.integer("blocks", "how many to decide", default: 100, domain: .between(1, 100_000))
    let limit = Parameter<Double>.number(
      "time_limit", "when to stop though not all is decided", unit: "s", domain: .between(1e-6, 1e9)
    ).optional("long enough for any number of faults up to f")
    return Function(
      Signature(
        "consensus.pbft", "Simulates a committee that decides blocks in three phases and votes bad primaries out.",
        [members, blocks, blockTime, timeout, silent, equivocating, delaying, lateness, crashes, memory, limit]
          + NetworkOption.parameters + LoadOption.parameters,
        result: """
          a consensus report with height, block_interval, throughput, messages, finality, consensus_delay, agreement, \
          validity, liveness and more; quorum, tolerated (f), faulty, view_changes, decided, disagreement (the first \
          height, nil for none); crashes, returns, exact_returns (whether whoever came back was who it had been), \
          catch_up (mean seconds from coming back to knowing what was known then)
          """,
        errors: ["CommitteeTooSmall", "InvalidParameter"],
        source: "Castro and Liskov 1999; Network3 4.3.2; the quorum is the specification's (2.6)",
        example: "print(consensus.pbft{ members = 4, equivocating = { 1, 2 }, blocks = 20 })")
    ) { arguments in
      let count = arguments[members]
      var behaviours = [CommitteeBehaviour](repeating: .honest, count: count)
      for (numbers, name, behaviour) in [
        (arguments[silent], "silent", CommitteeBehaviour.silent),
        (arguments[equivocating], "equivocating", .equivocating),
        (arguments[delaying], "delaying", .delaying(arguments[lateness])),
      ] {
        for member in try ConsensusModule.members(numbers, of: count, option: name) {
          guard behaviours[member] == .honest else {
            throw ScriptError.invalidParameter("member \(member + 1) is named twice among the faulty")
          }
          behaviours[member] = behaviour
        }
      }
      let committee = try PBFTCommittee(
        behaviours: behaviours, blockTime: arguments[blockTime], timeout: arguments[timeout],
        conditions: NetworkOption.conditions(arguments), load: LoadOption.load(arguments), crashes: arguments[crashes],
        memory: arguments[memory])
      var stream = context.nextStream(purpose: "consensus")
      let outcome = try committee.run(
        blocks: arguments[blocks], limit: arguments[limit], seed: stream.next(), cancellation: context.cancellation)
      let quorum = committee.quorum
      return .object(
        ConsensusObject(
          "PBFT among \(count) members, \(outcome.faultyMembers) of them faulty", outcome.report, members: count,
          more: [
            "quorum": .integer(quorum.size), "tolerated": .integer(quorum.faulty),
            "faulty": .integer(outcome.faultyMembers), "view_changes": .integer(outcome.viewChanges),
            "decided": .integers(outcome.decided), "disagreement": outcome.disagreement.map { .integer($0) } ?? .none,
            "crashes": .integer(outcome.recovery.crashes), "returns": .integer(outcome.recovery.returns),
            "exact_returns": .boolean(outcome.recovery.isExact),
            "catch_up": .optional(outcome.recovery.meanCatchUpTime),
          ],
          notes: [
            "\(quorum.size) of \(count) must agree, which stands up to \(quorum.faulty) faulty; "
              + "\(outcome.viewChanges) changes of view"
          ] + recoveryNote(outcome.recovery)
            + (outcome.disagreement.map { ["honest members disagree about block \($0)"] } ?? [])))
    }
  }

  private static let crashes = Parameter<[CommitteeCrash]>(
    name: "crashes",
    summary: "members that go down and come back: { member = 2, from = 10, to = 40 }, ...; without to for good",
    typeName: "a list of tables with member, from and to", unit: "s", domain: nil, fallback: [], fallbackText: "none",
    choices: []
  ) { stack, index in
    try ListReader.elements(stack, index, expected: "a list of tables with member, from and to") {
      place -> CommitteeCrash? in
      guard stack.kind(at: place) == .table else { return nil }
      let fields = TableFields(stack, place)
      return CommitteeCrash(
        member: try fields.read("member") { field in
          guard let member = stack.wholeNumber(at: field), member >= 1 else {
            throw Mismatch("a member's number", stack, field)
          }
          return member - 1
        },
        from: try fields.number("from"),
        until: try fields.read("to") { field in
          switch stack.kind(at: field) {
          case .none: .infinity
          case .number: stack.number(at: field)
          default: throw Mismatch("a number", stack, field)
          }
        })
    }
  }

  private static func recoveryNote(_ recovery: CommitteeRecovery) -> [String] {
    guard recovery.crashes > 0 else { return [] }
    let time = recovery.meanCatchUpTime.map { "; caught up in \(NumberFormat.readable($0)) s on average" } ?? ""
    return ["\(recovery.crashes) crashes, \(recovery.returns) returns\(time)"]
  }
}
