import Core

@testable import Scripting

/// A ledger for tests of contracts: balances, storage and events in memory, and all or nothing for every call.
final class MemoryLedger {
  struct Event: Hashable {
    let contract: Address
    let name: String
    let value: ContractValue
  }

  struct State: Hashable {
    var balances: [Address: Amount] = [:]
    var storage: [Address: [[UInt8]: ContractValue]] = [:]
    var sources: [Address: [UInt8]] = [:]
    var events: [Event] = []
  }

  let runtime: any ContractRuntime
  var state = State()
  var now = Timestamp(microseconds: 0)
  var height: UInt64 = 1
  fileprivate var running: [Address] = []

  init(runtime: any ContractRuntime = LuaContractRuntime()) {
    self.runtime = runtime
  }

  static func address(_ name: String) -> Address { Address(bytes: SHA256.hash(name).bytes) }

  func advance(seconds: UInt64) {
    now = Timestamp(microseconds: now.microseconds + seconds * 1_000_000)
    height += 1
  }

  func balance(_ address: Address) -> Amount { state.balances[address] ?? .zero }

  func fund(_ address: Address, _ tokens: UInt64) throws {
    state.balances[address] = try balance(address) + Amount(tokens: tokens)
  }

  /// All the money there is: no call may change it.
  var money: Amount { get throws { try Amount.total(state.balances.values) } }

  fileprivate func move(_ amount: Amount, from: Address, to: Address) throws(ContractFailure) {
    do {
      state.balances[from] = try balance(from) - amount
      state.balances[to] = try balance(to) + amount
    } catch {
      throw ContractFailure(.insufficientBalance, "there is not enough money: \(error.message)")
    }
  }

  @discardableResult
  func deploy(
    _ source: String, at contract: Address = MemoryLedger.address("contract"), by sender: Address,
    _ arguments: [ContractValue] = [], value: Amount = .zero
  ) throws -> Address {
    state.sources[contract] = Array(source.utf8)
    do {
      _ = try call(contract, "", arguments, by: sender, value: value)
    } catch {
      state.sources[contract] = nil
      throw error
    }
    return contract
  }

  /// What the function returned; throws its failure, and then nothing has changed.
  @discardableResult
  func call(
    _ contract: Address, _ function: String, _ arguments: [ContractValue] = [], by sender: Address,
    value: Amount = .zero, gas: UInt64 = 1_000_000
  ) throws -> ContractValue {
    try run(contract, function, arguments, by: sender, value: value, gas: gas).result.get()
  }

  func run(
    _ contract: Address, _ function: String, _ arguments: [ContractValue] = [], by sender: Address,
    value: Amount = .zero, gas: UInt64 = 1_000_000, memory: Int = ContractInvocation.usualMemory
  ) throws -> ContractOutcome {
    let before = state
    let money = try money
    let outcome = attempt(contract, function, arguments, by: sender, value: value, gas: gas, memory: memory)
    if case .failure = outcome.result { state = before }
    guard try self.money == money else { throw ContractFailure(.refused, "money was made or lost") }
    return outcome
  }

  fileprivate func attempt(
    _ contract: Address, _ function: String, _ arguments: [ContractValue], by sender: Address, value: Amount,
    gas: UInt64,
    memory: Int
  ) -> ContractOutcome {
    guard let source = state.sources[contract] else {
      return ContractOutcome(result: .failure(ContractFailure(.unknownContract, "\(contract)")), gasUsed: 0)
    }
    guard !running.contains(contract) else {
      return ContractOutcome(result: .failure(ContractFailure(.reentrancy, "\(contract) is running")), gasUsed: 0)
    }
    do {
      try move(value, from: sender, to: contract)
    } catch {
      return ContractOutcome(result: .failure(error), gasUsed: 0)
    }
    running.append(contract)
    defer { running.removeLast() }
    return runtime.run(
      ContractInvocation(
        source: source, function: function, arguments: arguments, contract: contract, sender: sender, value: value,
        now: now, height: height, gasLimit: gas, memoryLimit: memory),
      host: Host(ledger: self, contract: contract))
  }
}

private final class Host: ContractHost {
  private let ledger: MemoryLedger
  private let contract: Address

  init(ledger: MemoryLedger, contract: Address) {
    (self.ledger, self.contract) = (ledger, contract)
  }

  func read(_ key: [UInt8]) throws(ContractFailure) -> ContractValue {
    ledger.state.storage[contract]?[key] ?? .null
  }

  func write(_ key: [UInt8], _ value: ContractValue) throws(ContractFailure) {
    try value.checkBounds()
    ledger.state.storage[contract, default: [:]][key] = value == .null ? nil : value
  }

  func keys(from: [UInt8], limit: Int) throws(ContractFailure) -> [[UInt8]] {
    let keys = (ledger.state.storage[contract] ?? [:]).keys
    return Array(
      keys.filter { !$0.lexicographicallyPrecedes(from) }.sorted { $0.lexicographicallyPrecedes($1) }.prefix(limit))
  }

  func balance(of address: Address) throws(ContractFailure) -> Amount { ledger.balance(address) }

  func transfer(_ amount: Amount, to address: Address) throws(ContractFailure) {
    try ledger.move(amount, from: contract, to: address)
  }

  func emit(_ event: String, _ value: ContractValue) throws(ContractFailure) {
    try value.checkBounds()
    ledger.state.events.append(MemoryLedger.Event(contract: contract, name: event, value: value))
  }

  func call(
    _ other: Address, _ function: String, _ arguments: [ContractValue], value: Amount, gasLimit: UInt64
  ) throws(ContractFailure) -> (result: ContractValue, gasUsed: UInt64) {
    let outcome = ledger.attempt(
      other, function, arguments, by: contract, value: value, gas: gasLimit, memory: ContractInvocation.usualMemory)
    return (try outcome.result.get(), outcome.gasUsed)
  }
}

/// Runs one piece of source as the body of a function of a contract of its own.
struct Snippet {
  let runtime: any ContractRuntime
  static let alice = MemoryLedger.address("alice")
  static let bob = MemoryLedger.address("bob")

  init(runtime: any ContractRuntime = LuaContractRuntime()) {
    self.runtime = runtime
  }

  func outcome(
    _ body: String, _ arguments: [ContractValue] = [], gas: UInt64 = 1_000_000,
    memory: Int = ContractInvocation.usualMemory, funds: UInt64 = 0
  ) throws -> ContractOutcome {
    let ledger = MemoryLedger(runtime: runtime)
    let contract = MemoryLedger.address("contract")
    try ledger.fund(contract, funds)
    ledger.state.sources[contract] = Array("function main(a, b, c)\n\(body)\nend".utf8)
    return try ledger.run(contract, "main", arguments, by: Self.alice, gas: gas, memory: memory)
  }

  func value(_ body: String, _ arguments: [ContractValue] = []) throws -> ContractValue {
    try outcome(body, arguments).result.get()
  }

  /// The failure, or `nil` when there is none.
  func failure(
    _ body: String, gas: UInt64 = 1_000_000, memory: Int = ContractInvocation.usualMemory
  ) throws -> ContractFailure? {
    guard case .failure(let failure) = try outcome(body, gas: gas, memory: memory).result else { return nil }
    return failure
  }
}
