import Tensor

/// Edge servers to try claims on: one of four devices in plain numbers, and devices drawn at random around them.
enum TrialEdgeMarket {
  /// A data rate and a value for tens of samples, so that the numbers can be read.
  static var quality: DataQuality {
    var quality = DataQuality()
    quality.dataRate = 0.01
    quality.value = 10
    return quality
  }

  static let fourDevices = [
    worker(23, 1.009, 0.529, 0.00925, 0.00322, 1.229, 0.0431), worker(26, 0.814, 1.673, 0.00315, 0.0086, 1.421, 0.1341),
    worker(35, 1.015, 0.708, 0.00676, 0.00671, 1.7, 0.0428), worker(36, 0.549, 1.899, 0.00607, 0.00284, 1.136, 0.0905),
  ]

  static func server(_ workers: [EdgeWorker] = fourDevices, gas: Double = 0.01) -> EdgeServer {
    EdgeServer(workers: workers, quality: quality, gasPerWorker: gas)
  }

  static func worker(_ stream: inout RandomStream) -> EdgeWorker {
    worker(
      stream.uniform(20, 40).rounded(), stream.uniform(0.2, 1.6), stream.uniform(0.5, 2), stream.uniform(0.003, 0.01),
      stream.uniform(0.002, 0.009), stream.uniform(0.5, 2), stream.uniform(0.04, 0.14))
  }

  private static func worker(
    _ samples: Double, _ distance: Double, _ weight: Double, _ sampleCost: Double, _ computationPrice: Double,
    _ power: Double, _ energyPrice: Double
  ) -> EdgeWorker {
    EdgeWorker(
      samples: samples, distance: distance, distanceWeight: weight, sampleCost: sampleCost,
      computationPrice: computationPrice, modelSize: 0.5, localIterations: 2, rounds: 10, power: power, rate: 20,
      energyPrice: energyPrice)
  }
}
