import Core
import Solvers

/// Small networks as plain tables: a list of layers with weights, one row per output, and biases.
enum PerceptronText {
  static func json(_ network: Perceptron) -> JSON {
    .array(
      network.layers.map { layer in
        .object([
          "weights": .array(layer.weights.map { .array($0.map { .number($0) }) }),
          "biases": .array(layer.biases.map { .number($0) }),
        ])
      })
  }

  static func value(_ network: Perceptron) -> LuaValue { JSONText.value(json(network)) }

  /// - Throws: `InvalidParameter` naming the place that is no layer.
  static func network(_ json: JSON?, _ name: String) throws -> Perceptron {
    guard let layers = json?.array else {
      throw ScriptError.invalidParameter("'\(name)' must be a list of layers, { weights = ..., biases = ... }")
    }
    return Perceptron(
      layers: try layers.enumerated().map { place, layer in
        let words = "'\(name)[\(place + 1)]'"
        guard let weights = layer["weights"]?.array.flatMap(rows), let biases = layer["biases"].flatMap(numbers) else {
          throw ScriptError.invalidParameter(
            "\(words) must have weights, a list of rows of numbers, and biases, a list")
        }
        return Perceptron.Layer(weights: weights, biases: biases)
      })
  }

  private static func rows(_ rows: [JSON]) -> [[Double]]? {
    let read = rows.compactMap(numbers)
    return read.count == rows.count ? read : nil
  }

  static func numbers(_ json: JSON) -> [Double]? {
    guard let elements = json.array else { return nil }
    let read = elements.compactMap(number)
    return read.count == elements.count ? read : nil
  }

  static func number(_ json: JSON) -> Double? {
    switch json {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }
}
