import Core

/// Organisations without a key: their members propose, vote, wait, and carry out.
enum OrganisationMethods {
  static var all: [Function] { [found, propose, vote, proposal, execute] + AssemblyMethods.all }

  private static let proposalID = LedgerParameters.digest("proposal", "from ledger:propose")
  private static let member = Parameter<String>.string("member", "who does it")

  // What every organisation has a rule for.
  static let quorum = Parameter<Double>.number(
    "quorum", "the part of all weight that must vote, abstentions included", default: 0.2, domain: .between(0, 1))
  static let voting = Parameter<Double>.number(
    "voting", "how long ballots are taken", unit: "s", default: 86_400, domain: .positive)
  static let timelock = Parameter<Double>.number(
    "timelock", "how long what has passed waits", unit: "s", default: 86_400, domain: .nonNegative)

  static func rule(_ weighing: Weighing, _ arguments: Arguments) throws -> Collective.Rule {
    Collective.Rule(
      weighing, quorum: UInt16((arguments[quorum] * 10_000).rounded()),
      votingPeriod: try Timestamp(seconds: arguments[voting]).microseconds,
      timelock: try Timestamp(seconds: arguments[timelock]).microseconds)
  }

  /// Founds an organisation and tells its address.
  static func establish(
    _ name: String, members: [Collective.Member] = [], _ rule: Collective.Rule, by founder: String,
    on book: LedgerObject
  ) throws -> LuaValue {
    let next = try book.nextNonce(of: founder)
    try book.perform(.collective(.found(name: Label(checking: name), members: members, rule: rule)), by: founder)
    return .string(LedgerIdentifier.collective(founder: next.address, nonce: next.nonce).description)
  }

  private static var found: Function {
    let name = Parameter<String>.string("name", "of the organisation and its account")
    let founder = Parameter<String>.string("founder", "whose transaction founds it").optional("the first member")
    let members = Parameter.strings("members", "their accounts")
    let weights = Parameter.integers("weights", "what each ballot counts, whole numbers above 0").optional("1 each")
    let byHead = Parameter<Bool>.boolean("by_head", "whether ballots count as one whatever the weights", default: false)
    return .method(
      Signature(
        "ledger:organisation",
        "Founds an organisation with an account that only its members' votes move.",
        [name, members, founder, weights, byHead, quorum, voting, timelock], result: "the address of its account",
        errors: LedgerParameters.writing + ["NameTaken", "ShapeMismatch"],
        source: "Network3 3.1.2; OpenZeppelin's Governor and TimelockController",
        example: """
          book:organisation{ name = "Guild", members = { "MSP 1", "MSP 2" }, weights = { 2, 1 }, voting = 60, timelock = 60 }
          book:transfer{ from = "MSP 1", to = "Guild", amount = 10 }
          """)
    ) { (book: LedgerObject, arguments) in
      let names = arguments[members]
      let weights = arguments[weights] ?? Array(repeating: 1, count: names.count)
      guard weights.count == names.count else {
        throw ScriptError.shapeMismatch("there are \(names.count) members, but \(weights.count) weights")
      }
      let electorate = try zip(names, weights).map { name, weight in
        guard let weight = UInt64(exactly: weight), weight > 0 else {
          throw ScriptError.invalidParameter("the weight of \(name) must be a whole number above 0, got \(weight)")
        }
        return Collective.Member(address: try book.address(of: name), weight: weight)
      }
      guard let founder = arguments[founder] ?? names.first else {
        throw ScriptError.invalidParameter("an organisation has at least one member")
      }
      return try establish(
        arguments[name], members: electorate, try rule(arguments[byHead] ? .heads : .weights, arguments), by: founder,
        on: book)
    }
  }

  private static var propose: Function {
    let organisation = Parameter<String>.string("organisation", "whose account is to act")
    let steps = ProposalSteps.parameter
    return .method(
      Signature(
        "ledger:propose", "A member proposes what its organisation shall do.", [member, organisation, steps],
        result: "the proposal, for ledger:vote_on and ledger:execute",
        errors: LedgerParameters.writing + ["NotMember", "NotFinite", "NegativeAmount"],
        source: "Network3 3.1.2",
        example: """
          proposal = book:propose{ member = "MSP 2", organisation = "Guild",
            steps = { { action = "transfer", to = "MSP 2", amount = 4 } } }
          """)
    ) { (book: LedgerObject, arguments) in
      let actions = try ProposalSteps.actions(arguments[steps], on: book)
      let next = try book.nextNonce(of: arguments[member])
      let organisation = try book.address(of: arguments[organisation])
      try book.perform(.collective(.propose(by: organisation, actions)), by: arguments[member])
      return .string(LedgerIdentifier.proposal(member: next.address, nonce: next.nonce).description)
    }
  }

  /// The words of a ballot.
  private enum Ballot: String, CaseIterable {
    case inFavour = "for"
    case against, abstain

    var ballot: CollectiveAction.Ballot {
      switch self {
      case .inFavour: .inFavour
      case .against: .against
      case .abstain: .abstain
      }
    }
  }

  private static var vote: Function {
    let ballot = Parameter<Ballot>.choice("ballot", "what the member says", default: .inFavour)
    return .method(
      Signature(
        "ledger:vote_on", "A member votes on a proposal, once; what counts is its weight when the proposal was made.",
        [member, proposalID, ballot], result: "the height of the block",
        errors: LedgerParameters.writing + ["UnknownProposal", "NotMember", "AlreadyVoted", "WrongState"],
        source: "Network3 3.1.2",
        example: "book:vote_on{ member = \"MSP 1\", proposal = proposal }")
    ) { (book: LedgerObject, arguments) in
      try book.perform(
        .collective(.vote(proposal: arguments[proposalID], arguments[ballot].ballot)), by: arguments[member]
      ).luaHeight
    }
  }

  private static var proposal: Function {
    .method(
      Signature(
        "ledger:proposal", "Where a proposal stands now.", [proposalID],
        result: """
          a result with stage (voting, rejected, no quorum, vetoed, timelock, executable or executed), in_favour, \
          against, abstain, weight (of all members), deadline and executable_from (seconds), steps (words), kind \
          (ordinary or key), and reason (ok, no_quorum, no_majority, chamber_veto, no_chamber_quorum) with the chamber \
          that decided (super, tier1, none), as the ballots so far have it
          """, errors: ["UnknownProposal", "InvalidParameter"], source: "Network3 3.1.2, specification 2.4",
        example: "book:proposal(proposal).stage")
    ) { (book: LedgerObject, arguments) in
      guard let proposal = book.ledger.state.proposal(arguments[proposalID]) else {
        throw Refusal.collective(.unknownProposal(arguments[proposalID]))
      }
      return .object(ProposalResult.of(proposal, arguments[proposalID], on: book))
    }
  }

  private static var execute: Function {
    .method(
      Signature(
        "ledger:execute", "Carries out a proposal that has passed, once its timelock is over: all its steps or none.",
        [member, proposalID], result: "the height of the block",
        errors: LedgerParameters.writing + ["UnknownProposal", "NotMember", "WrongState", "ProposalFailed"],
        source: "Network3 3.1.2",
        example: """
          book:advance(120)
          book:execute{ member = "MSP 1", proposal = proposal }
          """)
    ) { (book: LedgerObject, arguments) in
      try book.perform(.collective(.execute(proposal: arguments[proposalID])), by: arguments[member]).luaHeight
    }
  }
}
