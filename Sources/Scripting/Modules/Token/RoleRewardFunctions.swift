import Core

/// What the roles of a training task are paid.
enum RoleRewardFunctions {
  static var all: [Function] {
    [verification, trainer, localValidator, aggregator, globalValidator, quorum, epoch, iteration]
  }

  private static let unit = Parameter.tokens("unit", "the reward's unit")

  private static var verification: Function {
    let votes = Parameter.votes("votes", "of the evaluators")
    let weights = Parameter.wholeList("weights", "of the evaluators").optional("1 each")
    return Function(
      Signature(
        "token.verification", "A model's entry in the verification table: the weighted mean of votes; a half passes.",
        [votes, weights], result: "a table with numerator, denominator, value and accepted",
        errors: TokenMoney.errors + ["NoVotes", "DimensionMismatch", "ZeroWeight", "InvalidVote"],
        source: "Network3 (2)", example: "token.verification{ votes = { true, false, true } }.accepted")
    ) { arguments in
      let entry = try ModelVerification(votes: arguments[votes], weights: arguments[weights])
      return .record([
        "numerator": .whole(entry.yes), "denominator": .whole(entry.total), "value": .number(entry.value),
        "accepted": .boolean(entry.isAccepted),
      ])
    }
  }

  private static var trainer: Function {
    let samples = Parameter.whole("samples", "of the trainer", unit: "samples")
    let epochs = Parameter.whole("epochs", "it trained")
    let votes = Parameter.votes("votes", "on its model")
    return Function(
      Signature(
        "token.trainer_reward", "Samples times epochs times unit for a model that is accepted, else nothing.",
        [samples, epochs, unit, votes], result: "tokens, as an exact decimal text",
        errors: TokenMoney.errors + ["NoVotes", "InvalidVote"], source: "Network3 (2)",
        example: "token.trainer_reward{ samples = 600, epochs = 5, unit = 0.001, votes = { true, false } }")
    ) { arguments in
      .tokens(
        try TrainerReward.amount(
          samples: arguments[samples], epochs: arguments[epochs], unit: arguments[unit], votes: arguments[votes]))
    }
  }

  private static var localValidator: Function {
    let queue = Parameter<[LocalValidatorReward.Vote]>.records(
      "queue", "all votes of the iteration, in the order in which they came", fields: ["validator", "trainer", "vote"]
    ) { fields in
      LocalValidatorReward.Vote(
        validator: try fields.text("validator"), trainer: try fields.text("trainer"), accepts: try fields.vote("vote"))
    }
    let validator = Parameter<String>.string("validator", "whose reward")
    let samples = Parameter.whole("samples", "of the validator", unit: "samples")
    let base = Parameter<Int>.integer(
      "index_base", "of the first vote: 0, or 1, where the last earns nothing", default: 0)
    let rule = Parameter<LocalValidatorReward.Rule>.choice(
      "rule", "votes count that agree with the outcome, or, as printed, all of them", default: .agreement)
    return Function(
      Signature(
        "token.local_validator_reward",
        "Who votes earlier gets more; the corrected rule asks that the votes were right.",
        [queue, validator, samples, unit, base, rule],
        result: "a table with numerator, denominator (per sample and unit) and reward, an exact decimal text",
        errors: TokenMoney.errors + ["NoVotes", "DuplicateVote", "InvalidVote", "InvalidRate"],
        source: "Network3 (3); agreement is the correction",
        example: """
          token.local_validator_reward{ validator = "e1", samples = 100, unit = 0.01, queue = {
            { validator = "e1", trainer = "t1", vote = 1 }, { validator = "e2", trainer = "t1", vote = 1 } } }.reward
          """)
    ) { arguments in
      let reward = try LocalValidatorReward(
        queue: arguments[queue], validator: arguments[validator], samples: arguments[samples], unit: arguments[unit],
        firstIndex: arguments[base], rule: arguments[rule])
      return .record([
        "numerator": .whole(reward.numerator), "denominator": .whole(reward.denominator),
        "reward": .tokens(reward.reward),
      ])
    }
  }

  private static var aggregator: Function {
    let entries = Parameter.whole("entries", "models in the verification table")
    let votes = Parameter.whole("votes", "in the queue")
    return Function(
      Signature(
        "token.aggregator_reward", "Entries of the table times votes in the queue times unit.", [entries, votes, unit],
        result: "tokens, as an exact decimal text", errors: TokenMoney.errors, source: "Network3 (4)",
        example: "token.aggregator_reward{ entries = 40, votes = 200, unit = 0.001 }")
    ) { arguments in
      .tokens(
        try AggregatorReward.amount(entries: arguments[entries], votes: arguments[votes], unit: arguments[unit]))
    }
  }

  private static var globalValidator: Function {
    let reward = Parameter.tokens("reward", "of the block")
    let members = Parameter<Int>.integer("members", "of the committee, at least 4")
    return Function(
      Signature(
        "token.global_validator_reward", "A committee's reward in equal parts, rounded down, the rest carried.",
        [reward, members], result: "a table with each and carry_out, exact decimal texts",
        errors: TokenMoney.errors + ["CommitteeTooSmall"], source: "Network3 (5)",
        example: "token.global_validator_reward{ reward = 10, members = 7 }.each")
    ) { arguments in
      let share = try GlobalValidatorReward(arguments[reward], members: arguments[members])
      return .record(["each": .tokens(share.each), "carry_out": .tokens(share.carryOut)])
    }
  }

  private static var quorum: Function {
    let members = Parameter<Int>.integer("members", "of the committee")
    return Function(
      Signature(
        "token.byzantine_quorum", "How many faulty members a committee bears, and how many must agree.", [members],
        result: "a table with faults and quorum", errors: ["CommitteeTooSmall"], source: "Castro and Liskov 1999",
        example: "token.byzantine_quorum{ members = 7 }.quorum")
    ) { arguments in
      let quorum = try ByzantineQuorum(members: arguments[members])
      return .record(["faults": .integer(quorum.faults), "quorum": .integer(quorum.quorum)])
    }
  }

  private static var epoch: Function {
    let pool = Parameter.tokens("pool", "the epoch's release")
    let quotaFields = ["trainers", "local_validators", "aggregators", "global_validators"]
    let words = "a table with " + quotaFields.joined(separator: ", ")
    let quotas = Parameter<RoleRewardEpoch.Quotas>(
      name: "quotas", summary: "what each role gets, relative to the others", typeName: words, unit: nil, domain: nil,
      fallback: RoleRewardEpoch.Quotas(), fallbackText: "60, 15, 10 and 15", choices: []
    ) { stack, index in
      let fields = try RecordReader(stack, index, fields: quotaFields)
      return RoleRewardEpoch.Quotas(
        trainers: try fields.whole("trainers", default: 0),
        localValidators: try fields.whole("local_validators", default: 0),
        aggregators: try fields.whole("aggregators", default: 0),
        globalValidators: try fields.whole("global_validators", default: 0))
    }
    let trainers = Parameter.wholeList("trainers", "what each trainer would get by (2)", unit: "points")
    let localValidators = Parameter.wholeList("local_validators", "what each would get by (3)", unit: "points")
    let aggregators = Parameter.wholeList("aggregators", "what each would get by (4)", unit: "points")
    let count = Parameter<Int>.integer("global_count", "members of the committee, at least 4")
    let carry = Parameter.tokens("carry_in", "what the last epoch left over", default: .zero)
    return Function(
      Signature(
        "token.role_rewards", "An epoch's release cut by quotas among the roles, and inside each by points.",
        [pool, quotas, trainers, localValidators, aggregators, count, carry],
        result: "a result with trainers, local_validators, aggregators, global_validators and carry_out",
        errors: TokenMoney.errors + ["CommitteeTooSmall", "ZeroWeight"],
        source: "Network3 (2)-(5); the budget is the correction",
        example: """
          token.role_rewards{ pool = 1000, trainers = { 3, 1 }, local_validators = { 1 }, aggregators = { 1 },
            global_count = 4 }
          """)
    ) { arguments in
      guard arguments[count] <= 1_000_000 else {
        throw ScriptError.invalidParameter("option 'global_count' must be at most 1000000, got \(arguments[count])")
      }
      let epoch = try RoleRewardEpoch(
        pool: arguments[pool], quotas: arguments[quotas], trainers: arguments[trainers],
        localValidators: arguments[localValidators], aggregators: arguments[aggregators],
        globalCount: arguments[count], carryIn: arguments[carry])
      let parts = [epoch.trainers, epoch.localValidators, epoch.aggregators, epoch.globalValidators]
      return .object(
        ResultObject(
          "role rewards of an epoch",
          fields: Record(
            zip(quotaFields, parts).map { (name: $0, value: .tokenList($1)) }
              + [(name: "carry_out", value: .tokens(epoch.carryOut))]),
          tables: [
            TextTable(
              "",
              [
                .init("role", .text(quotaFields)), .init("paid", .integers(parts.map(\.count))),
                .init("tokens", .text(try parts.map { try Amount.total($0).description })),
              ])
          ], notes: ["carried on: \(epoch.carryOut)"]))
    }
  }

  private static var iteration: Function {
    let events = Parameter<[LearningIteration.Event]>(
      name: "events", summary: "in order",
      typeName: "a list of words: schedule, train, submit, aggregate, propose, agree, timeout",
      unit: nil, domain: nil, fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: "a list of strings") { place in
        guard let text = stack.text(at: place) else { throw Mismatch("a string", stack, place) }
        guard let event = LearningIteration.Event(rawValue: text) else {
          let words = LearningIteration.Event.allCases.map(\.rawValue).joined(separator: ", ")
          throw Mismatch(kind: "UnknownEvent", expected: "one of \(words)", given: ValueSketch.of(stack, place))
        }
        return event
      }
    }
    return Function(
      Signature(
        "token.iteration", "Leads a training task through events and missed deadlines, and says who is paid.", [events],
        result: """
          a result with state (PUBLISHED, SCHEDULED, TRAINING, LOCAL_VALIDATION, AGGREGATED, CONSENSUS, REWARDED, \
          REFUNDED, REJECTED), states (after each event), pays_workers and pays_aggregator
          """, errors: ["UnknownEvent", "WrongState"], source: "specification 2.6",
        example: """
          token.iteration{ events = { "schedule", "train", "submit", "aggregate", "propose", "timeout", "agree" } }.state
          """)
    ) { arguments in
      var (iteration, history) = (LearningIteration(), EventHistory())
      for (step, event) in arguments[events].enumerated() {
        try iteration.apply(event)
        history.append(event.rawValue, day: step + 1, state: iteration.state.rawValue)
      }
      return history.result(
        "training task", state: iteration.state.rawValue,
        fields: [
          "pays_workers": .boolean(iteration.paysWorkers), "pays_aggregator": .boolean(iteration.paysAggregator),
        ])
    }
  }
}
