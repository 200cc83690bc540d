import CLuaShim
import Core

/// What the Lua of one run asks, answered by the host and by the ledger's own arithmetic.
///
/// C calls `answer`; nothing of Lua is touched here, and nothing is raised: an answer is bytes, or a failure that is kept
/// until C has left the run.
final class ContractConversation {
  /// None while a contract is being loaded: then it may calculate only.
  private let host: (any ContractHost)?
  private(set) var failure: ContractFailure?

  init(host: (any ContractHost)?) {
    self.host = host
  }

  static let answer: flnft_contract_ask = { context, machine, question, input, length in
    guard let context, let machine else { return false }
    let conversation = Unmanaged<ContractConversation>.fromOpaque(context).takeUnretainedValue()
    do throws(ContractFailure) {
      let values = try ContractValue.values(in: Array(UnsafeBufferPointer(start: input, count: length)))
      let bytes = ContractValue.encode(try conversation.answer(question, values))
      flnft_contract_reply(machine, bytes, bytes.count)
      return true
    } catch {
      conversation.failure = error
      return false
    }
  }

  private func answer(
    _ question: flnft_contract_question, _ values: [ContractValue]
  ) throws(ContractFailure) -> [ContractValue] {
    guard let host else { return [try calculate(question, values)] }
    switch question {
    case flnft_ask_read: return [try host.read(try values.text(0))]
    case flnft_ask_write:
      try host.write(try values.text(0), try values.value(1))
      return []
    case flnft_ask_keys:
      let keys = try host.keys(from: try values.text(0), limit: Int(try values.integer(1)))
      return [.list(keys.map { .text($0) })]
    case flnft_ask_balance: return [.amount(try host.balance(of: try values.address(0)))]
    case flnft_ask_transfer:
      try host.transfer(try values.amount(1), to: try values.address(0))
      return []
    case flnft_ask_emit:
      try host.emit(String(decoding: try values.text(0), as: UTF8.self), try values.value(1))
      return []
    case flnft_ask_call: return try call(values, host)
    default: return [try calculate(question, values)]
    }
  }

  private func call(_ values: [ContractValue], _ host: any ContractHost) throws(ContractFailure) -> [ContractValue] {
    let (result, gasUsed) = try host.call(
      try values.address(0), String(decoding: try values.text(1), as: UTF8.self), Array(values.dropFirst(4)),
      value: try values.amount(2), gasLimit: UInt64(clamping: try values.integer(3)))
    try result.checkBounds()
    return [.integer(Int64(clamping: gasUsed)), result]
  }

  /// Amounts and digests are calculated where the ledger's are, so that a contract rounds as the ledger does.
  private func calculate(
    _ question: flnft_contract_question, _ values: [ContractValue]
  ) throws(ContractFailure) -> ContractValue {
    do {
      switch question {
      case flnft_ask_parse: return .amount(try Amount(String(decoding: try values.text(0), as: UTF8.self)))
      case flnft_ask_hash: return .text(SHA256.hash(try values.text(0)).description)
      case flnft_ask_print: return .text(try values.amount(0).description)
      case flnft_ask_portion:
        return .amount(
          try values.amount(0).portion(
            try values.amount(1).units, of: try values.amount(2).units,
            rounding: try values.value(3) == .boolean(true) ? .up : .down))
      case flnft_ask_split:
        var weights: [UInt128] = []
        for index in 1..<max(1, values.count) { weights.append(try values.amount(index).units) }
        return .list(try values.amount(0).split(weights: weights).map { .amount($0) })
      case flnft_ask_auction: return try ContractAuction.answer(values)
      default: throw ContractFailure(.refused, "the ledger does not know this question")
      }
    } catch let error as AmountError {
      throw ContractFailure(.contractError, error.message)
    } catch let error as ContractFailure {
      throw error
    } catch {
      throw ContractFailure(.refused, "\(error)")
    }
  }
}

/// The parts of a question. The C side asks in one form only; another form is its defect, reported as a refusal.
extension [ContractValue] {
  fileprivate func value(_ index: Int) throws(ContractFailure) -> ContractValue {
    guard indices.contains(index) else { throw ContractFailure(.refused, "a question lacks its part \(index + 1)") }
    return self[index]
  }

  fileprivate func text(_ index: Int) throws(ContractFailure) -> [UInt8] {
    guard case .text(let bytes) = try value(index) else { throw mismatch(index, "a text") }
    return bytes
  }

  fileprivate func integer(_ index: Int) throws(ContractFailure) -> Int64 {
    guard case .integer(let integer) = try value(index) else { throw mismatch(index, "an integer") }
    return integer
  }

  fileprivate func amount(_ index: Int) throws(ContractFailure) -> Amount {
    guard case .amount(let amount) = try value(index) else { throw mismatch(index, "an amount") }
    return amount
  }

  fileprivate func address(_ index: Int) throws(ContractFailure) -> Address {
    let text = String(decoding: try text(index), as: UTF8.self)
    guard let address = Address(hexadecimal: text) else { throw mismatch(index, "an address") }
    return address
  }

  private func mismatch(_ index: Int, _ expected: String) -> ContractFailure {
    ContractFailure(.refused, "part \(index + 1) of a question is not \(expected)")
  }
}
