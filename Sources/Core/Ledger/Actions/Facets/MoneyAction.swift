/// What may be done with money beside passing it on.
public enum MoneyAction: Hashable, Sendable {
  /// Takes money of the sender out of being.
  case burn(Amount)
  /// Lets somebody spend up to an amount of the sender's money; replaces what was allowed before.
  case approve(spender: Address, Amount)
  /// Passes on money of an account that allowed it.
  case spend(from: Address, to: Address, Amount)
  /// The issuer states what a unit of gas costs from the next transaction on, and who collects.
  case setGasPrice(Amount, collector: Address)

  private enum Code: UInt8 {
    case burn = 0, approve, spend, setGasPrice
  }

  func encode(into writer: inout ByteWriter) {
    switch self {
    case .burn(let amount):
      writer.write(Code.burn.rawValue)
      writer.write(amount)
    case .approve(let spender, let amount):
      writer.write(Code.approve.rawValue)
      writer.write(spender.bytes)
      writer.write(amount)
    case .spend(let from, let to, let amount):
      writer.write(Code.spend.rawValue)
      writer.write(from.bytes)
      writer.write(to.bytes)
      writer.write(amount)
    case .setGasPrice(let price, let collector):
      writer.write(Code.setGasPrice.rawValue)
      writer.write(price)
      writer.write(collector.bytes)
    }
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self =
      switch try reader.readCode(Code.self) {
      case .burn: .burn(try reader.readAmount())
      case .approve: .approve(spender: try reader.readAddress(), try reader.readAmount())
      case .spend: .spend(from: try reader.readAddress(), to: try reader.readAddress(), try reader.readAmount())
      case .setGasPrice: .setGasPrice(try reader.readAmount(), collector: try reader.readAddress())
      }
  }
}
