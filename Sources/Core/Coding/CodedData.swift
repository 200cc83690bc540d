/// Data in shares that say by themselves whether they are damaged: each goes with its hash, all with the length.
public struct CodedData: Hashable, Sendable {
  public let code: ReedSolomonCode
  /// Of the data, in bytes.
  public let length: Int
  /// SHA-256 of the data.
  public let digest: Digest
  public private(set) var shares: [Share]

  public struct Share: Hashable, Sendable {
    public let share: ReedSolomonCode.Share
    /// SHA-256 of the share as it was made.
    public let digest: Digest

    public init(share: ReedSolomonCode.Share, digest: Digest) {
      self.share = share
      self.digest = digest
    }

    public var isIntact: Bool { SHA256.hash(share.bytes) == digest }
  }

  public init(_ data: [UInt8], code: ReedSolomonCode) {
    self.code = code
    length = data.count
    digest = SHA256.hash(data)
    shares = code.encode(data).map { Share(share: $0, digest: SHA256.hash($0.bytes)) }
  }

  /// The data from those of the shares that came back intact.
  ///
  /// - Throws: `NotEnoughShares`, `DuplicateShare`, `DimensionMismatch`; `Uncorrectable` when they give other data.
  public func recover(from shares: [Share]) throws(CodingError) -> [UInt8] {
    let data = try code.recover(shares.filter(\.isIntact).map(\.share), length: length).data
    guard SHA256.hash(data) == digest else {
      throw CodingError(.uncorrectable, "the shares give data of another hash than \(digest)")
    }
    return data
  }
}
