import Tensor

/// Builds the state from stored blocks again, and believes nothing that it has not checked.
struct Replay {
  private(set) var state = LedgerState()
  private(set) var head: BlockHeader?
  private(set) var transactionCount = 0
  let runtime: (any ContractRuntime)?

  init(runtime: (any ContractRuntime)?) { self.runtime = runtime }

  /// Goes on from a state that a snapshot kept.
  init(_ snapshot: StateSnapshot, header: BlockHeader, runtime: (any ContractRuntime)?) {
    (state, head, transactionCount) = (snapshot.state, header, snapshot.transactionCount)
    self.runtime = runtime
  }

  /// Checks one block and applies it: its own hash, its place in the chain, the clock, the Merkle root, every
  /// signature, nonce and rule, conservation, and the digest of the state that results.
  ///
  /// - Throws: `BadBlock`.
  mutating func add(_ stored: StoredBlock) throws(BadBlock) {
    let height = head.map { $0.height + 1 } ?? 0
    func bad(_ reason: String) -> BadBlock { BadBlock(height: height, reason: reason) }

    guard stored.height == Int64(exactly: height) else {
      throw bad("the file holds block \(stored.height) in its place")
    }
    guard SHA256.hash(stored.header).bytes.bytes == stored.hash else { throw bad("its hash is not that of its header") }
    let header: BlockHeader
    do { header = try BlockHeader(decoding: stored.header) } catch { throw bad("its header: \(error.message)") }
    guard header.height == height else { throw bad("its header says height \(header.height)") }
    guard header.previous == head?.hash ?? .zero else { throw bad("it does not follow on the block before") }
    if let head, header.timestamp < head.timestamp { throw bad("its clock runs backwards") }
    guard Int(header.transactionCount) == stored.transactions.count else {
      throw bad("it has \(stored.transactions.count) transactions, and its header says \(header.transactionCount)")
    }

    let transactions = try decode(stored.transactions, bad)
    let areSigned = SignatureBatch.firstUnsigned(of: transactions) == nil
    let context = BlockContext(height: height, timestamp: header.timestamp, runtime: runtime)
    var receipts: [Receipt] = []
    for (position, transaction) in transactions.enumerated() {
      let receipt: Receipt
      do {
        receipt = try StateTransition.apply(transaction, isSigned: areSigned, in: context, to: &state)
      } catch {
        throw bad("transaction \(position + 1): \(error.message)")
      }
      guard receipt.encoded == stored.transactions[position].receipt else {
        throw bad("transaction \(position + 1): its receipt is not what became of it")
      }
      receipts.append(receipt)
    }
    let hashes = transactions.map(\.hash)
    guard MerkleTree.root(of: hashes) == header.transactionRoot else { throw bad("its Merkle root is wrong") }
    guard MerkleTree.root(of: receipts.map(\.hash)) == header.receiptRoot else {
      throw bad("the Merkle root of its receipts is wrong")
    }
    let tree = state.currentTree()
    guard tree.digest == header.stateDigest else { throw bad("the state that results is not the one it states") }
    state.seal(tree)
    head = header
    transactionCount += hashes.count
  }

  private func decode(
    _ entries: [StoredBlock.Entry], _ bad: (String) -> BadBlock
  ) throws(BadBlock) -> [Transaction] {
    var transactions: [Transaction] = []
    transactions.reserveCapacity(entries.count)
    for (position, entry) in entries.enumerated() {
      guard entry.position == Int64(position) else { throw bad("its transactions are not numbered in order") }
      do {
        transactions.append(try Transaction(decoding: entry.body))
      } catch {
        throw bad("transaction \(position + 1): \(error.message)")
      }
      guard transactions[position].hash.bytes.bytes == entry.hash else {
        throw bad("transaction \(position + 1): its hash is not that of its bytes")
      }
    }
    return transactions
  }

  /// Checks that all that is held, summed afresh, is what was issued less what was burned.
  ///
  /// - Throws: `BadBlock`.
  func checkSupply() throws(BadBlock) {
    let supply = state.chain?.supply ?? .zero
    guard let census = try? state.census(), census.held == supply else {
      throw BadBlock(height: head?.height ?? 0, reason: "what is held is not what was issued and not burned")
    }
  }
}

/// The first block that does not hold, and why.
public struct BadBlock: Diagnosable, Hashable {
  public let height: UInt64
  public let reason: String

  public var kind: String { "CorruptLedger" }
  public var message: String { "block \(height) is not sound: \(reason)" }
}
