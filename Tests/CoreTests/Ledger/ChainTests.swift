import Foundation
import Tensor
import Testing

@testable import Core

/// Receipts, proofs, snapshots, text and cuts.
@Suite struct ChainTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("market.sqlite")
  }

  private func transfers(_ count: Int, from sender: Label = "ann", on fixture: LedgerFixture) throws -> [Transaction] {
    try fixture.ledger.sign(
      (0..<count).map {
        (.transfer(to: try fixture["bob"].address, amount: Amount(units: UInt128($0))), try fixture[sender])
      })
  }

  // MARK: Conservation

  /// No transaction can get this far: what a faulty rule would do is done to the state by hand.
  @Test func moneyFromNowhereIsRefused() throws {
    var state = try LedgerFixture().ledger.state
    let address = try #require(state.address(named: "ann"))
    let (checkpoint, supply) = (state.checkpoint, state.chain?.supply ?? .zero)
    try StateTransition.checkConservation(since: checkpoint, supplyBefore: supply, state)
    var account = try #require(state.account(address))
    account.balance = try account.balance + Amount(units: 1)
    state.set(.account(address), .account(account))
    do throws(Refusal) {
      try StateTransition.checkConservation(since: checkpoint, supplyBefore: supply, state)
      Issue.record("one unit came from nowhere")
    } catch {
      #expect(error.kind == "NotConserved")
    }
  }

  /// What is held and what was issued are each below 2^128, their sum is not.
  @Test func muchMoneyIsConservedToo() throws {
    let fixture = try LedgerFixture()
    let (ann, bob) = (try fixture["ann"], try fixture["bob"])
    let much = Amount(units: UInt128(1) << 126)
    for key in [ann, ann, bob] {
      try fixture.ledger.perform([(.issue(to: key.address, amount: much), fixture.issuer)], at: fixture.ledger.clock)
    }
    try fixture.ledger.perform([(.transfer(to: bob.address, amount: much), ann)], at: fixture.ledger.clock)
    try fixture.ledger.perform([(.money(.burn(much)), bob)], at: fixture.ledger.clock)
    #expect(try fixture.balance("bob") == much + Amount(tokens: 100))
    #expect(try fixture.ledger.verify().isSound)
  }

  // MARK: Gas and receipts

  /// GAS-1: what is used is what is charged, from the sender to the collector, to the last unit.
  @Test func gasIsCharged() throws {
    let fixture = try LedgerFixture()
    let price = Amount(units: 1_000_003)
    try fixture.ledger.perform(
      [(.money(.setGasPrice(price, collector: fixture["cyd"].address)), fixture.issuer)], at: fixture.ledger.clock)
    let block = try fixture.ledger.append(try transfers(1, on: fixture), at: fixture.ledger.clock)
    let receipt = try #require(block.receipts.first)
    #expect(receipt.gasUsed == 2_000 + 10 * UInt64(block.transactions[0].encoded.count))
    #expect(receipt.fee == (try price * receipt.gasUsed))
    #expect(receipt.hasSucceeded && receipt.transaction == block.transactions[0].hash)
    #expect(fixture.balance("cyd") == (try Amount(tokens: 100) + receipt.fee))
    #expect(fixture.balance("ann") == (try Amount(tokens: 100) - receipt.fee))
    #expect(try fixture.ledger.receipt(of: block.transactions[0].hash) == receipt)
    #expect(try fixture.ledger.receipt(of: SHA256.hash("none")) == nil)
  }

  @Test func receiptsReadBack() throws {
    let address = try LedgerFixture.key("ann").address
    let failure = ContractFailure(.contractError, "late", line: 3)
    for outcome in [Receipt.Outcome.succeeded(.record(["a": .list([.integer(-1), .null])])), .failed(failure)] {
      let receipt = Receipt(
        transaction: SHA256.hash("t"), outcome: outcome, gasUsed: .max, fee: .maximum,
        events: [LedgerEvent(source: address, name: "ä", value: .text("x"))])
      #expect(try Receipt(decoding: receipt.encoded) == receipt)
      for length in 0..<receipt.encoded.count {
        #expect(throws: DecodingFailure.self) { try Receipt(decoding: Array(receipt.encoded.prefix(length))) }
      }
    }
  }

  // MARK: Proofs

  @Test(arguments: [1, 2, 3, 7, 8, 33])
  func everyTransactionCanBeProved(count: Int) throws {
    let fixture = try LedgerFixture(path: path)
    let block = try fixture.ledger.append(try transfers(count, on: fixture), at: fixture.ledger.clock)
    for transaction in block.transactions {
      let proof = try #require(try fixture.ledger.proof(of: transaction.hash))
      #expect(proof.isSound && proof.header.hash == block.hash && proof.transaction == transaction)
      #expect(try InclusionProof(decoding: proof.encoded) == proof)
    }
    #expect(try fixture.ledger.proof(of: SHA256.hash("none")) == nil)
  }

  /// No bit of a proof can be changed so that it still proves something of the same block.
  @Test func noBitOfAProofIsIdle() throws {
    let fixture = try LedgerFixture()
    let block = try fixture.ledger.append(try transfers(5, on: fixture), at: fixture.ledger.clock)
    let whole = try #require(try fixture.ledger.proof(of: block.transactions[3].hash)).encoded
    for bit in 0..<whole.count * 8 {
      var flipped = whole
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      guard let proof = try? InclusionProof(decoding: flipped) else { continue }
      #expect(!proof.isSound || proof.header.hash != block.hash, "bit \(bit)")
    }
  }

  // MARK: Snapshots

  @Test func openingFromASnapshotIsTheSame() throws {
    let fixture = try LedgerFixture(path: path)
    try fixture.ledger.append(try transfers(3, on: fixture), at: fixture.ledger.clock)
    try fixture.ledger.takeSnapshot()
    try fixture.ledger.append(try transfers(2, from: "cyd", on: fixture), at: fixture.ledger.clock)
    let (state, head) = (fixture.ledger.state, fixture.ledger.head)
    fixture.ledger.close()
    let quick = try Ledger.open(path, trusting: .snapshot)
    #expect(quick.state == state && quick.head == head && quick.state.digest == head?.stateDigest)
    let report = try quick.verify()
    #expect(report.isSound && report.transactions == 12)
    quick.close()
  }

  /// A snapshot that is not the state of its block is not believed, whoever made its hash fit.
  @Test func forgedSnapshotsAreNoticed() throws {
    let fixture = try LedgerFixture(path: path)
    try fixture.ledger.takeSnapshot()
    let other = try LedgerFixture(tokens: 101)
    let forged = StateSnapshot(other.ledger.state, height: 1, transactionCount: 7).stored
    try fixture.ledger.store.keep(forged)
    fixture.ledger.close()
    #expect(kind { _ = try Ledger.open(path, trusting: .snapshot) } == "CorruptLedger")
    #expect(try Ledger.verify(path).isSound)
    let store = try SQLiteBlockStore.open(path: path, access: .readWrite)
    for bytes in [[], [1, 2, 3], Array(forged.body.dropLast())] {
      try store.keep(StoredSnapshot(height: 1, hash: SHA256.hash(bytes).bytes.bytes, body: bytes))
      #expect(throws: BadSnapshot.self) { try Replay.of(store, trusting: .snapshot, runtime: nil) }
    }
    store.close()
  }

  /// Where only the snapshot is damaged, nobody is told to cut blocks off.
  @Test func damagedSnapshotsAccuseNoBlock() throws {
    let fixture = try LedgerFixture(path: path)
    try fixture.ledger.takeSnapshot()
    fixture.ledger.close()
    let store = try SQLiteBlockStore.open(path: path, access: .readWrite)
    try store.queue?.write { try $0.execute(sql: "UPDATE snapshot SET body = x'00'") }
    store.close()
    let expected = LedgerError.damagedSnapshot(path: path, reason: "its hash is not that of its bytes")
    #expect(throws: expected) { try Ledger.open(path, trusting: .snapshot) }
    #expect(expected.kind == "CorruptLedger" && expected.message.contains("its snapshot is damaged"))
    #expect(expected.hint?.contains("without trust") == true && expected.hint?.contains("cut") == false)
    let ledger = try Ledger.open(path)
    try ledger.takeSnapshot()
    ledger.close()
    try Ledger.open(path, trusting: .snapshot).close()
  }

  /// Every kind of entry survives a snapshot.
  @Test func snapshotsHoldEveryKindOfEntry() throws {
    var operations = try LedgerOperations(seed: 77, users: 6)
    var trial = try LedgerTrial(operations)
    for _ in 0..<2_000 { #expect(try trial.take(operations.next(trial.model, now: trial.now)) == nil) }
    let snapshot = StateSnapshot(trial.state, height: 9, transactionCount: 4)
    let read = try StateSnapshot(snapshot.stored)
    #expect(read.state == trial.state && read.state.digest == trial.state.digest)
    #expect(read.height == 9 && read.transactionCount == 4)
  }

  // MARK: Text

  @Test func textGivesTheSameChain() throws {
    let fixture = try LedgerFixture(path: path)
    try fixture.ledger.append(try transfers(20, on: fixture), at: fixture.ledger.clock)
    var lines: [String] = []
    try fixture.ledger.export { lines.append($0) }
    #expect(lines.count == 4)
    let copy = folder.path("copy.sqlite")
    let imported = try Ledger.importing(lines, path: copy)
    #expect(imported.head == fixture.ledger.head && imported.state == fixture.ledger.state)
    imported.close()
    #expect(try Ledger.verify(copy).headHash == fixture.ledger.head?.hash)
    var again: [String] = []
    try Ledger.open(copy).export { again.append($0) }
    #expect(again == lines)
  }

  @Test func damagedTextLeavesNothing() throws {
    let fixture = try LedgerFixture()
    var lines: [String] = []
    try fixture.ledger.export { lines.append($0) }
    let copy = folder.path("copy.sqlite")
    let wrong: [(String, [String])] = [
      ("MalformedLine", []), ("MalformedLine", [lines[0]]), ("MalformedLine", Array(lines.dropFirst())),
      ("MalformedLine", [lines[0], "{"]),
      ("MalformedLine", [lines[0], lines[1].replacing("\"header\"", with: "\"h\"")]),
      ("CorruptLedger", [lines[0], lines[2]]), ("CorruptLedger", [lines[0], lines[1], lines[1]]),
      ("CorruptLedger", [lines[0], lines[1].replacing("transaction\":\"464c", with: "transaction\":\"474c")]),
    ]
    for (expected, lines) in wrong {
      #expect(kind { _ = try Ledger.importing(lines, path: copy) } == expected)
      #expect(folder.files.isEmpty)
    }
  }

  /// No text takes the place of a ledger, nor of the files beside it that are part of it.
  @Test func ledgersAreToldFromText() throws {
    let fixture = try LedgerFixture(path: path)
    let (link, text, foreign) = (folder.path("link.sqlite"), folder.path("text.jsonl"), folder.path("other.sqlite"))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    try Data("words\n".utf8).write(to: URL(fileURLWithPath: text))
    try Data("SQLite format 3\0".utf8).write(to: URL(fileURLWithPath: foreign))
    for ledger in [path, link, path + "-wal", path + "-shm", path + "-writer"] {
      #expect(Ledger.isPart(ledger))
    }
    fixture.ledger.close()
    #expect(Ledger.isPart(path))
    for other in [text, foreign, folder.path("none"), folder.path("none-wal"), text + "-wal", folder.url.path] {
      #expect(!Ledger.isPart(other))
    }
  }

  /// A ledger that is to be replaced stays until every line has been verified.
  @Test func damagedTextReplacesNothing() throws {
    let fixture = try LedgerFixture(path: path)
    var lines: [String] = []
    try fixture.ledger.export { lines.append($0) }
    try fixture.ledger.append(try transfers(3, on: fixture), at: fixture.ledger.clock)
    fixture.ledger.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    for damaged in [[], [lines[0]], lines + ["{"], lines + [lines[2]]] {
      #expect(throws: LedgerError.self) { try Ledger.importing(damaged, path: path, replacing: true) }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
      #expect(folder.files == ["market.sqlite"])
    }
    #expect(kind { _ = try Ledger.importing(lines, path: path) } == "FileExists")
    // A reader of the old file keeps what it read, and its log does not become the new file's.
    let reader = try Ledger.open(path, access: .readOnly)
    let imported = try Ledger.importing(lines, path: path, replacing: true)
    #expect(imported.height == 1 && reader.height == 2)
    #expect(throws: LedgerError.inUse(path: path)) { try Ledger.open(path) }
    try imported.perform(
      [(.transfer(to: fixture["bob"].address, amount: .zero), fixture["ann"])], at: imported.clock)
    let head = imported.head
    reader.close()
    imported.close()
    #expect(try Ledger.verify(path).headHash == head?.hash)
    #expect(folder.files == ["market.sqlite"])
  }

  // MARK: Cuts

  @Test func aDamagedTailIsCutOnRequest() throws {
    let fixture = try LedgerFixture(path: path)
    var heads: [Digest] = []
    for count in 1...4 {
      heads.append(try fixture.ledger.append(try transfers(count, on: fixture), at: fixture.ledger.clock).hash)
    }
    fixture.ledger.close()
    let store = try SQLiteBlockStore.open(path: path, access: .readWrite)
    try store.queue?.write { try $0.execute(sql: "UPDATE signed_transaction SET body = x'00' WHERE height = 4") }
    store.close()
    let damaged = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(throws: LedgerError.self) { try Ledger.open(path) }
    do { _ = try Ledger.open(path) } catch { #expect((error as? LedgerError)?.hint?.contains("block 3") == true) }
    // Not beyond what is sound, and then nothing has changed.
    #expect(kind { _ = try Ledger.cut(path, keepingTo: 4) } == "CorruptLedger")
    #expect(kind { _ = try Ledger.cut(path, keepingTo: 99) } == "CorruptLedger")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == damaged)
    #expect(folder.files == ["market.sqlite"])
    let cut = try Ledger.cut(path, keepingTo: 3)
    #expect(cut.kept == 4 && folder.files == ["market.sqlite", "market.sqlite-before-cut"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: cut.aside)) == damaged)
    let ledger = try Ledger.open(path)
    #expect(ledger.head?.hash == heads[1])
    ledger.close()
  }

  @Test(arguments: Ledger.Durability.allCases)
  func everyDurabilityWritesTheSameChain(durability: Ledger.Durability) throws {
    let key = try LedgerFixture.key("x")
    let ledger = try Ledger.found(
      name: "x", issuer: key, issuerName: "x", at: Timestamp(microseconds: 0), path: path, durability: durability)
    try ledger.perform([(.issue(to: key.address, amount: Amount(tokens: 1)), key)], at: ledger.clock)
    let head = ledger.head
    ledger.close()
    #expect(try Ledger.open(path, durability: durability).head == head)
  }

  // MARK: Signatures on several cores

  /// Whatever is wrong with a block, it is refused for the first transaction that is, and for what is first wrong there.
  @Test func refusalsAreThoseOfOneAfterTheOther() throws {
    let fixture = try LedgerFixture()
    var stream = RandomStream(seed: 3, purpose: "blocks")
    for _ in 0..<60 {
      var transactions = try transfers(30, on: fixture)
      for _ in 0..<Int(stream.next() % 3) {
        let place = Int(stream.next() % 30)
        var bytes = transactions[place].encoded
        switch stream.next() % 3 {
        case 0: bytes[bytes.count - 1] ^= 1
        case 1: bytes[bytes.count - 70] ^= 1
        default:
          transactions[place] = try Transaction(
            chain: fixture.ledger.chain, nonce: 999, action: transactions[place].action, signedBy: fixture["ann"])
          continue
        }
        if let changed = try? Transaction(decoding: bytes) { transactions[place] = changed }
      }
      var state = fixture.ledger.state
      var expected: (kind: String, place: Int)?
      let context = BlockContext(height: 2, timestamp: fixture.ledger.clock)
      for (place, transaction) in transactions.enumerated() {
        do throws(Refusal) {
          try StateTransition.apply(transaction, in: context, to: &state)
        } catch {
          expected = (error.kind, place + 1)
          break
        }
      }
      guard let expected else { continue }
      let (before, head) = (fixture.ledger.state, fixture.ledger.head)
      do {
        try fixture.ledger.append(transactions, at: fixture.ledger.clock)
        Issue.record("taken")
      } catch LedgerError.refused(let refusal, let position) {
        #expect(refusal.kind == expected.kind && position == expected.place)
      }
      #expect(fixture.ledger.state == before && fixture.ledger.head == head)
      #expect(fixture.ledger.state.digest == head?.stateDigest)
    }
  }
}
