/// Everything that a network needs to run on one thread, set aside once: parameters, their gradient, and what flows
/// between its stages. Passes over batches allocate nothing.
final class NetworkWorkspace {
  let architecture: Architecture
  let batchCapacity: Int

  let parameters: AlignedBuffer
  let gradient: AlignedBuffer
  let optimiser: OptimiserState
  /// Example by example.
  let input: Signal
  let stages: [any Stage]
  let chance = Chance(stream: RandomStream(seed: 0, purpose: "dropout"))
  private let labels: UnsafeMutablePointer<UInt8>
  /// Of each sample of a batch, how long its gradient is, and then by what to multiply it.
  private let sampleLengths: AlignedBuffer
  private(set) var batch = 0
  private var isTraining = true

  init(architecture: Architecture, batchCapacity: Int) {
    self.architecture = architecture
    self.batchCapacity = max(batchCapacity, 1)
    let capacity = self.batchCapacity
    parameters = AlignedBuffer(count: architecture.parameterCount)
    gradient = AlignedBuffer(count: architecture.parameterCount)
    optimiser = OptimiserState(count: architecture.trainableCount)
    input = Signal(shape: architecture.input, layout: .sampleMajor, capacity: capacity, hasDeltas: false)
    stages = StagePlanner(
      capacity: capacity, trainableCount: architecture.trainableCount, scratch: ProductScratch()
    ).plan(architecture.placed, input: input)
    sampleLengths = AlignedBuffer(count: capacity)
    labels = .allocate(capacity: capacity)
    labels.initialize(repeating: 0, count: capacity)
  }

  deinit {
    labels.deallocate()
  }

  private var output: Signal { stages.last?.output ?? input }

  private func pass(isSplit: Bool = false) -> Pass {
    Pass(
      batch: batch, parameters: parameters.base, gradient: gradient.base, isTraining: isTraining, isSplit: isSplit,
      chance: chance)
  }

  /// Takes examples `places[first..<first + count]` as the batch; `places` nil means the examples themselves.
  /// - Precondition: `count <= batchCapacity`, all places exist, and labels are below the number of outputs.
  func load(_ samples: Samples, places: [Int32]?, first: Int, count: Int, variation: ExampleVariation? = nil) {
    batch = count
    for row in 0..<count {
      let sample = places.map { Int($0[first + row]) } ?? first + row
      let place = input.values.base + row * architecture.inputs
      if let variation {
        variation.load(sample, of: samples, into: place, stream: &chance.stream)
      } else {
        samples.load(sample, into: place)
      }
      labels[row] = samples.labels[sample]
    }
  }

  /// Runs the batch through the network; the output then holds the scores of the classes.
  func forward(isTraining: Bool) {
    self.isTraining = isTraining
    let pass = pass()
    for stage in stages { stage.forward(pass) }
  }

  /// The loss of the batch, each sample weighted by `weight`, and its derivatives with respect to the scores.
  func measure(weight: Float) -> (loss: Double, correct: Int) {
    guard let deltas = output.deltas else { return (0, 0) }
    deltas.base.update(from: output.values.base, count: batch * architecture.outputs)
    switch architecture.loss {
    case .crossEntropy:
      return CrossEntropy.backward(
        batch: batch, classes: architecture.outputs, scores: deltas.base, labels: labels, weight: weight)
    case .meanSquaredError:
      return SquaredError.backward(
        batch: batch, classes: architecture.outputs, scores: deltas.base, labels: labels, weight: weight)
    }
  }

  /// The gradient of all parameters from the derivatives at the scores, the sum over the batch.
  func backward() {
    let pass = pass()
    for stage in stages.reversed() {
      stage.computeGradient(pass)
      stage.propagate(pass)
    }
  }

  /// The same, with each sample's own gradient shortened to `bound` where it is longer.
  ///
  /// Deltas go back through all stages first. They tell how long each sample's gradient is, without writing it down, and
  /// carry the factor by which to shorten it, since scaling a sample's deltas scales its gradient.
  ///
  /// - Parameter bound: in the deltas' own scale: if they are divided by the batch size, so is the bound.
  /// - Precondition: no stage mixes samples.
  func backward(clippingEachTo bound: Float, norm: GradientNorm) {
    let pass = pass(isSplit: true)
    for stage in stages.reversed() { stage.propagate(pass) }
    sampleLengths.clear()
    for stage in stages { stage.addSampleLengths(pass, norm: norm, to: sampleLengths.base) }
    var isLong = false
    for sample in 0..<batch {
      let length = norm.norm(ofLength: sampleLengths.base[sample])
      isLong = isLong || length > bound
      sampleLengths.base[sample] = length > bound ? bound / length : 1
    }
    if isLong { for stage in stages { stage.scaleDeltas(pass, by: sampleLengths.base) } }
    for stage in stages { stage.computeGradient(pass) }
  }
}
