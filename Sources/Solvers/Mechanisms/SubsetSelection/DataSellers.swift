#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sellers of data, and what any set of them is worth to the buyer: U_d of their total size at their plain mean EMD.
///
/// Only the costs are the sellers' secret; sizes and EMDs are what the ledger can check.
///
/// Source: TBCIM (27), (28).
public struct DataSellers: Equatable, Sendable {
  /// The most sellers whose sets are valued one by one.
  public static let enumerated = 20

  /// D, in samples.
  public let sizes: [Double]
  /// theta: the EMD of each seller's labels to those that the task wants, from 0 to 2.
  public let distances: [Double]
  public let quality: DataQuality
  /// What no data at all are worth.
  public let empty: DataQuality.Empty
  /// What all money is multiplied by, so that bids may lie between 0 and 1.
  public let valueScale: Double

  /// - Throws: `EmptyInput`, `LengthMismatch`, `NonFinite`, `Negative`, `NonPositive`, `OutOfRange`.
  public init(
    sizes: [Double], distances: [Double], quality: DataQuality = DataQuality(), empty: DataQuality.Empty = .literal,
    valueScale: Double = 1
  ) throws {
    guard !sizes.isEmpty else { throw EdgeError.emptyInput("sizes") }
    guard sizes.count == distances.count else {
      throw EdgeError.sizeMismatch("EMDs", given: distances.count, expected: sizes.count)
    }
    try quality.checkParameters()
    for size in sizes { try EdgeError.checkNonNegative(["number of samples": size]) }
    for distance in distances { try EdgeError.checkDistance(distance) }
    try EdgeError.checkPositive(["value scale": valueScale])
    self.sizes = sizes
    self.distances = distances
    self.quality = quality
    self.empty = empty
    self.valueScale = valueScale
  }

  public var count: Int { sizes.count }

  /// What a set is worth, known by its sums.
  func value(samples: Double, distances: Double, members: Int) -> Double {
    valueScale * quality.utility(samples: samples, distances: distances, workers: members, empty: empty)
  }

  /// What every set is worth: seller s is in set W when bit s of W is 1.
  ///
  /// - Throws: `TooManyBidders`.
  public func valuesOfSets() throws -> [Double] {
    guard count <= Self.enumerated else {
      throw EdgeError.tooManyBidders(given: count, allowed: Self.enumerated)
    }
    let (samples, distances) = (Self.sumsOfSets(sizes), Self.sumsOfSets(distances))
    return samples.indices.map {
      value(samples: samples[$0], distances: distances[$0], members: $0.nonzeroBitCount)
    }
  }

  /// What the numbers of every set add up to, the lowest members last.
  static func sumsOfSets(_ values: [Double]) -> [Double] {
    [Double](unsafeUninitializedCapacity: 1 << values.count) { sums, filled in
      sums[0] = 0
      for (member, value) in values.enumerated() {
        let half = 1 << member
        for set in 0..<half { sums[half + set] = sums[set] + value }
      }
      filled = 1 << values.count
    }
  }

  /// U_d at a size and a mean EMD, with its derivatives.
  ///
  /// The derivative by the size grows without bound as the size falls to 0; below 1e-300 samples it is that at 1e-300.
  func slopes(samples: Double, distance: Double) -> (value: Double, bySamples: Double, byDistance: Double) {
    let alpha = quality.exponent(at: distance)
    let rate = quality.variant == .paper ? quality.distanceOffset : quality.dataRate
    let x = max(rate * samples, 1e-300)
    let power = pow(x, alpha)
    let rest = quality.dataGap * exp(-power)
    let worth = valueScale * quality.value
    let value = worth * quality.quality(of: samples, at: distance)
    guard quality.floor == .none || value == worth * (alpha - quality.dataGap * exp(-pow(rate * samples, alpha))) else {
      return (value, 0, 0)
    }
    let closeness = distance / quality.distanceScale + quality.distanceOffset
    let alphaSlope = -2 * closeness / quality.distanceScale * alpha
    return (
      value, worth * rest * alpha * power / x * rate, worth * alphaSlope * (1 + rest * power * log(x))
    )
  }
}
