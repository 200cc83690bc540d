@testable import Core

/// Models, their shares, and how they change hands.
extension LedgerModel {
  func live(_ id: Digest) -> Token? {
    guard let token = tokens[id], !token.isBurned else { return nil }
    return token
  }

  mutating func mint(_ bytes: [UInt8], _ me: Address) -> Bool {
    guard let record = try? MintRecord(decoding: bytes) else { return false }
    guard let key = try? PublicKey(record.daoPublicKey), key.address == me else { return false }
    let members = record.members.compactMap { Label($0).flatMap { names[$0] } }
    guard members.count == record.members.count, Set(members).count == members.count else { return false }
    guard tokens[record.digest] == nil else { return false }
    let parts = split(1_000_000, Array(repeating: 1, count: members.count))
    tokens[record.digest] = Token(
      minter: me, members: members, owner: me,
      shares: Dictionary(uniqueKeysWithValues: zip(members, parts.map { UInt64($0) })), holders: members)
    return true
  }

  private func mayPass(_ token: Token, _ me: Address) -> Bool {
    token.owner == me || token.approved == me || operators.contains(Pair(owner: token.owner, other: me))
  }

  /// Whether the members of a DAO that still owns its model want it to go to `to`.
  private func votedFor(_ token: Token, _ to: Address) -> Bool {
    guard token.owner == token.minter else { return true }
    let votes = token.votes[to, default: []].union(token.votes[token.minter, default: []])
    return votes.count * 2 > token.members.count
  }

  mutating func transfer(_ id: Digest, _ to: Address, _ me: Address) -> Bool {
    guard let token = live(id), mayPass(token, me), accounts[to] != nil, token.sale == nil, votedFor(token, to) else {
      return false
    }
    give(id, to)
    return true
  }

  private mutating func give(_ id: Digest, _ to: Address) {
    tokens[id]?.owner = to
    tokens[id]?.approved = nil
    tokens[id]?.sale = nil
  }

  mutating func act(_ action: TokenAction, _ me: Address) -> Bool {
    switch action {
    case .approve(let id, let approved):
      guard let token = live(id) else { return false }
      guard token.owner == me || operators.contains(Pair(owner: token.owner, other: me)) else { return false }
      if let approved { guard accounts[approved] != nil, votedFor(token, approved) else { return false } }
      tokens[id]?.approved = approved
      return true
    case .setOperator(let address, let isAllowed):
      guard accounts[address] != nil, address != me else { return false }
      let pair = Pair(owner: me, other: address)
      if isAllowed { operators.insert(pair) } else { operators.remove(pair) }
      return true
    case .burn(let id):
      guard let token = live(id), token.owner == me, token.sale == nil, votedFor(token, me) else { return false }
      tokens[id]?.isBurned = true
      tokens[id]?.approved = nil
      return true
    case .setRoyalty(let id, let basisPoints):
      guard let token = live(id), token.minter == me, token.royalty == nil, basisPoints <= 10_000 else { return false }
      tokens[id]?.royalty = UInt128(basisPoints)
      return true
    case .transferShare(let id, let to, let micro):
      guard let token = live(id), accounts[to] != nil, let mine = token.shares[me], mine >= micro else { return false }
      tokens[id]?.shares[me] = mine - micro
      tokens[id]?.shares[to, default: 0] += micro
      if !token.holders.contains(to) { tokens[id]?.holders.append(to) }
      let left = (tokens[id]?.shares ?? [:]).filter { $0.value > 0 }
      tokens[id]?.shares = left
      tokens[id]?.holders.removeAll { left[$0] == nil }
      return true
    case .bindAsk(let id):
      guard let token = live(id), token.minter == me else { return false }
      tokens[id]?.isAskBound = true
      return true
    }
  }

  mutating func act(_ action: TradeAction, _ me: Address, _ nonce: UInt64, _ now: UInt64) -> Bool {
    let offer = LedgerIdentifier.offer(seller: me, nonce: nonce)
    switch action {
    case .list(let ids, let price, let expiry):
      guard canOffer(ids, me), expiry.microseconds > now else { return false }
      listings[offer] = Offer(seller: me, tokens: ids, price: price.units, end: expiry.microseconds)
      return true
    case .cancelListing(let id):
      guard let listing = listings[id], listing.isOpen, listing.seller == me else { return false }
      listings[id]?.isOpen = false
      return true
    case .buy(let id, let limit):
      guard let listing = listings[id], listing.isOpen, now < listing.end, listing.seller != me else { return false }
      guard listing.price <= limit.units, canOffer(listing.tokens, listing.seller) else { return false }
      guard pay(listing.price, from: me), payOut(listing.price, listing) else { return false }
      for token in listing.tokens { give(token, me) }
      listings[id]?.isOpen = false
      return true
    case .openSale(let ids, let reserve, let deadline):
      guard canOffer(ids, me), deadline.microseconds > now else { return false }
      for id in ids {
        tokens[id]?.sale = offer
        tokens[id]?.approved = nil
      }
      sales[offer] = Offer(seller: me, tokens: ids, price: reserve.units, end: deadline.microseconds)
      return true
    case .raise(let id, let amount):
      guard let sale = sales[id], sale.isOpen, now < sale.end, sale.seller != me else { return false }
      if let bidder = sale.bidder {
        guard amount.units >= sale.bid + max(1, (sale.bid + 99) / 100), receive(sale.bid, bidder) else { return false }
      } else {
        guard amount.units >= sale.price else { return false }
      }
      sales[id]?.bidder = me
      sales[id]?.bid = amount.units
      return pay(amount.units, from: me)
    case .closeSale(let id):
      guard let sale = sales[id], sale.isOpen, now >= sale.end else { return false }
      sales[id]?.isOpen = false
      sales[id]?.bid = 0
      if sale.bidder != nil, !payOut(sale.bid, sale) { return false }
      for token in sale.tokens { give(token, sale.bidder ?? sale.seller) }
      return true
    }
  }

  private func canOffer(_ ids: [Digest], _ seller: Address) -> Bool {
    guard (1...100).contains(ids.count), Set(ids).count == ids.count else { return false }
    return ids.allSatisfy { id in
      guard let token = live(id) else { return false }
      return token.owner == seller && token.sale == nil && votedFor(token, token.minter)
    }
  }

  private mutating func payOut(_ price: UInt128, _ offer: Offer) -> Bool {
    let parts = split(price, Array(repeating: 1, count: offer.tokens.count))
    for (id, part) in zip(offer.tokens, parts) {
      guard let token = tokens[id] else { return false }
      let royalty = token.minter == offer.seller ? 0 : part * (token.royalty ?? 0) / 10_000
      guard receive(part - royalty, offer.seller) else { return false }
      let holders = token.holders
      for (holder, share) in zip(holders, split(royalty, holders.map { UInt128(token.shares[$0] ?? 0) })) {
        guard receive(share, holder) else { return false }
      }
    }
    return true
  }

  /// Hamilton's method, for numbers whose products fit.
  func split(_ total: UInt128, _ weights: [UInt128]) -> [UInt128] {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return weights.map { _ in 0 } }
    var parts = weights.map { total * $0 / sum }
    let rests = weights.map { total * $0 % sum }
    let order = weights.indices.sorted { (rests[$1], $0) < (rests[$0], $1) }
    for place in order.prefix(Int(total - parts.reduce(0, +))) { parts[place] += 1 }
    return parts
  }
}
