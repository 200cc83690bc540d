/// What HCFL's owners vote about: a bond that lies in escrow, the accuracy that was promised for it, and the one that was
/// measured.
///
/// Source: HCFL section III.D; the penalty's formula is that of `PromiseVote` (Solvers).
public struct BrokenPromise: Hashable, Sendable {
  public let escrow: Digest
  /// In parts per million, above 0.
  public let promised: UInt32
  /// In parts per million.
  public let measured: UInt32
  /// The penalty is this over `slopeDenominator` times the relative shortfall of the bond.
  public let slopeNumerator: UInt32
  public let slopeDenominator: UInt32

  public init(
    escrow: Digest, promised: UInt32, measured: UInt32, slopeNumerator: UInt32 = 1, slopeDenominator: UInt32 = 1
  ) {
    (self.escrow, self.promised, self.measured) = (escrow, promised, measured)
    (self.slopeNumerator, self.slopeDenominator) = (slopeNumerator, slopeDenominator)
  }

  /// min(bond, ceil(bond slope shortfall / promise)); nil where nothing was promised or nothing is missing, so that a vote
  /// alone takes nobody's bond.
  func penalty(of bond: Amount) -> Amount? {
    guard (1...1_000_000).contains(promised), measured < promised, slopeDenominator > 0 else { return nil }
    let cost = try? bond.portion(
      UInt128(slopeNumerator) * UInt128(promised - measured), of: UInt128(slopeDenominator) * UInt128(promised),
      rounding: .up)
    return min(cost ?? bond, bond)
  }

  func encode(into writer: inout ByteWriter) {
    writer.write(escrow.bytes)
    writer.write(promised)
    writer.write(measured)
    writer.write(slopeNumerator)
    writer.write(slopeDenominator)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self.init(
      escrow: try reader.readDigest(), promised: try reader.read(UInt32.self), measured: try reader.read(UInt32.self),
      slopeNumerator: try reader.read(UInt32.self), slopeDenominator: try reader.read(UInt32.self))
  }
}
