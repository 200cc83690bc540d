/// Trains one network on one thread by stochastic gradient descent, and allocates nothing in a step.
///
/// Not to be shared between threads: give each thread its own, and move models between them as `[Float]`.
public final class NetworkTrainer {
  /// What a step does with the gradient of its batch.
  public struct Step: Sendable, Equatable {
    public var learningRate: Float
    public var momentum: Float
    /// The bound that each sample's gradient is clipped to; nil for no clipping.
    public var clip: Float?
    public var norm: GradientNorm
    /// The scale of the Laplace noise on each coordinate for a batch of one; divided by the batch size, because the
    /// sensitivity of a mean is.
    public var noiseScale: Double?

    /// - Throws: `NotFinite`, `InvalidParameter`.
    public init(
      learningRate: Double = 0.01, momentum: Double = 0.5, clip: Double? = nil, norm: GradientNorm = .l1,
      noiseScale: Double? = nil
    ) throws {
      let check = ArgumentCheck("training step")
      try check.finite([learningRate, momentum, clip ?? 1, noiseScale ?? 1], "an option")
      try check.domain(learningRate > 0, "learning rate", given: learningRate, allowed: "a number above 0")
      try check.domain(momentum >= 0 && momentum < 1, "momentum", given: momentum, allowed: "a number in [0, 1)")
      if let clip { try check.domain(clip > 0, "clip", given: clip, allowed: "a number above 0") }
      if let noiseScale {
        try check.domain(noiseScale > 0, "noise scale", given: noiseScale, allowed: "a number above 0")
        try check.domain(clip != nil, "clip", given: "none", allowed: "a number above 0, because noise needs a bound")
      }
      self.learningRate = Float(learningRate)
      self.momentum = Float(momentum)
      self.clip = clip.map { Float($0) }
      self.norm = norm
      self.noiseScale = noiseScale
    }
  }

  let workspace: NetworkWorkspace

  public init(architecture: MultilayerPerceptron.Architecture, batchSize: Int) {
    workspace = NetworkWorkspace(architecture: architecture, batchCapacity: batchSize)
  }

  public var batchSize: Int { workspace.batchCapacity }

  /// Starts from a model, at rest.
  /// - Precondition: the model has this trainer's architecture.
  public func begin(from model: MultilayerPerceptron) {
    workspace.parameters.fill(from: model.parameters)
    workspace.velocity.clear()
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
    if let scale = options.noiseScale {
      LaplaceNoise.add(
        to: workspace.gradient.base, count: workspace.gradient.count, scale: Float(scale / Double(count)),
        stream: &noise)
    }
    StochasticGradientDescent.step(
      count: workspace.parameters.count, parameters: workspace.parameters.base, velocity: workspace.velocity.base,
      gradient: workspace.gradient.base, learningRate: options.learningRate, momentum: options.momentum)
    return loss / Double(count)
  }

  /// Adds Laplace noise of the given scale to every parameter.
  public func perturb(scale: Double, stream: inout RandomStream) {
    LaplaceNoise.add(
      to: workspace.parameters.base, count: workspace.parameters.count, scale: Float(scale), stream: &stream)
  }

  /// The mean gradient of a batch, of clipped samples if so asked, into the workspace; returns the sum of the losses.
  @discardableResult
  func computeGradient(
    _ samples: Samples, places: [Int32]?, first: Int, count: Int, options: Step
  ) -> Double {
    workspace.load(samples, places: places, first: first, count: count)
    workspace.forward()
    let loss = workspace.measure(weight: 1 / Float(count)).loss
    workspace.propagateDeltas()
    if let clip = options.clip {
      GradientClipping.clip(
        batch: count, widths: workspace.architecture.widths, activations: workspace.activations,
        deltas: workspace.deltas, bound: clip / Float(count), norm: options.norm)
    }
    workspace.computeGradient()
    return loss
  }

  /// The L2 norm of the mean gradient over the given examples at the present parameters, each sample's clipped as the
  /// options say. Changes no parameter.
  /// - Throws: `Cancelled`.
  public func gradientNorm(
    _ samples: Samples, places: [Int32], options: Step, cancellation: Cancellation = .never
  ) throws -> Double {
    guard !places.isEmpty else { return 0 }
    var mean = [Double](repeating: 0, count: workspace.gradient.count)
    var first = 0
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
  public static func checkFit(of samples: Samples, to architecture: MultilayerPerceptron.Architecture) throws {
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
