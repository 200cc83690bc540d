import Core
import Foundation
import GRDB
import Scripting

extension BenchmarkRow {
  static let ledgers = [ledgerTransfer, ledgerReplay, ledgerSnapshot, ledgerCommit]

  /// Signed transfers that a ledger in memory verifies, applies and seals into a block of a thousand, against the
  /// verification of the same signatures alone.
  private static let ledgerTransfer = BenchmarkRow(name: "ledger-transfer", unit: "transfers/CPU s", better: .larger) {
    _ in
    let book = try TransferBook(accounts: 16)
    let count = 1000
    let signed = try book.transfers(count)
    let messages = signed.map { Array($0.encoded.dropLast(Signature.count)) }
    return Contest(
      ours: {
        let transfers = try book.transfers(count)
        return Double(count) / (try CPUTime.seconds { try book.append(transfers) })
      },
      peers: [
        Contestant(name: "libsodium, verification alone") {
          let seconds = try CPUTime.seconds {
            for (transaction, message) in zip(signed, messages) {
              guard transaction.sender.verifies(transaction.signature, of: message) else {
                throw BenchmarkError("a signature does not hold")
              }
            }
          }
          return Double(count) / seconds
        }
      ])
  }
}

extension BenchmarkRow {
  /// A chain of 100,000 signed transfers in a file, opened with everything verified, on all cores.
  private static let ledgerReplay = BenchmarkRow(name: "ledger-replay", unit: "s per 1e6 transfers", better: .smaller) {
    _ in
    let folder = try BenchmarkFolder()
    let path = try TransferBook.file(in: folder, transfers: 100_000)
    return Contest(ours: {
      try withExtendedLifetime(folder) {
        try WallTime.seconds { try Ledger.open(path, access: .readOnly).close() } * 10
      }
    })
  }

  /// The same chain, opened from its snapshot.
  private static let ledgerSnapshot = BenchmarkRow(name: "ledger-snapshot", unit: "ms", better: .smaller) { _ in
    let folder = try BenchmarkFolder()
    let path = try TransferBook.file(in: folder, transfers: 100_000)
    return Contest(ours: {
      try withExtendedLifetime(folder) {
        try WallTime.seconds { try Ledger.open(path, access: .readOnly, trusting: .snapshot).close() } * 1000
      }
    })
  }

  /// From a signed transfer to its block on the disk, against a bare transaction of SQLite with the same bytes.
  private static let ledgerCommit = BenchmarkRow(name: "ledger-commit", unit: "ms", better: .smaller) { _ in
    let folder = try BenchmarkFolder()
    let book = try TransferBook(accounts: 16, path: folder.path("commit.sqlite"))
    let bare = try DatabaseQueue(path: folder.path("bare.sqlite"))
    try bare.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
      try $0.execute(sql: "CREATE TABLE entry (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")
    }
    // A header, a transaction, its receipt and their hashes.
    let body = Data(count: 700)
    let count = 200
    return Contest(
      ours: {
        let transfers = try book.transfers(count)
        return try withExtendedLifetime(folder) {
          try WallTime.seconds { for transfer in transfers { try book.append([transfer]) } } * 1000 / Double(count)
        }
      },
      peers: [
        Contestant(name: "SQLite alone") {
          try WallTime.seconds {
            for _ in 0..<count {
              try bare.write { database in
                _ = try Int64.fetchOne(database, sql: "SELECT max(id) FROM entry")
                try database.cachedStatement(sql: "INSERT INTO entry (body) VALUES (?)").execute(arguments: [body])
              }
            }
          } * 1000 / Double(count)
        }
      ])
  }
}

/// A folder that goes with whoever holds it.
private final class BenchmarkFolder: Sendable {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("flnft-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  deinit { try? FileManager.default.removeItem(at: url) }
}

/// What a clock on the wall shows: for what waits on a disk or uses several cores.
enum WallTime {
  static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let elapsed = try ContinuousClock().measure(work)
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  }
}

/// A ledger whose account holders pay each other in turn.
private final class TransferBook {
  private let ledger: Ledger
  private let keys: [KeyPair]
  private let now = Timestamp(microseconds: 0)

  /// A closed ledger in a file, with a snapshot at its end.
  static func file(in folder: BenchmarkFolder, transfers: Int) throws -> String {
    let path = folder.path("chain.sqlite")
    let book = try TransferBook(accounts: 1000, path: path, durability: .off)
    for _ in 0..<transfers / 1000 { try book.append(try book.transfers(1000)) }
    try book.ledger.takeSnapshot()
    book.ledger.close()
    return path
  }

  init(accounts: Int, path: String? = nil, durability: Ledger.Durability = .full) throws {
    let names = try (0..<accounts).map { try Label(checking: "account-\($0)") }
    keys = try names.map { try KeyPair(runSeed: 0, account: $0) }
    let issuer = try KeyPair(runSeed: 0, account: Label(checking: "issuer"))
    ledger = try Ledger.found(
      name: Label(checking: "benchmark"), issuer: issuer, issuerName: Label(checking: "issuer"), at: now, path: path,
      durability: durability)
    try ledger.perform(zip(names, keys).map { (.openAccount(name: $0), $1) }, at: now)
    try ledger.perform(
      keys.map { (.issue(to: $0.address, amount: Amount(tokens: 1_000_000)), issuer) }, at: now)
  }

  /// Signed, and good for the next block only.
  func transfers(_ count: Int) throws -> [Transaction] {
    try ledger.sign(
      (0..<count).map { place in
        let payee = keys[(place + 1) % keys.count].address
        return (.transfer(to: payee, amount: Amount(micro: 1)), keys[place % keys.count])
      })
  }

  func append(_ transfers: [Transaction]) throws { try ledger.append(transfers, at: now) }
}
