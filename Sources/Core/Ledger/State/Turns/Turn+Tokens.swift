extension Turn {
  func mint(_ bytes: [UInt8], _ state: inout LedgerState) throws(Refusal) {
    let record: MintRecord
    do { record = try MintRecord(decoding: bytes) } catch { throw .invalidRecord(error) }
    let dao = try state.existingAccount(sender)
    guard record.daoPublicKey == dao.publicKey.description else { throw .foreignRecord(key: record.daoPublicKey) }

    var members: [Address] = []
    var seen: Set<Address> = []
    for name in record.members {
      guard let label = Label(name), let member = state.address(named: label) else { throw .unknownMember(name) }
      guard seen.insert(member).inserted else { throw .duplicateMember(name) }
      members.append(member)
    }
    let digest = record.digest
    // A token that was burned keeps its place.
    guard state[.token(digest)] == nil else { throw .tokenExists(digest) }
    state.set(
      .token(digest), .token(ModelToken(record: bytes, dao: sender, members: members, owner: sender)))
    state.set(.terms(token: digest), .terms(TokenTerms(shares: record.shares(of: members))))
  }

  func transferToken(_ digest: Digest, to recipient: Address, _ state: inout LedgerState) throws(Refusal) {
    let token = try existingToken(digest, state)
    let terms = state.terms(of: digest)
    guard token.owner == sender || terms.approved == sender || state.isOperator(sender, of: token.owner) else {
      throw .notOwner(account: try state.existingAccount(sender).name, token: digest)
    }
    _ = try state.existingAccount(recipient)
    if let sale = terms.sale { throw .token(.onSale(token: digest, sale: sale)) }
    // A DAO's key alone does not part with what its members made.
    if token.owner == token.dao { try checkVotes(on: digest, token, for: recipient, state) }
    state.give(digest, to: recipient)
  }

  func declareAsk(_ micro: UInt64, for digest: Digest, _ state: inout LedgerState) throws(Refusal) {
    let account = try member(of: digest, state).account
    guard micro <= Micro.maximum else { throw .askTooLarge(micro: micro) }
    guard state.memberVote(token: digest, member: sender) == nil else { throw .alreadyVoted(account: account.name) }
    state.set(.memberVote(token: digest, member: sender), .memberVote(MemberVote(ask: micro, approvals: nil)))
  }

  /// A ballot on asks that are not all known would be blind, so that every ask comes first.
  func vote(_ approvals: [Bool], onAsksFor digest: Digest, _ state: inout LedgerState) throws(Refusal) {
    let (token, account) = try member(of: digest, state)
    guard approvals.count == token.members.count else {
      throw .wrongBallot(members: token.members.count, given: approvals.count)
    }
    let declared = token.members.count { state.memberVote(token: digest, member: $0) != nil }
    guard declared == token.members.count, var vote = state.memberVote(token: digest, member: sender) else {
      throw .asksMissing(declared: declared, members: token.members.count)
    }
    guard vote.approvals == nil else { throw .alreadyVoted(account: account.name) }
    vote.approvals = approvals
    state.set(.memberVote(token: digest, member: sender), .memberVote(vote))
  }

  func voteOnTransfer(of digest: Digest, to recipient: Address, _ state: inout LedgerState) throws(Refusal) {
    let account = try member(of: digest, state).account
    _ = try state.existingAccount(recipient)
    let approvals = state.transferApprovals(token: digest, recipient: recipient)
    guard !approvals.contains(sender) else { throw .alreadyVoted(account: account.name) }
    state.set(
      .transferVote(token: digest, recipient: recipient), .transferVote(approvals: approvals + [sender]))
  }

  private func member(
    of digest: Digest, _ state: LedgerState
  ) throws(Refusal) -> (token: ModelToken, account: Account) {
    let token = try existingToken(digest, state)
    let account = try state.existingAccount(sender)
    guard token.members.contains(sender) else { throw .notMember(account: account.name, token: digest) }
    return (token, account)
  }
}
