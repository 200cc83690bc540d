import Foundation

/// The whole chain as text: a line of JSON that says what it is, then one for each block.
///
/// Bytes are hexadecimal, so that what is imported is what was exported, hash for hash.
extension Ledger {
  static let linesFormat = "flnft-ledger"
  static let linesVersion: Int64 = 1

  /// Writes every block, in order.
  ///
  /// - Parameter write: called with each line, without its end.
  /// - Throws: `LedgerError`, and what `write` throws.
  public func export(_ write: (String) throws -> Void) throws {
    let heading = JSON.object([
      "format": .string(Self.linesFormat), "version": .integer(Self.linesVersion),
      "chain": .string(chain.description),
    ])
    try write(try heading.compact())
    try store.readAll { block in
      let entries = block.transactions.map { entry in
        JSON.object([
          "transaction": .string(Hexadecimal.encode(entry.body)), "receipt": .string(Hexadecimal.encode(entry.receipt)),
        ])
      }
      try write(
        try JSON.object([
          "height": .integer(block.height), "header": .string(Hexadecimal.encode(block.header)),
          "transactions": .array(entries),
        ]).compact())
    }
  }

  /// Makes a ledger of lines that `export` wrote; every block is replayed and verified.
  ///
  /// - Parameters:
  ///   - path: the file to make; `nil` keeps the ledger in memory.
  ///   - replacing: whether a ledger that is there gives way once all lines are verified.
  /// - Throws: `LedgerError.malformedLine`, `LedgerError.badLine`; what lay there is as before then.
  public static func importing(
    _ lines: some Sequence<String>, path: String? = nil, replacing: Bool = false, durability: Durability = .full,
    runtime: (any ContractRuntime)? = nil
  ) throws -> Ledger {
    guard let path else {
      let store = MemoryBlockStore()
      return Ledger(try fill(store, with: lines, runtime: runtime), path: nil, isReadOnly: false, store: store)
    }
    let draft = try SQLiteBlockStore.draft(of: path, replacing: replacing, durability: durability)
    let replay: Replay
    do {
      replay = try fill(draft.store, with: lines, runtime: runtime)
    } catch {
      draft.discard()
      throw error
    }
    return Ledger(replay, path: path, isReadOnly: false, store: try draft.settle())
  }

  /// Replays lines and appends what they say to a store that is empty.
  private static func fill(
    _ store: any BlockStore, with lines: some Sequence<String>, runtime: (any ContractRuntime)?
  ) throws -> Replay {
    var replay = Replay(runtime: runtime)
    for (index, line) in lines.enumerated() {
      let number = index + 1
      if index == 0 {
        try checkHeading(line)
      } else {
        let block = try StoredBlock(line: line, number: number)
        let previous = replay.head?.hash.bytes.bytes
        do { try replay.add(block) } catch { throw LedgerError.badLine(number, error) }
        try store.append(block, on: previous)
      }
    }
    guard replay.head != nil else { throw LedgerError.malformedLine(1, reason: "there is no block") }
    return replay
  }

  private static func checkHeading(_ line: String) throws(LedgerError) {
    guard case .object(let fields)? = try? JSON.parse(Array(line.utf8)), fields["format"]?.string == linesFormat else {
      throw .malformedLine(1, reason: "it does not say that these are the lines of a ledger")
    }
    guard fields["version"]?.integer == linesVersion else {
      throw .malformedLine(1, reason: "it is of another version than \(linesVersion)")
    }
  }
}

extension StoredBlock {
  fileprivate init(line: String, number: Int) throws(LedgerError) {
    func field(_ name: String, _ fields: [String: JSON]) throws(LedgerError) -> [UInt8] {
      guard let text = fields[name]?.string, let bytes = Hexadecimal.decode(text) else {
        throw .malformedLine(number, reason: "'\(name)' is not in hexadecimal digits")
      }
      return bytes
    }
    guard case .object(let fields)? = try? JSON.parse(Array(line.utf8)), let height = fields["height"]?.integer,
      let list = fields["transactions"]?.array
    else { throw .malformedLine(number, reason: "it is no block") }
    let header = try field("header", fields)
    var entries: [Entry] = []
    for (position, item) in list.enumerated() {
      guard case .object(let parts) = item else {
        throw .malformedLine(number, reason: "transaction \(position + 1) is none")
      }
      let body = try field("transaction", parts)
      entries.append(
        Entry(
          position: Int64(position), hash: SHA256.hash(body).bytes.bytes, body: body,
          receipt: try field("receipt", parts)))
    }
    self.init(height: height, hash: SHA256.hash(header).bytes.bytes, header: header, transactions: entries)
  }
}
