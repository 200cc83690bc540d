import Tensor

/// Which side of a double auction a bid is on.
public enum BidSide: UInt8, Hashable, Sendable {
  /// A seller: the least it wants for its model.
  case ask = 0
  /// A buyer: the most it gives for access.
  case bid = 1
}

/// What a bidder keeps to itself until the clock has expired: its bid for quality and for freshness, in millionths.
public struct Bid: Hashable, Sendable {
  public let auction: Label
  public let bidder: Label
  /// q, in millionths of a token.
  public let qualityMicro: UInt64
  /// f, in millionths of a token.
  public let freshnessMicro: UInt64
  /// Random bytes that keep the commitment from being guessed.
  public let nonce: [UInt8]

  static let tag = "FLNFT-BID-v1"
  /// 128 bits at least.
  static let nonceLengths = 16...64

  /// - Throws: `BidError.invalidParameter` for a nonce of other than 16 to 64 bytes or a sum beyond 63 bits.
  public init(
    auction: Label, bidder: Label, qualityMicro: UInt64, freshnessMicro: UInt64, nonce: [UInt8]
  ) throws(BidError) {
    guard Self.nonceLengths.contains(nonce.count) else {
      throw .invalidParameter("a bid's nonce has 16 to 64 bytes, not \(nonce.count)")
    }
    let (sum, overflow) = qualityMicro.addingReportingOverflow(freshnessMicro)
    guard !overflow, sum <= UInt64(Int64.max) else {
      throw .invalidParameter("a bid of \(qualityMicro) + \(freshnessMicro) millionths is too large")
    }
    (self.auction, self.bidder) = (auction, bidder)
    (self.qualityMicro, self.freshnessMicro, self.nonce) = (qualityMicro, freshnessMicro, nonce)
  }

  /// `FLNFT-BID-v1|auction|bidder|q_micro|f_micro|nonce`, integers in decimal, the nonce in lower-case hexadecimal.
  public var canonicalText: String {
    "\(Self.tag)|\(auction)|\(bidder)|\(qualityMicro)|\(freshnessMicro)|\(Hexadecimal.encode(nonce))"
  }

  /// SHA-256 of the canonical text: what is posted before the clock expires.
  public var commitment: Digest { SHA256.hash(canonicalText) }

  /// q + f in millionths: what the bid is worth to the one who clears the auction.
  public var valueMicro: UInt64 { qualityMicro + freshnessMicro }

  /// Reads a canonical text; `nil` for any other.
  init?(canonical bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    let fields = text.unicodeScalars.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard
      fields.count == 6, fields[0] == Self.tag,
      let auction = Label(fields[1]), let bidder = Label(fields[2]),
      let quality = UInt64(fields[3]), let freshness = UInt64(fields[4]),
      let nonce = Hexadecimal.decode(fields[5]),
      let bid = try? Bid(
        auction: auction, bidder: bidder, qualityMicro: quality, freshnessMicro: freshness, nonce: nonce),
      Array(bid.canonicalText.utf8) == bytes
    else { return nil }
    self = bid
  }
}

/// The commitment to a bid, from plain values (golden case `bid_commitment`).
///
/// - Throws: `BidError` of kind `InvalidParameter` for a negative price, a name that is empty or holds `|`, or a nonce
///   that is not hexadecimal or shorter than 128 bits.
public func bidCommitment(
  auction: String, bidder: String, qualityMicro: Int64, freshnessMicro: Int64, nonce: String
) throws(BidError) -> Digest {
  guard let auctionLabel = Label(auction) else { throw .invalidParameter("\"\(auction)\" is no name of an auction") }
  guard let bidderLabel = Label(bidder) else { throw .invalidParameter("\"\(bidder)\" is no name of a bidder") }
  guard qualityMicro >= 0 else { throw .invalidParameter("q_micro must not be negative, and is \(qualityMicro)") }
  guard freshnessMicro >= 0 else { throw .invalidParameter("f_micro must not be negative, and is \(freshnessMicro)") }
  guard let bytes = Hexadecimal.decode(nonce) else {
    throw .invalidParameter("the nonce must be hexadecimal, not \"\(nonce)\"")
  }
  return try Bid(
    auction: auctionLabel, bidder: bidderLabel, qualityMicro: UInt64(qualityMicro),
    freshnessMicro: UInt64(freshnessMicro), nonce: bytes
  ).commitment
}

/// Why a bid cannot be made or does not count.
public enum BidError: Diagnosable, Hashable {
  case invalidParameter(String)
  case signatureInvalid(bidder: Label)
  case notDecryptable(bidder: Label)
  case notCanonical(bidder: Label)
  case commitmentMismatch(bidder: Label)
  /// The text names another auction or bidder than the envelope: somebody else's bid, replayed.
  case replayed(bidder: Label)
  case exceedsDeposit(bidder: Label, bid: Amount, deposit: Amount)
  /// What the ledger would refuse to open.
  case refused(kind: String, message: String)

  init(_ refusal: Refusal) { self = .refused(kind: refusal.kind, message: refusal.message) }

  public var kind: String {
    switch self {
    case .invalidParameter: "InvalidParameter"
    case .signatureInvalid: "InvalidSignature"
    case .notDecryptable: "UndecryptableBid"
    case .notCanonical: "MalformedBid"
    case .commitmentMismatch: "CommitmentMismatch"
    case .replayed: "ReplayedBid"
    case .exceedsDeposit: "BidExceedsDeposit"
    case .refused(let kind, _): kind
    }
  }

  public var message: String {
    switch self {
    case .invalidParameter(let what): what
    case .signatureInvalid(let bidder): "the sealed bid of \(bidder) is not signed by \(bidder)"
    case .notDecryptable(let bidder): "the sealed bid of \(bidder) does not open with the auctioneer's key"
    case .notCanonical(let bidder): "the sealed bid of \(bidder) holds no canonical bid"
    case .commitmentMismatch(let bidder): "the bid of \(bidder) is not the one it committed to"
    case .replayed(let bidder): "the sealed bid of \(bidder) was made for another auction or by another bidder"
    case .exceedsDeposit(let bidder, let bid, let deposit):
      "the bid of \(bidder), \(bid) tokens, exceeds its deposit of \(deposit)"
    case .refused(_, let message): message
    }
  }
}
