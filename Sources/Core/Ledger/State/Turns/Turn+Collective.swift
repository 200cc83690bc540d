extension Turn {
  func perform(_ action: CollectiveAction, _ state: inout LedgerState) throws(Refusal) {
    switch action {
    case .found(let name, let members, let rule): try found(name, members, rule, &state)
    case .propose(let collective, let actions): try propose(actions, by: collective, &state)
    case .vote(let proposal, let ballot): try vote(ballot, on: proposal, &state)
    case .execute(let proposal): try execute(proposal, &state)
    case .punish(let promise): try punish(promise, &state)
    case .setMembers(let members):
      guard var collective = state.collective(sender) else { throw .collective(.unknownCollective(sender)) }
      try checkMembers(members, collective.rule.weighing, state)
      collective.members = members
      state.set(.collective(sender), .collective(collective))
    }
  }

  static let mostMembers = 1_000
  static let mostSteps = 100

  private func found(
    _ name: Label, _ members: [Collective.Member], _ rule: Collective.Rule, _ state: inout LedgerState
  ) throws(Refusal) {
    try checkMembers(members, rule.weighing, state)
    guard rule.quorum <= 10_000, rule.votingPeriod > 0 else {
      throw .collective(
        .invalidRule("a quorum is at most 10000 hundredths of a percent, and a voting period above zero"))
    }
    guard rule.weighing.chambers?.quorum ?? 0 <= 10_000 else {
      throw .collective(.invalidRule("a chamber's quorum is at most 10000 hundredths of a percent"))
    }
    guard state.address(named: name) == nil else { throw .nameTaken(name) }
    let address = LedgerIdentifier.collective(founder: sender, nonce: nonce)
    // No signature verifies under a key of zeros: nobody but its proposals acts for this account.
    let key = PublicKey(bytes: .zero)
    state.set(.account(address), .account(Account(name: name, publicKey: key, balance: .zero, nonce: 0)))
    state.set(.name(name), .name(address))
    state.set(.collective(address), .collective(Collective(members: members, rule: rule)))
  }

  private func checkMembers(
    _ members: [Collective.Member], _ weighing: Weighing, _ state: LedgerState
  ) throws(Refusal) {
    if weighing.chambers != nil {
      guard members.isEmpty else {
        throw .collective(.invalidRule("everybody who stakes is a member of an organisation that weighs stakes"))
      }
      return
    }
    guard (1...Self.mostMembers).contains(members.count) else {
      throw .collective(
        .invalidRule("an organisation has 1 to \(Self.mostMembers) members, not \(members.count)"))
    }
    guard Set(members.map(\.address)).count == members.count else {
      throw .collective(.invalidRule("an organisation names a member twice"))
    }
    for member in members {
      let account = try state.existingAccount(member.address)
      guard member.weight > 0 else {
        throw .collective(.invalidRule("the weight of \(account.name) must be above zero"))
      }
    }
  }

  private func propose(_ actions: [Action], by address: Address, _ state: inout LedgerState) throws(Refusal) {
    guard let collective = state.collective(address) else { throw .collective(.unknownCollective(address)) }
    let electors = try electorate(of: collective, state)
    guard electors.contains(where: { $0.address == sender }) else {
      throw .collective(.notMember(try state.existingAccount(sender).name))
    }
    guard (1...Self.mostSteps).contains(actions.count) else {
      throw .collective(
        .invalidProposal("a proposal has 1 to \(Self.mostSteps) steps, not \(actions.count)"))
    }
    for (place, action) in actions.enumerated() {
      if case .contract = action { throw .contract(.withinProposal) }
      guard action.isForCollectives else {
        throw .collective(.invalidProposal("step \(place + 1), '\(action.name)', is nothing that an organisation does"))
      }
    }
    let (deadline, overflow) = now.microseconds.addingReportingOverflow(collective.rule.votingPeriod)
    state.set(
      .proposal(LedgerIdentifier.proposal(member: sender, nonce: nonce)),
      .proposal(
        CollectiveProposal(
          collective: address, actions: actions, electorate: electors, rule: collective.rule,
          deadline: Timestamp(microseconds: overflow ? .max : deadline))))
  }

  /// Who may vote on what is proposed now.
  private func electorate(of collective: Collective, _ state: LedgerState) throws(Refusal) -> [Elector] {
    guard let chambers = collective.rule.weighing.chambers else { return collective.members.map(Elector.init) }
    return try asked {
      try chambers.electorate(of: state.stakes.map(\.stake), supply: state.chain?.supply ?? .zero, on: today)
    }
  }

  private func vote(
    _ ballot: CollectiveAction.Ballot, on identifier: Digest, _ state: inout LedgerState
  ) throws(Refusal) {
    var proposal = try existingProposal(identifier, state)
    let account = try state.existingAccount(sender)
    guard let place = proposal.electorate.firstIndex(where: { $0.address == sender }) else {
      throw .collective(.notMember(account.name))
    }
    try check(proposal, stands: .voting)
    guard proposal.ballots[place] == nil else { throw .collective(.alreadyVoted(account.name)) }
    proposal.ballots[place] = ballot
    state.set(.proposal(identifier), .proposal(proposal))
  }

  /// All steps or none: a step that is refused refuses the execution, and the proposal can be carried out later.
  private func execute(_ identifier: Digest, _ state: inout LedgerState) throws(Refusal) {
    var proposal = try existingProposal(identifier, state)
    guard proposal.electorate.contains(where: { $0.address == sender }) else {
      throw .collective(.notMember(try state.existingAccount(sender).name))
    }
    try check(proposal, stands: .executable)
    proposal.isExecuted = true
    state.set(.proposal(identifier), .proposal(proposal))
    for (place, action) in proposal.actions.enumerated() {
      do {
        var account = try state.existingAccount(proposal.collective)
        let turn = Turn(sender: proposal.collective, nonce: account.nonce, context: context)
        account.nonce += 1
        state.set(.account(proposal.collective), .account(account))
        try StateTransition.perform(turn, action, &state)
      } catch {
        throw .collective(.failed(position: place + 1, action: action.name, reason: error.message))
      }
    }
  }

  private func existingProposal(_ identifier: Digest, _ state: LedgerState) throws(Refusal) -> CollectiveProposal {
    guard let proposal = state.proposal(identifier) else { throw .collective(.unknownProposal(identifier)) }
    return proposal
  }

  private func check(_ proposal: CollectiveProposal, stands needed: CollectiveProposal.Stage) throws(Refusal) {
    let stage = proposal.stage(at: now)
    guard stage == needed else { throw .collective(.wrongStage(stage, needed: needed)) }
  }
}
