/// A bid as it travels before the clock expires (PMS-AM 5.2; specification 9.3).
///
/// The commitment binds, the ciphertext hides, and the bidder's signature covers both and the auction, so that nobody
/// can pass off another's envelope or carry it over to another auction.
public struct SealedBid: Hashable, Sendable {
  public let auction: Label
  public let commitment: Digest
  /// The canonical text of the bid in a box that only the auctioneer's key opens.
  public let ciphertext: [UInt8]
  public let signature: Signature

  public init(auction: Label, commitment: Digest, ciphertext: [UInt8], signature: Signature) {
    (self.auction, self.commitment, self.ciphertext, self.signature) = (auction, commitment, ciphertext, signature)
  }

  /// - Throws: `CryptographyError`.
  public static func seal(
    _ bid: Bid, by bidder: KeyPair, to auctioneer: PublicKey
  ) throws(CryptographyError) -> SealedBid {
    let commitment = bid.commitment
    let ciphertext = try SealedBox.seal(
      Array(bid.canonicalText.utf8), to: auctioneer, by: bidder, context: bid.nonce)
    return SealedBid(
      auction: bid.auction, commitment: commitment, ciphertext: ciphertext,
      signature: try bidder.sign(
        signedBytes(auction: bid.auction, commitment: commitment, ciphertext: ciphertext)))
  }

  public func isSigned(by bidder: PublicKey) -> Bool {
    bidder.verifies(
      signature, of: Self.signedBytes(auction: auction, commitment: commitment, ciphertext: ciphertext))
  }

  /// Opens the envelope: the signature first, then the box, then the commitment, then whose bid it is.
  ///
  /// - Throws: `BidError` that names the first check that failed, or `CryptographyError`.
  public func open(by auctioneer: KeyPair, bidder: PublicKey, named name: Label) throws -> Bid {
    guard isSigned(by: bidder) else { throw BidError.signatureInvalid(bidder: name) }
    guard let text = try SealedBox.open(ciphertext, by: auctioneer) else {
      throw BidError.notDecryptable(bidder: name)
    }
    guard SHA256.hash(text) == commitment else { throw BidError.commitmentMismatch(bidder: name) }
    guard let bid = Bid(canonical: text) else { throw BidError.notCanonical(bidder: name) }
    guard bid.auction == auction, bid.bidder == name else { throw BidError.replayed(bidder: name) }
    return bid
  }

  private static func signedBytes(auction: Label, commitment: Digest, ciphertext: [UInt8]) -> [UInt8] {
    var writer = ByteWriter(tag: "FLNFT-SEALED-BID-v1")
    writer.write(auction)
    writer.write(commitment.bytes)
    writer.write(ciphertext)
    return writer.bytes
  }
}
