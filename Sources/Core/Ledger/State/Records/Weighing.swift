/// What a ballot counts in an organisation.
public enum Weighing: Hashable, Sendable {
  /// The weight that the member was given.
  case weights
  /// One, whatever the weights.
  case heads
  /// What the voter has staked, and the votes of its locks. Everybody with a stake on the ledger is a member.
  case stakes(Chambers)

  /// What its largest members are asked; nil where stakes are not weighed.
  public var chambers: Chambers? { if case .stakes(let chambers) = self { chambers } else { nil } }

  // The first two are the bytes that once said whether ballots count by head.
  private enum Code: UInt8 {
    case weights = 0, heads, stakes
  }

  func encode(into writer: inout ByteWriter) {
    switch self {
    case .weights: writer.write(Code.weights.rawValue)
    case .heads: writer.write(Code.heads.rawValue)
    case .stakes(let chambers):
      writer.write(Code.stakes.rawValue)
      chambers.encode(into: &writer)
    }
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self =
      switch try reader.readCode(Code.self) {
      case .weights: .weights
      case .heads: .heads
      case .stakes: .stakes(try Chambers(from: &reader))
      }
  }
}
