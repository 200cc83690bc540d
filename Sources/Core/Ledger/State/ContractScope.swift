/// One transaction's view of the ledger for the contracts that it runs.
///
/// It holds the state while they run, so that what they write is undone with the transaction's other changes, and
/// knows which contracts are running: none is entered twice.
final class ContractScope: ContractHost {
  private let runtime: any ContractRuntime
  private let context: BlockContext
  private var state: LedgerState
  private var running: [Address] = []
  private var events: [LedgerEvent] = []

  /// Takes the state; `release` gives it back.
  init(runtime: any ContractRuntime, context: BlockContext, state: inout LedgerState) {
    (self.runtime, self.context) = (runtime, context)
    self.state = LedgerState()
    swap(&self.state, &state)
  }

  func release(to state: inout LedgerState) -> [LedgerEvent] {
    swap(&self.state, &state)
    return events
  }

  /// Runs a contract's function, once `value` has been taken from whoever calls.
  func run(
    _ contract: Address, _ function: String, _ arguments: [ContractValue], from sender: Address, value: Amount,
    gasLimit: UInt64
  ) -> (result: Result<ContractValue, ContractFailure>, gasUsed: UInt64) {
    guard let source = state.contract(contract)?.source else {
      return (.failure(ContractFailure(.unknownContract, "no contract has the address \(contract)")), 0)
    }
    running.append(contract)
    defer { running.removeLast() }
    do { try credit(value, to: contract) } catch { return (.failure(error), 0) }
    let outcome = runtime.run(
      ContractInvocation(
        source: source, function: function, arguments: arguments, contract: contract, sender: sender, value: value,
        now: context.timestamp, height: context.height, gasLimit: gasLimit), host: self)
    return (outcome.result, min(outcome.gasUsed, gasLimit))
  }

  // MARK: What contracts ask for

  private var current: Address { running.last ?? Address(bytes: .zero) }

  func read(_ key: [UInt8]) -> ContractValue {
    guard case .storage(let value)? = state[.storage(contract: current, key: key)] else { return .null }
    return value
  }

  func write(_ key: [UInt8], _ value: ContractValue) {
    let isNew = read(key) == .null
    state.set(.storage(contract: current, key: key), .storage(value))
    guard isNew != (value == .null) else { return }
    guard var record = state.contract(current) else { return }
    let place = record.keys.partitionPoint { $0.lexicographicallyPrecedes(key) }
    if isNew {
      record.keys.insert(key, at: place)
    } else {
      record.keys.remove(at: place)
    }
    state.set(.contract(current), .contract(record))
  }

  func keys(from: [UInt8], limit: Int) -> [[UInt8]] {
    let keys = state.contract(current)?.keys ?? []
    let start = keys.partitionPoint { $0.lexicographicallyPrecedes(from) }
    return Array(keys[start...].prefix(max(0, limit)))
  }

  func balance(of address: Address) -> Amount {
    state.contract(address)?.balance ?? state.account(address)?.balance ?? .zero
  }

  func transfer(_ amount: Amount, to address: Address) throws(ContractFailure) {
    guard state.contract(address) == nil else {
      throw ContractFailure(.refused, "a contract takes money with a call only")
    }
    try debit(amount)
    do {
      try state.credit(amount, to: address)
    } catch {
      throw ContractFailure(.unknownAccount, error.message)
    }
  }

  func emit(_ event: String, _ value: ContractValue) {
    events.append(LedgerEvent(source: current, name: event, value: value))
  }

  func call(
    _ contract: Address, _ function: String, _ arguments: [ContractValue], value: Amount, gasLimit: UInt64
  ) throws(ContractFailure) -> (result: ContractValue, gasUsed: UInt64) {
    guard !running.contains(contract) else {
      throw ContractFailure(.reentrancy, "the contract \(contract) is running already")
    }
    guard running.count < ContractLimits.nestedCalls else {
      throw ContractFailure(.callDepth, "contracts call one another at most \(ContractLimits.nestedCalls) deep")
    }
    guard !function.isEmpty else { throw ContractFailure(.invalidContract, "a constructor runs once") }
    let sender = current
    try debit(value)
    let (result, gasUsed) = run(contract, function, arguments, from: sender, value: value, gasLimit: gasLimit)
    return (try result.get(), gasUsed)
  }

  // MARK: Money

  private func debit(_ amount: Amount) throws(ContractFailure) {
    guard var record = state.contract(current), let rest = try? record.balance - amount else {
      throw ContractFailure(
        .insufficientBalance, "the contract holds \(balance(of: current)) tokens, and \(amount) are needed")
    }
    record.balance = rest
    state.set(.contract(current), .contract(record))
  }

  private func credit(_ amount: Amount, to contract: Address) throws(ContractFailure) {
    guard var record = state.contract(contract), let sum = try? record.balance + amount else {
      throw ContractFailure(.amountOverflow, "the contract would hold more than a ledger can")
    }
    record.balance = sum
    state.set(.contract(contract), .contract(record))
  }
}

extension Array {
  /// How many elements come first of which the predicate holds, in an array where they all come first.
  fileprivate func partitionPoint(_ precedes: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if precedes(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
