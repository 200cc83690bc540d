extension Turn {
  func openEscrow(
    beneficiary: Address, arbiter: Address, amount: Amount, expiry: Timestamp, _ state: inout LedgerState
  ) throws(Refusal) {
    _ = try state.existingAccount(beneficiary)
    _ = try state.existingAccount(arbiter)
    try state.debit(amount, from: sender)
    // A nonce is used once, hence so is the identifier.
    state.set(
      .escrow(LedgerIdentifier.escrow(depositor: sender, nonce: nonce)),
      .escrow(
        Escrow(depositor: sender, beneficiary: beneficiary, arbiter: arbiter, expiry: expiry, amount: amount)))
  }

  func releaseEscrow(_ identifier: Digest, _ state: inout LedgerState) throws(Refusal) {
    let escrow = try openEscrow(identifier, state)
    guard sender == escrow.depositor || sender == escrow.arbiter else { throw try notParty(identifier, state) }
    try close(identifier, escrow, payingTo: escrow.beneficiary, &state)
  }

  func refundEscrow(_ identifier: Digest, _ state: inout LedgerState) throws(Refusal) {
    let escrow = try openEscrow(identifier, state)
    let hasExpired = now >= escrow.expiry
    guard
      sender == escrow.beneficiary || sender == escrow.arbiter || (sender == escrow.depositor && hasExpired)
    else { throw try notParty(identifier, state) }
    try close(identifier, escrow, payingTo: escrow.depositor, &state)
  }

  /// A bond's arbiter takes what a broken promise costs and gives the rest back.
  func punish(_ promise: BrokenPromise, _ state: inout LedgerState) throws(Refusal) {
    guard state.collective(sender) != nil else { throw .collective(.unknownCollective(sender)) }
    let escrow = try openEscrow(promise.escrow, state)
    guard sender == escrow.arbiter else { throw try notParty(promise.escrow, state) }
    guard let penalty = promise.penalty(of: escrow.amount), let rest = try? escrow.amount - penalty else {
      throw .collective(
        .invalidProposal(
          "\(promise.measured) of 1000000 was measured and \(promise.promised) promised: there is nothing to punish"))
    }
    var closed = escrow
    closed.amount = .zero
    state.set(.escrow(promise.escrow), .escrow(closed))
    try state.credit(penalty, to: escrow.beneficiary)
    try state.credit(rest, to: escrow.depositor)
  }

  private func openEscrow(_ identifier: Digest, _ state: LedgerState) throws(Refusal) -> Escrow {
    guard let escrow = state.escrow(identifier) else { throw .unknownEscrow(identifier) }
    guard !escrow.amount.isZero else { throw .escrowClosed(identifier) }
    return escrow
  }

  private func close(
    _ identifier: Digest, _ escrow: Escrow, payingTo recipient: Address, _ state: inout LedgerState
  ) throws(Refusal) {
    var closed = escrow
    closed.amount = .zero
    state.set(.escrow(identifier), .escrow(closed))
    try state.credit(escrow.amount, to: recipient)
  }

  private func notParty(_ identifier: Digest, _ state: LedgerState) throws(Refusal) -> Refusal {
    .notParty(account: try state.existingAccount(sender).name, escrow: identifier)
  }
}
