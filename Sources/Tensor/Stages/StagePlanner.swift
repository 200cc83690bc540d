/// From layers in their places to stages with buffers, set aside once.
///
/// It decides in which order numbers stand between stages, which stages may work in place, and takes one liberty: a
/// rectifier beside a max-pooling is done with it.
struct StagePlanner {
  let capacity: Int
  let trainableCount: Int
  let scratch: ProductScratch

  /// Which stages may change a signal's values in place, given who needs them as they are.
  private struct Overwriting: OptionSet {
    let rawValue: Int
    static let rectifier = Overwriting(rawValue: 1)
    static let dropout = Overwriting(rawValue: 2)
    static let other = Overwriting(rawValue: 4)
    static let all: Overwriting = [.rectifier, .dropout, .other]
  }

  private struct Line {
    var signal: Signal
    var overwriting: Overwriting
    var stages: [any Stage] = []

    mutating func append(_ stage: any Stage, overwriting: Overwriting) {
      stages.append(stage)
      signal = stage.output
      self.overwriting = overwriting
    }
  }

  /// The stages of a whole network; what comes out stands example by example.
  func plan(_ layers: [PlacedLayer], input: Signal) -> [any Stage] {
    var line = Line(signal: input, overwriting: [])
    extend(&line, by: layers)
    reorder(&line, to: .sampleMajor)
    return line.stages
  }

  private func extend(_ line: inout Line, by layers: [PlacedLayer]) {
    var index = 0
    while index < layers.count {
      if layers.indices.contains(index + 1), let pooling = rectifiedPooling(layers[index], layers[index + 1]) {
        appendMaxPooling(pooling, rectifies: true, to: &line)
        index += 2
      } else {
        append(layers[index], to: &line)
        index += 1
      }
    }
  }

  /// The pooling, where a rectifier and a max-pooling stand side by side: either way round they give the same numbers,
  /// and the same deltas where windows are disjoint.
  private func rectifiedPooling(_ first: PlacedLayer, _ second: PlacedLayer) -> PlacedLayer? {
    switch (first.layer, second.layer) {
    case (.activation(.relu), .maxPooling(let size, let stride)) where stride >= size: second
    case (.maxPooling, .activation(.relu)): first
    default: nil
    }
  }

  private func appendMaxPooling(_ placed: PlacedLayer, rectifies: Bool, to line: inout Line) {
    guard case .maxPooling(let size, let stride) = placed.layer else { return }
    reorder(&line, to: .sampleMinor)
    // Its way back looks for the numbers that it let through; a rectified one has no delta anyway.
    line.append(
      MaxPoolingStage(
        placed, input: line.signal, capacity: capacity, size: size, stride: stride, rectifies: rectifies,
        mayOverwrite: line.overwriting.contains(.other)), overwriting: .rectifier)
  }

  private func append(_ placed: PlacedLayer, to line: inout Line) {
    switch placed.layer {
    case .dense:
      reorder(&line, to: .sampleMajor)
      line.append(DenseStage(placed, input: line.signal, capacity: capacity, scratch: scratch), overwriting: .all)
    case .convolution(let channels, let kernel, let stride, let padding):
      reorder(&line, to: .sampleMinor)
      line.append(
        ConvolutionStage(
          placed, input: line.signal, capacity: capacity, channels: channels, kernel: kernel, stride: stride,
          padding: padding), overwriting: .all)
    case .maxPooling: appendMaxPooling(placed, rectifies: false, to: &line)
    case .averagePooling(let size, let stride):
      reorder(&line, to: .sampleMinor)
      line.append(
        AveragePoolingStage(placed, input: line.signal, capacity: capacity, size: size, stride: stride),
        overwriting: .all)
    case .batchNormalisation(let momentum, let epsilon):
      reorder(&line, to: .sampleMinor)
      line.append(
        BatchNormalisationStage(
          placed, input: line.signal, capacity: capacity, momentum: momentum, epsilon: epsilon,
          bufferOffset: trainableCount + placed.bufferOffset), overwriting: .all)
    case .groupNormalisation(let groups, let epsilon):
      reorder(&line, to: .sampleMinor)
      line.append(
        GroupNormalisationStage(placed, input: line.signal, capacity: capacity, groups: groups, epsilon: epsilon),
        overwriting: .all)
    case .dropout(let rate): appendDropout(rate, byChannel: false, to: &line)
    case .channelDropout(let rate): appendDropout(rate, byChannel: true, to: &line)
    case .activation(let activation): append(activation, to: &line)
    case .flatten: if !line.signal.shape.isFlat { flatten(&line) }
    case .residual: appendResidual(placed, to: &line)
    }
  }

  private func append(_ activation: Activation, to line: inout Line) {
    let isInPlace = line.overwriting.contains(activation == .relu ? .rectifier : .other)
    let stage = ActivationStage(activation, input: line.signal, capacity: capacity, isInPlace: isInPlace)
    let before = stage.output === line.signal ? line.overwriting : .all
    // A way back that looks at its own output: where a rectifier's was dropped, the delta is 0 already.
    let allowed: Overwriting =
      switch activation {
      case .relu: [.rectifier, .dropout]
      case .tanh, .sigmoid: []
      case .gelu: .all
      }
    line.append(stage, overwriting: before.intersection(allowed))
  }

  private func appendDropout(_ rate: Double, byChannel: Bool, to line: inout Line) {
    if byChannel, !line.signal.shape.isFlat { reorder(&line, to: .sampleMinor) }
    let isInPlace = line.overwriting.contains(.dropout)
    let stage = DropoutStage(
      rate: rate, byChannel: byChannel, input: line.signal, capacity: capacity, isInPlace: isInPlace)
    line.append(stage, overwriting: isInPlace ? line.overwriting : .all)
  }

  private func appendResidual(_ placed: PlacedLayer, to line: inout Line) {
    // Filters, poolings and normalisations leave numbers in their own order, dense layers in theirs; both ways must
    // agree, and what comes in must stay as it is for both.
    var branch = Line(signal: line.signal, overwriting: [])
    extend(&branch, by: placed.branch)
    var shortcut = Line(signal: line.signal, overwriting: [])
    extend(&shortcut, by: placed.shortcut)
    reorder(&shortcut, to: branch.signal.layout)
    line.append(
      ResidualStage(
        input: line.signal, branch: branch.stages, shortcut: shortcut.stages, shape: placed.output, capacity: capacity),
      overwriting: .all)
  }

  private func flatten(_ line: inout Line) {
    reorder(&line, to: .sampleMajor)
    line.signal = Signal(line.signal, seenAs: line.signal.shape.flattened)
  }

  private func reorder(_ line: inout Line, to layout: Signal.Layout) {
    guard line.signal.layout != layout else { return }
    line.append(
      ReorderStage(input: line.signal, shape: line.signal.shape, to: layout, capacity: capacity), overwriting: .all)
  }
}
