import Tensor

/// A device that trains for an edge server: its data and what work costs it.
///
/// Source: TBCIM table I, (29)-(31).
public struct EdgeWorker: Equatable, Sendable {
  /// d, above 0.
  public var samples: Double
  /// theta, the EMD of its labels and the task's, above 0 and at most 2: the reward divides by it.
  public var distance: Double
  /// kappa: how strongly the reward falls in the distance, above 0.
  public var distanceWeight: Double
  /// gamma: money per sample, at least 0.
  public var sampleCost: Double
  /// beta: money per pass over a sample, unit of the model and squared unit of the resource, above 0.
  public var computationPrice: Double
  /// M, above 0.
  public var modelSize: Double
  /// delta_l, above 0.
  public var localIterations: Double
  /// delta_g, above 0.
  public var rounds: Double
  /// P, at least 0.
  public var power: Double
  /// R, above 0.
  public var rate: Double
  /// phi: money per unit of energy, at least 0.
  public var energyPrice: Double

  public init(
    samples: Double, distance: Double, distanceWeight: Double = 1, sampleCost: Double, computationPrice: Double,
    modelSize: Double = 0.5, localIterations: Double = 5, rounds: Double = 100, power: Double, rate: Double,
    energyPrice: Double
  ) {
    self.samples = samples
    self.distance = distance
    self.distanceWeight = distanceWeight
    self.sampleCost = sampleCost
    self.computationPrice = computationPrice
    self.modelSize = modelSize
    self.localIterations = localIterations
    self.rounds = rounds
    self.power = power
    self.rate = rate
    self.energyPrice = energyPrice
  }

  /// A = delta_l delta_g M, what one sample is worked on.
  var workPerSample: Double { localIterations * rounds * modelSize }
  /// kappa theta, what the reward is divided by.
  var rewardDivisor: Double { distanceWeight * distance }

  /// What the costs need.
  func checkCosts() throws {
    try EdgeError.checkNonNegative([
      "number of samples": samples, "cost of a sample": sampleCost, "computation price": computationPrice,
      "model size": modelSize, "number of local iterations": localIterations, "number of rounds": rounds,
      "transmission power": power, "energy price": energyPrice,
    ])
    try EdgeError.checkPositive(["transmission rate": rate])
  }

  /// What the response to a price needs.
  func checkResponse() throws {
    try EdgeError.checkPositive([
      "number of samples": samples, "EMD of a paid worker": distance, "EMD weight": distanceWeight,
      "computation price": computationPrice, "model size": modelSize, "number of local iterations": localIterations,
      "number of rounds": rounds,
    ])
    try EdgeError.checkDistance(distance)
  }

  func check() throws {
    try checkResponse()
    try checkCosts()
  }

  static func check(_ workers: [EdgeWorker]) throws {
    for worker in workers { try worker.check() }
  }
}
