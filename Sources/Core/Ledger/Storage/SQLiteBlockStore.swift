import Foundation
import GRDB

/// Blocks in an SQLite file: write-ahead log, one block one transaction.
final class SQLiteBlockStore: BlockStore {
  /// As it was asked for, for messages.
  let path: String
  /// The file itself, links followed.
  let place: String
  /// `nil` once closed.
  private(set) var queue: DatabaseQueue?
  private let lock: WriterLock?
  /// Of the file that was opened.
  private let identity: LedgerPlace.Identity?
  /// The ledger that stood here before and comes back if this one is not founded.
  private var replaced: String?

  private init(path: String, queue: DatabaseQueue, lock: WriterLock?, replaced: String? = nil) {
    (self.path, self.queue, self.lock, self.replaced) = (path, queue, lock, replaced)
    place = LedgerPlace.resolved(path)
    identity = LedgerPlace.Identity(of: place)
  }

  /// What a file that was removed or renamed still takes, nobody would find again.
  private func checkIsInPlace() throws(LedgerError) {
    guard queue != nil else { throw .closed }
    guard LedgerPlace.Identity(of: place) == identity else {
      throw .storageFailed(path: path, reason: "it was moved, replaced or deleted since it was opened")
    }
  }

  // MARK: Opening

  /// - Throws: `LedgerError`.
  static func create(
    path: String, replacing: Bool, durability: Ledger.Durability
  ) throws(LedgerError) -> SQLiteBlockStore {
    try check(path)
    let place = LedgerPlace.resolved(path)
    let lock = try WriterLock.acquire(for: place, as: path)
    var replaced: String?
    if FileManager.default.fileExists(atPath: path) {
      guard replacing else { throw .fileExists(path: path) }
      // Opening proves that it is a ledger, and closing folds its write-ahead log into the file that is moved.
      try proveLedger(path)
      let aside = place + "-replaced"
      try moving(path) { try FileManager.default.moveItem(atPath: place, toPath: aside) }
      replaced = aside
    }
    do {
      let queue = try DatabaseQueue(path: literal(path), configuration: configuration(.readWrite, path, durability))
      let store = SQLiteBlockStore(path: path, queue: queue, lock: lock, replaced: replaced)
      do {
        // The tables are made before the log is, so that the file says whose it is even if the log is lost.
        try queue.write { try LedgerSchema.create(in: $0) }
        try queue.useWriteAheadLog()
      } catch {
        store.discard()
        throw error
      }
      return store
    } catch {
      if let replaced { try? FileManager.default.moveItem(atPath: replaced, toPath: place) }
      throw LedgerError(storage: error, path: path)
    }
  }

  /// - Throws: `LedgerError`.
  static func open(
    path: String, access: Ledger.Access, durability: Ledger.Durability = .full
  ) throws(LedgerError) -> SQLiteBlockStore {
    try check(path)
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw .missingFile(path: path)
    }
    guard !isDirectory.boolValue else { throw .notALedger(path: path, reason: "it is a folder") }
    let lock = access == .readWrite ? try WriterLock.acquire(for: LedgerPlace.resolved(path), as: path) : nil
    return try adopt(path, lock: lock, durability)
  }

  /// Opens a file whose lock is held already, or for reading where there is none.
  static func adopt(
    _ path: String, lock: WriterLock?, _ durability: Ledger.Durability
  ) throws(LedgerError) -> SQLiteBlockStore {
    let queue = try connect(path, access: lock == nil ? .readOnly : .readWrite, durability)
    do {
      if lock != nil { try queue.useWriteAheadLog() }
    } catch {
      throw LedgerError(storage: error, path: path)
    }
    return SQLiteBlockStore(path: path, queue: queue, lock: lock)
  }

  /// Folds the write-ahead log of a file that must be a ledger into it, so that the file alone is all of it.
  static func foldLog(of path: String) throws(LedgerError) {
    let store = SQLiteBlockStore(path: path, queue: try connect(path, access: .readWrite), lock: nil)
    defer { store.close() }
    try store.foldLog()
  }

  /// Opens a file and closes it again, which throws where it is no ledger.
  static func proveLedger(_ path: String, access: Ledger.Access = .readWrite) throws(LedgerError) {
    try connect(path, access: access).close(path)
  }

  /// Opens a file that must be a ledger; changes nothing in one that is not.
  private static func connect(
    _ path: String, access: Ledger.Access, _ durability: Ledger.Durability = .full
  ) throws(LedgerError) -> DatabaseQueue {
    let identity: (applicationID: Int64, version: Int64)
    let queue: DatabaseQueue
    do {
      (queue, identity) = try identified(literal(path), configuration(access, path, durability))
    } catch let refusal as DatabaseError where access == .readOnly && refusal.needsAFolderToWriteIn {
      (queue, identity) = try connectUnchanging(path, durability)
    } catch {
      let error = LedgerError(storage: error, path: path)
      if case .damagedFile(_, let reason) = error { throw .unreadable(path: path, reason: reason) }
      throw error
    }
    guard identity.applicationID == LedgerSchema.applicationID else {
      throw .notALedger(path: path, reason: "it is a database of something else")
    }
    guard identity.version == LedgerSchema.version else {
      throw .unsupportedVersion(path: path, version: Int(identity.version))
    }
    return queue
  }

  private static func identified(
    _ name: String, _ configuration: Configuration
  ) throws -> (DatabaseQueue, (applicationID: Int64, version: Int64)) {
    let queue = try DatabaseQueue(path: name, configuration: configuration)
    return (queue, try queue.read { try LedgerSchema.identity(in: $0) })
  }

  /// Opens a file in a folder that cannot hold the files that SQLite makes beside it, which is sound as long as the log
  /// holds nothing: the file alone is then the ledger.
  static func connectUnchanging(
    _ path: String, _ durability: Ledger.Durability = .full
  ) throws(LedgerError) -> (DatabaseQueue, (applicationID: Int64, version: Int64)) {
    let place = LedgerPlace.resolved(path)
    let log = try? FileManager.default.attributesOfItem(atPath: place + "-wal")
    guard (log?[.size] as? NSNumber)?.int64Value ?? 0 == 0 else {
      throw .storageFailed(
        path: path,
        reason: "its last writer did not close, and to read what \(place)-wal holds the folder must be writable")
    }
    var settings = configuration(.readOnly, path, durability)
    settings.readonly = true
    do {
      return try identified(URL(fileURLWithPath: place).absoluteString + "?immutable=1", settings)
    } catch {
      throw LedgerError(storage: error, path: path)
    }
  }

  static func check(_ path: String) throws(LedgerError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw .invalidParameter("a ledger's path is neither empty nor holds a zero byte")
    }
  }

  /// The same file under a name in which SQLite sees nothing special, such as `:memory:` or `file:`.
  private static func literal(_ path: String) -> String {
    path.hasPrefix("/") ? path : "./" + path
  }

  private static func configuration(
    _ access: Ledger.Access, _ path: String, _ durability: Ledger.Durability
  ) -> Configuration {
    var configuration = Configuration()
    // A reader that may write nothing cannot clear away the log's files that it had to make: where the file's
    // permissions allow, a reader is a connection like any other that is never asked to write.
    configuration.readonly = access == .readOnly && !FileManager.default.isWritableFile(atPath: path)
    configuration.busyMode = .timeout(1)
    configuration.prepareDatabase {
      try $0.execute(sql: "PRAGMA synchronous = \(durability.rawValue); PRAGMA cell_size_check = ON")
    }
    return configuration
  }

  private static func moving(_ path: String, _ move: () throws -> Void) throws(LedgerError) {
    do { try move() } catch { throw .storageFailed(path: path, reason: error.localizedDescription) }
  }

  // MARK: Writing

  func append(_ block: StoredBlock, on expected: [UInt8]?) throws(LedgerError) {
    try checkIsInPlace()
    try access { queue throws in
      try queue.write { database in
        // Somebody who respects no lock may have appended: the file must still end where this chain does.
        guard try Self.head(in: database)?.hash == expected else { throw LedgerError.staleHead(path: self.path) }
        let insertBlock = try database.cachedStatement(sql: "INSERT INTO block VALUES (?, ?, ?)")
        try insertBlock.execute(arguments: [block.height, Data(block.hash), Data(block.header)])
        let insertEntry = try database.cachedStatement(sql: "INSERT INTO signed_transaction VALUES (?, ?, ?, ?, ?)")
        for entry in block.transactions {
          try insertEntry.execute(
            arguments: [block.height, entry.position, Data(entry.hash), Data(entry.body), Data(entry.receipt)])
        }
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO head VALUES (1, ?, ?)")
          .execute(arguments: [block.height, Data(block.hash)])
      }
    }
    removeReplaced()
  }

  func keep(_ snapshot: StoredSnapshot) throws(LedgerError) {
    try checkIsInPlace()
    try access { queue throws in
      try queue.write { database in
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO snapshot VALUES (1, ?, ?, ?)")
          .execute(arguments: [snapshot.height, Data(snapshot.hash), Data(snapshot.body)])
      }
    }
  }

  private static func head(in database: Database) throws -> (height: Int64, hash: [UInt8])? {
    guard let row = try Row.fetchOne(database, sql: "SELECT height, hash FROM head") else { return nil }
    return (try row.integer(at: 0), try row.bytes(at: 1))
  }

  // MARK: Reading

  func read(from height: UInt64, _ body: (StoredBlock) throws -> Void) throws {
    guard let queue else { throw LedgerError.closed }
    do {
      try queue.read { database in
        // From below zero too: a block there is a block too many.
        let first = height == 0 ? Int64.min : Int64(clamping: height)
        let rows = try Row.fetchCursor(
          database, sql: "SELECT height, hash, header FROM block WHERE height >= ? ORDER BY height",
          arguments: [first])
        while let row = try rows.next() { try body(Self.block(row, database)) }
      }
    } catch let error as DatabaseError {
      throw LedgerError(storage: error, path: path)
    }
  }

  func block(at height: UInt64) throws -> StoredBlock? {
    guard let height = Int64(exactly: height) else { return nil }
    return try access { queue throws in
      try queue.read { database in
        let row = try Row.fetchOne(
          database, sql: "SELECT height, hash, header FROM block WHERE height = ?", arguments: [height])
        return try row.map { try Self.block($0, database) }
      }
    }
  }

  private static func block(_ row: Row, _ database: Database) throws -> StoredBlock {
    let height = try row.integer(at: 0)
    let entries = try Row.fetchCursor(
      database.cachedStatement(
        sql: "SELECT position, hash, body, receipt FROM signed_transaction WHERE height = ? ORDER BY position"),
      arguments: [height])
    var transactions: [StoredBlock.Entry] = []
    while let entry = try entries.next() {
      transactions.append(
        StoredBlock.Entry(
          position: try entry.integer(at: 0), hash: try entry.bytes(at: 1), body: try entry.bytes(at: 2),
          receipt: try entry.bytes(at: 3)))
    }
    return StoredBlock(
      height: height, hash: try row.bytes(at: 1), header: try row.bytes(at: 2), transactions: transactions)
  }

  func place(of transaction: Digest) throws -> (height: UInt64, position: Int)? {
    try access { queue throws in
      try queue.read { database in
        let row = try Row.fetchOne(
          database, sql: "SELECT height, position FROM signed_transaction WHERE hash = ? LIMIT 1",
          arguments: [Data(transaction.bytes.bytes)])
        guard let row, let height = UInt64(exactly: try row.integer(at: 0)),
          let position = Int(exactly: try row.integer(at: 1))
        else { return nil }
        return (height, position)
      }
    }
  }

  func snapshot() throws -> StoredSnapshot? {
    try access { queue throws in
      try queue.read { database in
        guard let row = try Row.fetchOne(database, sql: "SELECT height, hash, body FROM snapshot") else { return nil }
        return StoredSnapshot(
          height: try row.integer(at: 0), hash: try row.bytes(at: 1), body: try row.bytes(at: 2))
      }
    }
  }

  func checkTables() throws {
    let damage = try access { queue throws in try queue.read { try LedgerSchema.tableDamage(in: $0) } }
    if let damage { throw LedgerError.damagedFile(path: path, reason: damage) }
  }

  func checkIntegrity() throws {
    let damage = try access { queue throws in try queue.read { try LedgerSchema.damage(in: $0) } }
    if let damage { throw LedgerError.damagedFile(path: path, reason: damage) }
  }

  func checkHead(_ head: BlockHeader?) throws {
    let height = head.flatMap { Int64(exactly: $0.height) }
    let isEnd: Bool = try access { queue throws in
      try queue.read { database in
        let stored = try Self.head(in: database)
        if stored?.hash == head?.hash.bytes.bytes, stored?.height == height { return true }
        // Under a reader the writer goes on: the file then ends further on, at the last block that it has.
        guard self.lock == nil, let stored, let height, stored.height > height else { return false }
        let known = try Row.fetchOne(database, sql: "SELECT hash FROM block WHERE height = ?", arguments: [height])
        let last = try Row.fetchOne(database, sql: "SELECT hash, height FROM block ORDER BY height DESC LIMIT 1")
        guard let known, let last else { return false }
        return try known.bytes(at: 0) == head?.hash.bytes.bytes && last.bytes(at: 0) == stored.hash
          && last.integer(at: 1) == stored.height
      }
    }
    guard isEnd else {
      throw LedgerError.damagedFile(path: path, reason: "the chain does not end where the file says that it ends")
    }
  }

  func end() throws -> UInt64? {
    try access { queue throws in try queue.read { try Self.head(in: $0).flatMap { UInt64(exactly: $0.height) } } }
  }

  // MARK: Closing

  /// Folds the write-ahead log into the file; closing does so too, and does not say when it could not.
  func foldLog() throws(LedgerError) {
    try access { queue throws in
      try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    }
  }

  func close() {
    guard let queue else { return }
    self.queue = nil
    // Refused only while a statement is in use, and every one above has ended; the last connection folds the log in.
    try? queue.close()
    lock?.release()
  }

  func discard() {
    guard let queue else { return }
    self.queue = nil
    try? queue.close()
    for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: place + suffix) }
    if let replaced { try? FileManager.default.moveItem(atPath: replaced, toPath: place) }
    replaced = nil
    lock?.release()
  }

  /// Once the first block is written, the ledger that stood here before may go.
  private func removeReplaced() {
    guard let replaced else { return }
    try? FileManager.default.removeItem(atPath: replaced)
    self.replaced = nil
  }

  /// Runs an operation on the database and words its errors.
  private func access<Value>(_ body: (DatabaseQueue) throws -> Value) throws(LedgerError) -> Value {
    guard let queue else { throw .closed }
    do { return try body(queue) } catch { throw LedgerError(storage: error, path: path) }
  }
}

extension DatabaseError {
  /// Whether SQLite could not make the files beside the database that it reads the log by.
  fileprivate var needsAFolderToWriteIn: Bool {
    [.SQLITE_READONLY, .SQLITE_CANTOPEN].contains(resultCode.primaryResultCode)
  }
}

extension DatabaseQueue {
  fileprivate func useWriteAheadLog() throws {
    try writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
  }

  fileprivate func close(_ path: String) throws(LedgerError) {
    do { try close() } catch { throw LedgerError(storage: error, path: path) }
  }
}
