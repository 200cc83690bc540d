/// Square filters over rows and columns, the batch innermost.
final class ConvolutionStage: Stage {
  private let placed: PlacedLayer
  private let input: Signal
  let output: Signal
  private let kernel: Int
  private let stride: Int
  private let padding: Int
  private let forward: Correlation
  private let backward: Correlation
  /// The input with columns of zeros at both sides, or with its columns dealt out by their remainder modulo the stride,
  /// so that taps of one remainder lie side by side.
  private let prepared: AlignedBuffer
  /// The deltas of the output with columns of zeros at both sides, and between them where the stride skipped some.
  private let spread: AlignedBuffer
  private let packed: AlignedBuffer
  private let starts: AlignedBuffer
  private let backwardStarts: AlignedBuffer
  private let spare = AlignedBuffer(count: 6 * WideStrip.columns)
  private let forwardOffsets: OffsetTable
  private let backwardOffsets: OffsetTable
  private let gradient: FilterGradient

  init(
    _ placed: PlacedLayer, input: Signal, capacity: Int, channels: Int, kernel: Int, stride: Int, padding: Int
  ) {
    self.placed = placed
    self.input = input
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    output = Signal(shape: placed.output, layout: .sampleMinor, capacity: capacity)
    let (source, target) = (placed.input, placed.output)
    forward = Correlation(
      planes: source.channels, sourceRows: source.rows, channels: channels, rows: target.rows,
      columns: target.columns, size: kernel, stride: stride, dilation: 1, padding: padding,
      filled: stride == 1 && padding > 0 ? padding..<padding + source.columns : 0..<0)
    let reach = kernel - 1 - padding
    backward = Correlation(
      planes: channels, sourceRows: target.rows, channels: source.channels, rows: source.rows,
      columns: source.columns, size: kernel, stride: 1, dilation: stride, padding: reach,
      filled: reach..<reach + (target.columns - 1) * stride + 1)
    let isPrepared = padding > 0 || stride > 1
    prepared = AlignedBuffer(
      count: isPrepared ? source.channels * source.rows * Self.preparedColumns(placed, stride, padding) * capacity : 0)
    let needsDeltas = input.deltas != nil
    spread = AlignedBuffer(
      count: needsDeltas ? channels * target.rows * (source.columns + kernel - 1) * capacity : 0)
    packed = AlignedBuffer(count: max(forward.packedCount, needsDeltas ? backward.packedCount : 0))
    starts = AlignedBuffer(count: forward.blocks.paddedCount)
    backwardStarts = AlignedBuffer(count: backward.blocks.paddedCount)
    forwardOffsets = OffsetTable(count: kernel)
    backwardOffsets = OffsetTable(count: kernel)
    gradient = FilterGradient(planes: source.channels, channels: channels, size: kernel)
  }

  private static func preparedColumns(_ placed: PlacedLayer, _ stride: Int, _ padding: Int) -> Int {
    (placed.input.columns + 2 * padding + stride - 1) / stride * stride
  }

  private var isPrepared: Bool { prepared.count > 0 }
  private var sourceColumns: Int {
    isPrepared ? Self.preparedColumns(placed, stride, padding) : placed.input.columns
  }
  private var source: UnsafeMutablePointer<Float> { isPrepared ? prepared.base : input.values.base }

  // MARK: Forward

  func forward(_ pass: Pass) {
    let batch = pass.batch
    if isPrepared { prepare(batch) }
    let perPhase = sourceColumns / stride
    for tap in 0..<kernel { forwardOffsets[tap] = (tap % stride * perPhase + tap / stride) * batch }
    let (planes, size) = (placed.input.channels, kernel)
    let weights = pass.parameters + placed.parameterOffset
    forward.pack(into: packed.base) { channel, plane, down, across in
      weights[((channel * planes + plane) * size + down) * size + across]
    }
    fillStarts(pass.parameters + placed.biasOffset)
    forward.run(
      Correlation.Operands(
        batch: batch, source: source, planeStride: placed.input.rows * sourceColumns * batch,
        rowStride: sourceColumns * batch, offsets: forwardOffsets.base, packed: packed.base, start: starts.base,
        result: output.values.base, spare: spare.base))
  }

  private func fillStarts(_ biases: UnsafePointer<Float>) {
    var place = 0
    for (block, first) in forward.blocks.first.enumerated() {
      for channel in 0..<forward.blocks.kept(block) { starts.base[place + channel] = biases[first + channel] }
      place += forward.blocks.heights[block]
    }
  }

  /// Deals out the input's columns; those of the padding stay zero.
  private func prepare(_ batch: Int) {
    let (columns, wide) = (placed.input.columns, sourceColumns)
    let perPhase = wide / stride
    let lines = placed.input.channels * placed.input.rows
    for line in 0..<lines {
      let from = input.values.base + line * columns * batch
      let to = prepared.base + line * wide * batch
      if stride == 1 {
        to.update(repeating: 0, count: padding * batch)
        (to + padding * batch).update(from: from, count: columns * batch)
        (to + (padding + columns) * batch).update(repeating: 0, count: (wide - padding - columns) * batch)
      } else {
        to.update(repeating: 0, count: wide * batch)
        for column in 0..<columns {
          let place = column + padding
          (to + (place % stride * perPhase + place / stride) * batch).update(from: from + column * batch, count: batch)
        }
      }
    }
  }

  // MARK: Backward

  func computeGradient(_ pass: Pass) {
    if let operands = gradientOperands(pass) { gradient.compute(operands) }
  }

  func addSampleLengths(_ pass: Pass, norm: GradientNorm, to lengths: UnsafeMutablePointer<Float>) {
    if let operands = gradientOperands(pass) { gradient.addSampleLengths(operands, norm: norm, to: lengths) }
  }

  func scaleDeltas(_ pass: Pass, by factors: UnsafePointer<Float>) {
    output.scaleDeltas(batch: pass.batch, by: factors)
  }

  private func gradientOperands(_ pass: Pass) -> FilterGradient.Operands? {
    output.deltas.map { deltas in
      FilterGradient.Operands(
        batch: pass.batch, rows: placed.output.rows, columns: placed.output.columns, stride: stride, padding: padding,
        source: source, sourceRows: placed.input.rows, rowStride: sourceColumns * pass.batch, deltas: deltas.base,
        offsets: forwardOffsets.base, weights: pass.gradient + placed.parameterOffset,
        biases: pass.gradient + placed.biasOffset)
    }
  }

  func propagate(_ pass: Pass) {
    guard let deltas = output.deltas?.base, let result = input.deltas?.base else { return }
    let batch = pass.batch
    let wide = placed.input.columns + kernel - 1
    spreadDeltas(deltas, batch: batch, wide: wide)
    for tap in 0..<kernel { backwardOffsets[tap] = tap * batch }
    let (planes, size) = (placed.input.channels, kernel)
    let weights = pass.parameters + placed.parameterOffset
    // A filter walked backward is turned by half a circle.
    backward.pack(into: packed.base) { plane, channel, down, across in
      weights[((channel * planes + plane) * size + size - 1 - down) * size + size - 1 - across]
    }
    backward.run(
      Correlation.Operands(
        batch: batch, source: spread.base, planeStride: placed.output.rows * wide * batch, rowStride: wide * batch,
        offsets: backwardOffsets.base, packed: packed.base, start: backwardStarts.base, result: result,
        spare: spare.base))
  }

  private func spreadDeltas(_ deltas: UnsafePointer<Float>, batch: Int, wide: Int) {
    let columns = placed.output.columns
    let reach = kernel - 1 - padding
    for line in 0..<placed.output.channels * placed.output.rows {
      let from = deltas + line * columns * batch
      let to = spread.base + line * wide * batch
      if stride == 1 {
        to.update(repeating: 0, count: reach * batch)
        (to + reach * batch).update(from: from, count: columns * batch)
        (to + (reach + columns) * batch).update(repeating: 0, count: (wide - reach - columns) * batch)
      } else {
        to.update(repeating: 0, count: wide * batch)
        for column in 0..<columns {
          (to + (reach + column * stride) * batch).update(from: from + column * batch, count: batch)
        }
      }
    }
  }
}

/// A few distances that kernels read through a pointer.
final class OffsetTable {
  let base: UnsafeMutablePointer<Int>

  init(count: Int) {
    base = .allocate(capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
  }

  deinit { base.deallocate() }

  subscript(_ index: Int) -> Int {
    get { base[index] }
    set { base[index] = newValue }
  }
}
