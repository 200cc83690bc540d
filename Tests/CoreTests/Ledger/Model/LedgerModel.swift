@testable import Core

/// What the ledger should do, said again in plain dictionaries by somebody who has not read its code: one `guard` for
/// each rule of docs/ledger.md. Tests hold the two against each other.
struct LedgerModel: Equatable {
  struct Account: Equatable {
    var balance: UInt128 = 0
    var nonce: UInt64 = 1
  }
  struct Escrow: Equatable {
    var from: Address
    var to: Address
    var arbiter: Address
    var expiry: UInt64
    var amount: UInt128
  }
  struct Token: Equatable {
    var minter: Address
    var members: [Address]
    var owner: Address
    var approved: Address?
    var royalty: UInt128?
    var shares: [Address: UInt64]
    /// The order in which ties of a split are broken: of the members, then of whoever came later.
    var holders: [Address]
    var sale: Digest?
    var isBurned = false
    var isAskBound = false
    var votes: [Address: Set<Address>] = [:]
  }
  struct Offer: Equatable {
    var seller: Address
    var tokens: [Digest]
    var price: UInt128
    var end: UInt64
    var isOpen = true
    var bidder: Address?
    var bid: UInt128 = 0
  }
  struct Organisation: Equatable {
    var members: [Collective.Member]
    var rule: Collective.Rule
  }
  struct Elector: Equatable {
    var address: Address
    var power: UInt128
    /// 3 for a super node, 2 for the first tier, 1 for an ordinary one.
    var rank = 0
  }
  struct Motion: Equatable {
    var organisation: Address
    var actions: [Action]
    var electorate: [Elector]
    var rule: Collective.Rule
    var deadline: UInt64
    var ballots: [Address: CollectiveAction.Ballot] = [:]
    var isDone = false
  }

  var issuer: Address
  var accounts: [Address: Account] = [:]
  var names: [Label: Address] = [:]
  var issued: UInt128 = 0
  var burned: UInt128 = 0
  var gasPrice: UInt128 = 0
  var collector: Address
  var allowances: [Pair: UInt128] = [:]
  var operators: Set<Pair> = []
  var escrows: [Digest: Escrow] = [:]
  var tokens: [Digest: Token] = [:]
  var listings: [Digest: Offer] = [:]
  var sales: [Digest: Offer] = [:]
  var organisations: [Address: Organisation] = [:]
  var motions: [Digest: Motion] = [:]
  var stakes: [Digest: Stake] = [:]

  struct Pair: Hashable {
    var owner: Address
    var other: Address
  }

  init(issuer: Address) { (self.issuer, collector) = (issuer, issuer) }

  var held: UInt128 {
    accounts.values.reduce(0) { $0 + $1.balance } + escrows.values.reduce(0) { $0 + $1.amount }
      + sales.values.reduce(0) { $0 + $1.bid } + stakes.values.reduce(0) { $0 + $1.amount }
  }

  // MARK: Transactions

  /// Takes a transaction if the rules allow it.
  ///
  /// - Returns: whether they do; if not, nothing has changed.
  mutating func take(_ transaction: Transaction, at now: UInt64) -> Bool {
    var next = self
    guard next.run(transaction, now) else { return false }
    self = next
    return true
  }

  private mutating func run(_ transaction: Transaction, _ now: UInt64) -> Bool {
    let sender = transaction.sender.address
    guard let account = accounts[sender], account.nonce == transaction.nonce else { return false }
    accounts[sender]?.nonce += 1
    let gas = 2_000 + 10 * UInt64(transaction.encoded.count)
    guard transaction.gas.limit >= gas, transaction.gas.price.units >= gasPrice else { return false }
    let fee = UInt128(gas) * gasPrice
    guard pay(fee, from: sender) else { return false }
    guard act(transaction.action, sender, transaction.nonce, now) else { return false }
    return receive(fee, collector)
  }

  mutating func pay(_ amount: UInt128, from address: Address) -> Bool {
    guard let account = accounts[address], account.balance >= amount else { return false }
    accounts[address]?.balance -= amount
    return true
  }

  mutating func receive(_ amount: UInt128, _ address: Address) -> Bool {
    guard accounts[address] != nil else { return false }
    accounts[address]?.balance += amount
    return true
  }

  mutating func act(_ action: Action, _ me: Address, _ nonce: UInt64, _ now: UInt64) -> Bool {
    switch action {
    case .issue(let to, let amount):
      guard me == issuer else { return false }
      let (sum, overflow) = issued.addingReportingOverflow(amount.units)
      guard !overflow else { return false }
      issued = sum
      return receive(amount.units, to)
    case .transfer(let to, let amount): return pay(amount.units, from: me) && receive(amount.units, to)
    case .pay(let payments):
      for payment in payments {
        guard pay(payment.amount.units, from: me), receive(payment.amount.units, payment.to) else { return false }
      }
      return true
    case .openEscrow(let to, let arbiter, let amount, let expiry):
      guard accounts[to] != nil, accounts[arbiter] != nil, pay(amount.units, from: me) else { return false }
      escrows[LedgerIdentifier.escrow(depositor: me, nonce: nonce)] = Escrow(
        from: me, to: to, arbiter: arbiter, expiry: expiry.microseconds, amount: amount.units)
      return true
    case .releaseEscrow(let id):
      guard let escrow = escrows[id], escrow.amount > 0, [escrow.from, escrow.arbiter].contains(me) else {
        return false
      }
      escrows[id]?.amount = 0
      return receive(escrow.amount, escrow.to)
    case .refundEscrow(let id):
      guard let escrow = escrows[id], escrow.amount > 0 else { return false }
      guard me == escrow.to || me == escrow.arbiter || (me == escrow.from && now >= escrow.expiry) else { return false }
      escrows[id]?.amount = 0
      return receive(escrow.amount, escrow.from)
    case .mint(let record): return mint(record, me)
    case .transferToken(let id, let to): return transfer(id, to, me)
    case .voteOnTransfer(let id, let to):
      guard let token = live(id), token.members.contains(me), accounts[to] != nil else { return false }
      return tokens[id]?.votes[to, default: []].insert(me).inserted ?? false
    case .money(let action): return act(action, me)
    case .token(let action): return act(action, me)
    case .trade(let action): return act(action, me, nonce, now)
    case .collective(let action): return act(action, me, nonce, now)
    case .stake(let action): return act(action, me, nonce, now)
    default: return false
    }
  }

  private mutating func act(_ action: MoneyAction, _ me: Address) -> Bool {
    switch action {
    case .burn(let amount):
      burned += amount.units
      return pay(amount.units, from: me)
    case .approve(let spender, let amount):
      guard accounts[spender] != nil else { return false }
      allowances[Pair(owner: me, other: spender)] = amount.units
      return true
    case .spend(let from, let to, let amount):
      let pair = Pair(owner: from, other: me)
      guard let allowed = allowances[pair] ?? (amount.isZero ? 0 : nil), allowed >= amount.units else { return false }
      allowances[pair] = allowed - amount.units
      return pay(amount.units, from: from) && receive(amount.units, to)
    case .setGasPrice(let price, let address):
      guard me == issuer, accounts[address] != nil else { return false }
      let richest = accounts.filter { organisations[$0.key] == nil }.map(\.value.balance).max() ?? 0
      guard price.units * 10_000 <= richest else { return false }
      (gasPrice, collector) = (price.units, address)
      return true
    }
  }
}
