import CNLopt
import Tensor

/// Maximisation from a starting point, uphill.
public struct LocalSearch: Sendable, Equatable {
  public enum Algorithm: String, CaseIterable, Sendable {
    /// Sequential least-squares quadratic programming (Kraft 1988, 1994): derivatives, any strategy set.
    case slsqp
    /// Limited-memory BFGS (Nocedal 1980; Liu and Nocedal 1989): derivatives, boxes only.
    case lbfgs
    /// Linear approximations (Powell 1994): no derivatives, any strategy set.
    case cobyla
    /// Quadratic approximations (Powell 2009): no derivatives, boxes of two dimensions or more.
    case bobyqa
  }

  /// Nil: SLSQP where the payoff has derivatives, COBYLA where not.
  public var algorithm: Algorithm?
  /// Relative, on the variables.
  public var tolerance: Double
  public var maximumEvaluations: Int

  public init(algorithm: Algorithm? = nil, tolerance: Double = 1e-10, maximumEvaluations: Int = 2000) {
    self.algorithm = algorithm
    self.tolerance = tolerance
    self.maximumEvaluations = maximumEvaluations
  }

  /// The best point found by going uphill from the start.
  ///
  /// One variable is left to `LineSearch` unless an algorithm is named; whole-number coordinates stay where the start,
  /// rounded, has them.
  ///
  /// - Parameters:
  ///   - payoff: a function of as many variables as the set has dimensions.
  ///   - start: projected onto the set; nil for its centre.
  /// - Throws: `SolverError` of kind `shapeMismatch`, `notFinite` (a start or a value that is not a number) or
  ///   `invalidParameter` (an algorithm that does not take the set); what the payoff throws; `Cancelled`.
  public func maximise(
    _ payoff: any PayoffFunction, over set: StrategySet, from start: [Double]? = nil,
    cancellation: Cancellation = .never
  ) throws -> Maximum {
    try check(.scalar("tolerance", tolerance, .positive))
    try demand(maximumEvaluations >= 1, "the evaluations must be at least 1, but are \(maximumEvaluations)")
    let guarded = try GuardedPayoff(payoff, over: set)
    return try maximise(guarded, over: set, from: set.projection(of: start ?? set.centre), cancellation: cancellation)
  }

  func maximise(
    _ payoff: GuardedPayoff, over set: StrategySet, from start: [Double], cancellation: Cancellation
  ) throws -> Maximum {
    let section = SectionPayoff(of: payoff, variables: 0..<payoff.variableCount, at: start)
    return try maximise(section, over: set, from: start, cancellation: cancellation)
  }

  func maximise(
    _ section: SectionPayoff, over set: StrategySet, from start: [Double], cancellation: Cancellation
  ) throws -> Maximum {
    let integers = set.integerCoordinates
    let domain = integers.isEmpty ? set : set.holding(integers, at: integers.map { start[$0] }).relaxed
    let free = domain.lowerBounds.indices.filter { domain.width($0) > 0 }
    if free.isEmpty {
      return Maximum(point: start, value: try section.value(at: start), evaluations: 1, converged: true)
    }
    if algorithm == nil, free.count == 1, domain.isBox {
      return try LineSearch(tolerance: tolerance).climb(section, along: free[0], over: domain, from: start)
    }
    let chosen = algorithm ?? (section.derivativeSource == .none ? .cobyla : .slsqp)
    if chosen == .lbfgs || chosen == .bobyqa {
      try demand(
        domain.isBox, "\(chosen.rawValue) takes boxes only, but the strategy set has a sum or a budget",
        hint: "use slsqp or cobyla")
    }
    if chosen == .bobyqa {
      try demand(
        free.count >= 2, "bobyqa needs two variables or more, but \(free.count) can move", hint: "name no algorithm")
    }
    return try NLoptSearch(section, over: domain, cancellation: cancellation).run(
      chosen.code, from: start, tolerance: tolerance, maximumEvaluations: maximumEvaluations)
  }
}

extension LocalSearch.Algorithm {
  fileprivate var code: nlopt_algorithm {
    switch self {
    case .slsqp: NLOPT_LD_SLSQP
    case .lbfgs: NLOPT_LD_LBFGS
    case .cobyla: NLOPT_LN_COBYLA
    case .bobyqa: NLOPT_LN_BOBYQA
    }
  }
}

extension GuardedPayoff {
  /// The payoff of a maximisation, with the bounds of its set.
  convenience init(_ payoff: any PayoffFunction, over set: StrategySet) throws {
    guard payoff.variableCount == set.dimension else {
      throw SolverError(
        .shapeMismatch,
        "the payoff has \(payoff.variableCount) variables, but the strategy set has \(set.dimension) dimensions")
    }
    self.init(payoff, title: "the payoff", lower: set.lowerBounds, upper: set.upperBounds)
  }
}
