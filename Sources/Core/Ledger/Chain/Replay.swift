import Tensor

/// Builds the state from stored blocks again, and believes nothing that it has not checked.
struct Replay {
  private(set) var state = LedgerState()
  private(set) var head: BlockHeader?
  private var headHash = Digest.zero
  private(set) var transactionCount = 0
  let runtime: (any ContractRuntime)?

  init(runtime: (any ContractRuntime)?) { self.runtime = runtime }

  /// Goes on from a state that a snapshot kept.
  init(_ snapshot: StateSnapshot, header: BlockHeader, runtime: (any ContractRuntime)?) {
    (state, head, headHash, transactionCount) = (snapshot.state, header, header.hash, snapshot.transactionCount)
    self.runtime = runtime
  }

  /// Checks one block and applies it: its own hash, its place in the chain, the clock, the Merkle root, every
  /// signature, nonce and rule, conservation, and the digest of the state that results.
  ///
  /// - Throws: `BadBlock`.
  mutating func add(_ stored: StoredBlock) throws(BadBlock) {
    let block = ReadBlock(stored)
    try add(block, areSigned: SignatureBatch.firstUnsigned(of: block.transactions) == nil)
  }

  /// - Parameter areSigned: whether the signatures are known to hold; where they are not, each is verified.
  mutating func add(_ block: ReadBlock, areSigned: Bool) throws(BadBlock) {
    let checkpoint = state.checkpoint
    do throws(BadBlock) {
      try apply(block, areSigned)
    } catch {
      // What is said of the last sound block must be said of its state.
      state.rollBack(to: checkpoint)
      throw error
    }
  }

  private mutating func apply(_ block: ReadBlock, _ areSigned: Bool) throws(BadBlock) {
    let stored = block.stored
    let height = head.map { $0.height + 1 } ?? 0
    func bad(_ reason: String) -> BadBlock { BadBlock(height: height, reason: reason) }

    guard stored.height == Int64(exactly: height) else {
      throw bad("the file holds block \(stored.height) in its place")
    }
    let hash = SHA256.hash(stored.header)
    guard hash.bytes.bytes == stored.hash else { throw bad("its hash is not that of its header") }
    let header: BlockHeader
    do { header = try BlockHeader(decoding: stored.header) } catch { throw bad("its header: \(error.message)") }
    guard header.height == height else { throw bad("its header says height \(header.height)") }
    guard header.previous == headHash else { throw bad("it does not follow on the block before") }
    if let head, header.timestamp < head.timestamp { throw bad("its clock runs backwards") }
    guard Int(header.transactionCount) == stored.transactions.count else {
      throw bad("it has \(stored.transactions.count) transactions, and its header says \(header.transactionCount)")
    }
    if let fault = block.fault { throw bad(fault) }

    let context = BlockContext(height: height, timestamp: header.timestamp, runtime: runtime)
    var receipts: [Digest] = []
    receipts.reserveCapacity(block.transactions.count)
    for (position, transaction) in block.transactions.enumerated() {
      let receipt: [UInt8]
      do {
        receipt = try StateTransition.apply(transaction, isSigned: areSigned, in: context, to: &state).encoded
      } catch {
        throw bad("transaction \(position + 1): \(error.message)")
      }
      guard receipt == stored.transactions[position].receipt else {
        throw bad("transaction \(position + 1): its receipt is not what became of it")
      }
      receipts.append(SHA256.hash(receipt))
    }
    guard MerkleTree.root(of: block.transactions.map(\.hash)) == header.transactionRoot else {
      throw bad("its Merkle root is wrong")
    }
    guard MerkleTree.root(of: receipts) == header.receiptRoot else {
      throw bad("the Merkle root of its receipts is wrong")
    }
    let tree = state.currentTree()
    guard tree.digest == header.stateDigest else { throw bad("the state that results is not the one it states") }
    state.seal(tree)
    (head, headHash) = (header, hash)
    transactionCount += block.transactions.count
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
