/// How models change hands for money: at a price, or to the highest of open bids; one or several together.
public enum TradeAction: Hashable, Sendable {
  /// Offers tokens together at a price until `expiry`; they stay with their owner.
  case list(tokens: [Digest], price: Amount, expiry: Timestamp)
  /// The seller takes an offer back.
  case cancelListing(Digest)
  /// Buys what is offered; refused above `limit`, should the offer be another by then.
  case buy(listing: Digest, limit: Amount)
  /// Offers tokens together to the highest open bid from `reserve` on; nobody may pass them on meanwhile.
  case openSale(tokens: [Digest], reserve: Amount, deadline: Timestamp)
  /// Bids, and leaves the money with the ledger; the bid before goes back to its bidder.
  case raise(sale: Digest, Amount)
  /// Anybody may close a sale whose time is over: the tokens go to the highest bidder, its money to the seller.
  case closeSale(Digest)

  private enum Code: UInt8 {
    case list = 0, cancelListing, buy, openSale, raise, closeSale
  }

  func encode(into writer: inout ByteWriter) {
    switch self {
    case .list(let tokens, let price, let expiry):
      writer.write(Code.list.rawValue)
      writer.write(list: tokens) { $0.write($1.bytes) }
      writer.write(price)
      writer.write(expiry)
    case .cancelListing(let listing):
      writer.write(Code.cancelListing.rawValue)
      writer.write(listing.bytes)
    case .buy(let listing, let limit):
      writer.write(Code.buy.rawValue)
      writer.write(listing.bytes)
      writer.write(limit)
    case .openSale(let tokens, let reserve, let deadline):
      writer.write(Code.openSale.rawValue)
      writer.write(list: tokens) { $0.write($1.bytes) }
      writer.write(reserve)
      writer.write(deadline)
    case .raise(let sale, let amount):
      writer.write(Code.raise.rawValue)
      writer.write(sale.bytes)
      writer.write(amount)
    case .closeSale(let sale):
      writer.write(Code.closeSale.rawValue)
      writer.write(sale.bytes)
    }
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self =
      switch try reader.readCode(Code.self) {
      case .list:
        .list(tokens: try reader.readDigests(), price: try reader.readAmount(), expiry: try reader.readTimestamp())
      case .cancelListing: .cancelListing(try reader.readDigest())
      case .buy: .buy(listing: try reader.readDigest(), limit: try reader.readAmount())
      case .openSale:
        .openSale(
          tokens: try reader.readDigests(), reserve: try reader.readAmount(), deadline: try reader.readTimestamp())
      case .raise: .raise(sale: try reader.readDigest(), try reader.readAmount())
      case .closeSale: .closeSale(try reader.readDigest())
      }
  }
}
