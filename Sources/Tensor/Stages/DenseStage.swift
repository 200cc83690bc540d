/// outputs = inputs * weights + biases, on examples that stand one after another.
final class DenseStage: Stage {
  private let placed: PlacedLayer
  private let input: Signal
  let output: Signal
  private let inputs: Int
  private let outputs: Int
  /// The weights with rows and columns exchanged, to carry deltas backward.
  private let transposed: AlignedBuffer
  private let scratch: ProductScratch

  init(_ placed: PlacedLayer, input: Signal, capacity: Int, scratch: ProductScratch) {
    self.placed = placed
    self.input = input
    self.scratch = scratch
    inputs = placed.input.count
    outputs = placed.output.count
    output = Signal(shape: placed.output, layout: .sampleMajor, capacity: capacity)
    transposed = AlignedBuffer(count: input.deltas == nil ? 0 : inputs * outputs)
  }

  func forward(_ pass: Pass) {
    MatrixProduct.compute(
      rows: pass.batch, columns: outputs, inner: inputs,
      left: LeftFactor(base: input.values.base, rowStride: inputs, innerStride: 1),
      right: pass.parameters + placed.parameterOffset, start: pass.parameters + placed.biasOffset,
      result: output.values.base, scratch: scratch)
  }

  func computeGradient(_ pass: Pass) {
    guard let delta = output.deltas?.base else { return }
    MatrixProduct.compute(
      rows: inputs, columns: outputs, inner: pass.batch,
      left: LeftFactor(base: input.values.base, rowStride: 1, innerStride: inputs), right: delta, start: nil,
      result: pass.gradient + placed.parameterOffset, scratch: scratch)
    let bias = pass.gradient + placed.biasOffset
    bias.update(repeating: 0, count: outputs)
    for row in 0..<pass.batch {
      for column in 0..<outputs { bias[column] += delta[row * outputs + column] }
    }
  }

  func propagate(_ pass: Pass) {
    guard let delta = output.deltas?.base, let result = input.deltas?.base else { return }
    Transposition.run(
      rows: inputs, columns: outputs, from: pass.parameters + placed.parameterOffset, to: transposed.base)
    MatrixProduct.compute(
      rows: pass.batch, columns: inputs, inner: outputs,
      left: LeftFactor(base: delta, rowStride: outputs, innerStride: 1), right: transposed.base, start: nil,
      result: result, scratch: scratch)
  }

  /// The gradient of one sample is the outer product of its delta d with (a, 1), a being the input. Its L1 norm is
  /// |d|_1 (|a|_1 + 1), its squared L2 norm |d|_2^2 (|a|_2^2 + 1), which takes no product of matrices (Goodfellow,
  /// "Efficient per-example gradient computations", 2015).
  func addSampleLengths(_ pass: Pass, norm: GradientNorm, to lengths: UnsafeMutablePointer<Float>) {
    guard let delta = output.deltas?.base else { return }
    for sample in 0..<pass.batch {
      let ofInput = norm.length(input.values.base + sample * inputs, inputs)
      lengths[sample] += norm.length(delta + sample * outputs, outputs) * (ofInput + 1)
    }
  }

  func scaleDeltas(_ pass: Pass, by factors: UnsafePointer<Float>) {
    output.scaleDeltas(batch: pass.batch, by: factors)
  }
}
