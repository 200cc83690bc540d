import Solvers

/// The workers of an edge server as options: a list for each of their properties, or one number for all.
enum WorkerOptions {
  static let sizes = Parameter.numbers("sizes", "d: each worker's samples", unit: "samples", scalar: true)
  static let emds = Parameter.numbers(
    "emds", "theta: the EMD of each worker's labels and the task's, at most 2; above 0 to be paid", scalar: true)
  static let weight = Parameter.numbers(
    "emd_weight", "kappa: how strongly the reward falls in the EMD, above 0", scalar: true, default: [1],
    defaultText: "1")
  static let sampleCost = Parameter.numbers(
    "sample_cost", "gamma: of a sample, at least 0", unit: "money", scalar: true)
  static let computationPrice = Parameter.numbers(
    "computation_price", "beta: of one pass over a sample by one unit of the model at a resource of 1, above 0",
    unit: "money", scalar: true)
  static let modelSize = Parameter.numbers(
    "model_size", "M, above 0", scalar: true, default: [0.5], defaultText: "0.5")
  static let localIterations = Parameter.numbers(
    "local_iterations", "delta_l, above 0", scalar: true, default: [5], defaultText: "5")
  static let rounds = Parameter.numbers("rounds", "delta_g, above 0", scalar: true, default: [100], defaultText: "100")
  static let power = Parameter.numbers("power", "P: of transmission, at least 0", scalar: true)
  static let rate = Parameter.numbers("rate", "R: of transmission, above 0", scalar: true)
  static let energyPrice = Parameter.numbers(
    "energy_price", "phi: of transmission, at least 0", unit: "money", scalar: true)

  static let price = Parameter<Double>.number("price", "p, at least 0", unit: "money")
  static let largestResource = Parameter<Double>.number("max_resource", "the most that a device has, above 0")
    .optional("no limit")

  /// What data and a reward need.
  static let data: [Parameter<[Double]>] = [sizes, emds, weight]
  /// What the work consists of.
  static let work: [Parameter<[Double]>] = [computationPrice, modelSize, localIterations, rounds]
  /// What transmission and data cost.
  static let fixed: [Parameter<[Double]>] = [sampleCost, power, rate, energyPrice]
  static var all: [Parameter<[Double]>] { data + [sampleCost] + work + [power, rate, energyPrice] }

  /// The workers that the given options describe; what is not among the options counts as nothing.
  /// - Throws: `LengthMismatch`.
  static func workers(_ arguments: Arguments, _ options: [Parameter<[Double]>] = all) throws -> [EdgeWorker] {
    let columns = options.map { (name: $0.name, values: arguments[$0]) }
    let count = columns.first { $0.values.count != 1 }?.values.count ?? 1
    for column in columns where column.values.count != 1 && column.values.count != count {
      throw EdgeError.lengthMismatch(column.name, given: column.values.count, expected: count)
    }
    let values = Dictionary(columns.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    return (0..<count).map { worker in
      func value(_ parameter: Parameter<[Double]>, or absent: Double) -> Double {
        guard let list = values[parameter.name] else { return absent }
        return list.count == 1 ? list[0] : list[worker]
      }
      return EdgeWorker(
        samples: value(sizes, or: 1), distance: value(emds, or: 1), distanceWeight: value(weight, or: 1),
        sampleCost: value(sampleCost, or: 0), computationPrice: value(computationPrice, or: 1),
        modelSize: value(modelSize, or: 1), localIterations: value(localIterations, or: 1),
        rounds: value(rounds, or: 1), power: value(power, or: 0), rate: value(rate, or: 1),
        energyPrice: value(energyPrice, or: 0))
    }
  }
}
