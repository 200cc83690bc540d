import Foundation

/// What a federation earns with X units of useful data: 0 without data, more with more, never at a rising rate.
///
/// Source: Network3 section 5.3; the families are those of the specification, section 2.7.
public struct ConcaveIncome: Sendable, Equatable {
  public enum Family: String, CaseIterable, Sendable {
    /// A sqrt(X).
    case sqrt
    /// A ln(1 + X / B).
    case log
    /// A (1 - exp(-X / B)).
    case exp
    /// A X.
    case linear
  }

  public let family: Family
  /// A, in money.
  public let scale: Double
  /// B, in units of data; of the families log and exp.
  public let saturation: Double

  /// - Throws: `NotFinite`, `InvalidParameter` unless A >= 0 and B > 0.
  public init(_ family: Family, scale: Double, saturation: Double = 1) throws {
    try check(.scalar("scale", scale, .nonNegative), .scalar("saturation", saturation, .positive))
    self.family = family
    self.scale = scale
    self.saturation = saturation
  }

  /// I(X).
  public func value(_ volume: Double) -> Double {
    switch family {
    case .sqrt: scale * volume.squareRoot()
    case .log: scale * log1p(volume / saturation)
    case .exp: scale * -expm1(-volume / saturation)
    case .linear: scale * volume
    }
  }

  /// I'(X), infinite at 0 for the square root.
  public func slope(_ volume: Double) -> Double {
    switch family {
    case .sqrt: scale == 0 ? 0 : scale / (2 * volume.squareRoot())
    case .log: scale / (saturation + volume)
    case .exp: scale / saturation * Foundation.exp(-volume / saturation)
    case .linear: scale
    }
  }

  /// The X at which another unit earns just `price`: 0 where none earns as much, infinite where all earn more.
  public func volume(atSlope price: Double) -> Double {
    if scale == 0 { return 0 }
    if price <= 0 { return .infinity }
    switch family {
    case .sqrt:
      let root = scale / (2 * price)
      return root * root
    case .log: return max(0, scale / price - saturation)
    case .exp: return max(0, saturation * Foundation.log(scale / (saturation * price)))
    case .linear: return price < scale ? .infinity : 0
    }
  }
}
