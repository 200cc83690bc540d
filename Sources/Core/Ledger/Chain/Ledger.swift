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
  /// What runs contracts; without it they are refused.
  let runtime: (any ContractRuntime)?
  private var transactionCount: Int
  /// How many transactions there were when the last snapshot was kept.
  private var transactionsInSnapshot = 0

  public enum Access: Sendable {
    case readOnly, readWrite
  }

  /// When a block that was appended is safe from a loss of power; from a crash of the program it always is.
  public enum Durability: String, CaseIterable, Sendable {
    /// Once it was appended.
    case full = "FULL"
    /// Once the log is folded into the file, from time to time: the last blocks may be gone, never one from the middle.
    case normal = "NORMAL"
    /// When the system pleases; a loss of power may damage the file.
    case off = "OFF"
  }

  init(_ replay: Replay, path: String?, isReadOnly: Bool, store: any BlockStore) {
    (state, head, transactionCount) = (replay.state, replay.head, replay.transactionCount)
    (self.path, self.isReadOnly, self.store, runtime) = (path, isReadOnly, store, replay.runtime)
  }

  // MARK: Opening

  /// Founds a chain: its first block makes `issuer` the issuer of its money.
  ///
  /// - Parameters:
  ///   - path: the file to make; `nil` keeps the ledger in memory.
  ///   - replacing: whether a ledger that is already there may be deleted. Never deletes anything but a ledger.
  ///   - runtime: what runs contracts.
  /// - Throws: `LedgerError`, `CryptographyError`.
  public static func found(
    name: Label, issuer: KeyPair, issuerName: Label, at timestamp: Timestamp, path: String? = nil,
    replacing: Bool = false, durability: Durability = .full, runtime: (any ContractRuntime)? = nil
  ) throws -> Ledger {
    let store: any BlockStore =
      if let path {
        try SQLiteBlockStore.create(path: path, replacing: replacing, durability: durability)
      } else {
        MemoryBlockStore()
      }
    let ledger = Ledger(Replay(runtime: runtime), path: path, isReadOnly: false, store: store)
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

  /// How much of a file is believed when it is opened.
  public enum Trust: Sendable {
    /// Nothing: every block is replayed and verified.
    case nothing
    /// The blocks up to the last snapshot, whose state must be the one that its block states; those after it are
    /// replayed. Where there is no snapshot, nothing.
    case snapshot
  }

  /// Opens a file and verifies it on the way.
  ///
  /// - Throws: `LedgerError`: `missingFile`, `notALedger`, `corrupt` with the first bad block, `damagedSnapshot`, `inUse`
  ///   when another has it open for writing, ...; `Cancelled`.
  public static func open(
    _ path: String, access: Access = .readWrite, trusting trust: Trust = .nothing, durability: Durability = .full,
    runtime: (any ContractRuntime)? = nil, cancellation: Cancellation = .never
  ) throws -> Ledger {
    let store = try SQLiteBlockStore.open(path: path, access: access, durability: durability)
    do {
      let (replay, bad) = try Replay.of(
        store, trusting: trust, runtime: runtime, cancellation: cancellation)
      if let bad { throw LedgerError.corrupt(path: path, bad) }
      return Ledger(replay, path: path, isReadOnly: access == .readOnly, store: store)
    } catch {
      store.close()
      if let bad = error as? BadSnapshot { throw LedgerError.damagedSnapshot(path: path, reason: bad.reason) }
      throw error
    }
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
    let context = BlockContext(height: height, timestamp: timestamp, runtime: runtime)
    let checkpoint = state.checkpoint
    do throws(LedgerError) {
      let (block, tree) = try makeBlock(of: transactions, in: context)
      try store.append(StoredBlock(block), on: head?.hash.bytes.bytes)
      state.seal(tree)
      head = block.header
      transactionCount += transactions.count
      keepSnapshot()
      return block
    } catch {
      state.rollBack(to: checkpoint)
      throw error
    }
  }

  /// Applies transactions and seals them into a block while other cores verify their signatures.
  private func makeBlock(
    of transactions: [Transaction], in context: BlockContext
  ) throws(LedgerError) -> (Block, StateTree) {
    let checkpoint = state.checkpoint
    let signatures = SignatureBatch.Verification(transactions)
    var receipts: [Receipt] = []
    receipts.reserveCapacity(transactions.count)
    var refusal: (refusal: Refusal, position: Int)?
    for (place, transaction) in transactions.enumerated() {
      do {
        receipts.append(try StateTransition.apply(transaction, isSigned: true, in: context, to: &state))
      } catch {
        refusal = (error, place)
        break
      }
    }
    let tree = state.currentTree()
    let header = BlockHeader(
      height: context.height, previous: head?.hash ?? .zero, transactions: transactions, receipts: receipts,
      stateDigest: tree.digest, timestamp: context.timestamp)
    signatures.work()
    if let unsigned = signatures.firstUnsigned, unsigned <= refusal?.position ?? unsigned {
      // What a transaction is refused for first may be another reason than its signature.
      state.rollBack(to: checkpoint)
      refusal = nil
      for (place, transaction) in transactions[...unsigned].enumerated() {
        do {
          _ = try StateTransition.apply(transaction, isSigned: place < unsigned, in: context, to: &state)
        } catch {
          refusal = (error, place)
          break
        }
      }
    }
    if let refusal { throw .refused(refusal.refusal, position: refusal.position + 1) }
    return (Block(header: header, transactions: transactions, receipts: receipts), tree)
  }

  /// Keeps the state beside the blocks once enough has happened since, so that keeping never costs more than a part of
  /// what it saves. A snapshot only makes opening faster: where it cannot be written the block stands all the same.
  private func keepSnapshot() {
    guard path != nil, transactionCount - transactionsInSnapshot >= max(Self.snapshotInterval, 2 * state.count),
      let head
    else { return }
    transactionsInSnapshot = transactionCount
    try? store.keep(StateSnapshot(state, height: head.height, transactionCount: transactionCount).stored)
  }

  static let snapshotInterval = 10_000

  /// Keeps the state as it stands now, whatever has happened since the last time.
  ///
  /// - Throws: `LedgerError`.
  public func takeSnapshot() throws(LedgerError) {
    guard !isReadOnly else { throw .readOnly(path: path ?? "") }
    guard let head else { return }
    try store.keep(StateSnapshot(state, height: head.height, transactionCount: transactionCount).stored)
    transactionsInSnapshot = transactionCount
  }

  /// Signs actions, each with its sender's next nonce, and appends them as one block.
  ///
  /// - Throws: `LedgerError`, `CryptographyError`; the ledger is then as before.
  @discardableResult
  public func perform(
    _ actions: [(action: Action, by: KeyPair)], gasLimit: UInt64 = GasOffer.usual.limit, at timestamp: Timestamp
  ) throws -> Block {
    try append(sign(actions, gasLimit: gasLimit), at: timestamp)
  }

  /// The transactions that these actions make when appended next, in this order.
  ///
  /// - Throws: `CryptographyError`.
  public func sign(
    _ actions: [(action: Action, by: KeyPair)], gasLimit: UInt64 = GasOffer.usual.limit
  ) throws(CryptographyError) -> [Transaction] {
    let gas = GasOffer(limit: gasLimit, price: state.chain?.gasPrice ?? .zero)
    var nonces: [Address: UInt64] = [:]
    var transactions: [Transaction] = []
    for (action, key) in actions {
      let nonce = nonces[key.address] ?? state.account(key.address)?.nonce ?? 0
      transactions.append(try Transaction(chain: chain, nonce: nonce, gas: gas, action: action, signedBy: key))
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
      return try Block(stored)
    } catch {
      throw LedgerError.corrupt(path: path ?? "", error)
    }
  }

  /// Reads every block again, replays it, and compares the outcome with the state in memory.
  ///
  /// A ledger that is open for reading only is verified up to its head; that the writer has appended since is no fault.
  ///
  /// - Throws: `LedgerError` when the blocks cannot be read at all, `Cancelled`; an unsound block is in the report.
  public func verify(cancellation: Cancellation = .never) throws -> LedgerReport {
    var (replay, bad) = try Replay.of(
      store, through: isReadOnly ? height : nil, runtime: runtime, cancellation: cancellation)
    if bad == nil, replay.head != head || replay.state != state {
      bad = BadBlock(height: replay.head?.height ?? 0, reason: "the file does not hold the chain that is in memory")
    }
    let hasGoneOn = try bad == nil && isReadOnly && (store.end() ?? height) > height
    return LedgerReport(replay, firstBad: bad, hasGoneOn: hasGoneOn)
  }

  /// Verifies a file without keeping it open.
  ///
  /// - Throws: `LedgerError` when it is no ledger or cannot be read; an unsound block is in the report.
  public static func verify(_ path: String, runtime: (any ContractRuntime)? = nil) throws -> LedgerReport {
    let store = try SQLiteBlockStore.open(path: path, access: .readOnly)
    defer { store.close() }
    let (replay, bad) = try Replay.of(store, runtime: runtime)
    return LedgerReport(replay, firstBad: bad)
  }
}
