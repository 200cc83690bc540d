/// What the ledger's own work costs, in units of gas; a contract's instructions are counted by its runtime.
///
/// A unit is about the work of one instruction of a contract. The figures follow what the work costs here: a signature's
/// verification is some 50 microseconds, a byte is hashed and stored.
public enum GasSchedule {
  /// Any transaction: its signature, its sender's entry, its place in a block.
  public static let transaction: UInt64 = 2_000
  /// A byte of the encoded transaction.
  public static let byte: UInt64 = 10

  /// More than a transfer takes, or the setting of the price.
  static let payment: UInt64 = 5_000

  /// What a transaction costs before any contract runs.
  public static func intrinsic(of transaction: Transaction) -> UInt64 {
    Self.transaction + byte * UInt64(transaction.encoded.count)
  }
}
