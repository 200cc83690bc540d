/// When and where a transaction takes effect; all that a transition knows beside the state.
public struct BlockContext: Sendable {
  public let height: UInt64
  public let timestamp: Timestamp
  /// What runs contracts; without it they are refused.
  public let runtime: (any ContractRuntime)?

  public init(height: UInt64, timestamp: Timestamp, runtime: (any ContractRuntime)? = nil) {
    (self.height, self.timestamp, self.runtime) = (height, timestamp, runtime)
  }
}

/// The one function by which the ledger's state changes.
public enum StateTransition {
  /// Applies one transaction.
  ///
  /// A pure function of the transaction, the context and the state. In order: the chain, the signature, the sender's
  /// account and nonce, the gas that it offers, what the action itself asks, the fee, and at the end conservation: what
  /// accounts, deposits, escrows, bids and contracts hold must have changed by exactly what was issued less what was
  /// burned.
  ///
  /// - Throws: `Refusal`; the state is then unchanged.
  @discardableResult
  public static func apply(
    _ transaction: Transaction, in context: BlockContext, to state: inout LedgerState
  ) throws(Refusal) -> Receipt {
    try apply(transaction, isSigned: false, in: context, to: &state)
  }

  /// - Parameter isSigned: whether the signature has been verified already.
  static func apply(
    _ transaction: Transaction, isSigned: Bool, in context: BlockContext, to state: inout LedgerState
  ) throws(Refusal) -> Receipt {
    let checkpoint = state.checkpoint
    let supplyBefore = state.chain?.supply ?? .zero
    do {
      let purse = try admit(transaction, isSigned: isSigned, context, &state)
      let turn = Turn(sender: transaction.sender.address, nonce: transaction.nonce, context: context)
      var outcome = Receipt.Outcome.succeeded(.null)
      var gasUsed = purse.intrinsic
      var events: [LedgerEvent] = []
      if case .contract(let action) = transaction.action {
        let run = try turn.perform(action, gasLimit: transaction.gas.limit - purse.intrinsic, &state)
        (outcome, events) = (run.outcome, run.events)
        gasUsed += run.gasUsed
      } else {
        try perform(turn, transaction.action, &state)
      }
      let fee = try purse.settle(gasUsed: gasUsed, &state)
      try checkConservation(since: checkpoint, supplyBefore: supplyBefore, state)
      return Receipt(
        transaction: transaction.hash, outcome: outcome, gasUsed: gasUsed, fee: fee, events: events)
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

  /// Checks who sends, counts the nonce, and takes what the gas may cost.
  private static func admit(
    _ transaction: Transaction, isSigned: Bool, _ context: BlockContext, _ state: inout LedgerState
  ) throws(Refusal) -> GasPurse {
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
    guard isSigned || transaction.isSigned else { throw .invalidSignature(sender: address) }

    switch transaction.action {
    case .found(let name, let issuer):
      state.set(
        .chain,
        .chain(
          ChainRecord(
            identifier: expected, name: name, issuer: address, issued: .zero, feeCollector: address)))
      try state.open(transaction.sender, name: issuer, nonce: transaction.nonce)
      return try GasPurse(transaction, price: .zero, &state)
    case .openAccount(let name):
      try state.open(transaction.sender, name: name, nonce: transaction.nonce)
      // Who opens an account has no money yet.
      return try GasPurse(transaction, price: .zero, &state)
    default:
      var account = try state.existingAccount(address)
      guard transaction.nonce == account.nonce else {
        throw .wrongNonce(account: account.name, expected: account.nonce, given: transaction.nonce)
      }
      account.nonce += 1
      state.set(.account(address), .account(account))
      return try GasPurse(transaction, price: chain?.gasPrice ?? .zero, &state)
    }
  }

  static func perform(_ turn: Turn, _ action: Action, _ state: inout LedgerState) throws(Refusal) {
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
    case .money(let action): try turn.perform(action, &state)
    case .token(let action): try turn.perform(action, &state)
    case .trade(let action): try turn.perform(action, &state)
    case .collective(let action): try turn.perform(action, &state)
    case .stake(let action): try turn.perform(action, &state)
    case .contract: throw .contract(.withinProposal)
    }
  }

  /// The last line of defence: whatever a transaction did, the money in what it changed grew by what was issued.
  ///
  /// - Throws: `Refusal.notConserved`.
  static func checkConservation(
    since checkpoint: Int, supplyBefore: Amount, _ state: LedgerState
  ) throws(Refusal) {
    let supply = state.chain?.supply ?? .zero
    guard let held = state.holdings(since: checkpoint) else { throw .notConserved(issued: supply, held: .maximum) }
    // Differences, as the sum of both sides may leave 128 bits where neither does.
    let isConserved =
      supply >= supplyBefore
      ? (try? held.after - held.before) == (try? supply - supplyBefore)
      : (try? held.before - held.after) == (try? supplyBefore - supply)
    guard isConserved else { throw .notConserved(issued: supply, held: held.after) }
  }
}

/// Who acts, and when.
struct Turn {
  let sender: Address
  let nonce: UInt64
  let context: BlockContext

  var now: Timestamp { context.timestamp }
}
