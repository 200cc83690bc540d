extension LedgerState {
  /// `nil` before the chain is founded.
  public var chain: ChainRecord? {
    guard case .chain(let chain)? = self[.chain] else { return nil }
    return chain
  }

  public func account(_ address: Address) -> Account? {
    guard case .account(let account)? = self[.account(address)] else { return nil }
    return account
  }

  public func address(named name: Label) -> Address? {
    guard case .name(let address)? = self[.name(name)] else { return nil }
    return address
  }

  public func account(named name: Label) -> Account? {
    address(named: name).flatMap { account($0) }
  }

  /// `nil` for a token that was never minted, and for one that was burned.
  public func token(_ digest: Digest) -> ModelToken? {
    guard case .token(let token)? = self[.token(digest)], !terms(of: digest).isBurned else { return nil }
    return token
  }

  public func terms(of token: Digest) -> TokenTerms {
    guard case .terms(let terms)? = self[.terms(token: token)] else { return TokenTerms(shares: []) }
    return terms
  }

  /// Whether an account may pass on all that an owner has.
  public func isOperator(_ address: Address, of owner: Address) -> Bool {
    self[.operatorRight(owner: owner, address)] == .operatorRight(isAllowed: true)
  }

  /// What an owner lets somebody spend.
  public func allowance(owner: Address, spender: Address) -> Amount {
    guard case .allowance(let amount)? = self[.allowance(owner: owner, spender: spender)] else { return .zero }
    return amount
  }

  public func listing(_ identifier: Digest) -> Listing? {
    guard case .listing(let listing)? = self[.listing(identifier)] else { return nil }
    return listing
  }

  public func sale(_ identifier: Digest) -> OpenSale? {
    guard case .sale(let sale)? = self[.sale(identifier)] else { return nil }
    return sale
  }

  public func collective(_ address: Address) -> Collective? {
    guard case .collective(let collective)? = self[.collective(address)] else { return nil }
    return collective
  }

  public func proposal(_ identifier: Digest) -> CollectiveProposal? {
    guard case .proposal(let proposal)? = self[.proposal(identifier)] else { return nil }
    return proposal
  }

  public func contract(_ address: Address) -> DeployedContract? {
    guard case .contract(let contract)? = self[.contract(address)] else { return nil }
    return contract
  }

  public func stake(_ identifier: Digest) -> Stake? {
    guard case .stake(let stake)? = self[.stake(identifier)] else { return nil }
    return stake
  }

  /// All stakes, by identity.
  public var stakes: [(id: Digest, stake: Stake)] {
    all.compactMap { entry -> (id: Digest, stake: Stake)? in
      guard case .stake(let id) = entry.key, case .stake(let stake) = entry.value else { return nil }
      return (id, stake)
    }.sorted { $0.id < $1.id }
  }

  /// What early exits have forfeited, for the next distribution.
  public var stakerPool: Amount {
    guard case .stakerPool(let amount)? = self[.stakerPool] else { return .zero }
    return amount
  }

  /// What a contract has stored under a key; null where there is nothing.
  public func storage(of contract: Address, key: [UInt8]) -> ContractValue {
    guard case .storage(let value)? = self[.storage(contract: contract, key: key)] else { return .null }
    return value
  }

  public func memberVote(token: Digest, member: Address) -> MemberVote? {
    guard case .memberVote(let vote)? = self[.memberVote(token: token, member: member)] else { return nil }
    return vote
  }

  /// The members who approve that a token goes to a recipient.
  public func transferApprovals(token: Digest, recipient: Address) -> [Address] {
    guard case .transferVote(let approvals)? = self[.transferVote(token: token, recipient: recipient)] else {
      return []
    }
    return approvals
  }

  /// A holder's access to a model; `nil` when it has none.
  public func licence(token: Digest, holder: Address) -> Licence? {
    guard case .licence(let licence)? = self[.licence(token: token, holder: holder)] else { return nil }
    return licence
  }

  /// Who may use a model, in the order in which they are served.
  public func licences(of token: Digest) -> [(holder: Address, licence: Licence)] {
    all.compactMap { entry -> (holder: Address, licence: Licence)? in
      guard case .licence(token, let holder) = entry.key, case .licence(let licence) = entry.value else { return nil }
      return (holder, licence)
    }.sorted { ($0.licence.priority, $0.holder) < ($1.licence.priority, $1.holder) }
  }

  public func auction(_ name: Label) -> AuctionRecord? {
    guard case .auction(let auction)? = self[.auction(name)] else { return nil }
    return auction
  }

  public func bid(auction: Label, bidder: Address) -> BidRecord? {
    guard case .bid(let bid)? = self[.bid(auction: auction, bidder: bidder)] else { return nil }
    return bid
  }

  public func escrow(_ identifier: Digest) -> Escrow? {
    guard case .escrow(let escrow)? = self[.escrow(identifier)] else { return nil }
    return escrow
  }

  /// All accounts, by name.
  public var accounts: [Account] {
    all.compactMap { entry -> Account? in
      guard case .account(let account) = entry.value else { return nil }
      return account
    }.sorted { $0.name < $1.name }
  }

  /// All models, by digest.
  public var tokens: [(digest: Digest, token: ModelToken)] {
    all.compactMap { entry -> (digest: Digest, token: ModelToken)? in
      guard case .token(let digest) = entry.key, let token = token(digest) else { return nil }
      return (digest, token)
    }.sorted { $0.digest < $1.digest }
  }

  /// How many accounts and tokens there are, and all the money that is held, summed afresh.
  ///
  /// - Throws: `AmountError.overflow`.
  public func census() throws(AmountError) -> (accounts: Int, tokens: Int, held: Amount) {
    var accounts = 0
    var tokens = 0
    var held = Amount.zero
    for (key, entry) in all {
      switch (key, entry) {
      case (_, .account): accounts += 1
      case (.token(let digest), _) where token(digest) != nil: tokens += 1
      default: break
      }
      held = try held + entry.holding
    }
    return (accounts, tokens, held)
  }
}
