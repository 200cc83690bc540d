/// Gradient descent with heavy-ball momentum (Polyak 1964): v <- m v + g, then w <- w - lr v.
public enum StochasticGradientDescent {
  /// One step. PMS-AM section 3.1, with the momentum of its table 2.
  ///
  /// - Returns: the new parameters and the new velocity.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`; `InvalidParameter` unless `learningRate > 0` and momentum is
  ///   in [0, 1).
  public static func step(
    parameters: [Double], gradient: [Double], velocity: [Double], learningRate: Double, momentum: Double
  ) throws -> (parameters: [Double], velocity: [Double]) {
    let check = ArgumentCheck("sgd step")
    try check.nonEmpty(parameters, "parameters")
    try check.nonEmpty(gradient, "gradient")
    try check.nonEmpty(velocity, "velocity")
    try check.shape(
      gradient.count == parameters.count && velocity.count == parameters.count,
      expected: "parameters, gradient and velocity of one length",
      given: "\(parameters.count), \(gradient.count) and \(velocity.count)")
    for values in [parameters, gradient, velocity] { try check.finite(values, "parameters, gradient or velocity") }
    try check.finite(learningRate, "learning rate")
    try check.finite(momentum, "momentum")
    try check.domain(learningRate > 0, "learning rate", given: learningRate, allowed: "a number above 0")
    try check.domain(momentum >= 0 && momentum < 1, "momentum", given: momentum, allowed: "a number in [0, 1)")
    let newVelocity = zip(velocity, gradient).map { momentum * $0 + $1 }
    return (zip(parameters, newVelocity).map { $0 - learningRate * $1 }, newVelocity)
  }

  /// One step on a whole network, in one pass over memory.
  static func step(
    count: Int, parameters: UnsafeMutablePointer<Float>, velocity: UnsafeMutablePointer<Float>,
    gradient: UnsafePointer<Float>, learningRate: Float, momentum: Float
  ) {
    let rate = Lanes(repeating: learningRate)
    let keep = Lanes(repeating: momentum)
    var index = 0
    while index + Lanes.scalarCount <= count {
      let g = UnsafeRawPointer(gradient + index).loadUnaligned(as: Lanes.self)
      let v = UnsafeRawPointer(velocity + index).loadUnaligned(as: Lanes.self) * keep + g
      let w = UnsafeRawPointer(parameters + index).loadUnaligned(as: Lanes.self) - rate * v
      UnsafeMutableRawPointer(velocity + index).storeBytes(of: v, as: Lanes.self)
      UnsafeMutableRawPointer(parameters + index).storeBytes(of: w, as: Lanes.self)
      index += Lanes.scalarCount
    }
    while index < count {
      velocity[index] = momentum * velocity[index] + gradient[index]
      parameters[index] -= learningRate * velocity[index]
      index += 1
    }
  }
}
