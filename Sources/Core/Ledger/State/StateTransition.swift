/// When and where a transaction takes effect; all that a transition knows beside the state.
public struct BlockContext: Hashable, Sendable {
  public let height: UInt64
  public let timestamp: Timestamp

  public init(height: UInt64, timestamp: Timestamp) {
    (self.height, self.timestamp) = (height, timestamp)
  }
}

/// The one function by which the ledger's state changes.
public enum StateTransition {
  /// Applies one transaction.
  ///
  /// A pure function of the transaction, the context and the state. In order: the chain, the signature, the sender's
  /// account and nonce, what the action itself asks, and at the end conservation: what accounts, deposits and escrows
  /// hold must have changed by exactly what was issued.
  ///
  /// - Throws: `Refusal`; the state is then unchanged.
  public static func apply(
    _ transaction: Transaction, in context: BlockContext, to state: inout LedgerState
  ) throws(Refusal) {
    let checkpoint = state.checkpoint
    let issuedBefore = state.chain?.issued ?? .zero
    do {
      try admit(transaction, context, &state)
      try perform(
        Turn(sender: transaction.sender.address, nonce: transaction.nonce, context: context), transaction.action, &state
      )
      try checkConservation(since: checkpoint, issuedBefore: issuedBefore, state)
    } catch {
      state.rollBack(to: checkpoint)
      throw error
    }
  }

  /// The state after a transaction, beside the one before.
  ///
  /// - Throws: `Refusal`.
  public static func applying(
    _ transaction: Transaction, in context: BlockContext, to state: LedgerState
  ) throws(Refusal) -> LedgerState {
    var next = state
    try apply(transaction, in: context, to: &next)
    return next
  }

  /// The identity of the chain that a founding transaction begins.
  static func chainIdentifier(name: Label, founder: PublicKey, timestamp: Timestamp) -> Digest {
    var writer = ByteWriter(tag: "FLNFT-CHAIN-v1")
    writer.write(name)
    writer.write(founder.bytes)
    writer.write(timestamp)
    return SHA256.hash(writer.bytes)
  }

  // MARK: Steps

  /// Checks who sends, and counts the nonce.
  private static func admit(
    _ transaction: Transaction, _ context: BlockContext, _ state: inout LedgerState
  ) throws(Refusal) {
    let address = transaction.sender.address
    let chain = state.chain
    let expected: Digest
    switch (transaction.action, chain) {
    case (.found, _?): throw .alreadyFounded
    case (.found(let name, _), nil):
      expected = chainIdentifier(name: name, founder: transaction.sender, timestamp: context.timestamp)
    case (_, let chain?): expected = chain.identifier
    case (_, nil): throw .notFounded
    }
    guard transaction.chain == expected else { throw .wrongChain(expected: expected, given: transaction.chain) }
    guard transaction.isSigned else { throw .invalidSignature(sender: address) }

    switch transaction.action {
    case .found(let name, let issuer):
      state.set(.chain, .chain(ChainRecord(identifier: expected, name: name, issuer: address, issued: .zero)))
      try state.open(transaction.sender, name: issuer, nonce: transaction.nonce)
    case .openAccount(let name):
      try state.open(transaction.sender, name: name, nonce: transaction.nonce)
    default:
      var account = try state.existingAccount(address)
      guard transaction.nonce == account.nonce else {
        throw .wrongNonce(account: account.name, expected: account.nonce, given: transaction.nonce)
      }
      account.nonce += 1
      state.set(.account(address), .account(account))
    }
  }

  private static func perform(_ turn: Turn, _ action: Action, _ state: inout LedgerState) throws(Refusal) {
    switch action {
    case .found, .openAccount: break
    case .issue(let to, let amount): try turn.issue(amount, to: to, &state)
    case .transfer(let to, let amount): try turn.transfer(amount, to: to, &state)
    case .pay(let payments):
      for payment in payments { try turn.transfer(payment.amount, to: payment.to, &state) }
    case .mint(let record): try turn.mint(record, &state)
    case .transferToken(let token, let to): try turn.transferToken(token, to: to, &state)
    case .declareAsk(let token, let micro): try turn.declareAsk(micro, for: token, &state)
    case .voteOnAsks(let token, let approvals): try turn.vote(approvals, onAsksFor: token, &state)
    case .voteOnTransfer(let token, let to): try turn.voteOnTransfer(of: token, to: to, &state)
    case .openAuction(let name, let deadline, let settlement):
      try turn.openAuction(name, deadline: deadline, settlementDeadline: settlement, &state)
    case .commitBid(let bid, let side, let token, let deposit):
      try turn.commit(bid, side: side, token: token, deposit: deposit, &state)
    case .openBid(let bid): try turn.open(bid, &state)
    case .settle(let settlement): try turn.settle(settlement, &state)
    case .reclaimDeposit(let auction): try turn.reclaimDeposit(from: auction, &state)
    case .openEscrow(let beneficiary, let arbiter, let amount, let expiry):
      try turn.openEscrow(beneficiary: beneficiary, arbiter: arbiter, amount: amount, expiry: expiry, &state)
    case .releaseEscrow(let escrow): try turn.releaseEscrow(escrow, &state)
    case .refundEscrow(let escrow): try turn.refundEscrow(escrow, &state)
    }
  }

  private static func checkConservation(
    since checkpoint: Int, issuedBefore: Amount, _ state: LedgerState
  ) throws(Refusal) {
    let issued = state.chain?.issued ?? .zero
    guard
      let held = state.holdings(since: checkpoint),
      let left = try? held.before + issued, let right = try? held.after + issuedBefore
    else { throw .notConserved(issued: issued, held: .maximum) }
    guard left == right else { throw .notConserved(issued: issued, held: held.after) }
  }
}

/// Who acts, and when.
struct Turn {
  let sender: Address
  let nonce: UInt64
  let context: BlockContext

  var now: Timestamp { context.timestamp }
}
