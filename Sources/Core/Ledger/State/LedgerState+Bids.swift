extension LedgerState {
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
