import Foundation
import GRDB
import Tensor
import Testing

@testable import Core

/// What may happen to a ledger's file, and that nothing of it goes unnoticed or loses a byte.
@Suite struct LedgerFileTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("market.sqlite")
  }

  /// A closed ledger of a few blocks.
  private func writeLedger(blocks: Int = 4) throws -> (state: LedgerState, head: BlockHeader?) {
    let fixture = try LedgerFixture(path: path)
    for index in 0..<blocks { try transfer(fixture, Amount(units: UInt128(index))) }
    let result = (fixture.ledger.state, fixture.ledger.head)
    fixture.ledger.close()
    return result
  }

  private func transfer(_ fixture: LedgerFixture, _ amount: Amount) throws {
    try fixture.ledger.perform(
      [(.transfer(to: fixture["bob"].address, amount: amount), fixture["ann"])], at: fixture.ledger.clock)
  }

  @Test func reopeningIsTheSame() throws {
    let (state, head) = try writeLedger()
    #expect(folder.files == ["market.sqlite"])
    for access in [Ledger.Access.readOnly, .readWrite] {
      let ledger = try Ledger.open(path, access: access)
      #expect(ledger.state == state && ledger.head == head)
      #expect(ledger.state.digest == head?.stateDigest)
      let report = try ledger.verify()
      #expect(report.isSound && report.blocks == 6 && report.transactions == 11 && report.accounts == 4)
      #expect(report.supply == Amount(tokens: 300) && report.headHash == head?.hash)
      #expect(try ledger.block(at: 5)?.header == head)
      #expect(try ledger.block(at: 6) == nil)
      ledger.close()
    }
    #expect(try Ledger.verify(path).isSound)
    #expect(folder.files == ["market.sqlite"])
    // The file says that it uses the write-ahead log.
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(bytes[18] == 2 && bytes[19] == 2)
  }

  @Test func memoryAndFileGiveTheSameChain() throws {
    let inFile = try LedgerFixture(path: path)
    #expect(try LedgerFixture().ledger.head == inFile.ledger.head)
  }

  @Test func reopenedLedgersGoOn() throws {
    _ = try writeLedger()
    let ledger = try Ledger.open(path)
    let ann = try LedgerFixture.key("ann")
    try ledger.perform([(.transfer(to: ann.address, amount: .zero), ann)], at: ledger.clock)
    let head = ledger.head
    ledger.close()
    #expect(try Ledger.open(path).head == head)
  }

  // MARK: Files that are none

  @Test func missingForeignAndBrokenFilesAreToldApart() throws {
    #expect(kind { _ = try Ledger.open(path) } == "MissingFile")
    #expect(kind { _ = try Ledger.verify(path) } == "MissingFile")
    #expect(folder.files.isEmpty)
    #expect(kind { _ = try Ledger.open(folder.url.path) } == "NotALedger")

    let contents: [String: Data] = [
      "empty": Data(), "text": Data("not a database, however long it is\n".utf8),
      "long": Data((0..<8192).map { UInt8(truncatingIfNeeded: $0) }),
    ]
    for (name, data) in contents {
      let file = folder.path(name)
      try data.write(to: URL(fileURLWithPath: file))
      for access in [Ledger.Access.readOnly, .readWrite] {
        #expect(kind { _ = try Ledger.open(file, access: access) } == "NotALedger")
      }
      #expect(kind { _ = try LedgerFixture(path: file) } == "FileExists")
      #expect(
        kind {
          _ = try Ledger.found(
            name: "x", issuer: LedgerFixture.key("x"), issuerName: "x", at: Timestamp(microseconds: 0), path: file,
            replacing: true)
        } == "NotALedger")
      #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == data)
    }
    #expect(folder.files == contents.keys.sorted())
  }

  @Test func foreignDatabasesAreLeftAlone() throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "CREATE TABLE block (height INTEGER); INSERT INTO block VALUES (1)") }
    try queue.close()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(kind { _ = try Ledger.open(path) } == "NotALedger")
    #expect(kind { _ = try Ledger.open(path, access: .readOnly) } == "NotALedger")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    #expect(folder.files == ["market.sqlite"])
  }

  @Test func otherVersionsAreNamed() throws {
    _ = try writeLedger()
    try edit("PRAGMA user_version = 3")
    #expect(throws: LedgerError.unsupportedVersion(path: path, version: 3)) { try Ledger.open(path) }
  }

  @Test func foundingInNoFolderLeavesNothing() throws {
    #expect(kind { _ = try LedgerFixture(path: folder.path("no/such/folder.sqlite")) } == "StorageFailed")
    #expect(folder.files.isEmpty)
  }

  @Test func replacingIsAskedFor() throws {
    let (_, head) = try writeLedger()
    #expect(kind { _ = try LedgerFixture(path: path) } == "FileExists")
    #expect(try Ledger.verify(path).headHash == head?.hash)
    let fresh = try Ledger.found(
      name: "fresh", issuer: LedgerFixture.key("x"), issuerName: "x", at: Timestamp(microseconds: 0), path: path,
      replacing: true)
    fresh.close()
    #expect(try Ledger.verify(path).blocks == 1)
    #expect(folder.files == ["market.sqlite"])
  }

  // MARK: Folders that may not be written

  /// A closed ledger is read where nothing can be made beside it; one with a log is not, and says what it needs.
  @Test func unchangingFilesAreRead() throws {
    _ = try writeLedger()
    let (queue, identity) = try SQLiteBlockStore.connectUnchanging(path)
    #expect(identity.applicationID == LedgerSchema.applicationID)
    #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM block") } == 6)
    #expect(folder.files == ["market.sqlite"])
    try queue.close()
    try Data([1]).write(to: URL(fileURLWithPath: path + "-wal"))
    do {
      _ = try SQLiteBlockStore.connectUnchanging(path)
      Issue.record("the log would be passed over")
    } catch {
      #expect(error.kind == "StorageFailed" && error.message.contains("the folder must be writable"))
    }
  }

  /// The superuser may write everywhere.
  @Test(.enabled(if: getuid() != 0)) func readOnlyFoldersAreReadFrom() throws {
    let (_, head) = try writeLedger()
    let manager = FileManager.default
    try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
    try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.url.path)
    defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path) }
    let reader = try Ledger.open(path, access: .readOnly)
    #expect(try reader.head == head && reader.verify().isSound)
    reader.close()
  }

  // MARK: Two at a time

  @Test func secondWriterIsRefused() throws {
    let fixture = try LedgerFixture(path: path)
    #expect(throws: LedgerError.inUse(path: path)) { try Ledger.open(path) }
    // Readers may look on meanwhile, and may not write.
    let reader = try Ledger.open(path, access: .readOnly)
    #expect(reader.head == fixture.ledger.head)
    #expect(kind { try reader.append([], at: reader.clock) } == "ReadOnlyLedger")
    try transfer(fixture, Amount(tokens: 1))
    #expect(try Ledger.verify(path).headHash == fixture.ledger.head?.hash)
    // What the reader has in memory is sound, and no longer all that the file holds.
    let report = try reader.verify()
    #expect(report.isSound && report.hasGoneOn && report.headHash == reader.head?.hash)
    #expect(report.description.hasPrefix("sound; ") && report.description.contains("has gone on"))
    reader.close()
    let upToDate = try Ledger.open(path, access: .readOnly)
    #expect(try !upToDate.verify().hasGoneOn)
    try transfer(fixture, Amount(tokens: 1))
    fixture.ledger.close()
    #expect(kind { _ = try Ledger.open(path).close() } == nil)
    // A file that goes on from another chain is no such thing.
    try edit("UPDATE block SET hash = zeroblob(32) WHERE height = 1")
    #expect(try !upToDate.verify().isSound)
    upToDate.close()
  }

  /// A link and the file that it leads to are one ledger, with one lock.
  @Test func linksShareTheLock() throws {
    let fixture = try LedgerFixture(path: path)
    let (near, far) = (folder.path("near.sqlite"), folder.path("far.sqlite"))
    try FileManager.default.createSymbolicLink(atPath: near, withDestinationPath: "market.sqlite")
    try FileManager.default.createSymbolicLink(atPath: far, withDestinationPath: near)
    for link in [near, far] { #expect(throws: LedgerError.inUse(path: link)) { try Ledger.open(link) } }
    fixture.ledger.close()
    let other = try Ledger.open(far)
    #expect(throws: LedgerError.inUse(path: path)) { try Ledger.open(path) }
    other.close()
    #expect(folder.files == ["far.sqlite", "market.sqlite", "near.sqlite"])
    // What is cut is the file, not the link.
    #expect(try Ledger.cut(far, keepingTo: 1).kept == 2)
    #expect(try Ledger.verify(path).blocks == 2)
  }

  /// A writer that respects no lock: the file has grown under our feet.
  @Test func staleHeadsAreRefused() throws {
    let fixture = try LedgerFixture(path: path)
    try FileManager.default.removeItem(atPath: path + "-writer")
    let other = try Ledger.open(path)
    try transfer(fixture, Amount(tokens: 1))
    let state = other.state
    let ann = try LedgerFixture.key("ann")
    #expect(throws: LedgerError.staleHead(path: path)) {
      try other.perform([(.transfer(to: ann.address, amount: .zero), ann)], at: other.clock)
    }
    #expect(other.state == state)
  }

  @Test func closedLedgersSaySo() throws {
    let fixture = try LedgerFixture(path: path)
    let state = fixture.ledger.state
    fixture.ledger.close()
    #expect(kind { try transfer(fixture, .zero) } == "ClosedLedger")
    #expect(kind { _ = try fixture.ledger.verify() } == "ClosedLedger")
    #expect(fixture.ledger.state == state)
  }

  // MARK: No room

  @Test func fullDisksLoseNothing() throws {
    let fixture = try LedgerFixture(path: path)
    let store = try #require(fixture.ledger.store as? SQLiteBlockStore)
    let queue = try #require(store.queue)
    func setRoom(_ pages: Int) throws {
      _ = try queue.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(pages)") }
    }
    try setRoom(1)
    var written = 0
    var failure: String?
    while failure == nil, written < 200 {
      let before = (fixture.ledger.state, fixture.ledger.head)
      failure = kind { try transfer(fixture, Amount(units: 1)) }
      if failure == nil {
        written += 1
      } else {
        #expect(fixture.ledger.state == before.0 && fixture.ledger.head == before.1)
        #expect(fixture.ledger.state.digest == before.1?.stateDigest)
      }
    }
    #expect(failure == "StorageFull")
    #expect(try fixture.ledger.verify().isSound)
    #expect(try Ledger.verify(path).headHash == fixture.ledger.head?.hash)
    // With room again, the same transfer goes through.
    try setRoom(100_000)
    try transfer(fixture, Amount(units: 1))
    let head = fixture.ledger.head
    fixture.ledger.close()
    #expect(try Ledger.open(path).head == head)
  }

  // MARK: Crashes

  /// What a crash leaves is the file and its log as they are at that moment. All that was appended is there; of a log
  /// that was cut anywhere, some first part of the chain, sound.
  @Test func crashesLoseNothing() throws {
    let fixture = try LedgerFixture(path: path)
    for index in 0..<10 { try transfer(fixture, Amount(units: UInt128(index))) }
    let file = try Data(contentsOf: URL(fileURLWithPath: path))
    let log = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
    let copy = folder.path("copy.sqlite")
    func reopen(_ logLength: Int) throws -> LedgerReport {
      try file.write(to: URL(fileURLWithPath: copy))
      try log.prefix(logLength).write(to: URL(fileURLWithPath: copy + "-wal"))
      defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) } }
      return try Ledger.verify(copy)
    }
    #expect(try reopen(log.count).headHash == fixture.ledger.head?.hash)
    var stream = RandomStream(seed: 13, purpose: "crashes")
    var lengths: Set<Int> = []
    for _ in 0..<40 {
      let report = try reopen(Int(stream.next() % UInt64(log.count)))
      lengths.insert(report.blocks)
      guard report.blocks > 0 else { continue }
      #expect(report.isSound)
      #expect(try fixture.ledger.block(at: UInt64(report.blocks - 1))?.hash == report.headHash)
    }
    #expect(lengths.count > 3)
  }

  @Test func namesThatSQLiteWouldReadOtherwiseAreFiles() throws {
    for path in ["", "a\0b"] {
      #expect(kind { _ = try LedgerFixture(path: path) } == "InvalidParameter")
      #expect(kind { _ = try Ledger.open(path) } == "InvalidParameter")
    }
    #expect(kind { _ = try Ledger.open(":memory:") } == "MissingFile")
  }

  // MARK: Tampering

  private func edit(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  @Test(arguments: [
    "UPDATE block SET hash = zeroblob(32) WHERE height = 2",
    "UPDATE block SET hash = NULL WHERE height = 2",
    "DELETE FROM block WHERE height = 3",
    "DELETE FROM block WHERE height = 5",
    "DELETE FROM block",
    "DELETE FROM signed_transaction WHERE height = 5",
    "DELETE FROM signed_transaction WHERE height = 1 AND position = 5",
    "UPDATE signed_transaction SET position = position + 1 WHERE height = 3",
    "UPDATE signed_transaction SET height = 9 WHERE height = 5",
    "INSERT INTO signed_transaction VALUES (77, 0, x'00', x'00', x'00')",
    "UPDATE signed_transaction SET receipt = (SELECT receipt FROM signed_transaction WHERE height = 3) WHERE height = 4",
    "INSERT INTO block VALUES (-1, x'00', x'00')",
    "UPDATE signed_transaction SET body = (SELECT body FROM signed_transaction WHERE height = 3) WHERE height = 4",
    "UPDATE head SET height = 4",
    "UPDATE head SET hash = zeroblob(32)",
    "DELETE FROM head",
    "CREATE TRIGGER t AFTER INSERT ON block BEGIN DELETE FROM head; END",
    "CREATE TABLE extra (a)",
    "DROP TABLE head",
  ])
  func editsAreNoticed(sql: String) throws {
    _ = try writeLedger()
    do { try edit(sql) } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT { return }
    let report = try Ledger.verify(path)
    #expect(!report.isSound)
    #expect(kind { _ = try Ledger.open(path) } == "CorruptLedger")
  }

  /// Where pages are lost, what is sound is found and can be kept.
  @Test func lostPagesLeaveTheBlocksBefore() throws {
    _ = try writeLedger(blocks: 120)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    let (pageSize, total) = (4_096, 122)
    var cuts = 0
    for page in stride(from: 6, to: whole.count / pageSize, by: 3) {
      let copy = folder.path("lost-\(page).sqlite")
      var damaged = whole
      damaged.replaceSubrange(page * pageSize..<(page + 1) * pageSize, with: Data(repeating: 0xA5, count: pageSize))
      try damaged.write(to: URL(fileURLWithPath: copy))
      let report = try Ledger.verify(copy)
      let bad = try #require(report.firstBad, "page \(page)")
      #expect(bad.height == UInt64(report.blocks) && !bad.reason.contains("\n"))
      guard report.blocks > 0, report.blocks < total else { continue }
      let hint = LedgerError.corrupt(path: copy, bad).hint
      #expect(hint?.contains("block \(report.blocks - 1) is the last good one") == true)
      #expect(try Ledger.cut(copy, keepingTo: bad.height - 1).kept == report.blocks)
      #expect(try Ledger.verify(copy).isSound)
      cuts += 1
    }
    #expect(cuts > 0)
  }

  @Test func filesWithoutAReadableBlockSaySo() throws {
    _ = try writeLedger(blocks: 60)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
    do {
      _ = try Ledger.open(path)
      Issue.record("half a file is no ledger")
    } catch let error as LedgerError {
      #expect(error.kind == "CorruptLedger" && error.message.contains("no block of it can be read"))
      #expect(error.hint?.contains("ledger.import") == true)
    }
  }

  /// Re-signed or re-hashed forgeries: each lie is caught by the check behind the one that it satisfies.
  @Test func forgeriesAreNoticed() throws {
    _ = try writeLedger()
    let ledger = try Ledger.open(path, access: .readOnly)
    let block = try #require(try ledger.block(at: 5))
    let chain = ledger.chain
    ledger.close()
    let ann = try LedgerFixture.key("ann")
    let forged = try Transaction(
      chain: chain, nonce: block.transactions[0].nonce, action: .transfer(to: ann.address, amount: .zero),
      signedBy: ann)
    // Another transaction of the true owner under the old header: the Merkle root tells.
    try store(header: block.header, transactions: [forged])
    #expect(try Ledger.verify(path).firstBad?.reason == "its Merkle root is wrong")
    // With the root and the block's hash made to fit: the state's digest tells.
    let header = BlockHeader(
      height: 5, previous: block.header.previous, transactions: [forged], receipts: [receipt(of: forged)],
      stateDigest: block.header.stateDigest, timestamp: block.header.timestamp)
    try store(header: header, transactions: [forged])
    #expect(
      try Ledger.verify(path).firstBad
        == BadBlock(
          height: 5, reason: "the state that results is not the one it states"))
    // A clock that runs backwards.
    let early = BlockHeader(
      height: 5, previous: block.header.previous, transactions: block.transactions, receipts: block.receipts,
      stateDigest: block.header.stateDigest, timestamp: Timestamp(microseconds: 1))
    try store(header: early, transactions: block.transactions)
    #expect(try Ledger.verify(path).firstBad?.reason == "its clock runs backwards")
  }

  /// What becomes of a transfer on a chain without a price of gas.
  private func receipt(of transfer: Transaction) -> Receipt {
    Receipt(
      transaction: transfer.hash, outcome: .succeeded(.null), gasUsed: GasSchedule.intrinsic(of: transfer), fee: .zero,
      events: [])
  }

  private func store(header: BlockHeader, transactions: [Transaction]) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { database in
      try database.execute(sql: "DELETE FROM signed_transaction WHERE height = 5")
      try database.execute(
        sql: "UPDATE block SET hash = ?, header = ? WHERE height = 5",
        arguments: [Data(header.hash.bytes.bytes), Data(header.encoded)])
      try database.execute(
        sql: "UPDATE head SET hash = ?", arguments: [Data(header.hash.bytes.bytes)])
      for (position, transaction) in transactions.enumerated() {
        try database.execute(
          sql: "INSERT INTO signed_transaction VALUES (5, ?, ?, ?, ?)",
          arguments: [
            position, Data(transaction.hash.bytes.bytes), Data(transaction.encoded),
            Data(receipt(of: transaction).encoded),
          ])
      }
    }
    try queue.close()
  }

  /// Every bit of a block's hash, header and transactions, as a store might hand them over.
  @Test func everyBitOfABlockCounts() throws {
    let fixture = try LedgerFixture()
    try transfer(fixture, Amount(units: 1))
    var blocks: [StoredBlock] = []
    try fixture.ledger.store.readAll { blocks.append($0) }
    var before = Replay(runtime: nil)
    for block in blocks.dropLast() { try before.add(block) }
    let last = try #require(blocks.last)
    let entry = try #require(last.transactions.first)
    func isTaken(
      hash: [UInt8], header: [UInt8], entryHash: [UInt8], body: [UInt8], receipt: [UInt8]? = nil
    ) -> Bool {
      var replay = before
      let block = StoredBlock(
        height: last.height, hash: hash, header: header,
        transactions: [StoredBlock.Entry(position: 0, hash: entryHash, body: body, receipt: receipt ?? entry.receipt)])
      return (try? replay.add(block)) != nil
    }
    #expect(isTaken(hash: last.hash, header: last.header, entryHash: entry.hash, body: entry.body))
    func flips(_ bytes: [UInt8]) -> [[UInt8]] {
      (0..<bytes.count * 8).map { bit in
        var flipped = bytes
        flipped[bit / 8] ^= 1 << UInt8(bit % 8)
        return flipped
      }
    }
    for hash in flips(last.hash) {
      #expect(!isTaken(hash: hash, header: last.header, entryHash: entry.hash, body: entry.body))
    }
    for header in flips(last.header) {
      #expect(!isTaken(hash: last.hash, header: header, entryHash: entry.hash, body: entry.body))
      // With the block's hash made to fit, too: nothing in a header is without a check of its own but the time, which
      // the next block's link covers.
      let time = last.header.count - 12..<last.header.count - 4
      if zip(header, last.header).enumerated().contains(where: { $1.0 != $1.1 && !time.contains($0) }) {
        let fitting = SHA256.hash(header).bytes.bytes
        #expect(!isTaken(hash: fitting, header: header, entryHash: entry.hash, body: entry.body))
      }
    }
    for hash in flips(entry.hash) {
      #expect(!isTaken(hash: last.hash, header: last.header, entryHash: hash, body: entry.body))
    }
    for receipt in flips(entry.receipt) {
      #expect(
        !isTaken(hash: last.hash, header: last.header, entryHash: entry.hash, body: entry.body, receipt: receipt))
    }
    for body in flips(entry.body) {
      #expect(!isTaken(hash: last.hash, header: last.header, entryHash: entry.hash, body: body))
      let fitting = SHA256.hash(body).bytes.bytes
      #expect(!isTaken(hash: last.hash, header: last.header, entryHash: fitting, body: body))
    }
  }

  /// Every byte of the columns of the file's tables.
  @Test func everyByteOfTheTablesCounts() throws {
    _ = try writeLedger(blocks: 1)
    var stream = RandomStream(seed: 14, purpose: "columns")
    for (table, column) in [
      ("block", "hash"), ("block", "header"), ("signed_transaction", "hash"), ("signed_transaction", "body"),
      ("signed_transaction", "receipt"),
    ] {
      let queue = try DatabaseQueue(path: path)
      let whole = try #require(
        try queue.read { try Data.fetchOne($0, sql: "SELECT \(column) FROM \(table) WHERE height = 2") })
      for index in whole.indices {
        var flipped = whole
        flipped[index] ^= 1 << UInt8(stream.next() % 8)
        try queue.write {
          try $0.execute(sql: "UPDATE \(table) SET \(column) = ? WHERE height = 2", arguments: [flipped])
        }
        #expect(try !Ledger.verify(path).isSound, "\(table).\(column), byte \(index)")
      }
      try queue.write {
        try $0.execute(sql: "UPDATE \(table) SET \(column) = ? WHERE height = 2", arguments: [whole])
      }
      try queue.close()
      #expect(try Ledger.verify(path).isSound)
    }
  }

  /// Any byte of the file, one after the other: either it is noticed, or it did not matter and the ledger is the same.
  @Test func noByteChangesTheLedgerUnnoticed() throws {
    let (state, head) = try writeLedger(blocks: 2)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var stream = RandomStream(seed: 12, purpose: "bytes")
    let target = folder.path("flipped.sqlite")
    var noticed = 0
    var position = 0
    while position < whole.count {
      var flipped = whole
      flipped[position] ^= 1 << UInt8(stream.next() % 8)
      try flipped.write(to: URL(fileURLWithPath: target))
      do {
        let ledger = try Ledger.open(target, access: .readOnly)
        #expect(ledger.state == state && ledger.head == head, "byte \(position)")
        ledger.close()
      } catch {
        #expect(error is LedgerError, "byte \(position): \(error)")
        noticed += 1
      }
      for file in folder.files where file.hasPrefix("flipped.sqlite-") {
        try FileManager.default.removeItem(atPath: folder.path(file))
      }
      position += 1 + Int(stream.next() % 13)
    }
    #expect(noticed > 100)
  }

  /// What goes into a file that nobody finds again is lost: the writer is told, and nothing has happened.
  @Test func aWriterNoticesThatItsFileIsGone() throws {
    let folder = try TemporaryFolder()
    for act in ["removed", "renamed", "replaced"] {
      let path = folder.path("\(act).sqlite")
      let fixture = try LedgerFixture(path: path)
      let state = fixture.ledger.state
      switch act {
      case "removed": try FileManager.default.removeItem(atPath: path)
      case "renamed": try FileManager.default.moveItem(atPath: path, toPath: path + "-elsewhere")
      default:
        try FileManager.default.removeItem(atPath: path)
        try Data("another".utf8).write(to: URL(fileURLWithPath: path))
      }
      let payment = Action.transfer(to: try fixture["bob"].address, amount: Amount(tokens: 1))
      #expect(
        kind { try fixture.ledger.perform([(payment, try fixture["ann"])], at: fixture.ledger.clock) }
          == "StorageFailed")
      #expect(kind { try fixture.ledger.takeSnapshot() } == "StorageFailed")
      #expect(fixture.ledger.state == state)
      fixture.ledger.close()
      #expect(kind { try fixture.ledger.takeSnapshot() } == "ClosedLedger")
    }
  }
}
