import Solvers

/// What stands about a token beside its owner.
public struct TokenTerms: Hashable, Sendable {
  /// One's part in the model, in millionths of the whole.
  public struct Share: Hashable, Sendable {
    public let holder: Address
    public internal(set) var micro: UInt64
  }

  /// Who may pass the token on in the owner's place.
  public internal(set) var approved: Address?
  /// The part of a sale, in hundredths of a percent, that goes to the shares; `nil` until the DAO has stated it.
  public internal(set) var royalty: UInt16?
  /// They sum to a million.
  public internal(set) var shares: [Share]
  /// The open sale that holds the token fast.
  public internal(set) var sale: Digest?
  /// A token that was burned keeps its place, so that it is never minted again.
  public internal(set) var isBurned = false
  /// Whether the DAO's own ask must be what its members voted.
  public internal(set) var isAskBound = false

  func encode(into writer: inout ByteWriter) {
    writer.write(optional: approved) { $0.write($1.bytes) }
    writer.write(optional: royalty) { $0.write($1) }
    writer.write(list: shares) { writer, share in
      writer.write(share.holder.bytes)
      writer.write(share.micro)
    }
    writer.write(optional: sale) { $0.write($1.bytes) }
    writer.write((isBurned ? Self.burned : 0) | (isAskBound ? Self.askBound : 0))
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    approved = try reader.readOptionalAddress()
    royalty = try reader.readOptional { (reader) throws(DecodingFailure) in try reader.read(UInt16.self) }
    shares = try reader.readList { (reader) throws(DecodingFailure) in
      Share(holder: try reader.readAddress(), micro: try reader.read(UInt64.self))
    }
    sale = try reader.readOptionalDigest()
    let flags = try reader.read(UInt8.self)
    guard flags & ~(Self.burned | Self.askBound) == 0 else {
      throw DecodingFailure(position: 0, expected: "the flags of a token")
    }
    (isBurned, isAskBound) = (flags & Self.burned != 0, flags & Self.askBound != 0)
  }

  private static let burned: UInt8 = 1
  private static let askBound: UInt8 = 2

  init(shares: [Share]) { self.shares = shares }
}

extension MintRecord {
  /// Each member's share: its contribution as the record states it, or equal parts where it states none.
  func shares(of members: [Address]) -> [TokenTerms.Share] {
    let million: UInt128 = 1_000_000
    let stated: [UInt128] =
      if case .object(let fields) = json, case .object(let contributions)? = fields["contributions_micro"] {
        self.members.map { contributions[$0]?.integer.map { UInt128(max(0, $0)) } ?? 0 }
      } else {
        []
      }
    let weights = stated.contains { $0 > 0 } ? stated : Array(repeating: 1, count: members.count)
    let parts = (try? LargestRemainder.parts(of: million, weights: weights)) ?? []
    return zip(members, parts).compactMap { member, part in
      part == 0 ? nil : TokenTerms.Share(holder: member, micro: UInt64(part))
    }
  }
}
