/// A program on the ledger.
public struct DeployedContract: Hashable, Sendable {
  public let name: Label
  public let deployer: Address
  public let source: [UInt8]
  public internal(set) var balance: Amount
  /// The keys under which it has stored something, in order.
  public internal(set) var keys: [[UInt8]] = []

  func encode(into writer: inout ByteWriter) {
    writer.write(name)
    writer.write(deployer.bytes)
    writer.write(source)
    writer.write(balance)
    writer.write(list: keys) { $0.write($1) }
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    name = try reader.readLabel()
    deployer = try reader.readAddress()
    source = try reader.readBytes()
    balance = try reader.readAmount()
    keys = try reader.readList { (reader) throws(DecodingFailure) in try reader.readBytes() }
  }

  init(name: Label, deployer: Address, source: [UInt8]) {
    (self.name, self.deployer, self.source, balance) = (name, deployer, source, .zero)
  }
}
