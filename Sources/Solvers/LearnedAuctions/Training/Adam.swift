/// Adam, with its moments.
///
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1.
struct Adam<Number: BinaryFloatingPoint & BitwiseCopyable> {
  private let mean: ProfileBuffer<Number>
  private let square: ProfileBuffer<Number>
  private let decay: (mean: Double, square: Double)
  private let epsilon: Double
  private var steps = 0

  init(count: Int, decay: (mean: Double, square: Double) = (0.9, 0.999), epsilon: Double = 1e-8) {
    mean = ProfileBuffer(count: count, zero: 0)
    square = ProfileBuffer(count: count, zero: 0)
    self.decay = decay
    self.epsilon = epsilon
  }

  mutating func step(
    _ weights: UnsafeMutablePointer<Number>, gradient: UnsafePointer<Number>, learningRate: Double
  ) {
    steps += 1
    let (first, second) = (Number(decay.mean), Number(decay.square))
    let meanScale = Number(learningRate / (1 - Self.power(decay.mean, steps)))
    let squareScale = Number(1 / (1 - Self.power(decay.square, steps)))
    let floor = Number(epsilon)
    let (means, squares) = (mean.base, square.base)
    for index in 0..<mean.count {
      let slope = gradient[index]
      means[index] = first * means[index] + (1 - first) * slope
      squares[index] = second * squares[index] + (1 - second) * slope * slope
      weights[index] -= meanScale * means[index] / ((squares[index] * squareScale).squareRoot() + floor)
    }
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, factor, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      factor *= factor
      rest >>= 1
    }
    return result
  }
}

/// Adam on a list of weights, as a function: for users who want to follow it step by step.
///
/// - Parameter gradients: one list per step.
/// - Throws: `LengthMismatch`, `NonFinite`, `NonPositive`, `OutOfRange`.
public func adamSteps(
  weights: [Double], gradients: [[Double]], learningRate: Double, decay: (mean: Double, square: Double) = (0.9, 0.999),
  epsilon: Double = 1e-8
) throws -> [Double] {
  try EdgeError.checkPositive(["learning rate": learningRate, "epsilon": epsilon])
  for value in [decay.mean, decay.square] where !(0..<1).contains(value) {
    throw EdgeError.outOfRange("moments' decay", given: "\(value)", allowed: "at least 0 and below 1")
  }
  var weights = weights
  for value in weights { try EdgeError.checkFinite(["weight": value]) }
  var adam = Adam<Double>(count: weights.count, decay: decay, epsilon: epsilon)
  for gradient in gradients {
    guard gradient.count == weights.count else {
      throw EdgeError.sizeMismatch("entries of a gradient", given: gradient.count, expected: weights.count)
    }
    for value in gradient { try EdgeError.checkFinite(["gradient": value]) }
    weights.withUnsafeMutableBufferPointer { weights in
      gradient.withUnsafeBufferPointer { gradient in
        guard let place = weights.baseAddress, let slopes = gradient.baseAddress else { return }
        adam.step(place, gradient: slopes, learningRate: learningRate)
      }
    }
  }
  return weights
}
