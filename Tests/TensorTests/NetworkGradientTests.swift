import Testing

@testable import Tensor

@Suite struct NetworkGradientTests {
  private static let places: [Int32] = [0, 1, 2, 3, 4, 5, 6]

  /// A small problem of smooth random inputs, with widths that fill no tile.
  private func problem() throws -> (NetworkTrainer, Samples) {
    let architecture = try Architecture(widths: [5, 9, 6, 3])
    var stream = RandomStream(seed: 4, purpose: "gradient test")
    let samples = try Samples(
      width: 5, values: .floats((0..<35).map { _ in Float(stream.uniform(-1, 1)) }), labels: [0, 1, 2, 2, 1, 0, 1])
    let trainer = NetworkTrainer(architecture: architecture, batchSize: 7)
    trainer.begin(from: Network(architecture: architecture, stream: &stream))
    return (trainer, samples)
  }

  /// Central differences of the loss. Its error is the step's square and single-precision rounding divided by the step,
  /// together below 1e-3 here. Coordinates whose two sides lie across the kink of a unit say nothing and are left out.
  @Test func agreesWithFiniteDifferences() throws {
    let (trainer, samples) = try problem()
    trainer.computeGradient(samples, places: Self.places, first: 0, count: 7, options: try .init())
    let gradient = trainer.workspace.gradient.array
    let step: Float = 4e-3
    var compared = 0
    for index in gradient.indices {
      let parameter = trainer.workspace.parameters.base + index
      let kept = parameter.pointee
      parameter.pointee = kept + step
      let above = try trainer.evaluate(samples).loss
      let activeAbove = activeUnits(trainer)
      parameter.pointee = kept - step
      let below = try trainer.evaluate(samples).loss
      let activeBelow = activeUnits(trainer)
      parameter.pointee = kept
      guard activeAbove == activeBelow else { continue }
      compared += 1
      #expect(abs(Double(gradient[index]) - (above - below) / Double(2 * step)) < 1e-3, "parameter \(index)")
    }
    #expect(compared > gradient.count * 3 / 4)
    #expect(gradient.contains { abs($0) > 0.01 })
  }

  private func activeUnits(_ trainer: NetworkTrainer) -> [Bool] {
    trainer.workspace.stages.compactMap { $0 as? ActivationStage }.flatMap { $0.output.values.array.map { $0 > 0 } }
  }

  private func gradient(_ trainer: NetworkTrainer, _ samples: Samples, _ places: [Int32], _ step: NetworkTrainer.Step)
    -> [Double]
  {
    trainer.computeGradient(samples, places: places, first: 0, count: places.count, options: step)
    return trainer.workspace.gradient.array.map { Double($0) }
  }

  /// Filters with and without padding and stride, normalisation by groups, a residual block, pooling and dense layers.
  private static func filters() throws -> Architecture {
    try Architecture(
      input: FeatureShape(channels: 2, rows: 7, columns: 8),
      layers: [
        .convolution(channels: 6, kernel: 3, stride: 2, padding: 1), .groupNormalisation(groups: 2, epsilon: 1e-5),
        .activation(.relu),
        .residual(branch: [.convolution(channels: 6, kernel: 3, padding: 1), .activation(.tanh)]),
        .convolution(channels: 3, kernel: 2, stride: 1, padding: 0), .averagePooling(size: 2, stride: 1),
        .activation(.relu), .flatten, .dense(outputs: 9), .activation(.gelu), .dense(outputs: 3),
      ])
  }

  /// The shortcut through deltas equals clipping each sample's own gradient and averaging, for batches that fill no
  /// register, one and a half, or one of a batch that could be larger.
  @Test(arguments: GradientNorm.allCases, [7, 21, 16])
  func clippingEqualsClippingEachSample(norm: GradientNorm, count: Int) throws {
    for architecture in [try Architecture(widths: [112, 9, 6, 3]), try Self.filters()] {
      var stream = RandomStream(seed: 4, purpose: "clipping test")
      let samples = try Samples(
        width: 112, values: .floats((0..<112 * count).map { _ in Float(stream.uniform(-1, 1)) }),
        labels: (0..<count).map { UInt8($0 % 3) })
      let trainer = NetworkTrainer(architecture: architecture, batchSize: 21)
      trainer.begin(from: Network(architecture: architecture, stream: &stream))
      let places = (0..<Int32(count)).map { $0 }
      let own = try places.map { gradient(trainer, samples, [$0], try .init()) }
      let lengths = own.map { norm == .l1 ? $0.reduce(0) { $0 + abs($1) } : $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
      let bound = lengths.sorted()[count / 2] * 0.999
      var expected = [Double](repeating: 0, count: trainer.workspace.gradient.count)
      for gradient in own {
        let clipped = try GradientClipping.clip(gradient, to: bound, norm: norm)
        for index in expected.indices { expected[index] += clipped[index] / Double(count) }
      }
      let found = gradient(trainer, samples, places, try .init(clip: bound, norm: norm))
      let largest = expected.map(abs).max() ?? 0
      for (value, reference) in zip(found, expected) { #expect(abs(value - reference) < 1e-4 * largest) }
    }
  }

  /// Two batches, the second smaller, weighted by their counts, give the gradient of the whole.
  @Test func gradientNormDoesNotDependOnBatches() throws {
    let (trainer, samples) = try problem()
    trainer.computeGradient(samples, places: Self.places, first: 0, count: 7, options: try .init())
    let whole = trainer.workspace.gradient.array.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    let other = NetworkTrainer(architecture: trainer.workspace.architecture, batchSize: 4)
    let architecture = trainer.workspace.architecture
    other.begin(from: try Network(architecture: architecture, parameters: trainer.parameters))
    #expect(abs(try other.gradientNorm(samples, places: Self.places, options: .init()) - whole) < 1e-6)
  }

  /// Laplace noise has mean 0 and variance 2 scale^2; over 50,890 parameters within five standard errors (the fourth
  /// central moment is 24 scale^4, so the variance of a square is 20 scale^4).
  @Test func stepNoiseHasTheScaleAskedFor() throws {
    let architecture = try Architecture(widths: [784, 64, 10])
    let samples = try StrokeDigits.samples(count: 20, seed: 1)
    let places = (0..<20).map { Int32($0) }
    var stream = RandomStream(seed: 9, purpose: "noise test")
    let model = Network(architecture: architecture, stream: &stream)
    let trainer = NetworkTrainer(architecture: architecture, batchSize: 20)
    func trained(_ noiseScale: Double?) throws -> [Float] {
      trainer.begin(from: model)
      let options = try NetworkTrainer.Step(learningRate: 1, momentum: 0, clip: 1, noiseScale: noiseScale)
      trainer.step(samples, places: places, first: 0, count: 20, options: options, noise: &stream)
      return trainer.parameters
    }
    let scale = 10.0
    let noise = zip(try trained(scale * 20), try trained(nil)).map { Double($0) - Double($1) }
    let count = Double(noise.count)
    let mean = noise.reduce(0, +) / count
    let variance = noise.reduce(0) { $0 + $1 * $1 } / count
    #expect(abs(mean) < 5 * (2 / count).squareRoot() * scale)
    #expect(abs(variance / (scale * scale) - 2) < 5 * (20 / count).squareRoot())
  }
}
