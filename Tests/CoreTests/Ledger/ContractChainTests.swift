import Tensor
import Testing

@testable import Core

/// What the chain does about contracts, whatever runs them: here a runtime whose functions are written in this file.
@Suite struct ContractChainTests {
  /// A contract's "source" is ignored; its functions do what their names say.
  private struct Runtime: ContractRuntime {
    func check(_ source: [UInt8]) throws(ContractFailure) {
      if source == Array("bad".utf8) { throw ContractFailure(.invalidContract, "no contract", line: 1) }
    }

    func run(_ invocation: ContractInvocation, host: any ContractHost) -> ContractOutcome {
      let gas = min(1_000, invocation.gasLimit)
      guard invocation.gasLimit >= 1_000 else {
        return ContractOutcome(result: .failure(ContractFailure(.outOfGas, "too little")), gasUsed: gas)
      }
      do throws(ContractFailure) {
        return ContractOutcome(result: .success(try act(invocation, host)), gasUsed: gas)
      } catch {
        return ContractOutcome(result: .failure(error), gasUsed: gas)
      }
    }

    private func act(_ call: ContractInvocation, _ host: any ContractHost) throws(ContractFailure) -> ContractValue {
      switch (call.function, call.arguments.first) {
      case ("", _): try host.write([0], .amount(call.value))
      case ("put", .text(let key)?): try host.write(key, call.arguments.last ?? .null)
      case ("get", .text(let key)?): return try host.read(key)
      case ("keys", .text(let key)?): return .list(try host.keys(from: key, limit: 10).map { .text($0) })
      case ("fail", .text(let key)?):
        try host.write(key, .integer(1))
        try host.emit("before", .null)
        throw ContractFailure(.contractError, "as asked", line: 7)
      case ("pay", .text(let to)?):
        guard let address = Bytes32(to).map({ Address(bytes: $0) }) else { break }
        try host.transfer(call.value, to: address)
        try host.emit("paid", .amount(call.value))
        return .amount(try host.balance(of: address))
      case ("call", .text(let other)?):
        guard let address = Bytes32(other).map({ Address(bytes: $0) }) else { break }
        return try host.call(address, "get", [.text("k")], value: call.value, gasLimit: 5_000).result
      case ("relay", .text(let other)?):
        guard let address = Bytes32(other).map({ Address(bytes: $0) }) else { break }
        let rest = Array(call.arguments.dropFirst())
        return try host.call(address, "relay", rest, value: .zero, gasLimit: call.gasLimit).result
      case ("relay", nil): return .text(Array("arrived".utf8))
      case ("construct", .text(let other)?):
        guard let address = Bytes32(other).map({ Address(bytes: $0) }) else { break }
        return try host.call(address, "", [], value: .zero, gasLimit: 5_000).result
      case ("stop", .text(let key)?):
        try host.write(key, .integer(1))
        throw ContractFailure(.interrupted, "Ctrl-C")
      case ("loop", _): return try host.call(call.contract, "get", [.text("k")], value: .zero, gasLimit: 5_000).result
      case ("balance", _): return .amount(try host.balance(of: call.contract))
      default: break
      }
      return .null
    }
  }

  private let fixture: LedgerFixture
  private var ledger: Ledger { fixture.ledger }

  init() throws { fixture = try LedgerFixture(runtime: Runtime()) }

  private func deploy(_ name: Label = "c", deposit: Amount = .zero, source: String = "") throws -> Address {
    let ann = try fixture["ann"]
    let nonce = ledger.state.account(ann.address)?.nonce ?? 0
    try ledger.perform(
      [(.contract(.deploy(name: name, source: Array(source.utf8), arguments: [], deposit: deposit)), ann)],
      at: ledger.clock)
    return LedgerIdentifier.contract(deployer: ann.address, nonce: nonce)
  }

  @discardableResult
  private func call(
    _ contract: Address, _ function: String, _ arguments: [ContractValue] = [], deposit: Amount = .zero,
    gas: UInt64 = GasOffer.usual.limit
  ) throws -> Receipt {
    let action = ContractAction.call(contract, function: function, arguments: arguments, deposit: deposit)
    let block = try ledger.perform([(.contract(action), try fixture["ann"])], gasLimit: gas, at: ledger.clock)
    return try #require(block.receipts.first)
  }

  @Test func storageAndMoneyAreTheContracts() throws {
    let contract = try deploy(deposit: Amount(tokens: 5))
    #expect(ledger.state.contract(contract)?.balance == Amount(tokens: 5))
    #expect(fixture.balance("ann") == Amount(tokens: 95))
    for key in ["b", "a", "c", "a"] { try call(contract, "put", [.text(key), .text("v\(key)")]) }
    #expect(try call(contract, "get", [.text("a")]).outcome == .succeeded(.text("va")))
    #expect(
      try call(contract, "keys", [.text("a")]).outcome == .succeeded(.list([.text("a"), .text("b"), .text("c")])))
    try call(contract, "put", [.text("b"), .null])
    #expect(try call(contract, "keys", [.text("a")]).outcome == .succeeded(.list([.text("a"), .text("c")])))
    let bob = try fixture["bob"].address
    let paid = try call(contract, "pay", [.text(bob.bytes.bytes)], deposit: Amount(tokens: 3))
    #expect(paid.outcome == .succeeded(.amount(Amount(tokens: 103))))
    #expect(paid.events == [LedgerEvent(source: contract, name: "paid", value: .amount(Amount(tokens: 3)))])
    #expect(fixture.balance("bob") == Amount(tokens: 103))
    #expect(try ledger.verify().isSound)
  }

  /// GAS-1: a run that fails is charged and changes nothing else.
  @Test func failureIsChargedAndUndone() throws {
    let contract = try deploy()
    try ledger.perform(
      [(.money(.setGasPrice(Amount(units: 7), collector: fixture["cyd"].address)), fixture.issuer)], at: ledger.clock)
    let before = ledger.state
    let receipt = try call(contract, "fail", [.text("k")], deposit: Amount(tokens: 2))
    #expect(receipt.outcome == .failed(ContractFailure(.contractError, "as asked", line: 7)))
    #expect(receipt.events.isEmpty)
    let ann = try fixture["ann"].address
    let cyd = try fixture["cyd"].address
    #expect(receipt.fee == Amount(units: 7 * UInt128(receipt.gasUsed)) && !receipt.fee.isZero)
    #expect(Set(ledger.state.changes(since: before)) == [.account(ann), .account(cyd)])
    #expect(ledger.state.account(ann)?.balance == (try Amount(tokens: 100) - receipt.fee))
    #expect(ledger.state.account(ann)?.nonce == before.account(ann).map { $0.nonce + 1 })
    // Out of gas: all that was offered is charged.
    let starved = try call(contract, "get", [.text("k")], gas: 4_500)
    #expect(starved.gasUsed <= 4_500)
    #expect(kind { _ = try starved.outcome.value() } == "OutOfGas")
    // Too little for the transaction itself: it is refused.
    #expect(kind { try call(contract, "get", [.text("k")], gas: 100) } == "OutOfGas")
    #expect(try ledger.verify().isSound)
  }

  @Test func contractsAreNotEnteredTwice() throws {
    let (first, second) = (try deploy("one"), try deploy("two"))
    try call(second, "put", [.text("k"), .integer(9)])
    #expect(
      try call(first, "call", [.text(second.bytes.bytes)], deposit: Amount(tokens: 1)).outcome
        == .succeeded(.integer(9)))
    #expect(ledger.state.contract(second)?.balance == Amount(tokens: 1))
    #expect(kind { _ = try call(first, "loop").outcome.value() } == "Reentrancy")
    #expect(kind { _ = try call(first, "call", [.text(first.bytes.bytes)]).outcome.value() } == "Reentrancy")
    let nobody = Address(bytes: SHA256.hash("nobody").bytes)
    #expect(kind { _ = try call(first, "call", [.text(nobody.bytes.bytes)]).outcome.value() } == "UnknownContract")
    #expect(kind { _ = try call(first, "pay", [.text(second.bytes.bytes)]).outcome.value() } == "Refused")
    #expect(kind { _ = try call(first, "pay", [.text(nobody.bytes.bytes)]).outcome.value() } == "UnknownAccount")
  }

  /// The bound is the ledger's, so that it is the same whatever runs the contracts.
  @Test func contractsCallOneAnotherOnlySoDeep() throws {
    let chain = try (0...ContractLimits.nestedCalls).map { try deploy(Label("relay\($0)") ?? "relay") }
    let path = chain.dropFirst().map { ContractValue.text($0.bytes.bytes) }
    let arrived = try call(chain[0], "relay", Array(path.dropLast()))
    #expect(arrived.outcome == .succeeded(.text(Array("arrived".utf8))))
    #expect(kind { _ = try call(chain[0], "relay", path).outcome.value() } == "CallDepthExceeded")
  }

  @Test func aConstructorRunsOnce() throws {
    let (first, second) = (try deploy("one"), try deploy("two", deposit: Amount(tokens: 2)))
    #expect(kind { _ = try call(first, "construct", [.text(second.bytes.bytes)]).outcome.value() } == "InvalidContract")
    #expect(ledger.state.storage(of: second, key: [0]) == .amount(Amount(tokens: 2)))
  }

  /// A run that the user stopped is no outcome: nothing stands on the ledger, and nothing is charged.
  @Test func anInterruptedRunStandsNowhere() throws {
    let contract = try deploy()
    try ledger.perform(
      [(.money(.setGasPrice(Amount(units: 7), collector: fixture["cyd"].address)), fixture.issuer)], at: ledger.clock)
    let (before, height) = (ledger.state, ledger.height)
    #expect(kind { try call(contract, "stop", [.text("k")], deposit: Amount(tokens: 1)) } == "Interrupted")
    #expect(ledger.state.changes(since: before).isEmpty && ledger.height == height)
    #expect(ledger.state.digest == before.digest)
    // Nor can a receipt say so.
    var writer = ByteWriter()
    writer.write(ContractFailure(.interrupted, ""))
    var reader = ByteReader(writer.bytes)
    #expect(throws: DecodingFailure.self) { try reader.readContractFailure() }
    #expect(try call(contract, "put", [.text("k"), .integer(2)]).outcome == .succeeded(.null))
    #expect(try ledger.verify().isSound)
  }

  @Test func refusalsAreNamed() throws {
    let contract = try deploy()
    let nobody = Address(bytes: SHA256.hash("nobody").bytes)
    #expect(kind { _ = try deploy() } == "NameTaken")
    #expect(kind { _ = try deploy("ann") } == "NameTaken")
    #expect(kind { _ = try deploy("d", source: "bad") } == "InvalidContract")
    #expect(kind { _ = try deploy("d", deposit: Amount(tokens: 1_000)) } == "InsufficientFunds")
    #expect(kind { try call(nobody, "get") } == "UnknownContract")
    #expect(kind { try call(contract, "get", deposit: Amount(tokens: 1_000)) } == "InsufficientFunds")
    // A contract is no account: money reaches it with a call only.
    let transfer = Action.transfer(to: contract, amount: .zero)
    #expect(kind { try ledger.perform([(transfer, fixture["ann"])], at: ledger.clock) } == "UnknownAccount")
    let bare = try LedgerFixture()
    let action = Action.contract(.call(contract, function: "get", arguments: [], deposit: .zero))
    #expect(kind { try bare.ledger.perform([(action, bare["ann"])], at: bare.ledger.clock) } == "NoContractRuntime")
  }
}

extension Receipt.Outcome {
  fileprivate func value() throws -> ContractValue {
    switch self {
    case .succeeded(let value): return value
    case .failed(let failure): throw failure
    }
  }
}
