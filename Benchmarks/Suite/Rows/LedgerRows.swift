import Core
import Foundation
import GRDB
import Scripting
import Synchronization

extension BenchmarkRow {
  static let ledgers = [ledgerTransfer, ledgerReplay, ledgerSnapshot, ledgerCommit, contractCall]

  /// Signed transfers that a ledger in memory verifies, applies and seals into a block of ten thousand, against the
  /// verification of the same signatures alone; both on all cores, by the clock on the wall.
  private static let ledgerTransfer = BenchmarkRow(name: "ledger-transfer", unit: "transfers/s", better: .larger) { _ in
    let book = try TransferBook(accounts: 1000)
    let count = 10_000
    let signed = try book.transfers(count)
    let messages = signed.map { Array($0.encoded.dropLast(Signature.count)) }
    return Contest(
      ours: {
        let transfers = try book.transfers(count)
        return Double(count) / (try WallTime.seconds { try book.append(transfers) })
      },
      peers: [
        Contestant(name: "libsodium, verification alone") {
          let unsigned = Atomic<Int>(0)
          let seconds = WallTime.seconds {
            DispatchQueue.concurrentPerform(iterations: 100) { part in
              for place in part * count / 100..<(part + 1) * count / 100
              where !signed[place].sender.verifies(signed[place].signature, of: messages[place]) {
                unsigned.add(1, ordering: .relaxed)
              }
            }
          }
          guard unsigned.load(ordering: .relaxed) == 0 else { throw BenchmarkError("a signature does not hold") }
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

extension BenchmarkRow {
  /// What running a contract costs beside what it does: a fresh sandbox, the arguments, the result.
  private static let contractCall = BenchmarkRow(name: "contract-call", unit: "CPU us", better: .smaller) { _ in
    let runtime = LuaContractRuntime()
    let host = NothingToAsk()
    let address = try KeyPair(runSeed: 0, account: Label(checking: "caller")).address
    let call = ContractInvocation(
      source: Array("function f(n) return n end".utf8), function: "f", arguments: [.integer(1)], contract: address,
      sender: address, now: Timestamp(microseconds: 1), height: 1, gasLimit: 1_000_000)
    let count = 2_000
    return Contest(ours: {
      try CPUTime.seconds {
        for _ in 0..<count {
          guard case .success(.integer(1)) = runtime.run(call, host: host).result else {
            throw BenchmarkError("the contract failed")
          }
        }
      } * 1e6 / Double(count)
    })
  }
}

/// A ledger that a contract which asks for nothing runs on.
private final class NothingToAsk: ContractHost {
  func read(_ key: [UInt8]) -> ContractValue { .null }
  func write(_ key: [UInt8], _ value: ContractValue) {}
  func keys(from: [UInt8], limit: Int) -> [[UInt8]] { [] }
  func balance(of address: Address) -> Amount { .zero }
  func transfer(_ amount: Amount, to address: Address) {}
  func emit(_ event: String, _ value: ContractValue) {}
  func call(
    _ contract: Address, _ function: String, _ arguments: [ContractValue], value: Amount, gasLimit: UInt64
  ) -> (result: ContractValue, gasUsed: UInt64) { (.null, 0) }
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
