/// What a contract's work costs, beside one unit for every instruction of Lua's machine.
///
/// A unit stands for about as much time as an instruction takes; the host's work and what the ledger must keep are
/// priced well above their time. docs/contracts.md explains the table.
public enum ContractGas {
  /// Every run, for setting it up.
  public static let run: UInt64 = 500
  /// Every 16 bytes of source, for compiling them.
  public static let sourceBytes: UInt64 = 16
  /// The most that a contract's top level may use, whatever the call allows.
  public static let load: UInt64 = 100_000
  /// Every 32 bytes of the texts, arguments and results that are made, copied, compared or searched.
  public static let workBytes: UInt64 = 32

  public static let read: UInt64 = 100
  public static let write: UInt64 = 400
  /// Each byte of a key and value written.
  public static let storedByte: UInt64 = 4
  /// `keys`, and each key that it finds.
  public static let keys: UInt64 = 100
  public static let key: UInt64 = 20
  public static let balance: UInt64 = 100
  public static let transfer: UInt64 = 500
  public static let emit: UInt64 = 200
  /// Each byte of an event.
  public static let eventByte: UInt64 = 2
  /// A call of another contract, beside what the other uses.
  public static let call: UInt64 = 1_000
  public static let hash: UInt64 = 60
  /// An auction, and each bid and ask in it.
  public static let auction: UInt64 = 200
  public static let offer: UInt64 = 30

  /// A function of the library.
  public static let library: UInt64 = 5
  /// An operation on amounts.
  public static let amount: UInt64 = 10
  /// Reading, printing, portioning or splitting an amount.
  public static let calculation: UInt64 = 60
  /// A search for a pattern, with its first 4096 steps, and each 4096 further ones.
  public static let pattern: UInt64 = 100
  public static let patternSteps: UInt64 = 2_000
  /// Every 128 bytes that the run has allocated, when it goes through a whole table: also an emptied one has its places.
  public static let walkedBytes: UInt64 = 128
}
