/// A fully connected network with rectified linear units between its layers: 784-64-10, say.
///
/// All parameters stand in one array, layer by layer: the weights, row by input and column by output, then the biases.
/// Averaging, hashing, signing and noise are therefore loops over one array, and know nothing of layers.
public struct MultilayerPerceptron: Equatable, Sendable {
  public let architecture: Architecture
  public var parameters: [Float]

  /// A network whose weights and biases are uniform in plus or minus 1/sqrt(inputs): the usual start of dense layers,
  /// which is He's uniform rule with slope sqrt(5) (He, Zhang, Ren, Sun, ICCV 2015).
  public init(architecture: Architecture, stream: inout RandomStream) {
    self.architecture = architecture
    parameters = []
    parameters.reserveCapacity(architecture.parameterCount)
    for layer in architecture.layers {
      let bound = 1 / Double(layer.inputs).squareRoot()
      for _ in 0..<(layer.inputs + 1) * layer.outputs {
        parameters.append(Float(stream.uniform(-bound, bound)))
      }
    }
  }

  /// - Throws: `ShapeMismatch` unless there is a number for each parameter.
  public init(architecture: Architecture, parameters: [Float]) throws {
    try ArgumentCheck("network").shape(
      parameters.count == architecture.parameterCount,
      expected: "\(architecture.parameterCount) parameters for \(architecture)", given: "\(parameters.count)")
    self.architecture = architecture
    self.parameters = parameters
  }

  /// The widths of a network's layers, input first, and where each layer's parameters stand.
  public struct Architecture: Equatable, Sendable, CustomStringConvertible {
    public let widths: [Int]
    public let layers: [Layer]

    /// One dense layer: outputs = inputs * weights + biases.
    public struct Layer: Equatable, Sendable {
      public let inputs: Int
      public let outputs: Int
      public let weightOffset: Int
      public var biasOffset: Int { weightOffset + inputs * outputs }
      public var endOffset: Int { biasOffset + outputs }
    }

    /// - Throws: `EmptyInput`; `InvalidParameter` unless there are two widths or more, all of at least 1, and at most
    ///   2^28 parameters (a gigabyte).
    public init(widths: [Int]) throws {
      let check = ArgumentCheck("network")
      try check.nonEmpty(widths, "widths")
      let text = widths.map(String.init).joined(separator: "-")
      try check.domain(widths.count >= 2, "widths", given: text, allowed: "an input width and an output width at least")
      var layers: [Layer] = []
      var offset = 0
      for (inputs, outputs) in zip(widths, widths.dropFirst()) {
        let fits = (1...1 << 28).contains(inputs) && (1...1 << 28).contains(outputs)
        try check.domain(fits, "widths", given: text, allowed: "widths of at least 1, and at most 2^28 parameters")
        let layer = Layer(inputs: inputs, outputs: outputs, weightOffset: offset)
        offset = layer.endOffset
        try check.domain(offset <= 1 << 28, "widths", given: text, allowed: "at most 2^28 parameters")
        layers.append(layer)
      }
      self.widths = widths
      self.layers = layers
    }

    public var parameterCount: Int { layers.last?.endOffset ?? 0 }
    public var inputs: Int { widths.first ?? 0 }
    public var outputs: Int { widths.last ?? 0 }
    public var description: String { widths.map(String.init).joined(separator: "-") }
  }
}
