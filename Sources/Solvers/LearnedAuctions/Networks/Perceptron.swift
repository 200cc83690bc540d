/// A small network of dense layers: tanh after every layer but the last.
public struct Perceptron: Equatable, Sendable {
  /// outputs = weights * inputs + biases.
  public struct Layer: Equatable, Sendable {
    /// One row per output.
    public var weights: [[Double]]
    public var biases: [Double]

    public init(weights: [[Double]], biases: [Double]) {
      self.weights = weights
      self.biases = biases
    }
  }

  public var layers: [Layer]

  public init(layers: [Layer]) { self.layers = layers }

  /// How many numbers stand before, between and after the layers.
  var widths: [Int] { [layers.first?.weights.first?.count ?? 0] + layers.map(\.biases.count) }

  /// - Throws: `EmptyInput`, `LengthMismatch`, `NonFinite`.
  func check(_ name: String, inputs: Int, outputs: Int) throws {
    guard !layers.isEmpty else { throw EdgeError.emptyInput("\(name) network") }
    var width = inputs
    for (place, layer) in layers.enumerated() {
      let words = "layer \(place + 1) of the \(name) network"
      guard !layer.biases.isEmpty else { throw EdgeError.emptyInput(words) }
      guard layer.weights.count == layer.biases.count else {
        throw EdgeError.sizeMismatch("rows of \(words)", given: layer.weights.count, expected: layer.biases.count)
      }
      for row in layer.weights {
        guard row.count == width else {
          throw EdgeError.sizeMismatch("columns of \(words)", given: row.count, expected: width)
        }
        for value in row { try EdgeError.checkFinite([words: value]) }
      }
      for value in layer.biases { try EdgeError.checkFinite([words: value]) }
      width = layer.biases.count
    }
    guard width == outputs else {
      throw EdgeError.sizeMismatch("outputs of the \(name) network", given: width, expected: outputs)
    }
  }
}
