extension Turn {
  func perform(_ action: TradeAction, _ state: inout LedgerState) throws(Refusal) {
    switch action {
    case .list(let tokens, let price, let expiry): try list(tokens, price: price, expiry: expiry, &state)
    case .cancelListing(let listing): try cancel(listing, &state)
    case .buy(let listing, let limit): try buy(listing, limit: limit, &state)
    case .openSale(let tokens, let reserve, let deadline):
      try openSale(of: tokens, reserve: reserve, deadline: deadline, &state)
    case .raise(let sale, let amount): try raise(sale, to: amount, &state)
    case .closeSale(let sale): try closeSale(sale, &state)
    }
  }

  static let largestBundle = 100
  /// By how much a bid must exceed the one before, in hundredths of a percent.
  static let leastRaise: UInt128 = 100

  // MARK: At a price

  private func list(
    _ tokens: [Digest], price: Amount, expiry: Timestamp, _ state: inout LedgerState
  ) throws(Refusal) {
    try checkBundle(tokens, until: expiry, state)
    state.set(
      .listing(LedgerIdentifier.offer(seller: sender, nonce: nonce)),
      .listing(Listing(seller: sender, tokens: tokens, price: price, expiry: expiry)))
  }

  private func cancel(_ identifier: Digest, _ state: inout LedgerState) throws(Refusal) {
    var listing = try openListing(identifier, state)
    guard listing.seller == sender else {
      throw .trade(.notSeller(account: try state.existingAccount(sender).name))
    }
    listing.isOpen = false
    state.set(.listing(identifier), .listing(listing))
  }

  private func buy(_ identifier: Digest, limit: Amount, _ state: inout LedgerState) throws(Refusal) {
    var listing = try openListing(identifier, state)
    guard now < listing.expiry else { throw .trade(.listingExpired(expiry: listing.expiry, now: now)) }
    guard listing.seller != sender else { throw .trade(.ownOffer(try state.existingAccount(sender).name)) }
    guard listing.price <= limit else { throw .trade(.priceAboveLimit(price: listing.price, limit: limit)) }
    // The seller may have parted with a token since.
    for digest in listing.tokens { try checkSellable(digest, by: listing.seller, state) }
    try state.debit(listing.price, from: sender)
    try payOut(listing.price, for: listing.tokens, to: listing.seller, &state)
    for digest in listing.tokens { state.give(digest, to: sender) }
    listing.isOpen = false
    state.set(.listing(identifier), .listing(listing))
  }

  private func openListing(_ identifier: Digest, _ state: LedgerState) throws(Refusal) -> Listing {
    guard let listing = state.listing(identifier) else { throw .trade(.unknownListing(identifier)) }
    guard listing.isOpen else { throw .trade(.listingClosed(identifier)) }
    return listing
  }

  // MARK: To the highest bid

  private func openSale(
    of tokens: [Digest], reserve: Amount, deadline: Timestamp, _ state: inout LedgerState
  ) throws(Refusal) {
    try checkBundle(tokens, until: deadline, state)
    let identifier = LedgerIdentifier.offer(seller: sender, nonce: nonce)
    for digest in tokens {
      var terms = state.terms(of: digest)
      (terms.sale, terms.approved) = (identifier, nil)
      state.set(.terms(token: digest), .terms(terms))
    }
    state.set(
      .sale(identifier), .sale(OpenSale(seller: sender, tokens: tokens, reserve: reserve, deadline: deadline)))
  }

  private func raise(_ identifier: Digest, to amount: Amount, _ state: inout LedgerState) throws(Refusal) {
    var sale = try openSale(identifier, state)
    guard now < sale.deadline else { throw .trade(.saleOver(deadline: sale.deadline, now: now)) }
    guard sale.seller != sender else { throw .trade(.ownOffer(try state.existingAccount(sender).name)) }
    let needed = try leastBid(sale)
    guard amount >= needed else { throw .trade(.bidTooLow(bid: amount, needed: needed)) }
    if let before = sale.bidder { try state.credit(sale.bid, to: before) }
    try state.debit(amount, from: sender)
    (sale.bidder, sale.bid) = (sender, amount)
    state.set(.sale(identifier), .sale(sale))
  }

  /// The reserve, or one per cent above the highest bid and at least a unit.
  private func leastBid(_ sale: OpenSale) throws(Refusal) -> Amount {
    guard sale.bidder != nil else { return sale.reserve }
    guard let raise = try? sale.bid.portion(Self.leastRaise, of: 10_000, rounding: .up),
      let least = try? sale.bid + max(raise, Amount(units: 1))
    else { return .maximum }
    return least
  }

  private func closeSale(_ identifier: Digest, _ state: inout LedgerState) throws(Refusal) {
    var sale = try openSale(identifier, state)
    guard now >= sale.deadline else { throw .trade(.saleOpen(deadline: sale.deadline, now: now)) }
    let proceeds = sale.bid
    (sale.isOpen, sale.bid) = (false, .zero)
    state.set(.sale(identifier), .sale(sale))
    if let winner = sale.bidder {
      try payOut(proceeds, for: sale.tokens, to: sale.seller, &state)
      for digest in sale.tokens { state.give(digest, to: winner) }
    } else {
      for digest in sale.tokens { state.give(digest, to: sale.seller) }
    }
  }

  private func openSale(_ identifier: Digest, _ state: LedgerState) throws(Refusal) -> OpenSale {
    guard let sale = state.sale(identifier) else { throw .trade(.unknownSale(identifier)) }
    guard sale.isOpen else { throw .trade(.saleClosed(identifier)) }
    return sale
  }

  // MARK: What both ask and pay

  private func checkBundle(_ tokens: [Digest], until end: Timestamp, _ state: LedgerState) throws(Refusal) {
    guard !tokens.isEmpty, tokens.count <= Self.largestBundle else {
      throw .trade(
        .invalidBundle("an offer is of 1 to \(Self.largestBundle) tokens, not of \(tokens.count)"))
    }
    guard Set(tokens).count == tokens.count else { throw .trade(.invalidBundle("an offer names a token twice")) }
    guard end > now else { throw .trade(.expired(deadline: end, now: now)) }
    for digest in tokens { try checkSellable(digest, by: sender, state) }
  }

  private func checkSellable(_ digest: Digest, by seller: Address, _ state: LedgerState) throws(Refusal) {
    let token = try existingToken(digest, state)
    guard token.owner == seller else {
      throw .notOwner(account: try state.existingAccount(seller).name, token: digest)
    }
    if let sale = state.terms(of: digest).sale { throw .token(.onSale(token: digest, sale: sale)) }
    if seller == token.dao { try checkVotes(on: digest, token, for: token.dao, state) }
  }

  /// Pays a price: of each token's part the royalty to those who have shares in it, the rest to the seller. Parts and
  /// royalties are split by largest remainder, so that nothing is left over. A DAO pays no royalty on its own sale.
  private func payOut(
    _ price: Amount, for tokens: [Digest], to seller: Address, _ state: inout LedgerState
  ) throws(Refusal) {
    do {
      let parts = try price.split(weights: Array(repeating: UInt128(1), count: tokens.count))
      for (digest, part) in zip(tokens, parts) {
        let terms = state.terms(of: digest)
        let isFirstSale = state.token(digest)?.dao == seller
        let royalty = isFirstSale ? .zero : try part.portion(UInt128(terms.royalty ?? 0), of: 10_000)
        try state.credit(try part - royalty, to: seller)
        guard !royalty.isZero else { continue }
        let shares = try royalty.split(weights: terms.shares.map { UInt128($0.micro) })
        for (share, amount) in zip(terms.shares, shares) { try state.credit(amount, to: share.holder) }
      }
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw .notConserved(issued: state.chain?.supply ?? .zero, held: price)
    }
  }
}
