import Tensor
import Testing

@testable import Core

/// Signatures are verified ahead of the blocks that they belong to, and what is said of a chain is the same.
@Suite struct ReadAheadTests {
  /// A chain of blocks of one transfer each, one of which may bear a signature that its sender never made, all else
  /// being as it should.
  private func chain(blocks: Int, unsigned: Int? = nil, failing: Int? = nil) throws -> BrokenStore {
    let fixture = try LedgerFixture(["ann", "bob"])
    let (ledger, ann, bob) = (fixture.ledger, try fixture["ann"], try fixture["bob"])
    let store = BrokenStore(failing: failing)
    for height in 0...ledger.height { store.blocks.append(StoredBlock(try #require(try ledger.block(at: height)))) }
    var state = ledger.state
    var head = try #require(ledger.head)
    for height in store.blocks.count..<blocks {
      var transaction = try Transaction(
        chain: ledger.chain, nonce: try #require(state.account(ann.address)?.nonce),
        action: .transfer(to: bob.address, amount: Amount(units: 1)), signedBy: ann)
      if height == unsigned {
        var bytes = transaction.encoded
        bytes[bytes.count - 40] ^= 1
        transaction = try Transaction(decoding: bytes)
      }
      // Every third block is empty.
      let transactions = height % 3 == 0 && height != unsigned ? [] : [transaction]
      let context = BlockContext(height: UInt64(height), timestamp: ledger.clock)
      let receipts = try transactions.map {
        try StateTransition.apply($0, isSigned: true, in: context, to: &state)
      }
      let tree = state.currentTree()
      head = BlockHeader(
        height: UInt64(height), previous: head.hash, transactions: transactions, receipts: receipts,
        stateDigest: tree.digest, timestamp: ledger.clock)
      state.seal(tree)
      store.blocks.append(StoredBlock(Block(header: head, transactions: transactions, receipts: receipts)))
    }
    return store
  }

  @Test func soundChainsReplay() throws {
    for blocks in [2, 3, 511, 512, 513, 1_024, 1_200] {
      let (replay, bad) = try Replay.of(chain(blocks: blocks), runtime: nil)
      #expect(bad == nil)
      #expect(replay.head?.height == UInt64(blocks - 1))
      #expect(replay.state.digest == replay.head?.stateDigest)
    }
  }

  /// Ctrl-C stops a verification between blocks, and the ledger is as before.
  @Test func verificationsCanBeStopped() throws {
    let fixture = try LedgerFixture(["ann"])
    #expect(throws: Cancelled.self) { try fixture.ledger.verify(cancellation: Cancellation { true }) }
    #expect(try fixture.ledger.verify().isSound)
  }

  @Test(arguments: [2, 3, 510, 511, 512, 513, 514, 767, 768, 769, 1_100, 1_199])
  func unsignedTransactionsAreFoundWhereTheyAre(place: Int) throws {
    let (replay, bad) = try Replay.of(chain(blocks: 1_200, unsigned: place), runtime: nil)
    #expect(bad?.height == UInt64(place))
    #expect(bad?.reason.contains("is not signed by its sender") == true)
    #expect(replay.head?.height == UInt64(place - 1))
    #expect(replay.state.digest == replay.head?.stateDigest)
  }

  /// Where a file cannot be read on, everything before it still counts.
  @Test(arguments: [3, 600, 1_100]) func whatCouldBeReadCounts(place: Int) throws {
    let (replay, bad) = try Replay.of(chain(blocks: 1_200, failing: place), runtime: nil)
    #expect(bad == BadBlock(height: UInt64(place), reason: "torn"))
    #expect(replay.head?.height == UInt64(place - 1))
    // A block that does not hold comes before one that cannot be read.
    let both = try Replay.of(chain(blocks: 1_200, unsigned: place - 1, failing: place), runtime: nil)
    #expect(both.firstBad?.height == UInt64(place - 1))
  }
}

/// Blocks in memory, of which one and all after it cannot be read.
private final class BrokenStore: BlockStore {
  var blocks: [StoredBlock] = []
  private let failing: Int?

  init(failing: Int?) { self.failing = failing }

  func read(from height: UInt64, _ body: (StoredBlock) throws -> Void) throws {
    for (place, block) in blocks.enumerated() where place >= Int(height) {
      if place == failing { throw LedgerError.damagedFile(path: "", reason: "torn") }
      try body(block)
    }
  }

  func append(_ block: StoredBlock, on expected: [UInt8]?) throws(LedgerError) { blocks.append(block) }
  func block(at height: UInt64) throws -> StoredBlock? { nil }
  func place(of transaction: Digest) throws -> (height: UInt64, position: Int)? { nil }
  func keep(_ snapshot: StoredSnapshot) throws(LedgerError) {}
  func snapshot() throws -> StoredSnapshot? { nil }
  func checkIntegrity() throws {}
  func checkTables() throws {}
  func checkHead(_ head: BlockHeader?) throws {}
  func end() throws -> UInt64? { blocks.last.flatMap { UInt64(exactly: $0.height) } }
  func close() {}
  func discard() {}
}
