/// What a contract may ask of the ledger while it runs.
///
/// The chain implements it for one contract within one transaction: each call either takes effect in the transaction's
/// scratch state or throws, and a contract cannot catch what it throws: the run ends with that failure. The runtime
/// charges the gas (`ContractGas`) before it asks, checks the bounds of what it hands over, and keeps the order of
/// calls the same on every machine.
public protocol ContractHost: AnyObject {
  /// What stands under a key of the contract's own storage, `.null` when nothing does.
  func read(_ key: [UInt8]) throws(ContractFailure) -> ContractValue

  /// Puts a value under a key; `.null` deletes it.
  func write(_ key: [UInt8], _ value: ContractValue) throws(ContractFailure)

  /// The first `limit` keys in use that are not before `from`, in the order of their bytes.
  func keys(from: [UInt8], limit: Int) throws(ContractFailure) -> [[UInt8]]

  /// The money that an address holds; zero for one that nobody has used.
  func balance(of address: Address) throws(ContractFailure) -> Amount

  /// Pays out of the contract's own balance.
  func transfer(_ amount: Amount, to address: Address) throws(ContractFailure)

  /// Adds an event to the transaction's receipt.
  func emit(_ event: String, _ value: ContractValue) throws(ContractFailure)

  /// Runs a function of another contract, with this one as the sender, after moving `value` to it.
  ///
  /// A failure of the other is a failure of this run too, and costs all of `gasLimit`. Calling a contract that is
  /// running is refused.
  func call(
    _ contract: Address, _ function: String, _ arguments: [ContractValue], value: Amount, gasLimit: UInt64
  ) throws(ContractFailure) -> (result: ContractValue, gasUsed: UInt64)
}
