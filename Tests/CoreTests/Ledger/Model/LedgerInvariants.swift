@testable import Core

/// What holds of every ledger whatever is done to it, by the names of docs/reliability.md; read off the state alone.
struct LedgerInvariants {
  private let before: LedgerState

  init(_ state: LedgerState) { before = state }

  /// The first invariant that a transaction has broken on its way from the state before to this one.
  func breach(by transaction: Transaction, to after: LedgerState) -> String? {
    let sender = transaction.sender.address
    // TOK-1: all that is held is what was issued and not burned.
    guard let census = try? after.census(), census.held == after.chain?.supply else { return "TOK-1" }
    // TOK-2: nobody's address holds nothing.
    if after.account(Address(bytes: .zero)) != nil { return "TOK-2" }
    // TOK-3: the supply changes by issuing and burning alone.
    if before.chain?.supply != after.chain?.supply, !Self.changesSupply(transaction.action, before) { return "TOK-3" }
    // NON-1: the sender's nonce rises by one, nobody else's moves but an organisation's that acts.
    for account in after.accounts {
      let address = account.address(in: after)
      guard let earlier = address.flatMap({ before.account($0) }) else { continue }
      let rise = account.nonce &- earlier.nonce
      if address == sender ? rise != 1 : rise != 0 && address.flatMap({ after.collective($0) }) == nil {
        return "NON-1"
      }
      // TOK-4: a balance falls only by its owner, by whom it allowed, or by the organisation's vote.
      if account.balance < earlier.balance, address != sender, let address {
        let isAllowed =
          before.allowance(owner: address, spender: sender) > after.allowance(owner: address, spender: sender)
        if !isAllowed, after.collective(address) == nil { return "TOK-4" }
      }
    }
    return tokens(transaction, after)
  }

  private func tokens(_ transaction: Transaction, _ after: LedgerState) -> String? {
    let owned = Dictionary(grouping: after.tokens, by: \.token.owner).mapValues(\.count)
    // NFT-1 and NFT-2: each model has one owner, and what all own is what was minted and not burned.
    if owned.values.reduce(0, +) != (try? after.census().tokens) { return "NFT-1" }
    for (key, entry) in after.all {
      guard case .terms(let id) = key, case .terms(let terms) = entry else { continue }
      // NFT-3: what was burned has no owner and no approval, and stays so.
      if terms.isBurned, after.token(id) != nil || terms.approved != nil { return "NFT-3" }
      if before.terms(of: id).isBurned, !terms.isBurned { return "NFT-3" }
      // NFT-4: passing on takes the approval back.
      if let token = after.token(id), let earlier = before.token(id), token.owner != earlier.owner,
        terms.approved != nil
      {
        return "NFT-4"
      }
      // Shares are of one whole.
      if terms.shares.reduce(0, { $0 + $1.micro }) != 1_000_000 { return "shares" }
    }
    return votes(after)
  }

  /// VOTE: who may vote is settled when a proposal is made, and nothing is carried out but what had passed.
  private func votes(_ after: LedgerState) -> String? {
    for (key, entry) in before.all {
      guard case .proposal(let id) = key, case .proposal(let proposal) = entry, let later = after.proposal(id) else {
        continue
      }
      // VOTE-2: what was carried out stays so.
      if proposal.isExecuted, !later.isExecuted { return "VOTE-2" }
      // VOTE-1: who votes, and with what weight, was settled when the proposal was made.
      if proposal.electorate != later.electorate { return "VOTE-1" }
      // VOTE-3: no key proposal is carried out but with two thirds of the first chamber that answered, nor in silence.
      if later.isExecuted, !proposal.isExecuted, !Self.chambersAllow(proposal) { return "VOTE-3" }
    }
    return nil
  }

  private static func chambersAllow(_ proposal: CollectiveProposal) -> Bool {
    guard case .stakes(let chambers) = proposal.rule.weighing, proposal.matter == .key else { return true }
    for tier in [NodeTier.super, .tier1] {
      let seats = zip(proposal.electorate, proposal.ballots).filter { $0.0.tier == tier }
      func power(_ isCounted: (CollectiveAction.Ballot?) -> Bool) -> UInt128 {
        seats.reduce(0) { $0 + (isCounted($1.1) ? $1.0.weight : 0) }
      }
      let (all, present) = (power { _ in true }, power { $0 != nil })
      let (given, needed) = (
        present.multipliedFullWidth(by: 10_000), all.multipliedFullWidth(by: UInt128(chambers.quorum))
      )
      if all == 0 || (given.high, given.low) < (needed.high, needed.low) { continue }
      let (inFavour, against) = (power { $0 == .inFavour }, power { $0 == .against })
      return inFavour > 0 && against <= inFavour / 2
    }
    return false
  }

  private static func changesSupply(_ action: Action, _ state: LedgerState) -> Bool {
    switch action {
    case .issue, .money(.burn): true
    case .collective(.execute(let id)): state.proposal(id)?.actions.contains { changesSupply($0, state) } ?? false
    default: false
    }
  }
}

extension Account {
  fileprivate func address(in state: LedgerState) -> Address? { state.address(named: name) }
}
