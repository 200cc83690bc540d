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

  public func token(_ digest: Digest) -> ModelToken? {
    guard case .token(let token)? = self[.token(digest)] else { return nil }
    return token
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

  /// What a holder has paid for its access to a model; `nil` when it has none.
  public func licence(token: Digest, holder: Address) -> Amount? {
    guard case .licence(let payment)? = self[.licence(token: token, holder: holder)] else { return nil }
    return payment
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
      guard case .token(let digest) = entry.key, case .token(let token) = entry.value else { return nil }
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
    for (_, entry) in all {
      switch entry {
      case .account: accounts += 1
      case .token: tokens += 1
      default: break
      }
      held = try held + entry.holding
    }
    return (accounts, tokens, held)
  }
}
