/// Everything that a network needs to run on one thread, set aside once: parameters, their velocity and gradient, and
/// the activations and deltas of one batch. Passes over batches allocate nothing.
final class NetworkWorkspace {
  let architecture: MultilayerPerceptron.Architecture
  let batchCapacity: Int

  let parameters: AlignedBuffer
  let velocity: AlignedBuffer
  let gradient: AlignedBuffer
  /// Element 0 is the batch itself; element l the output of layer l - 1, after its rectifier.
  let activations: [AlignedBuffer]
  /// Element l is the loss's derivative with respect to what layer l computes, before its rectifier.
  let deltas: [AlignedBuffer]
  private let labels: UnsafeMutablePointer<UInt8>
  /// The weights of one layer with rows and columns exchanged, to carry deltas backward.
  private let transposed: AlignedBuffer
  private let scratch = ProductScratch()
  private(set) var batch = 0

  init(architecture: MultilayerPerceptron.Architecture, batchCapacity: Int) {
    self.architecture = architecture
    self.batchCapacity = max(batchCapacity, 1)
    let capacity = self.batchCapacity
    parameters = AlignedBuffer(count: architecture.parameterCount)
    velocity = AlignedBuffer(count: architecture.parameterCount)
    gradient = AlignedBuffer(count: architecture.parameterCount)
    activations = architecture.widths.map { AlignedBuffer(count: $0 * capacity) }
    deltas = architecture.layers.map { AlignedBuffer(count: $0.outputs * capacity) }
    transposed = AlignedBuffer(count: architecture.layers.dropFirst().map { $0.inputs * $0.outputs }.max() ?? 0)
    labels = .allocate(capacity: capacity)
    labels.initialize(repeating: 0, count: capacity)
  }

  deinit {
    labels.deallocate()
  }

  /// Takes examples `places[first..<first + count]` as the batch; `places` nil means the examples themselves.
  /// - Precondition: `count <= batchCapacity`, all places exist, and labels are below the number of outputs.
  func load(_ samples: Samples, places: [Int32]?, first: Int, count: Int) {
    batch = count
    for row in 0..<count {
      let sample = places.map { Int($0[first + row]) } ?? first + row
      samples.load(sample, into: activations[0].base + row * architecture.inputs)
      labels[row] = samples.labels[sample]
    }
  }

  /// Runs the batch through the network; the last activation then holds the scores of the classes.
  func forward() {
    for (index, layer) in architecture.layers.enumerated() {
      let output = activations[index + 1].base
      MatrixProduct.compute(
        rows: batch, columns: layer.outputs, inner: layer.inputs,
        left: LeftFactor(base: activations[index].base, rowStride: layer.inputs, innerStride: 1),
        right: parameters.base + layer.weightOffset, start: parameters.base + layer.biasOffset, result: output,
        scratch: scratch)
      if index + 1 < architecture.layers.count { Rectifier.forward(output, count: batch * layer.outputs) }
    }
  }

  /// The loss of the batch and its derivative with respect to the scores, each sample weighted by `weight`.
  func measure(weight: Float) -> (loss: Double, correct: Int) {
    let scores = activations[architecture.layers.count].base
    let last = deltas[architecture.layers.count - 1].base
    last.update(from: scores, count: batch * architecture.outputs)
    return CrossEntropy.backward(
      batch: batch, classes: architecture.outputs, scores: last, labels: labels, weight: weight)
  }

  /// Carries the deltas from the scores back to the first layer.
  func propagateDeltas() {
    for index in architecture.layers.indices.dropFirst().reversed() {
      let layer = architecture.layers[index]
      transpose(layer)
      MatrixProduct.compute(
        rows: batch, columns: layer.inputs, inner: layer.outputs,
        left: LeftFactor(base: deltas[index].base, rowStride: layer.outputs, innerStride: 1),
        right: transposed.base, start: nil, result: deltas[index - 1].base, scratch: scratch)
      Rectifier.backward(deltas[index - 1].base, output: activations[index].base, count: batch * layer.inputs)
    }
  }

  /// The gradient of the parameters from activations and deltas, the sum over the batch.
  func computeGradient() {
    for (index, layer) in architecture.layers.enumerated() {
      let delta = deltas[index].base
      MatrixProduct.compute(
        rows: layer.inputs, columns: layer.outputs, inner: batch,
        left: LeftFactor(base: activations[index].base, rowStride: 1, innerStride: layer.inputs), right: delta,
        start: nil, result: gradient.base + layer.weightOffset, scratch: scratch)
      let bias = gradient.base + layer.biasOffset
      bias.update(repeating: 0, count: layer.outputs)
      for row in 0..<batch {
        for column in 0..<layer.outputs { bias[column] += delta[row * layer.outputs + column] }
      }
    }
  }

  private func transpose(_ layer: MultilayerPerceptron.Architecture.Layer) {
    let weights = parameters.base + layer.weightOffset
    for row in 0..<layer.inputs {
      for column in 0..<layer.outputs {
        transposed.base[column * layer.inputs + row] = weights[row * layer.outputs + column]
      }
    }
  }
}

/// The rectified linear unit, max(0, x).
enum Rectifier {
  static func forward(_ values: UnsafeMutablePointer<Float>, count: Int) {
    for index in 0..<count where values[index] < 0 { values[index] = 0 }
  }

  /// Stops the deltas where the unit gave 0.
  static func backward(_ deltas: UnsafeMutablePointer<Float>, output: UnsafePointer<Float>, count: Int) {
    for index in 0..<count where output[index] <= 0 { deltas[index] = 0 }
  }
}
