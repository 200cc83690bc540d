/// A state at a height, with all that going on from there needs.
struct StateSnapshot {
  let state: LedgerState
  let height: UInt64
  let transactionCount: Int

  private static let tag = "FLNFT-SNAPSHOT-v1"

  var stored: StoredSnapshot {
    var writer = ByteWriter(tag: Self.tag)
    writer.write(height)
    writer.write(UInt64(transactionCount))
    writer.write(list: Array(state.all)) { writer, entry in
      entry.key.encode(into: &writer)
      entry.value.encode(into: &writer)
    }
    return StoredSnapshot(
      height: Int64(clamping: height), hash: SHA256.hash(writer.bytes).bytes.bytes, body: writer.bytes)
  }

  init(_ state: LedgerState, height: UInt64, transactionCount: Int) {
    (self.state, self.height, self.transactionCount) = (state, height, transactionCount)
  }

  /// - Throws: `BadSnapshot` for bytes that are not a snapshot.
  init(_ stored: StoredSnapshot) throws(BadSnapshot) {
    let height = UInt64(clamping: stored.height)
    guard SHA256.hash(stored.body).bytes.bytes == stored.hash else {
      throw BadSnapshot(reason: "its hash is not that of its bytes")
    }
    do throws(DecodingFailure) {
      var reader = ByteReader(stored.body)
      try reader.expect(tag: Self.tag)
      guard try reader.read(UInt64.self) == height, stored.height >= 0 else {
        throw DecodingFailure(position: 0, expected: "the height of its block")
      }
      guard let count = Int(exactly: try reader.read(UInt64.self)) else {
        throw DecodingFailure(position: 0, expected: "a number of transactions")
      }
      let entries = try reader.readList { (reader) throws(DecodingFailure) in
        let key = try StateKey(from: &reader)
        return (key: key, value: try StateEntry(of: key, from: &reader))
      }
      try reader.expectEnd()
      (state, self.height, transactionCount) = (LedgerState(entries), height, count)
    } catch {
      throw BadSnapshot(reason: error.message)
    }
  }
}
