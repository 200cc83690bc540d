extension ByteWriter {
  mutating func write(_ failure: ContractFailure) {
    write(Array(failure.cause.rawValue.utf8))
    write(Array(failure.message.utf8))
    write(optional: failure.line) { $0.write(UInt64(clamping: $1)) }
  }
}

extension ByteReader {
  mutating func readContractFailure() throws(DecodingFailure) -> ContractFailure {
    guard let cause = ContractFailure.Cause(rawValue: try readText()), cause != .interrupted else {
      throw DecodingFailure(position: 0, expected: "the cause of a contract's failure")
    }
    let message = try readText()
    let line = try readOptional { (reader) throws(DecodingFailure) in try reader.read(UInt64.self) }
    return ContractFailure(cause, message, line: line.map { Int(clamping: $0) })
  }
}
