import Core

/// A proposal led from draft to execution.
enum ProposalFunctions {
  static var all: [Function] { [proposal] }

  private enum Operation: String, CaseIterable {
    case open, close, queue, execute
  }

  private struct Event: Sendable {
    var operation: String
    var day: Int
    var voters: [GovernanceVote.Voter]
  }

  private static var proposal: Function {
    let kind = Parameter<GovernanceVote.Matter>.choice(
      "kind", "a key proposal needs two thirds of the largest nodes too", default: .ordinary)
    let events = Parameter<[Event]>.records(
      "events", "in order: open, close (voters, as token.governance_vote takes them), queue, execute",
      fields: ["op", "day", "voters"]
    ) { fields in
      let operation: Operation = try fields.choice("op", kind: "UnknownEvent")
      return Event(
        operation: operation.rawValue, day: try fields.integer("day"),
        voters: try fields.list("voters") { stack, index in
          try VotingFunctions.voter(RecordReader(stack, index, fields: VotingFunctions.voterFields))
        })
    }
    let votingDays = Parameter<Int>.integer("voting_days", "how long the vote is open", unit: "days", default: 7)
    let timelockDays = Parameter<Int>.integer(
      "timelock_days", "how long what passed waits for its execution", unit: "days", default: 2)
    return Function(
      Signature(
        "token.proposal", "Leads a proposal through events: drafted, voted on, queued, executed, or refused.",
        [kind, events, votingDays, timelockDays, VotingFunctions.quorum, VotingFunctions.chamberQuorum],
        result: """
          a result with state (DRAFT, VOTING, PASSED, TIMELOCK, EXECUTED, REJECTED, NO_QUORUM, VETOED), states (after \
          each event) and ready_on (from when on the next step is allowed)
          """,
        errors: TokenMoney.errors + [
          "UnknownEvent", "WrongState", "InvalidTime", "InvalidSchedule", "DuplicateVote", "InvalidVote",
          "InvalidRate",
        ], source: "specification 2.4",
        example: """
          token.proposal{ events = { { op = "open", day = 0 },
            { op = "close", day = 7, voters = { { id = "a", pledge = 5, vote = "for" } } },
            { op = "queue", day = 7 }, { op = "execute", day = 9 } } }
          """)
    ) { arguments in
      var proposal = try Proposal(
        arguments[kind], votingDays: arguments[votingDays], timelockDays: arguments[timelockDays])
      var history = EventHistory()
      for event in arguments[events] {
        var remark = ""
        switch Operation(rawValue: event.operation) {
        case .open: try proposal.open(on: event.day)
        case .close:
          let vote = try GovernanceVote(
            proposal.matter, voters: event.voters, quorum: arguments[VotingFunctions.quorum],
            chamberQuorum: arguments[VotingFunctions.chamberQuorum])
          try proposal.close(vote, on: event.day)
          remark = vote.reason.rawValue
        case .queue: try proposal.queue(on: event.day)
        case .execute, nil: try proposal.execute(on: event.day)
        }
        history.append(event.operation, day: event.day, state: proposal.state.rawValue, remark: remark)
      }
      return history.result(
        "\(proposal.matter.rawValue) proposal", state: proposal.state.rawValue,
        fields: ["ready_on": .integer(proposal.readyOn)])
    }
  }
}
