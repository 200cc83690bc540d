/// Carries tiles of profiles through one network, forward and backward.
///
/// What a tile leaves behind (the values of every layer, and later their deltas) stands in a region of lanes that the
/// caller gives; the same pass serves any number of regions.
struct PerceptronPass<Lanes: ProfileLanes> {
  typealias Number = Lanes.Number
  let layers: [PackedLayer]
  /// Where the values of each layer, and the deltas of each layer, begin in a region.
  private let valueStarts: [Int]
  private let deltaStarts: [Int]
  /// Lanes that a region needs.
  let regionCount: Int
  private let parameters: UnsafePointer<Number>
  /// Every layer's weights with rows and columns exchanged.
  private let transposed: [ProfileBuffer<Number>]

  init(layers: [PackedLayer], parameters: UnsafePointer<Number>) {
    self.layers = layers
    self.parameters = parameters
    var starts: [Int] = []
    var next = 0
    for layer in layers + layers {
      starts.append(next)
      next += layer.paddedOutputs
    }
    valueStarts = Array(starts[..<layers.count])
    deltaStarts = Array(starts[layers.count...])
    regionCount = next
    transposed = layers.map { ProfileBuffer(count: $0.transposedCount, zero: 0) }
  }

  /// What is recomputed when the parameters have changed.
  func refresh() {
    for (layer, buffer) in zip(layers, transposed) {
      for row in 0..<layer.outputs {
        for column in 0..<layer.inputs {
          buffer.base[layer.transposedPlace(row: row, column: column)] =
            parameters[layer.place(row: row, column: column)]
        }
      }
    }
  }

  @inline(__always)
  func outputs(_ region: UnsafeMutablePointer<Lanes>) -> UnsafeMutablePointer<Lanes> {
    region + valueStarts[layers.count - 1]
  }
  @inline(__always)
  func outputDeltas(_ region: UnsafeMutablePointer<Lanes>) -> UnsafeMutablePointer<Lanes> {
    region + deltaStarts[layers.count - 1]
  }

  /// The first layer before its tanh: `rows` of `layers[0].paddedOutputs`.
  func firstSums(_ inputs: UnsafePointer<Lanes>, to rows: UnsafeMutablePointer<Lanes>) {
    let layer = layers[0]
    for block in 0..<layer.blocks {
      var sums = EightRows<Lanes>(biases: parameters + layer.biasStart + 8 * block)
      sums.add(parameters + layer.start + 8 * layer.inputs * block, times: inputs, count: layer.inputs)
      sums.store(at: rows + 8 * block)
    }
  }

  /// All layers, from the sums of the first; of the last, only some rows.
  ///
  /// - Parameters:
  ///   - changes: how much the inputs in `changed` differ from those behind the sums.
  ///   - outputRows: which outputs are wanted.
  func forward(
    _ region: UnsafeMutablePointer<Lanes>, firstSums: UnsafePointer<Lanes>, changes: UnsafePointer<Lanes>,
    changed: Range<Int>, outputRows: Range<Int>
  ) {
    let first = layers[0]
    let isOnly = layers.count == 1
    for block in 0..<first.blocks {
      var sums = EightRows(at: firstSums + 8 * block)
      sums.add(
        parameters + first.start + 8 * (first.inputs * block + changed.lowerBound), times: changes, count: changed.count
      )
      if isOnly {
        sums.store(at: region + 8 * block)
      } else {
        sums.storeTangents(at: region + 8 * block)
      }
    }
    guard !isOnly else { return }
    for index in 1..<(layers.count - 1) { hidden(index, region) }
    last(region, outputRows)
  }

  private func hidden(_ index: Int, _ region: UnsafeMutablePointer<Lanes>) {
    let layer = layers[index]
    let inputs = region + valueStarts[index - 1]
    let outputs = region + valueStarts[index]
    for block in 0..<layer.blocks {
      var sums = EightRows<Lanes>(biases: parameters + layer.biasStart + 8 * block)
      sums.add(parameters + layer.start + 8 * layer.inputs * block, times: inputs, count: layer.inputs)
      sums.storeTangents(at: outputs + 8 * block)
    }
  }

  private func last(_ region: UnsafeMutablePointer<Lanes>, _ rows: Range<Int>) {
    let index = layers.count - 1
    let layer = layers[index]
    let inputs = region + valueStarts[index - 1]
    let outputs = region + valueStarts[index]
    if rows.count <= 2 {
      for row in rows {
        outputs[row] = Self.product(
          parameters + layer.place(row: row, column: 0), inputs, count: layer.inputs,
          start: parameters[layer.biasStart + row])
      }
      return
    }
    for block in (rows.lowerBound / 8)..<((rows.upperBound + 7) / 8) {
      var sums = EightRows<Lanes>(biases: parameters + layer.biasStart + 8 * block)
      sums.add(parameters + layer.start + 8 * layer.inputs * block, times: inputs, count: layer.inputs)
      sums.store(at: outputs + 8 * block)
    }
  }

  /// From the deltas of the output rows given (the others count as 0) to those of every layer before.
  func backward(_ region: UnsafeMutablePointer<Lanes>, outputRows: Range<Int>) {
    var index = layers.count - 1
    var rows = outputRows
    while index > 0 {
      let layer = layers[index]
      let before = layers[index - 1]
      let deltas = region + deltaStarts[index] + rows.lowerBound
      let results = region + deltaStarts[index - 1]
      let values = region + valueStarts[index - 1]
      for block in 0..<before.blocks {
        var sums = EightRows<Lanes>()
        sums.add(
          transposed[index].base + 8 * (layer.outputs * block + rows.lowerBound), times: deltas, count: rows.count)
        sums.storeSloped(values: values + 8 * block, at: results + 8 * block)
      }
      index -= 1
      rows = 0..<layers[index].outputs
    }
  }

  /// The derivative by one input, from the deltas of the first layer.
  @inline(__always)
  func inputDerivative(_ region: UnsafeMutablePointer<Lanes>, input: Int, outputRows: Range<Int>) -> Lanes {
    let layer = layers[0]
    let rows = layers.count == 1 ? outputRows : 0..<layer.outputs
    return Self.product(
      transposed[0].base + layer.transposedPlace(row: rows.lowerBound, column: input),
      region + deltaStarts[0] + rows.lowerBound, count: rows.count, start: 0)
  }

  /// Numbers that stand eight apart, times lanes that stand side by side; in four sums, whose chains overlap.
  @inline(__always)
  private static func product(
    _ numbers: UnsafePointer<Number>, _ lanes: UnsafePointer<Lanes>, count: Int, start: Number
  ) -> Lanes {
    var (a, b, c, d) = (Lanes(repeating: start), Lanes.zero, Lanes.zero, Lanes.zero)
    var index = 0
    while index + 4 <= count {
      a.add(numbers[8 * index], times: lanes[index])
      b.add(numbers[8 * index + 8], times: lanes[index + 1])
      c.add(numbers[8 * index + 16], times: lanes[index + 2])
      d.add(numbers[8 * index + 24], times: lanes[index + 3])
      index += 4
    }
    while index < count {
      a.add(numbers[8 * index], times: lanes[index])
      index += 1
    }
    return (a + b) + (c + d)
  }

  /// How the gradient of all parameters is found, summed over the profiles of regions whose deltas are known.
  ///
  /// - Parameters:
  ///   - regions: where this network's part of each begins.
  ///   - inputs: where the inputs of each begin.
  func plan(regions: [UnsafeMutablePointer<Lanes>], inputs: [UnsafeMutablePointer<Lanes>]) -> GradientPlan<Lanes> {
    GradientPlan(
      layers: layers.indices.map { index in
        GradientPlan.Part(
          layer: layers[index], values: index == 0 ? inputs : regions.map { $0 + valueStarts[index - 1] },
          deltas: regions.map { $0 + deltaStarts[index] })
      })
  }
}

extension PerceptronPass {
  /// Packs a network of these widths into a vector of parameters.
  func fill(_ parameters: UnsafeMutablePointer<Number>, from network: Perceptron) {
    for (layer, given) in zip(layers, network.layers) {
      for row in 0..<layer.outputs {
        for column in 0..<layer.inputs {
          parameters[layer.place(row: row, column: column)] = Number(given.weights[row][column])
        }
        parameters[layer.biasStart + row] = Number(given.biases[row])
      }
    }
  }

  /// Reads a network, or its gradient, from a vector that is laid out as the parameters are.
  func perceptron(_ numbers: UnsafePointer<Number>) -> Perceptron {
    Perceptron(
      layers: layers.map { layer in
        Perceptron.Layer(
          weights: (0..<layer.outputs).map { row in
            (0..<layer.inputs).map { Double(numbers[layer.place(row: row, column: $0)]) }
          },
          biases: (0..<layer.outputs).map { Double(numbers[layer.biasStart + $0]) })
      })
  }
}

/// Where the values and deltas of a network's layers stand, tile after tile.
struct GradientPlan<Lanes: ProfileLanes> {
  struct Part {
    let layer: PackedLayer
    let values: [UnsafeMutablePointer<Lanes>]
    let deltas: [UnsafeMutablePointer<Lanes>]
  }

  private let layers: [Part]
  /// Four rows of a layer each: what can be computed apart.
  let blocks: [(part: Int, row: Int)]

  init(layers: [Part]) {
    self.layers = layers
    blocks = layers.enumerated().flatMap { part, each in
      stride(from: 0, to: each.layer.outputs, by: 4).map { (part: part, row: $0) }
    }
  }

  func compute(block: Int, to gradient: UnsafeMutablePointer<Lanes.Number>) {
    let (part, row) = blocks[block]
    let each = layers[part]
    WeightGradient<Lanes>.compute(each.layer, row: row, values: each.values, deltas: each.deltas, to: gradient)
  }
}
