import Foundation

extension Ledger {
  /// What a cut left.
  public struct Cut: Hashable, Sendable {
    /// Blocks that the file now holds.
    public let kept: Int
    /// Where the file as it was now lies.
    public let aside: String
  }

  /// Keeps the blocks of a damaged file up to a height, and the file as it was beside it.
  ///
  /// The blocks kept are replayed and verified, and written to a new file that takes the old one's place only once it is
  /// whole.
  ///
  /// - Parameter height: of the last block to keep.
  /// - Throws: `LedgerError`: `corrupt` when a block up to that height is not sound either; the file is then as before.
  public static func cut(_ path: String, keepingTo height: UInt64, runtime: (any ContractRuntime)? = nil) throws -> Cut
  {
    let source = try SQLiteBlockStore.open(path: path, access: .readWrite)
    defer { source.close() }
    let fresh = source.place + "-cut"
    let target = try SQLiteBlockStore.create(path: fresh, replacing: false, durability: .full)
    do {
      var replay = Replay(runtime: runtime)
      for place in 0...height {
        guard let block = try source.block(at: place) else {
          throw LedgerError.corrupt(path: path, BadBlock(height: place, reason: "it is missing"))
        }
        let previous = replay.head?.hash.bytes.bytes
        do { try replay.add(block) } catch { throw LedgerError.corrupt(path: path, error) }
        try target.append(block, on: previous)
      }
    } catch {
      target.discard()
      throw error
    }
    target.close()
    let aside = LedgerPlace.free(source.place + "-before-cut")
    do {
      source.close()
      try FileManager.default.moveItem(atPath: source.place, toPath: aside)
      try FileManager.default.moveItem(atPath: fresh, toPath: source.place)
    } catch {
      throw LedgerError.storageFailed(path: path, reason: error.localizedDescription)
    }
    return Cut(kept: Int(clamping: height) + 1, aside: aside)
  }
}
