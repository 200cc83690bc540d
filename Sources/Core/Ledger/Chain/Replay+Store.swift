import Tensor

extension Replay {
  /// Replays what a store holds, until the end or the first bad block.
  ///
  /// - Throws: `LedgerError` when the store cannot be read, `Cancelled`.
  static func of(
    _ store: any BlockStore, trusting trust: Ledger.Trust = .nothing, runtime: (any ContractRuntime)?,
    cancellation: Cancellation = .never
  ) throws -> (replay: Replay, firstBad: BadBlock?) {
    var replay = Replay(runtime: runtime)
    do {
      if trust == .snapshot, let stored = try store.snapshot() {
        try store.checkTables()
        replay = try resumed(from: stored, of: store, runtime: runtime)
      } else {
        try store.checkIntegrity()
      }
      let next = replay.head.map { $0.height + 1 } ?? 0
      try replay.add(store, from: next, cancellation)
      guard replay.head != nil else { return (replay, BadBlock(height: 0, reason: "it is missing")) }
      try store.checkHead(replay.head)
      try replay.checkSupply()
      return (replay, nil)
    } catch let bad as BadBlock {
      return (replay, bad)
    } catch LedgerError.damagedFile(_, let reason) {
      return (replay, BadBlock(height: replay.head.map { $0.height + 1 } ?? 0, reason: reason))
    }
  }

  /// Adds every block from a height on.
  private mutating func add(_ store: any BlockStore, from height: UInt64, _ cancellation: Cancellation) throws {
    var ahead = ReadAhead()
    do {
      try store.read(from: height) { stored in
        try cancellation.check()
        try ahead.add(stored) { try add($0, areSigned: $1) }
      }
    } catch let bad as BadBlock {
      throw bad
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch {
      // What could still be read counts before what could not.
      try ahead.finish { try add($0, areSigned: $1) }
      throw error
    }
    try ahead.finish { try add($0, areSigned: $1) }
  }

  /// A replay that stands where a snapshot does, whose state is the one that its block states.
  private static func resumed(
    from stored: StoredSnapshot, of store: any BlockStore, runtime: (any ContractRuntime)?
  ) throws -> Replay {
    let snapshot = try StateSnapshot(stored)
    guard let block = try store.block(at: snapshot.height) else {
      throw BadBlock(height: snapshot.height, reason: "its snapshot is there, and it is not")
    }
    let header = try Block(block).header
    guard snapshot.state.digest == header.stateDigest else {
      throw BadBlock(height: snapshot.height, reason: "its snapshot is not the state that it states")
    }
    return Replay(snapshot, header: header, runtime: runtime)
  }
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
