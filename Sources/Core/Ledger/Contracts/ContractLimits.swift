/// How large what a contract handles may be. The bounds are part of the rules of the chain: changing one changes which
/// transactions succeed.
public enum ContractLimits {
  /// Bytes of a contract's source.
  public static let source = 65_536
  /// Bytes of one text, in values and inside a contract. Lua compares texts in one instruction, whatever their length;
  /// the bound keeps that instruction short.
  public static let text = 16_384
  /// Bytes of one value, encoded.
  public static let value = 65_536
  /// How deep lists and records may lie in one another; a plain value has depth 1.
  public static let depth = 16
  /// Bytes of a key of storage, of an event's name or of a function's name.
  public static let name = 256
  /// Keys that one call of `ContractHost.keys` may ask for.
  public static let keys = 1_024
  /// Values on Lua's stack, which bounds how deeply functions call one another: about a thousand calls. Lua doubles the
  /// stack as it grows, so this is also the largest of its sizes.
  public static let stack = 10_300
  /// The most memory that an invocation may be given, in bytes.
  public static let memory = 67_108_864
  /// How many contracts may be running because one called the other.
  public static let nestedCalls = 8
}
