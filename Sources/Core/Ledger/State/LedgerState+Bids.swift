extension LedgerState {
  /// Sellers offer a token of their own; buyers offer none.
  func checkOffer(of token: Digest?, side: BidSide, by bidder: Address) throws(Refusal) {
    let name = try existingAccount(bidder).name
    switch (side, token) {
    case (.bid, nil): return
    case (.bid, _): throw .invalidOffer("a buyer's bid names no token; \(name)'s does")
    case (.ask, nil): throw .invalidOffer("a seller's ask names the token that it offers; \(name)'s does not")
    case (.ask, let digest?):
      guard let offered = self.token(digest) else { throw .unknownToken(digest) }
      guard offered.owner == bidder else { throw .notOwner(account: name, token: digest) }
    }
  }

  /// A bid that has been opened, and the auction that it was for.
  public struct RevealedBid: Hashable, Sendable {
    public let bid: Bid
    public let side: BidSide
    /// When the auction stopped taking bids.
    public let deadline: Timestamp

    /// q + f, in tokens.
    public var value: Double { Micro.tokens(bid.valueMicro) }
  }

  /// Every sealed-bid auction, in the order of their deadlines, of their names among equals.
  public var auctions: [(name: Label, auction: AuctionRecord)] {
    all.compactMap { entry -> (name: Label, auction: AuctionRecord)? in
      guard case .auction(let name) = entry.key, case .auction(let auction) = entry.value else { return nil }
      return (name, auction)
    }.sorted { ($0.auction.deadline, $0.name) < ($1.auction.deadline, $1.name) }
  }

  /// Every bid that has been opened: auctions in their order, within one in the order of commitment.
  public var revealedBids: [RevealedBid] {
    auctions.flatMap { name, auction in
      auction.bidders.compactMap { bidder -> RevealedBid? in
        guard let record = bid(auction: name, bidder: bidder), let opened = record.opened else { return nil }
        return RevealedBid(bid: opened, side: record.side, deadline: auction.deadline)
      }
    }
  }
}
