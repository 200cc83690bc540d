import Tensor

/// The mean of models weighted by the data behind them: FedAvg (McMahan, Moore, Ramage, Hampson, Agüera y Arcas,
/// "Communication-efficient learning of deep networks from decentralized data", AISTATS 2017; PMS-AM section 3.1).
public enum FederatedAverage {
  /// - Parameters:
  ///   - models: the parameters of each model, all of one length.
  ///   - sizes: how many samples stand behind each; models with 0 have no weight.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter` for a negative size, `UndefinedRatio`
  ///   when all sizes are 0.
  public static func average(models: [[Double]], sizes: [Double]) throws -> [Double] {
    let check = ArgumentCheck("fedavg")
    try check.nonEmpty(models, "models")
    for model in models { try check.nonEmpty(model, "a model") }
    try check.nonEmpty(sizes, "sizes")
    try check.shape(
      models.count == sizes.count, expected: "a size for each of \(models.count) models", given: "\(sizes.count)")
    try check.shape(
      models.allSatisfy { $0.count == models[0].count }, expected: "models of one length",
      given: "lengths \(models.map(\.count))")
    for model in models { try check.finite(model, "a model") }
    let weights = try weights(of: sizes)
    var result = [Double](repeating: 0, count: models[0].count)
    for (model, weight) in zip(models, weights) {
      for index in result.indices { result[index] += weight * model[index] }
    }
    return result
  }

  /// The same for parameters in single precision; sums are in double precision, in the models' order.
  /// - Throws: as above; the models are known to be of one length.
  static func average(parameters models: [[Float]], sizes: [Int]) throws -> [Float] {
    let weights = try weights(of: sizes.map { Double($0) })
    var sums = [Double](repeating: 0, count: models.first?.count ?? 0)
    for (model, weight) in zip(models, weights) {
      for index in sums.indices { sums[index] += weight * Double(model[index]) }
    }
    return sums.map { Float($0) }
  }

  private static func weights(of sizes: [Double]) throws -> [Double] {
    let check = ArgumentCheck("fedavg")
    try check.finite(sizes, "sizes")
    for size in sizes { try check.domain(size >= 0, "size", given: size, allowed: "a number of at least 0") }
    let total = sizes.reduce(0, +)
    guard total > 0 else {
      throw NumericError.undefinedRatio(function: "fedavg", because: "all sizes are 0, so no model has a weight")
    }
    return sizes.map { $0 / total }
  }
}
