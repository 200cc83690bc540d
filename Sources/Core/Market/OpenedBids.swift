/// What was in the envelopes, sellers and buyers apart, each in the order of commitment.
public struct OpenedBids: Sendable {
  public struct Entry: Hashable, Sendable {
    public let bidder: Address
    public let bid: Bid
    /// The model that a seller offers.
    public let token: Digest?

    public var name: Label { bid.bidder }
    /// q + f, in tokens.
    public var value: Double { Micro.tokens(bid.valueMicro) }
  }

  /// A bid that does not count, and why.
  public struct Discarded: Hashable, Sendable {
    public let bidder: Label
    public let reason: BidError
  }

  public private(set) var asks: [Entry] = []
  public private(set) var bids: [Entry] = []
  public internal(set) var discarded: [Discarded] = []

  /// Takes out asks for which there is a reason.
  mutating func discardAsks(_ reason: (Entry) -> BidError?) {
    let judged = asks.map { (ask: $0, reason: reason($0)) }
    asks = judged.filter { $0.reason == nil }.map(\.ask)
    discarded += judged.compactMap { ask, reason in reason.map { Discarded(bidder: ask.name, reason: $0) } }
  }

  mutating func add(_ entry: Entry, side: BidSide) {
    switch side {
    case .ask: asks.append(entry)
    case .bid: bids.append(entry)
    }
  }
}
