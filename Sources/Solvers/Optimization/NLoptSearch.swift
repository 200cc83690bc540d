import CNLopt
import Tensor

/// One run of an algorithm of NLopt (Johnson, "The NLopt nonlinear-optimization package") over a strategy set.
///
/// NLopt calls back into Swift. An error thrown there must not unwind C frames: it is kept, NLopt is told to stop,
/// every further call answers at once, and the error is thrown when NLopt has returned. The best feasible point is kept
/// here too, so that a run that ends in a numerical failure still gives what it found.
///
/// Only algorithms without random numbers are used. NLopt's generator is shared by the process (or thread), so that
/// the outcome of its CRS and MLSL would depend on what ran before; `GlobalSearch` brings its own multistart instead.
final class NLoptSearch {
  private let payoff: any PayoffFunction
  private let set: StrategySet
  private let cancellation: Cancellation
  private var point: [Double]
  private var slopes: [Double]
  private var handle: nlopt_opt?
  private var failure: (any Error)?
  private var best: (point: [Double], value: Double)?
  private var evaluations = 0

  /// What stands for -infinity, which interpolating algorithms cannot digest.
  private static let worst = -1e100
  private static let steepest = 1e100

  init(_ payoff: any PayoffFunction, over set: StrategySet, cancellation: Cancellation) {
    self.payoff = payoff
    self.set = set
    self.cancellation = cancellation
    point = [Double](repeating: 0, count: set.dimension)
    slopes = point
  }

  /// - Parameter start: a point of the set.
  /// - Throws: what the payoff throws, `Cancelled`, or `SolverError` where NLopt refuses the problem.
  func run(
    _ algorithm: nlopt_algorithm, from start: [Double], tolerance: Double, maximumEvaluations: Int
  ) throws -> Maximum {
    guard let handle = nlopt_create(algorithm, UInt32(set.dimension)) else {
      throw SolverError(.invalidParameter, "NLopt could not set up a search over \(set.dimension) variables")
    }
    self.handle = handle
    defer {
      nlopt_destroy(handle)
      self.handle = nil
    }
    let constraints = set.parts.compactMap(LinearConstraint.init)
    var result = try withExtendedLifetime(constraints) {
      try prepare(handle, constraints, tolerance, maximumEvaluations)
      var position = start
      var value = 0.0
      return nlopt_optimize(handle, &position, &value)
    }
    if let failure { throw failure }
    if best == nil {
      // Nothing feasible was tried: the start itself is.
      best = (start, try payoff.value(at: start))
      result = NLOPT_FAILURE
    }
    let (point, value) = best ?? (start, -.infinity)
    let settled = result == NLOPT_SUCCESS || result == NLOPT_FTOL_REACHED || result == NLOPT_XTOL_REACHED
    return Maximum(point: point, value: value, evaluations: evaluations, converged: settled)
  }

  private func prepare(
    _ handle: nlopt_opt, _ constraints: [LinearConstraint], _ tolerance: Double, _ maximumEvaluations: Int
  ) throws {
    let reference = Unmanaged.passUnretained(self).toOpaque()
    let algorithm = nlopt_get_algorithm(handle)
    // Two equal values in a row mean convergence only to algorithms that know the slope.
    let usesDerivatives = algorithm == NLOPT_LD_SLSQP || algorithm == NLOPT_LD_LBFGS
    let objective: nlopt_func = { _, point, gradient, reference in
      guard let point, let reference else { return 0 }
      return Unmanaged<NLoptSearch>.fromOpaque(reference).takeUnretainedValue().evaluate(point, gradient)
    }
    var outcomes = [
      nlopt_set_lower_bounds(handle, set.lowerBounds), nlopt_set_upper_bounds(handle, set.upperBounds),
      nlopt_set_max_objective(handle, objective, reference),
      nlopt_set_xtol_rel(handle, tolerance), nlopt_set_ftol_rel(handle, usesDerivatives ? 1e-15 : 0),
      nlopt_set_xtol_abs(handle, set.lowerBounds.indices.map { 1e-3 * tolerance * set.width($0) }),
      nlopt_set_maxeval(handle, Int32(clamping: maximumEvaluations)),
      nlopt_set_initial_step(handle, set.lowerBounds.indices.map { max(0.1 * set.width($0), 1e-12) }),
    ]
    outcomes += constraints.map { $0.add(to: handle) }
    guard outcomes.allSatisfy({ $0.rawValue > 0 }) else {
      let reason = nlopt_get_errmsg(handle).map { String(cString: $0) } ?? "the algorithm does not take its constraints"
      throw SolverError(
        .invalidParameter, "NLopt refused the search: \(reason)",
        hint: "over simplices and budgets use SLSQP or COBYLA")
    }
  }

  private func evaluate(_ x: UnsafePointer<Double>, _ gradient: UnsafeMutablePointer<Double>?) -> Double {
    guard failure == nil else { return best?.value ?? Self.worst }
    do {
      try cancellation.check()
      // A degenerate subproblem of SLSQP can send it nowhere: that ends the run, not the search.
      guard point.indices.allSatisfy({ x[$0].isFinite }) else {
        nlopt_force_stop(handle)
        return best?.value ?? Self.worst
      }
      for index in point.indices {
        // Derivative-free algorithms and rounding may leave the bounds by a hair.
        point[index] = min(max(x[index], set.lowerBounds[index]), set.upperBounds[index])
      }
      evaluations += 1
      let value = try payoff.value(at: point)
      if let gradient {
        try payoff.gradient(at: point, of: point.indices, into: &slopes)
        evaluations += payoff.derivativeSource == .exact ? 0 : 2 * point.count
        for index in point.indices {
          let slope = slopes[index]
          gradient[index] = slope.isNaN ? 0 : min(max(slope, -Self.steepest), Self.steepest)
        }
      }
      if value > best?.value ?? -.infinity, set.isBox || set.contains(point, tolerance: 1e-9) { best = (point, value) }
      return max(value, Self.worst)
    } catch {
      failure = error
      nlopt_force_stop(handle)
      return best?.value ?? Self.worst
    }
  }
}
