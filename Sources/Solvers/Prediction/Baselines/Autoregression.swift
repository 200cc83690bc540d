/// The bid itself, not its level, by a first-order autoregression x' = c + phi x + e, with e normal.
///
/// Least squares on the history; a level's probability is that of the normal law between its edges.
struct Autoregression: LevelPredictor {
  let intercept: Double
  let slope: Double
  /// Of e.
  let deviation: Double
  private let edges: [Double]
  /// The weight of the uniform law that is mixed in, so that no level is impossible.
  private let mixing: Double
  private var last: Double

  /// - Parameter smoothing: observations' worth of the uniform law, for each level.
  init(_ history: BidHistory, smoothing: Double) {
    let pairs = Array(zip(history.bids, history.bids.dropFirst()))
    let count = Double(max(pairs.count, 1))
    let meanBefore = pairs.reduce(0) { $0 + $1.0 / count }
    let meanAfter = pairs.reduce(0) { $0 + $1.1 / count }
    let variance = pairs.reduce(0) { $0 + ($1.0 - meanBefore) * ($1.0 - meanBefore) }
    let covariance = pairs.reduce(0) { $0 + ($1.0 - meanBefore) * ($1.1 - meanAfter) }
    let slope = variance > 0 && variance.isFinite && covariance.isFinite ? covariance / variance : 0
    let intercept = meanAfter - slope * meanBefore
    let errors = pairs.reduce(0) { sum, pair in
      let error = pair.1 - intercept - slope * pair.0
      return sum + error * error
    }
    (self.slope, self.intercept) = (slope, intercept)
    // Two coefficients were fitted.
    deviation = pairs.count > 2 ? (errors / Double(pairs.count - 2)).squareRoot() : 0
    edges = history.edges
    let weight = smoothing * Double(history.levelCount)
    mixing = weight > 0 ? weight / (weight + count) : 0
    last = history.bids.last ?? 0
  }

  var forecast: [Double] {
    let centre = intercept + slope * last
    // Above each edge, from all of the law down to none of it.
    let above = [1] + edges.map { probability(above: $0, around: centre) } + [0]
    let uniform = mixing / Double(edges.count + 1)
    return zip(above, above.dropFirst()).map { (1 - mixing) * max($0 - $1, 0) + uniform }
  }

  private func probability(above edge: Double, around centre: Double) -> Double {
    guard deviation > 0, deviation.isFinite, centre.isFinite else { return centre >= edge ? 1 : 0 }
    return NormalTail.probability(above: (edge - centre) / deviation)
  }

  mutating func observe(_ bid: Double, level: Int) { last = bid }
}
