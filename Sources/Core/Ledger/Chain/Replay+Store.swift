import Tensor

extension Replay {
  /// Replays what a store holds, until the end or the first bad block.
  ///
  /// - Parameter last: the height after which nothing is read; `nil` for all there is.
  /// - Throws: `LedgerError` when the store cannot be read, `BadSnapshot`, `Cancelled`.
  static func of(
    _ store: any BlockStore, through last: UInt64? = nil, trusting trust: Ledger.Trust = .nothing,
    runtime: (any ContractRuntime)?, cancellation: Cancellation = .never
  ) throws -> (replay: Replay, firstBad: BadBlock?) {
    var replay = Replay(runtime: runtime)
    var damage: String?
    do {
      do {
        if trust == .snapshot { try store.checkTables() }
        if trust == .snapshot, let resumed = try resumed(store, runtime: runtime) {
          replay = resumed
        } else {
          try store.checkIntegrity()
        }
      } catch LedgerError.damagedFile(_, let reason) {
        // The blocks are read all the same: whoever has to mend the file must know how many of them are sound.
        damage = reason
      }
      try replay.add(store, from: replay.next, through: last, cancellation)
      if let damage {
        let sound = replay.head == nil ? "" : "the blocks before it are sound, and the file is damaged: "
        return (replay, BadBlock(height: replay.next, reason: sound + damage))
      }
      guard replay.head != nil else { return (replay, BadBlock(height: 0, reason: "it is missing")) }
      try store.checkHead(replay.head)
      try replay.checkSupply()
      return (replay, nil)
    } catch let bad as BadBlock {
      return (replay, bad)
    } catch LedgerError.damagedFile(_, let reason) {
      return (
        replay, BadBlock(height: replay.next, reason: damage == nil ? reason : "it cannot be read: \(reason)")
      )
    } catch let error as LedgerError where error != .closed {
      // In a file that is known to be damaged a table may be missing, too.
      guard let damage else { throw error }
      return (replay, BadBlock(height: replay.next, reason: "it cannot be read: \(damage)"))
    }
  }

  /// The height of the block that is to come.
  private var next: UInt64 { head.map { $0.height + 1 } ?? 0 }

  /// Ends a reading before the blocks do.
  private struct LastReached: Error {}

  /// Adds the blocks from a height on.
  private mutating func add(
    _ store: any BlockStore, from height: UInt64, through last: UInt64?, _ cancellation: Cancellation
  ) throws {
    var ahead = ReadAhead()
    do {
      try store.read(from: height) { stored in
        try cancellation.check()
        if let last, stored.height > Int64(clamping: last) { throw LastReached() }
        try ahead.add(stored) { try add($0, areSigned: $1) }
      }
    } catch let bad as BadBlock {
      throw bad
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch is LastReached {
      // What is left is finished below.
    } catch {
      // What could still be read counts before what could not.
      try ahead.finish { try add($0, areSigned: $1) }
      throw error
    }
    try ahead.finish { try add($0, areSigned: $1) }
  }

  /// A replay that stands where the last snapshot does, whose state is the one that its block states; `nil` where none
  /// was kept.
  ///
  /// - Throws: `BadSnapshot`: what is wrong here says nothing of any block.
  private static func resumed(_ store: any BlockStore, runtime: (any ContractRuntime)?) throws -> Replay? {
    do {
      guard let stored = try store.snapshot() else { return nil }
      let snapshot = try StateSnapshot(stored)
      guard let block = try store.block(at: snapshot.height) else {
        throw BadSnapshot(reason: "it is of block \(snapshot.height), and there is none")
      }
      let header = try Block(block).header
      guard snapshot.state.digest == header.stateDigest else {
        throw BadSnapshot(reason: "it is not the state that block \(snapshot.height) states")
      }
      return Replay(snapshot, header: header, runtime: runtime)
    } catch let bad as BadBlock {
      throw BadSnapshot(reason: bad.reason)
    } catch LedgerError.damagedFile(_, let reason) {
      throw BadSnapshot(reason: reason)
    }
  }
}

/// A snapshot that cannot be gone on from.
struct BadSnapshot: Error {
  let reason: String
}

extension Block {
  /// A block as stored, with its own hashes and roots checked, but not its place in a chain.
  ///
  /// - Throws: `BadBlock`.
  init(_ stored: StoredBlock) throws(BadBlock) {
    let height = UInt64(clamping: stored.height)
    func bad(_ reason: String) -> BadBlock { BadBlock(height: height, reason: reason) }
    guard SHA256.hash(stored.header).bytes.bytes == stored.hash else { throw bad("its hash is not that of its header") }
    do throws(DecodingFailure) {
      header = try BlockHeader(decoding: stored.header)
      var (transactions, receipts): ([Transaction], [Receipt]) = ([], [])
      for entry in stored.transactions {
        transactions.append(try Transaction(decoding: entry.body))
        receipts.append(try Receipt(decoding: entry.receipt))
      }
      (self.transactions, self.receipts) = (transactions, receipts)
    } catch {
      throw bad(error.message)
    }
    guard header.height == height else { throw bad("its header says height \(header.height)") }
    guard MerkleTree.root(of: transactions.map(\.hash)) == header.transactionRoot else {
      throw bad("its Merkle root is wrong")
    }
    guard MerkleTree.root(of: receipts.map(\.hash)) == header.receiptRoot else {
      throw bad("the Merkle root of its receipts is wrong")
    }
  }
}
