// Money on its way into a model and out of it.
extension Amount {
  /// A part in millionths, rounded down; parts beyond 0...1 are taken as the nearest of them.
  func part(_ share: Double) -> Amount {
    guard share > 0 else { return .zero }
    guard share < 1 else { return self }
    return (try? portion(UInt128(UInt64(share * 1e6)), of: 1_000_000)) ?? .zero
  }

  /// The units next below a number of tokens that came out of a model, as far as an amount reaches.
  static func modelled(_ tokens: Double) -> Amount {
    guard tokens > 0 else { return .zero }
    guard tokens < 3e20 else { return .maximum }
    // The upper and the lower 64 bits; powers of two round nothing.
    let units = tokens * 1e18
    let high = (units * 0x1p-64).rounded(.down)
    return Amount(units: UInt128(UInt64(high)) << 64 | UInt128(UInt64(units - high * 0x1p64)))
  }
}
