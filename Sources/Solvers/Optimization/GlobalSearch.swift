import CNLopt
import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Maximisation over a whole strategy set, as far as a search of finite effort can tell.
///
/// Continuous sets: many low-discrepancy points at once, then uphill from the best of them that are not close to a
/// better one (multi-level single linkage: Rinnooy Kan and Timmer, "Stochastic global optimization methods",
/// Mathematical Programming 39, 1987), and from DIRECT-L's best point where the effort asks for it (Gablonsky and Kelley, Journal
/// of Global Optimization 21, 2001). One variable: `LineSearch.scan`. Whole numbers: `IntegerSearch`.
///
/// The random shift of the points comes from the seed alone, so the same seed gives the same answer.
public struct GlobalSearch: Sendable, Equatable {
  public var effort: SearchEffort
  public var seed: UInt64

  public init(effort: SearchEffort = .thorough, seed: UInt64 = 0) {
    self.effort = effort
    self.seed = seed
  }

  /// The best point found.
  ///
  /// - Parameters:
  ///   - payoff: a function of as many variables as the set has dimensions.
  ///   - start: a further point to climb from, such as the best one known.
  /// - Throws: `SolverError` of kind `shapeMismatch` or `notFinite`; what the payoff throws; `Cancelled`.
  public func maximise(
    _ payoff: any PayoffFunction, over set: StrategySet, from start: [Double]? = nil,
    cancellation: Cancellation = .never
  ) throws -> Maximum {
    let guarded = try GuardedPayoff(payoff, over: set)
    let start = try set.projection(of: start ?? set.centre)
    let section = SectionPayoff(of: guarded, variables: 0..<set.dimension, at: start)
    return try maximise(section, over: set, from: start, cancellation: cancellation)
  }

  func maximise(
    _ section: SectionPayoff, over set: StrategySet, from start: [Double], cancellation: Cancellation
  ) throws -> Maximum {
    try cancellation.check()
    if set.hasIntegers {
      return try IntegerSearch(search: self).maximise(section, over: set, from: start, cancellation: cancellation)
    }
    let free = set.lowerBounds.indices.filter { set.width($0) > 0 }
    if free.isEmpty {
      return Maximum(point: start, value: try section.value(at: start), evaluations: 1, converged: true)
    }
    if free.count == 1, set.isBox {
      return try LineSearch().scan(
        section, along: free[0], over: set, from: start, points: effort.pointsPerDimension, peaks: effort.climbs,
        cancellation: cancellation)
    }
    return try climbFromMany(section, over: set, from: start, dimensions: free.count, cancellation: cancellation)
  }

  private func climbFromMany(
    _ section: SectionPayoff, over set: StrategySet, from start: [Double], dimensions: Int, cancellation: Cancellation
  ) throws -> Maximum {
    let before = section.evaluations
    let count = Int(min(Double(effort.pointsPerDimension) * Double(dimensions), 0x1p20))
    var candidates = set.lowDiscrepancyPoints(max(2, count), seed: seed)
    if set.isBox, effort.directEvaluations > 0, dimensions <= SearchEffort.largestDirectDimension {
      candidates.append(
        try NLoptSearch(section, over: set, cancellation: cancellation).run(
          NLOPT_GN_DIRECT_L, from: start, tolerance: 1e-6, maximumEvaluations: effort.directEvaluations
        ).point)
    }
    let values = try section.values(at: candidates, cancellation: cancellation)
    let order = values.indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
    let local = LocalSearch()
    var best = try local.maximise(section, over: set, from: start, cancellation: cancellation)
    var used = [start, best.point]
    // The distance below which two of n uniform points in the unit cube are expected to belong together.
    let critical = 0.5 * pow(Double(candidates.count), -1 / Double(dimensions))
    var climbs = 0
    for index in order where climbs < effort.climbs {
      guard !used.contains(where: { set.distance($0, candidates[index]) < critical }) else { continue }
      try cancellation.check()
      climbs += 1
      let found = try local.maximise(section, over: set, from: candidates[index], cancellation: cancellation)
      used += [candidates[index], found.point]
      if found.value > best.value { best = found }
    }
    if let top = order.first, values[top] > best.value {
      best = Maximum(point: candidates[top], value: values[top], evaluations: 0, converged: true)
    }
    return Maximum(
      point: best.point, value: best.value, evaluations: section.evaluations - before, converged: best.converged)
  }
}

extension StrategySet {
  /// The largest difference of any coordinate, relative to the width of its bounds.
  func distance(_ a: [Double], _ b: [Double]) -> Double {
    var distance = 0.0
    for coordinate in a.indices where width(coordinate) > 0 {
      distance = max(distance, abs(a[coordinate] - b[coordinate]) / width(coordinate))
    }
    return distance
  }
}
