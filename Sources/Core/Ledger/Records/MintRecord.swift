import Tensor

/// The body of an `fl-nft.js` file: what a minted model says of itself (FL-NFT III.A 2); PMS-AM 3.1 2)).
///
/// Canonical JSON: sorted keys, no blanks, ASCII escapes, no fractions. Amounts and ratios are whole millionths.
public struct MintRecord: Hashable, Sendable {
  public let json: JSON
  /// The canonical bytes: what the file holds and the digest commits to.
  public let bytes: [UInt8]
  public let name: String
  /// SHA-256 of the serialised model.
  public let modelHash: String
  /// Minting time, in seconds.
  public let timestamp: Int64
  public let daoPublicKey: String
  /// The members' names, in order.
  public let members: [String]
  /// The round at which the model was minted.
  public let round: Int64

  public static let fileName = "fl-nft.js"
  public static let requiredKeys = ["name", "model_hash", "timestamp", "dao_public_key", "members", "round"]

  /// - Parameter json: an object with the required keys; further ones (`model_uri`, `contributions_micro`,
  ///   `architecture`, `dataset_tag`, `eps_total_micro`, `parent_hash`, ...) are kept.
  /// - Throws: `MintRecordError` for a missing key, a value of the wrong type or a fraction anywhere.
  public init(_ json: JSON) throws(MintRecordError) {
    guard case .object(let fields) = json else { throw .notAnObject }
    if let missing = Self.requiredKeys.first(where: { fields[$0] == nil }) { throw .missingKey(missing) }
    guard let name = fields["name"]?.string else { throw .wrongType(key: "name", expected: "a string") }
    guard let modelHash = fields["model_hash"]?.string else {
      throw .wrongType(key: "model_hash", expected: "a string")
    }
    guard let timestamp = fields["timestamp"]?.integer, timestamp >= 0 else {
      throw .wrongType(key: "timestamp", expected: "a whole number of seconds, not negative")
    }
    guard let key = fields["dao_public_key"]?.string else {
      throw .wrongType(key: "dao_public_key", expected: "a string")
    }
    guard let round = fields["round"]?.integer, round >= 0 else {
      throw .wrongType(key: "round", expected: "a whole number, not negative")
    }
    guard let list = fields["members"]?.array else { throw .wrongType(key: "members", expected: "a list of names") }
    let members = list.compactMap(\.string)
    guard members.count == list.count else { throw .wrongType(key: "members", expected: "a list of names") }
    do {
      bytes = try json.canonical()
    } catch {
      throw .fraction
    }
    (self.json, self.name, self.modelHash, self.timestamp) = (json, name, modelHash, timestamp)
    (daoPublicKey, self.members, self.round) = (key, members, round)
  }

  /// Reads the bytes of a record; they must be in canonical form.
  ///
  /// - Throws: `MintRecordError`.
  public init(decoding bytes: [UInt8]) throws(MintRecordError) {
    let json: JSON
    do { json = try JSON.parse(bytes) } catch { throw .notJSON(error) }
    try self.init(json)
    guard self.bytes == bytes else { throw .notCanonical }
  }

  /// SHA-256 of the canonical bytes: the identity of the token on the ledger.
  public var digest: Digest { SHA256.hash(bytes) }

  /// The digest of a record in any form, as the golden case `mint_record_digest` defines it.
  ///
  /// - Throws: `MintRecordError` (kind `InvalidParameter`) for a missing required key or a fraction anywhere.
  public static func digest(of json: JSON) throws(MintRecordError) -> Digest {
    try MintRecord(json).digest
  }
}

/// Why a value is no minting record.
public enum MintRecordError: Diagnosable, Equatable {
  case notAnObject
  case notJSON(JSONError)
  case missingKey(String)
  case wrongType(key: String, expected: String)
  case fraction
  case notCanonical

  public var kind: String { "InvalidParameter" }

  public var message: String {
    switch self {
    case .notAnObject: "a minting record is a JSON object"
    case .notJSON(let error): error.message
    case .missingKey(let key): "the minting record lacks \"\(key)\""
    case .wrongType(let key, let expected): "\"\(key)\" of a minting record must be \(expected)"
    case .fraction: "a minting record holds a number with a fraction"
    case .notCanonical: "the minting record is not in canonical form"
    }
  }

  public var hint: String? {
    switch self {
    case .missingKey: "required are " + MintRecord.requiredKeys.joined(separator: ", ")
    case .fraction: "give ratios and amounts as whole millionths, such as contributions_micro"
    case .notCanonical: "sorted keys, no blanks, ASCII escapes"
    default: nil
    }
  }
}
