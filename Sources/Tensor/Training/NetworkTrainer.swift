/// Trains one network on one thread by gradient steps, and allocates nothing in a step.
///
/// Not to be shared between threads: give each thread its own, and move models between them as `[Float]`.
public final class NetworkTrainer {
  let workspace: NetworkWorkspace
  /// The sum of clipped gradients, where each sample goes alone.
  private lazy var clippedSum = AlignedBuffer(count: workspace.gradient.count)
  private lazy var anchor = AlignedBuffer(count: workspace.parameters.count)
  private var correction = Correction()
  private var variation: ExampleVariation?

  /// What pulls a member's steps towards the federation.
  public struct Correction: Sendable, Equatable {
    /// mu of FedProx: mu times the distance from where training began is added to the gradient.
    public var proximal: Float
    /// Added to every gradient, such as the difference of SCAFFOLD's control variates; one number for each parameter.
    public var gradientShift: [Float]?

    public init(proximal: Float = 0, gradientShift: [Float]? = nil) {
      self.proximal = proximal
      self.gradientShift = gradientShift
    }
  }

  public init(architecture: Architecture, batchSize: Int) {
    workspace = NetworkWorkspace(architecture: architecture, batchCapacity: batchSize)
  }

  public var batchSize: Int { workspace.batchCapacity }

  /// Starts from a model, at rest.
  /// - Parameters:
  ///   - variation: how examples differ from what is stored, in training and where their gradients are measured.
  ///   - chance: where dropout and augmentation take their chance from.
  /// - Precondition: the model has this trainer's architecture, and a shift has a number for each parameter.
  public func begin(
    from model: Network, correction: Correction = Correction(), variation: ExampleVariation? = nil,
    chance: RandomStream? = nil
  ) {
    workspace.parameters.fill(from: model.parameters)
    workspace.optimiser.rest()
    self.correction = correction
    if correction.proximal != 0 { anchor.fill(from: model.parameters) }
    self.variation = variation.flatMap { $0.changesNothing ? nil : $0 }
    if let chance { workspace.chance.stream = chance }
  }

  public var parameters: [Float] { workspace.parameters.array }

  /// One step on the examples at `places[first..<first + count]`, a batch that may be smaller than the capacity.
  ///
  /// - Returns: the mean loss of the batch before the step; not a number once training has diverged.
  /// - Precondition: the batch fits, and its places and labels exist; see `checkFit(of:)`.
  @discardableResult
  public func step(
    _ samples: Samples, places: [Int32], first: Int, count: Int, options: Step, noise: inout RandomStream
  ) -> Double {
    guard count > 0 else { return 0 }
    let loss = computeGradient(samples, places: places, first: first, count: count, options: options)
    let trained = workspace.architecture.trainableCount
    if let scale = options.noiseScale {
      addNoise(
        options.noise, scale: scale / Double(count), to: workspace.gradient.base, count: trained, stream: &noise)
    }
    correct()
    workspace.optimiser.step(
      options.optimiser, learningRate: options.learningRate, parameters: workspace.parameters.base,
      gradient: workspace.gradient.base)
    return loss / Double(count)
  }

  /// Adds noise of the given scale to every parameter that is trained.
  public func perturb(_ kind: NoiseKind = .laplace, scale: Double, stream: inout RandomStream) {
    addNoise(
      kind, scale: scale, to: workspace.parameters.base, count: workspace.architecture.trainableCount, stream: &stream)
  }

  private func addNoise(
    _ kind: NoiseKind, scale: Double, to values: UnsafeMutablePointer<Float>, count: Int, stream: inout RandomStream
  ) {
    switch kind {
    case .laplace: LaplaceNoise.add(to: values, count: count, scale: Float(scale), stream: &stream)
    case .gaussian:
      GaussianNoise.add(to: values, count: count, standardDeviation: Float(scale), stream: &stream)
    }
  }

  private func correct() {
    let gradient = workspace.gradient.base
    let count = workspace.architecture.trainableCount
    if correction.proximal != 0 {
      let (parameters, anchor, pull) = (workspace.parameters.base, anchor.base, correction.proximal)
      for index in 0..<count { gradient[index] += pull * (parameters[index] - anchor[index]) }
    }
    correction.gradientShift?.withUnsafeBufferPointer { shift in
      for index in 0..<min(count, shift.count) { gradient[index] += shift[index] }
    }
  }

  /// The mean gradient of a batch, clipped if so asked, into the workspace; returns the sum of the losses.
  @discardableResult
  func computeGradient(
    _ samples: Samples, places: [Int32]?, first: Int, count: Int, options: Step
  ) -> Double {
    guard let clip = options.clip else {
      return plainGradient(samples, places: places, first: first, count: count)
    }
    switch options.clipScope {
    case .batch:
      let loss = plainGradient(samples, places: places, first: first, count: count)
      GradientClipping.clip(
        workspace.gradient.base, count: workspace.architecture.trainableCount, bound: clip, norm: options.norm)
      return loss
    case .sample:
      return workspace.architecture.mixesSamples
        ? sampleBySample(samples, places, first: first, count: count, clip: clip, norm: options.norm)
        : clippedGradient(samples, places, first: first, count: count, clip: clip, norm: options.norm)
    }
  }

  private func plainGradient(_ samples: Samples, places: [Int32]?, first: Int, count: Int) -> Double {
    workspace.load(samples, places: places, first: first, count: count, variation: variation)
    workspace.forward(isTraining: true)
    let loss = workspace.measure(weight: 1 / Float(count)).loss
    workspace.backward()
    return loss
  }

  private func clippedGradient(
    _ samples: Samples, _ places: [Int32]?, first: Int, count: Int, clip: Float, norm: GradientNorm
  ) -> Double {
    workspace.load(samples, places: places, first: first, count: count, variation: variation)
    workspace.forward(isTraining: true)
    let loss = workspace.measure(weight: 1 / Float(count)).loss
    workspace.backward(clippingEachTo: clip / Float(count), norm: norm)
    return loss
  }

  /// Where a sample's gradient depends on the others of its batch, it has one of its own only when it goes through the
  /// network alone.
  private func sampleBySample(
    _ samples: Samples, _ places: [Int32]?, first: Int, count: Int, clip: Float, norm: GradientNorm
  ) -> Double {
    let trained = workspace.architecture.trainableCount
    var loss = 0.0
    clippedSum.clear()
    for sample in first..<first + count {
      loss += plainGradient(samples, places: places, first: sample, count: 1)
      GradientClipping.clip(workspace.gradient.base, count: trained, bound: clip, norm: norm)
      for index in 0..<trained { clippedSum.base[index] += workspace.gradient.base[index] / Float(count) }
    }
    workspace.gradient.base.update(from: clippedSum.base, count: trained)
    return loss
  }

  /// The L2 norm of the mean gradient over the given examples at the present parameters, each sample's clipped as the
  /// options say. Changes no parameter that is trained.
  /// - Throws: `Cancelled`.
  public func gradientNorm(
    _ samples: Samples, places: [Int32], options: Step, cancellation: Cancellation = .never
  ) throws -> Double {
    guard !places.isEmpty else { return 0 }
    let trained = workspace.architecture.trainableCount
    var mean = [Double](repeating: 0, count: trained)
    var first = 0
    // Looking must not move the running averages.
    let kept = workspace.parameters.array[trained...]
    defer { for index in kept.indices { workspace.parameters.base[index] = kept[index] } }
    while first < places.count {
      try cancellation.check()
      let count = min(batchSize, places.count - first)
      computeGradient(samples, places: places, first: first, count: count, options: options)
      let share = Double(count) / Double(places.count)
      for index in mean.indices { mean[index] += share * Double(workspace.gradient.base[index]) }
      first += count
    }
    return mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// - Throws: `ShapeMismatch` when the examples are not as wide as the network's input, `InvalidParameter` when a
  ///   label has no output.
  public static func checkFit(of samples: Samples, to architecture: Architecture) throws {
    let check = ArgumentCheck("network")
    try check.shape(
      samples.width == architecture.inputs, expected: "examples of width \(architecture.inputs) for \(architecture)",
      given: "\(samples.width)")
    let largest = Int(samples.labels.max() ?? 0)
    try check.domain(
      largest < architecture.outputs, "label", given: largest,
      allowed: "0 to \(architecture.outputs - 1), the outputs of \(architecture)")
  }
}
