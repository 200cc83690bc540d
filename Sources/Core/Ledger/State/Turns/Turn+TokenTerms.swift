extension Turn {
  func perform(_ action: TokenAction, _ state: inout LedgerState) throws(Refusal) {
    switch action {
    case .approve(let token, let approved): try approve(approved, for: token, &state)
    case .setOperator(let address, let isAllowed):
      let account = try state.existingAccount(address)
      guard address != sender else { throw .token(.invalidOperator(account.name)) }
      state.set(.operatorRight(owner: sender, address), .operatorRight(isAllowed: isAllowed))
    case .burn(let token): try burn(token, &state)
    case .setRoyalty(let token, let basisPoints): try setRoyalty(basisPoints, on: token, &state)
    case .transferShare(let token, let to, let micro): try transferShare(micro, in: token, to: to, &state)
    case .bindAsk(let token): try bindAsk(of: token, &state)
    }
  }

  private func bindAsk(of digest: Digest, _ state: inout LedgerState) throws(Refusal) {
    let token = try existingToken(digest, state)
    guard token.dao == sender else {
      throw .token(.notMinter(account: try state.existingAccount(sender).name, token: digest))
    }
    var terms = state.terms(of: digest)
    terms.isAskBound = true
    state.set(.terms(token: digest), .terms(terms))
  }

  private func approve(_ approved: Address?, for digest: Digest, _ state: inout LedgerState) throws(Refusal) {
    let token = try existingToken(digest, state)
    guard token.owner == sender || state.isOperator(sender, of: token.owner) else {
      throw .notOwner(account: try state.existingAccount(sender).name, token: digest)
    }
    // A DAO's key alone does not part with what its members made, nor let others do it.
    if token.owner == token.dao, let approved { try checkVotes(on: digest, token, for: approved, state) }
    if let approved { _ = try state.existingAccount(approved) }
    var terms = state.terms(of: digest)
    terms.approved = approved
    state.set(.terms(token: digest), .terms(terms))
  }

  private func burn(_ digest: Digest, _ state: inout LedgerState) throws(Refusal) {
    let token = try existingToken(digest, state)
    guard token.owner == sender else {
      throw .notOwner(account: try state.existingAccount(sender).name, token: digest)
    }
    if sender == token.dao { try checkVotes(on: digest, token, for: sender, state) }
    var terms = state.terms(of: digest)
    if let sale = terms.sale { throw .token(.onSale(token: digest, sale: sale)) }
    (terms.isBurned, terms.approved) = (true, nil)
    state.set(.terms(token: digest), .terms(terms))
  }

  private func setRoyalty(_ basisPoints: UInt16, on digest: Digest, _ state: inout LedgerState) throws(Refusal) {
    let token = try existingToken(digest, state)
    guard token.dao == sender else {
      throw .token(.notMinter(account: try state.existingAccount(sender).name, token: digest))
    }
    var terms = state.terms(of: digest)
    guard terms.royalty == nil else { throw .token(.royaltySet(token: digest)) }
    guard basisPoints <= 10_000 else { throw .token(.invalidRoyalty(basisPoints: basisPoints)) }
    terms.royalty = basisPoints
    state.set(.terms(token: digest), .terms(terms))
  }

  private func transferShare(
    _ micro: UInt64, in digest: Digest, to recipient: Address, _ state: inout LedgerState
  ) throws(Refusal) {
    _ = try existingToken(digest, state)
    let holder = try state.existingAccount(sender)
    _ = try state.existingAccount(recipient)
    var terms = state.terms(of: digest)
    let place = terms.shares.firstIndex { $0.holder == sender }
    let holds = place.map { terms.shares[$0].micro } ?? 0
    guard let place, holds >= micro else {
      throw .token(.shareExceeded(holder: holder.name, holds: holds, asked: micro))
    }
    terms.shares[place].micro -= micro
    if let other = terms.shares.firstIndex(where: { $0.holder == recipient }) {
      terms.shares[other].micro += micro
    } else {
      terms.shares.append(TokenTerms.Share(holder: recipient, micro: micro))
    }
    terms.shares.removeAll { $0.micro == 0 }
    state.set(.terms(token: digest), .terms(terms))
  }

  // MARK: What passing a token on asks

  func existingToken(_ digest: Digest, _ state: LedgerState) throws(Refusal) -> ModelToken {
    guard let token = state.token(digest) else { throw .unknownToken(digest) }
    return token
  }

  /// More than half of the members of the DAO must have voted for this recipient; votes for the DAO itself stand for
  /// whoever buys.
  func checkVotes(
    on digest: Digest, _ token: ModelToken, for recipient: Address, _ state: LedgerState
  ) throws(Refusal) {
    let voters = Set(state.transferApprovals(token: digest, recipient: recipient))
      .union(state.transferApprovals(token: digest, recipient: token.dao))
    guard 2 * voters.count > token.members.count else {
      throw .transferNotApproved(votes: voters.count, members: token.members.count)
    }
  }
}

extension LedgerState {
  /// Gives a token to an account; whoever was allowed to pass it on no longer is.
  mutating func give(_ digest: Digest, to recipient: Address) {
    guard var token = token(digest) else { return }
    var terms = terms(of: digest)
    (terms.approved, terms.sale) = (nil, nil)
    token.owner = recipient
    set(.token(digest), .token(token))
    set(.terms(token: digest), .terms(terms))
  }
}
