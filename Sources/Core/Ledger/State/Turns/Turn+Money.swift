extension Turn {
  func perform(_ action: MoneyAction, _ state: inout LedgerState) throws(Refusal) {
    switch action {
    case .burn(let amount): try burn(amount, &state)
    case .approve(let spender, let amount):
      _ = try state.existingAccount(spender)
      state.set(.allowance(owner: sender, spender: spender), .allowance(amount))
    case .spend(let from, let to, let amount): try spend(amount, from: from, to: to, &state)
    case .setGasPrice(let price, let collector):
      var chain = try issuerChain(state)
      _ = try state.existingAccount(collector)
      try checkIsPayable(price, state)
      (chain.gasPrice, chain.feeCollector) = (price, collector)
      state.set(.chain, .chain(chain))
    }
  }

  /// At a price that nobody can pay nothing could be done any more, nor the price be taken back: somebody must be able to
  /// pay the issuer, and the issuer to set another.
  private func checkIsPayable(_ price: Amount, _ state: LedgerState) throws(Refusal) {
    guard !price.isZero else { return }
    let balances = state.all.compactMap { entry -> Amount? in
      // Organisations sign nothing.
      guard case .account(let address) = entry.key, case .account(let account) = entry.value,
        state.collective(address) == nil
      else { return nil }
      return account.balance
    }
    let richest = balances.max() ?? .zero
    guard let needed = try? price * (2 * GasSchedule.payment), needed <= richest else {
      throw .money(.gasPriceTooHigh(price: price, richest: richest))
    }
  }

  private func burn(_ amount: Amount, _ state: inout LedgerState) throws(Refusal) {
    guard var chain = state.chain else { throw .notFounded }
    try state.debit(amount, from: sender)
    // Nobody has more than was issued, so that the sum fits.
    guard let burned = try? chain.burned + amount else {
      throw .supplyExceeded(issued: chain.issued, more: amount)
    }
    chain.burned = burned
    state.set(.chain, .chain(chain))
  }

  private func spend(
    _ amount: Amount, from owner: Address, to recipient: Address, _ state: inout LedgerState
  ) throws(Refusal) {
    let name = try state.existingAccount(owner).name
    let allowed = state.allowance(owner: owner, spender: sender)
    guard let rest = try? allowed - amount else {
      throw .money(
        .allowanceExceeded(
          owner: name, spender: try state.existingAccount(sender).name, allowed: allowed, asked: amount))
    }
    state.set(.allowance(owner: owner, spender: sender), .allowance(rest))
    try state.debit(amount, from: owner)
    try state.credit(amount, to: recipient)
  }

  /// The chain's record, for its issuer alone.
  func issuerChain(_ state: LedgerState) throws(Refusal) -> ChainRecord {
    guard let chain = state.chain else { throw .notFounded }
    guard chain.issuer == sender else { throw .notIssuer(try state.existingAccount(sender).name) }
    return chain
  }
}
