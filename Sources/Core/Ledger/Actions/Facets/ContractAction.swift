/// Programs on the ledger.
public enum ContractAction: Hashable, Sendable {
  /// Puts a contract on the ledger under a name that nobody has, with money of the sender, and runs its constructor.
  case deploy(name: Label, source: [UInt8], arguments: [ContractValue], deposit: Amount)
  /// Runs a function of a contract, with money of the sender.
  case call(Address, function: String, arguments: [ContractValue], deposit: Amount)

  private enum Code: UInt8 {
    case deploy = 0, call
  }

  func encode(into writer: inout ByteWriter) {
    switch self {
    case .deploy(let name, let source, let arguments, let deposit):
      writer.write(Code.deploy.rawValue)
      writer.write(name)
      writer.write(source)
      writer.write(list: arguments) { $0.write($1) }
      writer.write(deposit)
    case .call(let contract, let function, let arguments, let deposit):
      writer.write(Code.call.rawValue)
      writer.write(contract.bytes)
      writer.write(Array(function.utf8))
      writer.write(list: arguments) { $0.write($1) }
      writer.write(deposit)
    }
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self =
      switch try reader.readCode(Code.self) {
      case .deploy:
        .deploy(
          name: try reader.readLabel(), source: try reader.readBytes(),
          arguments: try reader.readContractValues(), deposit: try reader.readAmount())
      case .call:
        .call(
          try reader.readAddress(), function: try reader.readText(),
          arguments: try reader.readContractValues(), deposit: try reader.readAmount())
      }
  }
}

extension ByteReader {
  fileprivate mutating func readContractValues() throws(DecodingFailure) -> [ContractValue] {
    try readList { (reader) throws(DecodingFailure) in try reader.readContractValue() }
  }
}
