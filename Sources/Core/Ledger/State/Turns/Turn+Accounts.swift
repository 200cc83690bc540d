extension LedgerState {
  func existingAccount(_ address: Address) throws(Refusal) -> Account {
    guard let account = account(address) else { throw .unknownAccount(address) }
    return account
  }

  mutating func open(_ key: PublicKey, name: Label, nonce: UInt64) throws(Refusal) {
    let address = key.address
    if let account = account(address) { throw .accountExists(account.name) }
    guard self.address(named: name) == nil else { throw .nameTaken(name) }
    guard nonce == 0 else { throw .wrongNonce(account: name, expected: 0, given: nonce) }
    set(.account(address), .account(Account(name: name, publicKey: key, balance: .zero, nonce: 1)))
    set(.name(name), .name(address))
  }

  mutating func debit(_ amount: Amount, from address: Address) throws(Refusal) {
    var account = try existingAccount(address)
    guard let rest = try? account.balance - amount else {
      throw .insufficientFunds(account: account.name, balance: account.balance, needed: amount)
    }
    account.balance = rest
    set(.account(address), .account(account))
  }

  mutating func credit(_ amount: Amount, to address: Address) throws(Refusal) {
    var account = try existingAccount(address)
    // Nobody holds more than was issued, and what was issued fits.
    guard let sum = try? account.balance + amount else {
      throw .supplyExceeded(issued: chain?.issued ?? .zero, more: amount)
    }
    account.balance = sum
    set(.account(address), .account(account))
  }
}

extension Turn {
  func issue(_ amount: Amount, to recipient: Address, _ state: inout LedgerState) throws(Refusal) {
    var chain = try issuerChain(state)
    guard let issued = try? chain.issued + amount else {
      throw .supplyExceeded(issued: chain.issued, more: amount)
    }
    chain.issued = issued
    state.set(.chain, .chain(chain))
    try state.credit(amount, to: recipient)
  }

  func transfer(_ amount: Amount, to recipient: Address, _ state: inout LedgerState) throws(Refusal) {
    try state.debit(amount, from: sender)
    try state.credit(amount, to: recipient)
  }
}
