import CLuaShim
import Core
import Synchronization

/// Runs contracts written in Lua 5.4, each call in a fresh state of its own.
///
/// A state is a copy of one that was prepared when the contract was first seen, made in the same place, so that a run
/// costs a few microseconds beside its own work, and every address, hash and size in it is the same in every run. The
/// language is cut down to what is exact, bounded and paid for; docs/contracts.md lists it, with the price of everything.
public final class LuaContractRuntime: ContractRuntime {
  /// Machines at rest. A call of a contract by a contract takes another one, and so does every thread.
  private let idle = Mutex<[ContractMachine]>([])
  /// More than this many are given up when they come to rest.
  private static let capacity = 8

  public init() {}

  public func check(_ source: [UInt8]) throws(ContractFailure) {
    try ContractSource.check(source)
    guard let machine = take() else { throw Self.noMachine }
    defer { giveBack(machine) }
    try machine.check(source)
  }

  public func run(_ invocation: ContractInvocation, host: any ContractHost) -> ContractOutcome {
    guard flnft_contract_nesting() < ContractLimits.nestedCalls else {
      return Self.refusal(
        of: invocation,
        ContractFailure(.callDepth, "contracts call one another more than \(ContractLimits.nestedCalls) deep"))
    }
    for argument in invocation.arguments {
      do {
        try argument.checkBounds()
      } catch {
        return Self.refusal(of: invocation, error)
      }
    }
    guard let machine = take() else { return Self.refusal(of: invocation, Self.noMachine) }
    defer { giveBack(machine) }
    return machine.run(invocation, host: host)
  }

  /// Lets Ctrl-C end the runs of contracts on this thread: such a run is refused with its transaction, and the ledger is as
  /// before. Blocks that stand are never replayed so.
  static func interruptibly<Value>(_ body: () throws -> Value) rethrows -> Value {
    flnft_contract_begin_interruptible()
    defer { flnft_contract_end_interruptible() }
    return try body()
  }

  private func take() -> ContractMachine? {
    idle.withLock { $0.popLast() } ?? ContractMachine()
  }

  private func giveBack(_ machine: ContractMachine) {
    idle.withLock { if $0.count < Self.capacity { $0.append(machine) } }
  }

  private static func refusal(of invocation: ContractInvocation, _ failure: ContractFailure) -> ContractOutcome {
    ContractOutcome(result: .failure(failure), gasUsed: min(invocation.gasLimit, ContractGas.run))
  }

  private static let noMachine = ContractFailure(
    .outOfMemory, "there is no address space for a contract, or this library of Lua is of an unknown build")
}
