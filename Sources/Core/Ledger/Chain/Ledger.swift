import Tensor

/// A ledger: accounts, models and auctions on a chain of blocks, in memory or in a file.
///
/// A block takes effect as a whole or not at all. It is applied in memory, written in one database transaction, and
/// kept; when a transaction is refused or the disk is full, memory is rolled back and the file was never touched.
/// A ledger belongs to one thread at a time.
public final class Ledger {
  public private(set) var state: LedgerState
  public private(set) var head: BlockHeader?
  /// `nil` for a ledger in memory.
  public let path: String?
  public let isReadOnly: Bool
  let store: any BlockStore

  public enum Access: Sendable {
    case readOnly, readWrite
  }

  private init(state: LedgerState, head: BlockHeader?, path: String?, isReadOnly: Bool, store: any BlockStore) {
    (self.state, self.head, self.path, self.isReadOnly, self.store) = (state, head, path, isReadOnly, store)
  }

  // MARK: Opening

  /// Founds a chain: its first block makes `issuer` the issuer of its money.
  ///
  /// - Parameters:
  ///   - path: the file to make; `nil` keeps the ledger in memory.
  ///   - replacing: whether a ledger that is already there may be deleted. Never deletes anything but a ledger.
  /// - Throws: `LedgerError`, `CryptographyError`.
  public static func found(
    name: Label, issuer: KeyPair, issuerName: Label, at timestamp: Timestamp, path: String? = nil,
    replacing: Bool = false
  ) throws -> Ledger {
    let store: any BlockStore =
      if let path { try SQLiteBlockStore.create(path: path, replacing: replacing) } else { MemoryBlockStore() }
    let ledger = Ledger(state: LedgerState(), head: nil, path: path, isReadOnly: false, store: store)
    let chain = StateTransition.chainIdentifier(name: name, founder: issuer.publicKey, timestamp: timestamp)
    do {
      let founding = try Transaction(
        chain: chain, nonce: 0, action: .found(chain: name, issuer: issuerName), signedBy: issuer)
      try ledger.append([founding], at: timestamp)
    } catch {
      store.discard()
      throw error
    }
    return ledger
  }

  /// Opens a file, replays every block and verifies everything on the way.
  ///
  /// - Throws: `LedgerError`: `missingFile`, `notALedger`, `corrupt` with the first bad block, `inUse` when another
  ///   has it open for writing, ...
  public static func open(_ path: String, access: Access = .readWrite) throws -> Ledger {
    let store = try SQLiteBlockStore.open(path: path, access: access)
    var replay = Replay()
    do {
      if let bad = try replay.addAll(from: store) { throw LedgerError.corrupt(path: path, bad) }
    } catch {
      store.close()
      throw error
    }
    return Ledger(
      state: replay.state, head: replay.head, path: path, isReadOnly: access == .readOnly, store: store)
  }

  /// Lets go of the file; what is asked afterwards throws `LedgerError.closed`.
  public func close() {
    store.close()
  }

  deinit {
    store.close()
  }

  // MARK: Appending

  public var chain: Digest { state.chain?.identifier ?? .zero }
  public var clock: Timestamp { head?.timestamp ?? Timestamp(microseconds: 0) }
  public var height: UInt64 { head?.height ?? 0 }

  /// Appends one block.
  ///
  /// - Parameter timestamp: of the scenario's clock; not before the last block's.
  /// - Throws: `LedgerError`; the ledger is then as before, in memory and on disk.
  @discardableResult
  public func append(_ transactions: [Transaction], at timestamp: Timestamp) throws(LedgerError) -> Block {
    guard !isReadOnly else { throw .readOnly(path: path ?? "") }
    guard timestamp >= clock else { throw .clockWentBackwards(now: clock, given: timestamp) }
    guard transactions.count < Int(UInt32.max) else {
      throw .invalidParameter("a block of \(transactions.count) transactions is too large")
    }
    let height = head.map { $0.height + 1 } ?? 0
    let context = BlockContext(height: height, timestamp: timestamp)
    let checkpoint = state.checkpoint
    do throws(LedgerError) {
      for (index, transaction) in transactions.enumerated() {
        do throws(Refusal) {
          try StateTransition.apply(transaction, in: context, to: &state)
        } catch {
          throw .refused(error, position: index + 1)
        }
      }
      let tree = state.currentTree()
      let block = Block(
        header: BlockHeader(
          height: height, previous: head?.hash ?? .zero, transactions: transactions, stateDigest: tree.digest,
          timestamp: timestamp),
        transactions: transactions)
      try store.append(block)
      state.seal(tree)
      head = block.header
      return block
    } catch {
      state.rollBack(to: checkpoint)
      throw error
    }
  }

  /// Signs actions, each with its sender's next nonce, and appends them as one block.
  ///
  /// - Throws: `LedgerError`, `CryptographyError`; the ledger is then as before.
  @discardableResult
  public func perform(_ actions: [(action: Action, by: KeyPair)], at timestamp: Timestamp) throws -> Block {
    try append(sign(actions), at: timestamp)
  }

  /// The transactions that these actions make when appended next, in this order.
  ///
  /// - Throws: `CryptographyError`.
  public func sign(_ actions: [(action: Action, by: KeyPair)]) throws(CryptographyError) -> [Transaction] {
    var nonces: [Address: UInt64] = [:]
    var transactions: [Transaction] = []
    for (action, key) in actions {
      let nonce = nonces[key.address] ?? state.account(key.address)?.nonce ?? 0
      transactions.append(try Transaction(chain: chain, nonce: nonce, action: action, signedBy: key))
      nonces[key.address] = nonce + 1
    }
    return transactions
  }

  // MARK: Reading

  /// A block by its height; `nil` beyond the head.
  ///
  /// - Throws: `LedgerError`.
  public func block(at height: UInt64) throws -> Block? {
    guard let stored = try store.block(at: height) else { return nil }
    do {
      let transactions = try stored.transactions.map { try Transaction(decoding: $0.body) }
      return Block(header: try BlockHeader(decoding: stored.header), transactions: transactions)
    } catch let error as DecodingFailure {
      throw LedgerError.corrupt(path: path ?? "", BadBlock(height: height, reason: error.message))
    }
  }

  /// Reads every block again, replays it, and compares the outcome with the state in memory.
  ///
  /// - Throws: `LedgerError` when the blocks cannot be read at all; an unsound block is in the report.
  public func verify() throws -> LedgerReport {
    var replay = Replay()
    var bad = try replay.addAll(from: store)
    if bad == nil, replay.head != head || replay.state != state {
      bad = BadBlock(height: replay.head?.height ?? 0, reason: "the file does not hold the chain that is in memory")
    }
    return LedgerReport(replay, firstBad: bad)
  }

  /// Verifies a file without keeping it open.
  ///
  /// - Throws: `LedgerError` when it is no ledger or cannot be read; an unsound block is in the report.
  public static func verify(_ path: String) throws -> LedgerReport {
    let store = try SQLiteBlockStore.open(path: path, access: .readOnly)
    defer { store.close() }
    var replay = Replay()
    let bad = try replay.addAll(from: store)
    return LedgerReport(replay, firstBad: bad)
  }
}

extension Replay {
  /// Adds blocks until the end or the first bad one, which is returned.
  ///
  /// - Throws: `LedgerError` when the store fails.
  mutating func addAll(from store: any BlockStore) throws -> BadBlock? {
    do {
      try store.checkIntegrity()
      try store.readAll { stored in try add(stored) }
      guard head != nil else { return BadBlock(height: 0, reason: "it is missing") }
      try store.checkHead(head)
      try checkSupply()
      return nil
    } catch let bad as BadBlock {
      return bad
    } catch LedgerError.damagedFile(_, let reason) {
      return BadBlock(height: head.map { $0.height + 1 } ?? 0, reason: reason)
    }
  }
}
