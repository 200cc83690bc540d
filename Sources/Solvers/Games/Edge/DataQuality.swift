import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What data are worth to a task: the accuracy that a model is expected to reach, by how many samples there are and by
/// how far their labels are from those that the task wants.
///
/// With the EMD theta and D samples, alpha = exp(-(theta / a4 + a3)^2) and q = alpha - a1 exp(-(k D)^alpha). Equation
/// (28) has k = a2; (27) prints a3 in its place, with which a hundred samples are as good as a million.
///
/// Source: TBCIM (27), (28).
public struct DataQuality: Equatable, Sendable {
  /// What replaces a quality that falls too low.
  public enum Floor: String, CaseIterable, Sendable {
    /// Nothing: the quality of few and unlike samples may be negative.
    case none
    case zero
    /// The quality of a model that has seen no data, alpha(0) - a1.
    case untrained
  }

  /// What no data at all are worth.
  public enum Empty: String, CaseIterable, Sendable {
    /// What the formula says: a5 (alpha(0) - a1), above 0.
    case literal
    case zero
  }

  /// a1: the quality that samples can add.
  public var dataGap = 0.87
  /// a2: how fast they add it, per sample.
  public var dataRate = 1e-5
  /// a3: how far from perfect like labels are.
  public var distanceOffset = 0.13
  /// a4: the distance at which unlike labels begin to matter. The paper's 1e5 makes them matter never.
  public var distanceScale = 10.0
  /// a5: what a unit of quality is worth, in money.
  public var value = 0.64
  public var variant: Variant = .corrected
  public var floor: Floor = .none

  public init() {}

  /// alpha(theta), in (0, 1): what the quality tends to with ever more samples, and how fast.
  ///
  /// - Parameter distance: theta, the EMD, from 0 to 2.
  /// - Throws: `NonFinite`, `OutOfRange`, `Negative` (a3), `NonPositive` (a4).
  public func exponent(distance: Double) throws -> Double {
    try EdgeError.checkDistance(distance)
    try EdgeError.checkNonNegative(["EMD offset a3": distanceOffset])
    try EdgeError.checkPositive(["EMD scale a4": distanceScale])
    return exponent(at: distance)
  }

  /// q, below 1; below 0 where the parameters allow it and no floor is set.
  ///
  /// - Parameters:
  ///   - samples: D, at least 0.
  ///   - distance: theta, from 0 to 2.
  /// - Throws: `NonFinite`, `Negative`, `NonPositive`, `OutOfRange`.
  public func quality(samples: Double, distance: Double) throws -> Double {
    try checkParameters()
    try EdgeError.checkNonNegative(["number of samples": samples])
    try EdgeError.checkDistance(distance)
    return quality(of: samples, at: distance)
  }

  /// U_d = a5 q of several workers' data: of their total size, at their plain mean distance.
  ///
  /// The mean overstates the distance of the union: two workers with one class each may complement each other.
  ///
  /// - Throws: `LengthMismatch`, and those of `quality`.
  public func utility(sizes: [Double], distances: [Double], empty: Empty = .literal) throws -> DataUtility {
    guard sizes.count == distances.count else {
      throw EdgeError.lengthMismatch("EMDs", given: distances.count, expected: sizes.count)
    }
    try checkParameters()
    for size in sizes { try EdgeError.checkNonNegative(["number of samples": size]) }
    for distance in distances { try EdgeError.checkDistance(distance) }
    let samples = sizes.reduce(0, +)
    guard !sizes.isEmpty else {
      let quality = empty == .zero ? 0 : quality(of: 0, at: 0)
      return DataUtility(samples: 0, meanDistance: 0, quality: quality, value: value * quality)
    }
    let mean = distances.reduce(0, +) / Double(distances.count)
    let quality = quality(of: samples, at: mean)
    return DataUtility(samples: samples, meanDistance: mean, quality: quality, value: value * quality)
  }

  func checkParameters() throws {
    try EdgeError.checkNonNegative([
      "data gap a1": dataGap, "data rate a2": dataRate, "EMD offset a3": distanceOffset, "quality value a5": value,
    ])
    try EdgeError.checkPositive(["EMD scale a4": distanceScale])
  }

  func exponent(at distance: Double) -> Double {
    let closeness = distance / distanceScale + distanceOffset
    return exp(-closeness * closeness)
  }

  /// The quality unchecked.
  func quality(of samples: Double, at distance: Double) -> Double {
    let alpha = exponent(at: distance)
    let rate = variant == .paper ? distanceOffset : dataRate
    let quality = alpha - dataGap * exp(-pow(rate * samples, alpha))
    switch floor {
    case .none: return quality
    case .zero: return max(0, quality)
    case .untrained: return max(exponent(at: 0) - dataGap, quality)
    }
  }

  /// The utility of workers known by their sums, unchecked.
  @inline(__always)
  func utility(samples: Double, distances: Double, workers: Int, empty: Empty) -> Double {
    if workers == 0 { return empty == .zero ? 0 : value * quality(of: 0, at: 0) }
    return value * quality(of: samples, at: distances / Double(workers))
  }
}

/// What several workers' data are worth together.
public struct DataUtility: Equatable, Sendable {
  /// D, all samples.
  public let samples: Double
  /// The plain mean of the EMDs; 0 of nobody.
  public let meanDistance: Double
  public let quality: Double
  /// U_d, in money.
  public let value: Double
}
