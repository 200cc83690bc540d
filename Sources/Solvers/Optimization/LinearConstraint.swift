import CNLopt

/// weights . x <= limit, or = limit, over some coordinates, in the form that NLopt asks for.
final class LinearConstraint {
  private let range: Range<Int>
  private let weights: [Double]
  private let limit: Double
  private let isEquation: Bool

  /// Nil for a part that its bounds describe.
  init?(_ part: StrategySet.Part) {
    range = part.range
    switch part.kind {
    case .box, .integers: return nil
    case .simplex(let total):
      weights = [Double](repeating: 1, count: part.range.count)
      limit = total
      isEquation = true
    case .budget(let prices, let budget):
      weights = prices
      limit = budget
      isEquation = false
    }
  }

  /// Registers the constraint; it must outlive the handle's use.
  func add(to handle: nlopt_opt) -> nlopt_result {
    let reference = Unmanaged.passUnretained(self).toOpaque()
    let excess: nlopt_func = { count, point, gradient, reference in
      guard let point, let reference else { return 0 }
      let constraint = Unmanaged<LinearConstraint>.fromOpaque(reference).takeUnretainedValue()
      return constraint.excess(point, gradient, count: Int(count))
    }
    let tolerance = 1e-10 * max(1, abs(limit))
    return isEquation
      ? nlopt_add_equality_constraint(handle, excess, reference, tolerance)
      : nlopt_add_inequality_constraint(handle, excess, reference, tolerance)
  }

  private func excess(
    _ point: UnsafePointer<Double>, _ gradient: UnsafeMutablePointer<Double>?, count: Int
  ) -> Double {
    gradient?.update(repeating: 0, count: count)
    var cost = -limit
    for (index, coordinate) in range.enumerated() {
      cost += weights[index] * point[coordinate]
      gradient?[coordinate] = weights[index]
    }
    return cost
  }
}
