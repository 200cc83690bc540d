/// Something that a transaction made known: its emitter's word, and a plain value.
public struct LedgerEvent: Hashable, Sendable {
  /// The contract that emitted it.
  public let source: Address
  public let name: String
  public let value: ContractValue

  public init(source: Address, name: String, value: ContractValue) {
    (self.source, self.name, self.value) = (source, name, value)
  }

  func encode(into writer: inout ByteWriter) {
    writer.write(source.bytes)
    writer.write(Array(name.utf8))
    writer.write(value)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    source = try reader.readAddress()
    name = try reader.readText()
    value = try reader.readContractValue()
  }
}
