/// Tokens offered together at a price.
public struct Listing: Hashable, Sendable {
  public let seller: Address
  public let tokens: [Digest]
  public let price: Amount
  public let expiry: Timestamp
  /// Whether it was neither bought nor taken back.
  public internal(set) var isOpen = true

  func encode(into writer: inout ByteWriter) {
    writer.write(seller.bytes)
    writer.write(list: tokens) { $0.write($1.bytes) }
    writer.write(price)
    writer.write(expiry)
    writer.write(isOpen)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    seller = try reader.readAddress()
    tokens = try reader.readDigests()
    price = try reader.readAmount()
    expiry = try reader.readTimestamp()
    isOpen = try reader.readBool()
  }

  init(seller: Address, tokens: [Digest], price: Amount, expiry: Timestamp) {
    (self.seller, self.tokens, self.price, self.expiry) = (seller, tokens, price, expiry)
  }
}

/// Tokens that go to the highest open bid.
public struct OpenSale: Hashable, Sendable {
  public let seller: Address
  public let tokens: [Digest]
  public let reserve: Amount
  public let deadline: Timestamp
  public internal(set) var bidder: Address?
  /// The highest bid, which lies with the ledger; zero before the first and once the sale is closed.
  public internal(set) var bid = Amount.zero
  public internal(set) var isOpen = true

  func encode(into writer: inout ByteWriter) {
    writer.write(seller.bytes)
    writer.write(list: tokens) { $0.write($1.bytes) }
    writer.write(reserve)
    writer.write(deadline)
    writer.write(optional: bidder) { $0.write($1.bytes) }
    writer.write(bid)
    writer.write(isOpen)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    seller = try reader.readAddress()
    tokens = try reader.readDigests()
    reserve = try reader.readAmount()
    deadline = try reader.readTimestamp()
    bidder = try reader.readOptionalAddress()
    bid = try reader.readAmount()
    isOpen = try reader.readBool()
  }

  init(seller: Address, tokens: [Digest], reserve: Amount, deadline: Timestamp) {
    (self.seller, self.tokens, self.reserve, self.deadline) = (seller, tokens, reserve, deadline)
  }
}
