/// A branch added to what came in, or to a shortcut from it.
final class ResidualStage: Stage {
  private let input: Signal
  let output: Signal
  private let branch: [any Stage]
  private let shortcut: [any Stage]
  /// What the branch says about the input, while the shortcut has its turn.
  private let kept: AlignedBuffer

  init(input: Signal, branch: [any Stage], shortcut: [any Stage], shape: FeatureShape, capacity: Int) {
    self.input = input
    self.branch = branch
    self.shortcut = shortcut
    let layout = branch.last?.output.layout ?? input.layout
    output = Signal(shape: shape, layout: layout, capacity: capacity)
    kept = AlignedBuffer(count: input.deltas == nil ? 0 : input.shape.count * capacity)
  }

  private var branchOutput: Signal { branch.last?.output ?? input }
  private var shortcutOutput: Signal { shortcut.last?.output ?? input }

  func forward(_ pass: Pass) {
    for stage in branch { stage.forward(pass) }
    for stage in shortcut { stage.forward(pass) }
    let (left, right, sum) = (branchOutput.values.base, shortcutOutput.values.base, output.values.base)
    for index in 0..<output.shape.count * pass.batch { sum[index] = left[index] + right[index] }
  }

  /// Both ways need their deltas before gradients can be taken, so that these are taken in `propagate`, unless they are
  /// to wait for all deltas anyway.
  func propagate(_ pass: Pass) {
    guard let deltas = output.deltas?.base else { return }
    let count = output.shape.count * pass.batch
    let inputCount = input.shape.count * pass.batch
    if let place = branchOutput.deltas?.base { place.update(from: deltas, count: count) }
    for stage in branch.reversed() {
      if !pass.isSplit { stage.computeGradient(pass) }
      stage.propagate(pass)
    }
    guard !shortcut.isEmpty else {
      if let place = input.deltas?.base { for index in 0..<count { place[index] += deltas[index] } }
      return
    }
    if let place = input.deltas?.base { kept.base.update(from: place, count: inputCount) }
    if let place = shortcutOutput.deltas?.base { place.update(from: deltas, count: count) }
    for stage in shortcut.reversed() {
      if !pass.isSplit { stage.computeGradient(pass) }
      stage.propagate(pass)
    }
    if let place = input.deltas?.base { for index in 0..<inputCount { place[index] += kept.base[index] } }
  }

  func computeGradient(_ pass: Pass) {
    guard pass.isSplit else { return }
    for stage in branch { stage.computeGradient(pass) }
    for stage in shortcut { stage.computeGradient(pass) }
  }

  func addSampleLengths(_ pass: Pass, norm: GradientNorm, to lengths: UnsafeMutablePointer<Float>) {
    for stage in branch { stage.addSampleLengths(pass, norm: norm, to: lengths) }
    for stage in shortcut { stage.addSampleLengths(pass, norm: norm, to: lengths) }
  }

  func scaleDeltas(_ pass: Pass, by factors: UnsafePointer<Float>) {
    for stage in branch { stage.scaleDeltas(pass, by: factors) }
    for stage in shortcut { stage.scaleDeltas(pass, by: factors) }
  }
}
