import CLuaShim
import Core

/// A block of memory in which contracts run one at a time, and the prepared states of those that ran last.
///
/// Only one thread holds a machine at a time: whoever takes it out of the runtime's pool.
final class ContractMachine: @unchecked Sendable {
  private struct Prepared {
    let source: [UInt8]
    let image: OpaquePointer
  }

  /// How many prepared states a machine keeps, about 40 kB each.
  private static let capacity = 64

  private let handle: OpaquePointer
  /// The last used first.
  private var prepared: [Prepared] = []

  /// `nil` where there is no address space, or where this build of Lua is not laid out as every 5.4 so far.
  init?() {
    var prices = flnft_contract_prices.ofTheLedger
    var limits = flnft_contract_limits.ofTheLedger
    guard let handle = flnft_contract_open(ContractConversation.answer, &prices, &limits) else { return nil }
    self.handle = handle
  }

  deinit {
    for each in prepared { flnft_contract_free_image(each.image) }
    flnft_contract_close(handle)
  }

  func check(_ source: [UInt8]) throws(ContractFailure) {
    let result = flnft_contract_check(handle, source, source.count)
    guard result.status == flnft_contract_fine else { throw result.failure(of: nil) }
  }

  func run(_ invocation: ContractInvocation, host: any ContractHost) -> ContractOutcome {
    let memory = max(0, min(invocation.memoryLimit, ContractLimits.memory))
    let image: OpaquePointer
    switch prepare(invocation.source) {
    case .success(let found): image = found
    case .failure(let failed):
      // What a source's loading takes does not depend on the call: the same whether or not it was prepared before.
      return failed.gas > invocation.gasLimit
        ? ContractOutcome(
          result: .failure(ContractFailure(.outOfGas, "the gas is used up")), gasUsed: invocation.gasLimit)
        : ContractOutcome(result: .failure(failed.failure), gasUsed: failed.gas)
    }
    let conversation = ContractConversation(host: host)
    let result = call(image, invocation, memoryLimit: memory, conversation)
    guard result.status == flnft_contract_fine else {
      return ContractOutcome(result: .failure(result.failure(of: conversation)), gasUsed: result.gas_used)
    }
    let bytes = Array(UnsafeBufferPointer(start: result.value, count: result.value_length))
    do {
      return ContractOutcome(result: .success(try ContractValue(decoding: bytes)), gasUsed: result.gas_used)
    } catch {
      return ContractOutcome(result: .failure(error), gasUsed: result.gas_used)
    }
  }

  private struct LoadFailure: Error {
    let failure: ContractFailure
    let gas: UInt64
  }

  private func prepare(_ source: [UInt8]) -> Result<OpaquePointer, LoadFailure> {
    if let index = prepared.firstIndex(where: { $0.source == source }) {
      let found = prepared[index]
      if index > 0 {
        prepared.remove(at: index)
        prepared.insert(found, at: 0)
      }
      return .success(found.image)
    }
    do {
      try ContractSource.check(source)
    } catch {
      return .failure(LoadFailure(failure: error, gas: ContractGas.run))
    }
    var result = flnft_contract_result()
    let calculator = ContractConversation(host: nil)
    let image = withExtendedLifetime(calculator) {
      flnft_contract_load(
        handle, source, source.count, ContractGas.load, ContractLimits.memory,
        Unmanaged.passUnretained(calculator).toOpaque(), &result)
    }
    guard let image else {
      return .failure(LoadFailure(failure: result.failure(of: calculator), gas: result.gas_used))
    }
    if prepared.count == Self.capacity { flnft_contract_free_image(prepared.removeLast().image) }
    prepared.insert(Prepared(source: source, image: image), at: 0)
    return .success(image)
  }

  private func call(
    _ image: OpaquePointer, _ invocation: ContractInvocation, memoryLimit: Int, _ conversation: ContractConversation
  ) -> flnft_contract_result {
    let name = Array(invocation.function.utf8)
    let arguments = ContractValue.encode(invocation.arguments)
    let contract = invocation.contract.bytes.bytes
    let sender = invocation.sender.bytes.bytes
    let units = invocation.value.units
    return name.withUnsafeBufferPointer { name in
      arguments.withUnsafeBufferPointer { arguments in
        contract.withUnsafeBufferPointer { contract in
          sender.withUnsafeBufferPointer { sender in
            withExtendedLifetime(conversation) {
              var run = flnft_contract_run(
                function: name.baseAddress, function_length: name.count, arguments: arguments.baseAddress,
                arguments_length: arguments.count, contract: contract.baseAddress, sender: sender.baseAddress,
                value_high: UInt64(truncatingIfNeeded: units >> 64), value_low: UInt64(truncatingIfNeeded: units),
                now: Int64(truncatingIfNeeded: invocation.now.microseconds / 1_000_000),
                height: Int64(clamping: invocation.height), gas_limit: invocation.gasLimit,
                memory_limit: memoryLimit, context: Unmanaged.passUnretained(conversation).toOpaque())
              return flnft_contract_call(handle, image, &run)
            }
          }
        }
      }
    }
  }
}

extension flnft_contract_result {
  /// - Parameter conversation: knows what the host refused.
  func failure(of conversation: ContractConversation?) -> ContractFailure {
    let line = self.line > 0 ? Int(self.line) : nil
    let text = UnsafeRawBufferPointer(start: message, count: message_length)
    let message = String(decoding: text, as: UTF8.self)
    switch status {
    case flnft_contract_no_gas: return ContractFailure(.outOfGas, message, line: line)
    case flnft_contract_no_memory: return ContractFailure(.outOfMemory, message, line: line)
    case flnft_contract_bad_source: return ContractFailure(.invalidContract, message, line: line)
    case flnft_contract_interrupted: return ContractFailure(.interrupted, "the run was interrupted", line: line)
    case flnft_contract_bad_value: return ContractFailure(.invalidValue, message, line: line)
    case flnft_contract_refused:
      let refused = conversation?.failure ?? ContractFailure(.refused, message)
      return ContractFailure(refused.cause, refused.message, line: line ?? refused.line)
    default: return ContractFailure(.contractError, message, line: line)
    }
  }
}

extension flnft_contract_prices {
  static var ofTheLedger: flnft_contract_prices {
    flnft_contract_prices(
      read: ContractGas.read, write: ContractGas.write, stored_byte: ContractGas.storedByte, keys: ContractGas.keys,
      key: ContractGas.key, balance: ContractGas.balance, transfer: ContractGas.transfer, emit: ContractGas.emit,
      event_byte: ContractGas.eventByte, call: ContractGas.call, hash: ContractGas.hash,
      work_bytes: ContractGas.workBytes, source_bytes: ContractGas.sourceBytes, run: ContractGas.run,
      library: ContractGas.library, amount: ContractGas.amount, calculation: ContractGas.calculation,
      pattern: ContractGas.pattern,
      pattern_steps: ContractGas.patternSteps, walked_bytes: ContractGas.walkedBytes,
      auction: ContractGas.auction, offer: ContractGas.offer)
  }
}

extension flnft_contract_limits {
  static var ofTheLedger: flnft_contract_limits {
    flnft_contract_limits(
      text: ContractLimits.text, value: ContractLimits.value, depth: ContractLimits.depth,
      name: ContractLimits.name, keys: ContractLimits.keys, stack: ContractLimits.stack)
  }
}
