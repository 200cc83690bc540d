/// One run of a contract: which code, on whose behalf, with what.
public struct ContractInvocation: Sendable {
  /// The contract's source text.
  public var source: [UInt8]
  /// The function to call; `""` runs the constructor `init`, or nothing where there is none.
  public var function: String
  public var arguments: [ContractValue]
  /// Where the contract lives.
  public var contract: Address
  /// Who calls: an account, or the contract that calls this one.
  public var sender: Address
  /// The money that came with the call; it is in the contract's balance already.
  public var value: Amount
  /// The block's time and height; the contract has no other clock.
  public var now: Timestamp
  public var height: UInt64
  public var gasLimit: UInt64
  /// The bytes that the run may take, at most `ContractLimits.memory`.
  public var memoryLimit: Int

  public init(
    source: [UInt8], function: String, arguments: [ContractValue] = [], contract: Address, sender: Address,
    value: Amount = .zero, now: Timestamp, height: UInt64, gasLimit: UInt64,
    memoryLimit: Int = ContractInvocation.usualMemory
  ) {
    (self.source, self.function, self.arguments) = (source, function, arguments)
    (self.contract, self.sender, self.value) = (contract, sender, value)
    (self.now, self.height, self.gasLimit, self.memoryLimit) = (now, height, gasLimit, memoryLimit)
  }

  /// Sixteen MiB: about as much as a million units of gas can fill.
  public static let usualMemory = 16_777_216
}
