/// What a verification found.
public struct LedgerReport: Hashable, Sendable, CustomStringConvertible {
  /// Sound blocks, counted from the first.
  public let blocks: Int
  public let transactions: Int
  public let accounts: Int
  public let tokens: Int
  /// All the money issued.
  public let supply: Amount
  /// The hash of the last sound block. A chain cut short is sound too: compare this with what you remember.
  public let headHash: Digest?
  /// The state's digest after it.
  public let stateDigest: Digest
  /// What is wrong, and from which block on.
  public let firstBad: BadBlock?
  /// Whether the file holds more blocks than a reader saw when it opened it; they are not verified.
  public let hasGoneOn: Bool

  public var isSound: Bool { firstBad == nil }

  public var description: String {
    let verdict = firstBad.map { "NOT SOUND: \($0.message)" } ?? "sound"
    let head = headHash.map { String($0.description.prefix(16)) } ?? "none"
    return "\(verdict); \(blocks) blocks, \(transactions) transactions, \(accounts) accounts, \(tokens) tokens, "
      + "supply \(supply), head \(head)" + (hasGoneOn ? "; the file has gone on since: open it again to see it" : "")
  }

  init(_ replay: Replay, firstBad: BadBlock?, hasGoneOn: Bool = false) {
    let census = try? replay.state.census()
    blocks = replay.head.flatMap { Int(exactly: $0.height) }.map { $0 + 1 } ?? 0
    transactions = replay.transactionCount
    accounts = census?.accounts ?? 0
    tokens = census?.tokens ?? 0
    supply = replay.state.chain?.supply ?? .zero
    headHash = replay.head?.hash
    stateDigest = replay.state.digest
    self.firstBad = firstBad
    self.hasGoneOn = hasGoneOn
  }
}
