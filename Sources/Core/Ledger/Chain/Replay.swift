import Tensor

/// Builds the state from stored blocks again, and believes nothing that it has not checked.
struct Replay {
  private(set) var state = LedgerState()
  private(set) var head: BlockHeader?
  private(set) var transactionCount = 0

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

    let context = BlockContext(height: height, timestamp: header.timestamp)
    var hashes: [Digest] = []
    for (position, stored) in stored.transactions.enumerated() {
      guard stored.position == Int64(position) else { throw bad("its transactions are not numbered in order") }
      do {
        let transaction = try Transaction(decoding: stored.body)
        guard transaction.hash.bytes.bytes == stored.hash else {
          throw bad("transaction \(position + 1): its hash is not that of its bytes")
        }
        try StateTransition.apply(transaction, in: context, to: &state)
        hashes.append(transaction.hash)
      } catch let error as any Diagnosable {
        if let known = error as? BadBlock { throw known }
        throw bad("transaction \(position + 1): \(error.message)")
      } catch {
        throw bad("transaction \(position + 1): \(error)")
      }
    }
    guard MerkleTree.root(of: hashes) == header.transactionRoot else { throw bad("its Merkle root is wrong") }
    let tree = state.currentTree()
    guard tree.digest == header.stateDigest else { throw bad("the state that results is not the one it states") }
    state.seal(tree)
    head = header
    transactionCount += hashes.count
  }

  /// Checks that all that is held, summed afresh, is what was issued.
  ///
  /// - Throws: `BadBlock`.
  func checkSupply() throws(BadBlock) {
    let issued = state.chain?.issued ?? .zero
    guard let census = try? state.census(), census.held == issued else {
      throw BadBlock(height: head?.height ?? 0, reason: "what is held is not what was issued")
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
