/// What a network is made of: the shape of an example, the layers, and the loss that it is trained by.
///
/// All parameters stand in one array: what is trained, layer by layer, weights before biases, and after all that the
/// running averages of batch normalisation. Averaging, hashing, signing and noise are therefore loops over one array,
/// and know nothing of layers.
public struct Architecture: Equatable, Sendable {
  public let input: FeatureShape
  public let layers: [Layer]
  public let loss: Loss
  let placed: [PlacedLayer]
  /// Numbers that are trained: the first part of the parameters.
  public let trainableCount: Int
  public let parameterCount: Int

  /// - Throws: `EmptyInput` without a layer; `InvalidParameter` and `ShapeMismatch`, which name the layer.
  public init(input: FeatureShape, layers: [Layer], loss: Loss = .crossEntropy) throws {
    let check = ArgumentCheck("network")
    try check.nonEmpty(layers, "layers")
    let extents = [input.channels, input.rows, input.columns]
    try check.domain(
      extents.allSatisfy { (1...1 << 20).contains($0) } && input.count <= 1 << 24, "input",
      given: extents.map(String.init).joined(separator: "x"),
      allowed: "channels, rows and columns of at least 1, and at most 2^24 numbers in all")
    self.input = input
    self.layers = layers
    self.loss = loss
    var placement = LayerPlacement()
    placed = try placement.place(layers, after: input)
    trainableCount = placement.parameterCount
    try check.domain(
      trainableCount > 0, "layers", given: layers.map(\.name).joined(separator: ", "),
      allowed: "at least one with weights, such as dense")
    parameterCount = placement.parameterCount + placement.bufferCount
  }

  /// A multilayer perceptron: dense layers of the given widths, input first, with rectified linear units between them.
  /// - Throws: `EmptyInput`; `InvalidParameter` unless there are two widths or more, all of at least 1, and at most 2^28
  ///   parameters (a gigabyte).
  public init(widths: [Int]) throws {
    let check = ArgumentCheck("network")
    try check.nonEmpty(widths, "widths")
    let text = widths.map(String.init).joined(separator: "-")
    try check.domain(widths.count >= 2, "widths", given: text, allowed: "an input width and an output width at least")
    let fits = widths.allSatisfy { (1...1 << 24).contains($0) }
    let total = zip(widths, widths.dropFirst()).reduce(0.0) { $0 + (Double($1.0) + 1) * Double($1.1) }
    try check.domain(
      fits && total <= Double(LayerPlacement.largestParameterCount), "widths", given: text,
      allowed: "widths of at least 1, and at most 2^28 parameters")
    let layers = widths.dropFirst().map { Layer.dense(outputs: $0) }
    try self.init(
      input: FeatureShape(channels: widths[0]),
      layers: Array(layers.map { [$0] }.joined(separator: [.activation(.relu)])))
  }

  public var output: FeatureShape { placed.last?.output ?? input }
  /// Numbers of an example.
  public var inputs: Int { input.count }
  /// Scores of an example, one for each class.
  public var outputs: Int { output.count }

  /// Every layer, those inside others too.
  var allPlaced: [PlacedLayer] { placed.flatMap(\.flattened) }

  /// Whether an example's gradient depends on the others in its batch.
  public var mixesSamples: Bool {
    allPlaced.contains { if case .batchNormalisation = $0.layer { true } else { false } }
  }

  /// The widths of dense layers with rectified linear units between them; nil for any other network.
  public var perceptronWidths: [Int]? {
    var widths = [input.count]
    for (index, layer) in layers.enumerated() {
      switch layer {
      case .dense(let outputs) where index % 2 == 0: widths.append(outputs)
      case .activation(.relu) where index % 2 == 1: break
      default: return nil
      }
    }
    return input.isFlat && layers.count % 2 == 1 ? widths : nil
  }
}

extension Architecture: CustomStringConvertible {
  public var description: String {
    if let widths = perceptronWidths { return widths.map(String.init).joined(separator: "-") }
    return "\(input) > " + layers.map(\.description).joined(separator: " > ")
  }
}

/// Written as what it is made of, and put together anew, with all checks, when read.
extension Architecture: Codable {
  private enum Key: String, CodingKey { case input, layers, loss }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    try self.init(
      input: values.decode(FeatureShape.self, forKey: .input), layers: values.decode([Layer].self, forKey: .layers),
      loss: values.decode(Loss.self, forKey: .loss))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(input, forKey: .input)
    try values.encode(layers, forKey: .layers)
    try values.encode(loss, forKey: .loss)
  }
}
