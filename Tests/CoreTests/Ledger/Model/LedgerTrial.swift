import Tensor

@testable import Core

/// A ledger and its model, taken through the same steps and compared after each.
struct LedgerTrial {
  private(set) var state: LedgerState
  private(set) var model: LedgerModel
  private(set) var now: UInt64 = 100
  private(set) var (taken, refused) = (0, 0)
  private(set) var refusals: [String: Int] = [:]
  /// What came of proposals that somebody tried to carry out once their time had come.
  private(set) var outcomes: [String: Int] = [:]
  private let keys: [KeyPair]
  private let chain: Digest

  init(_ operations: LedgerOperations) throws {
    keys = operations.keys
    let founded = try Ledger.found(
      name: "model", issuer: keys[0], issuerName: operations.names[0], at: Timestamp(microseconds: 100))
    try founded.perform(
      zip(operations.names, keys).dropFirst().map { (action: .openAccount(name: $0), by: $1) }, at: founded.clock)
    (state, chain) = (founded.state, founded.chain)
    model = LedgerModel(issuer: keys[0].address)
    for (name, key) in zip(operations.names, keys) {
      model.accounts[key.address] = LedgerModel.Account()
      model.names[name] = key.address
    }
  }

  /// Takes one step on both.
  ///
  /// - Returns: in which way they part, `nil` where they agree.
  mutating func take(_ step: LedgerOperations.Step) throws -> String? {
    now += step.pause
    let key = keys[step.sender]
    let nonce = (model.accounts[key.address]?.nonce ?? 0) &+ step.nonceOffset
    let transaction = try Transaction(
      chain: chain, nonce: nonce, gas: step.gas, action: step.action, signedBy: key)
    let context = BlockContext(height: 1, timestamp: Timestamp(microseconds: now))
    let before = state
    let invariants = LedgerInvariants(state)
    if case .collective(.execute(let id)) = step.action, let motion = model.motions[id], now >= motion.deadline {
      outcomes[model.outcome(of: motion), default: 0] += 1
    }
    let isAllowed = model.take(transaction, at: now)
    do {
      try StateTransition.apply(transaction, in: context, to: &state)
      taken += 1
      if !isAllowed { return "taken, and the model refuses it" }
    } catch {
      refused += 1
      refusals[error.kind, default: 0] += 1
      if isAllowed { return "refused (\(error.message)), and the model takes it" }
      if !state.changes(since: before).isEmpty { return "refused, and something changed" }
      return nil
    }
    return difference() ?? invariants.breach(by: transaction, to: state)
  }

  /// Where the ledger and the model say different things.
  private func difference() -> String? {
    for (address, account) in model.accounts {
      guard let mine = state.account(address) else { return "account \(address) is missing" }
      if mine.balance.units != account.balance {
        return "\(mine.name) holds \(mine.balance), not \(account.balance) units"
      }
      if mine.nonce != account.nonce { return "\(mine.name) has nonce \(mine.nonce), not \(account.nonce)" }
    }
    if state.chain?.issued.units != model.issued || state.chain?.burned.units != model.burned { return "the supply" }
    if state.chain?.gasPrice.units != model.gasPrice || state.chain?.feeCollector != model.collector { return "gas" }
    for (pair, amount) in model.allowances
    where state.allowance(owner: pair.owner, spender: pair.other).units != amount { return "an allowance" }
    for (id, escrow) in model.escrows where state.escrow(id)?.amount.units != escrow.amount { return "an escrow" }
    for (id, token) in model.tokens {
      let terms = state.terms(of: id)
      guard terms.isBurned == token.isBurned else { return "whether a token is burned" }
      if token.isBurned { continue }
      if state.token(id)?.owner != token.owner { return "who owns a token" }
      if terms.approved != token.approved || terms.sale != token.sale { return "what may be done with a token" }
      if terms.isAskBound != token.isAskBound { return "whether a DAO is bound to its members' vote" }
      if terms.royalty.map({ UInt128($0) }) != token.royalty { return "a royalty" }
      let shares = Dictionary(terms.shares.map { ($0.holder, $0.micro) }, uniquingKeysWith: +)
      if shares != token.shares { return "the shares in a token" }
    }
    for (id, listing) in model.listings where state.listing(id)?.isOpen != listing.isOpen { return "a listing" }
    for (id, sale) in model.sales {
      guard let mine = state.sale(id) else { return "a sale is missing" }
      if mine.isOpen != sale.isOpen || mine.bidder != sale.bidder || mine.bid.units != sale.bid { return "a sale" }
    }
    for (address, organisation) in model.organisations
    where state.collective(address)?.members != organisation.members { return "an organisation" }
    for (id, motion) in model.motions {
      guard let mine = state.proposal(id) else { return "a proposal is missing" }
      if mine.isExecuted != motion.isDone { return "whether a proposal was carried out" }
      if mine.ballots.count(where: { $0 != nil }) != motion.ballots.count { return "ballots" }
      if mine.electorate.map({ LedgerModel.Elector(mine, $0) }) != motion.electorate { return "who votes" }
    }
    for (id, stake) in model.stakes {
      guard let mine = state.stake(id) else { return "a stake is missing" }
      let (day, votes) = (LedgerModel.day(now), mine.position.voteEscrow(on: Int(LedgerModel.day(now))))
      if mine.position.amount.units != stake.amount || votes.units != stake.votes(on: day) { return "a stake" }
    }
    return nil
  }
}

extension LedgerModel.Elector {
  fileprivate init(_ proposal: CollectiveProposal, _ elector: Elector) {
    self.init(
      address: elector.address, power: proposal.power(of: elector).units,
      rank: [NodeTier.ordinary: 1, .tier1: 2, .super: 3][elector.tier] ?? 0)
  }
}

extension LedgerState {
  /// The keys of what differs from an earlier state.
  func changes(since earlier: LedgerState) -> [StateKey] {
    all.filter { earlier[$0.key] != $0.value }.map(\.key) + earlier.all.filter { self[$0.key] == nil }.map(\.key)
  }
}
