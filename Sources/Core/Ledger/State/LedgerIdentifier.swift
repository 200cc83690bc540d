/// The identities of what transactions bring into being: each is of its maker and the nonce of the transaction, which is
/// used once, so that anybody can tell it beforehand and nobody can take it.
public enum LedgerIdentifier {
  public static func escrow(depositor: Address, nonce: UInt64) -> Digest { make("FLNFT-ESCROW-v1", depositor, nonce) }

  /// A listing or an open sale.
  public static func offer(seller: Address, nonce: UInt64) -> Digest { make("FLNFT-OFFER-v1", seller, nonce) }

  public static func proposal(member: Address, nonce: UInt64) -> Digest { make("FLNFT-PROPOSAL-v1", member, nonce) }

  public static func stake(owner: Address, nonce: UInt64) -> Digest { make("FLNFT-STAKE-v1", owner, nonce) }

  /// The address of an organisation's account, which has no key.
  public static func collective(founder: Address, nonce: UInt64) -> Address {
    Address(bytes: make("FLNFT-COLLECTIVE-v1", founder, nonce).bytes)
  }

  public static func contract(deployer: Address, nonce: UInt64) -> Address {
    Address(bytes: make("FLNFT-CONTRACT-v1", deployer, nonce).bytes)
  }

  private static func make(_ tag: String, _ sender: Address, _ nonce: UInt64) -> Digest {
    var writer = ByteWriter(tag: tag)
    writer.write(sender.bytes)
    writer.write(nonce)
    return SHA256.hash(writer.bytes)
  }
}
