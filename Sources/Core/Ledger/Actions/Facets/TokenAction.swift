/// What the owner of a model's token, and those who have a share in it, may do beside passing it on.
public enum TokenAction: Hashable, Sendable {
  /// Lets one account pass the token on; nobody for `nil`. Passing on, whoever does it, takes the approval back.
  case approve(token: Digest, Address?)
  /// Lets an account pass on everything that the sender owns, or takes that back.
  case setOperator(Address, isAllowed: Bool)
  /// The owner takes the token out of being for good.
  case burn(token: Digest)
  /// The DAO that minted it states, once, which part of every later sale goes to those who have shares.
  case setRoyalty(token: Digest, basisPoints: UInt16)
  /// Passes on some of the sender's share in the model, in millionths of the whole.
  case transferShare(token: Digest, to: Address, micro: UInt64)
  /// The DAO that minted it wants, once and for all, to be held to its members' vote: an ask of its own for the token
  /// counts only if it is the sum of the asks that they approved.
  case bindAsk(token: Digest)

  private enum Code: UInt8 {
    case approve = 0, setOperator, burn, setRoyalty, transferShare, bindAsk
  }

  func encode(into writer: inout ByteWriter) {
    switch self {
    case .approve(let token, let approved):
      writer.write(Code.approve.rawValue)
      writer.write(token.bytes)
      writer.write(optional: approved) { $0.write($1.bytes) }
    case .setOperator(let address, let isAllowed):
      writer.write(Code.setOperator.rawValue)
      writer.write(address.bytes)
      writer.write(isAllowed)
    case .burn(let token):
      writer.write(Code.burn.rawValue)
      writer.write(token.bytes)
    case .setRoyalty(let token, let basisPoints):
      writer.write(Code.setRoyalty.rawValue)
      writer.write(token.bytes)
      writer.write(basisPoints)
    case .transferShare(let token, let to, let micro):
      writer.write(Code.transferShare.rawValue)
      writer.write(token.bytes)
      writer.write(to.bytes)
      writer.write(micro)
    case .bindAsk(let token):
      writer.write(Code.bindAsk.rawValue)
      writer.write(token.bytes)
    }
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self =
      switch try reader.readCode(Code.self) {
      case .approve:
        .approve(token: try reader.readDigest(), try reader.readOptionalAddress())
      case .setOperator: .setOperator(try reader.readAddress(), isAllowed: try reader.readBool())
      case .burn: .burn(token: try reader.readDigest())
      case .setRoyalty: .setRoyalty(token: try reader.readDigest(), basisPoints: try reader.read(UInt16.self))
      case .transferShare:
        .transferShare(
          token: try reader.readDigest(), to: try reader.readAddress(), micro: try reader.read(UInt64.self))
      case .bindAsk: .bindAsk(token: try reader.readDigest())
      }
  }
}
