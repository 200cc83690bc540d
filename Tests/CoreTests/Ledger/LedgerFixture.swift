import Foundation
import Tensor

@testable import Core

extension Label: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    guard let label = Label(text) else { preconditionFailure("\(text) is no label") }
    self = label
  }
}

/// A founded ledger with a few accounts that hold money.
struct LedgerFixture {
  static let seed: UInt64 = 7
  let ledger: Ledger
  let issuer: KeyPair
  let keys: [Label: KeyPair]

  static func key(_ name: Label) throws -> KeyPair {
    try KeyPair(runSeed: seed, account: name)
  }

  init(
    _ names: [Label] = ["ann", "bob", "cyd"], tokens: UInt64 = 100, path: String? = nil,
    runtime: (any ContractRuntime)? = nil
  ) throws {
    issuer = try Self.key("mint")
    ledger = try Ledger.found(
      name: "test", issuer: issuer, issuerName: "mint", at: Timestamp(microseconds: 10), path: path, runtime: runtime)
    var keys: [Label: KeyPair] = [:]
    for name in names { keys[name] = try Self.key(name) }
    self.keys = keys
    try ledger.perform(
      names.map { (action: .openAccount(name: $0), by: try Self.key($0)) }
        + names.map { (action: .issue(to: try Self.key($0).address, amount: Amount(tokens: tokens)), by: issuer) },
      at: Timestamp(microseconds: 20))
  }

  subscript(name: Label) -> KeyPair {
    get throws { try keys[name] ?? Self.key(name) }
  }

  func balance(_ name: Label) -> Amount? { ledger.state.account(named: name)?.balance }

  /// Mints a model of `dao` with these members, at the ledger's clock.
  func mint(by dao: Label, members: [Label], round: Int64 = 1) throws -> Digest {
    let record = try MintRecord(
      .object([
        "name": .string("fl-nft"), "model_hash": .string("sha256:\(SHA256.hash("model"))"),
        "timestamp": .integer(1), "dao_public_key": .string(try self[dao].publicKey.description),
        "members": .array(members.map { .string($0.text) }), "round": .integer(round),
      ]))
    try ledger.perform([(.mint(record: record.bytes), self[dao])], at: ledger.clock)
    return record.digest
  }
}

/// The kind of the refusal or error that an expression throws; `nil` when it throws none.
func kind(of body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return (error as? any Diagnosable)?.kind ?? "\(type(of: error))"
  }
}

/// A folder for one test, removed at its end.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("flnft-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }

  deinit { try? FileManager.default.removeItem(at: url) }
}
