import CVectorUnit

/// The gradient of filters and biases: for each tap, the sum over rows, columns and batch of delta times source.
final class FilterGradient {
  private let planes: Int
  private let channels: Int
  private let size: Int
  private let blocks: ChannelBlocks
  /// For each tap of one row of the filter, all planes: how far its numbers lie from the first's. Filled up to a
  /// multiple of five by repetition.
  private let shifts: OffsetTable
  private let tapCount: Int
  private let sums = AlignedBuffer(count: 25)
  private let tail = AlignedBuffer(count: Lanes.scalarCount)

  struct Operands {
    let batch: Int
    let rows: Int
    let columns: Int
    let stride: Int
    let padding: Int
    let source: UnsafePointer<Float>
    let sourceRows: Int
    let rowStride: Int
    let deltas: UnsafePointer<Float>
    let offsets: UnsafePointer<Int>
    let weights: UnsafeMutablePointer<Float>
    let biases: UnsafeMutablePointer<Float>
  }

  init(planes: Int, channels: Int, size: Int) {
    self.planes = planes
    self.channels = channels
    self.size = size
    // 25 sums and what they are made of fill the 32 registers of AVX-512 and NEON; AVX2 has 16.
    blocks = ChannelBlocks(channels: channels, largest: vector_unit_floats() == 8 ? 2 : 5, smallest: 1)
    tapCount = planes * size
    shifts = OffsetTable(count: (tapCount + 4) / 5 * 5)
  }

  func compute(_ operands: Operands) {
    if vector_unit_floats() == 16 {
      compute(operands, SIMD16<Float>.self)
    } else if vector_unit_floats() == 8 {
      compute(operands, SIMD8<Float>.self)
    } else {
      compute(operands, SIMD4<Float>.self)
    }
    let run = operands.rows * operands.columns * operands.batch
    for channel in 0..<channels {
      operands.biases[channel] = VectorSum.sum(operands.deltas + channel * run, count: run)
    }
  }

  /// Adds the length of each sample's own part of the gradient, biases included, to its place in `lengths`: |g|_1 or
  /// the square of |g|_2.
  ///
  /// - Precondition: `lengths` has room for a whole number of registers.
  func addSampleLengths(_ operands: Operands, norm: GradientNorm, to lengths: UnsafeMutablePointer<Float>) {
    if vector_unit_floats() == 16 {
      addLengths(operands, norm, to: lengths, SIMD16<Float>.self)
    } else if vector_unit_floats() == 8 {
      addLengths(operands, norm, to: lengths, SIMD8<Float>.self)
    } else {
      addLengths(operands, norm, to: lengths, SIMD4<Float>.self)
    }
  }

  private func addLengths<V: SIMD>(
    _ operands: Operands, _ norm: GradientNorm, to lengths: UnsafeMutablePointer<Float>, _: V.Type
  ) where V.Scalar == Float {
    let positions = operands.rows * operands.columns
    for sample in Swift.stride(from: 0, to: operands.batch, by: V.scalarCount) {
      let place = lengths + sample
      eachTile(operands, lanes: V.scalarCount) { tile, height, _, _, group, _ in
        let taps = min(tapCount - group, TapTile.tapCount)
        addLengths(
          tile.moved(by: sample), height: height, batch: operands.batch, taps: taps, norm: norm, to: place, V.self)
      }
      for channel in 0..<channels {
        var sum = V()
        for position in channel * positions..<(channel + 1) * positions {
          sum += V(at: operands.deltas + position * operands.batch + sample)
        }
        (V(at: place) + norm.part(sum)).store(at: place)
      }
    }
  }

  private func compute<V: SIMD>(_ operands: Operands, _: V.Type) where V.Scalar == Float {
    eachTile(operands, lanes: V.scalarCount) { tile, height, channel, kept, group, down in
      compute(tile, height: height, V.self)
      scatter(operands, channel: channel, kept: kept, group: group, down: down)
    }
  }
  /// Walks over the tiles of the whole gradient: each with its height, its first channel and how many it has, its first
  /// tap and its row of the filter.
  private func eachTile(
    _ operands: Operands, lanes: Int,
    _ body: (TapTile.Operands, _ height: Int, _ channel: Int, _ kept: Int, _ group: Int, _ down: Int) -> Void
  ) {
    let length = operands.columns * operands.batch
    let planeStride = operands.sourceRows * operands.rowStride
    for tap in 0..<(tapCount + 4) / 5 * 5 {
      let real = min(tap, tapCount - 1)
      shifts[tap] = real / size * planeStride + operands.offsets[real % size]
    }
    let rest = length % lanes
    for lane in 0..<lanes { tail.base[lane] = lane < rest ? 1 : 0 }
    let channelStride = operands.rows * length
    for down in 0..<size {
      // Rows of the result whose tap lies inside the source.
      let first = max(0, (operands.padding - down + operands.stride - 1) / operands.stride)
      let reach = operands.sourceRows - 1 + operands.padding - down
      let last = reach < 0 ? -1 : min(operands.rows - 1, reach / operands.stride)
      for (block, channel) in blocks.first.enumerated() {
        for group in Swift.stride(from: 0, to: tapCount, by: TapTile.tapCount) {
          let tile = TapTile.Operands(
            rows: max(last - first + 1, 0), length: length,
            delta: operands.deltas + channel * channelStride + first * length, channelStride: channelStride,
            deltaRowStride: length,
            source: operands.source + (first * operands.stride - operands.padding + down) * operands.rowStride,
            sourceRowStride: operands.stride * operands.rowStride, shifts: shifts.base + group, tail: tail.base)
          body(tile, blocks.heights[block], channel, blocks.kept(block), group, down)
        }
      }
    }
  }

  private func compute<V: SIMD>(_ tile: TapTile.Operands, height: Int, _: V.Type) where V.Scalar == Float {
    typealias One = OneChannelSums<V>
    typealias Two = MoreChannelSums<One>
    typealias Three = MoreChannelSums<Two>
    typealias Four = MoreChannelSums<Three>
    switch height {
    case 5: TapTile.compute(MoreChannelSums<Four>.self, tile, result: sums.base)
    case 4: TapTile.compute(Four.self, tile, result: sums.base)
    case 3: TapTile.compute(Three.self, tile, result: sums.base)
    case 2: TapTile.compute(Two.self, tile, result: sums.base)
    default: TapTile.compute(One.self, tile, result: sums.base)
    }
  }

  private func addLengths<V: SIMD>(
    _ tile: TapTile.Operands, height: Int, batch: Int, taps: Int, norm: GradientNorm,
    to lengths: UnsafeMutablePointer<Float>, _: V.Type
  ) where V.Scalar == Float {
    typealias One = OneChannelSums<V>
    typealias Two = MoreChannelSums<One>
    typealias Three = MoreChannelSums<Two>
    typealias Four = MoreChannelSums<Three>
    typealias Five = MoreChannelSums<Four>
    switch height {
    case 5: TapTile.addLengths(Five.self, tile, batch: batch, taps: taps, norm: norm, to: lengths)
    case 4: TapTile.addLengths(Four.self, tile, batch: batch, taps: taps, norm: norm, to: lengths)
    case 3: TapTile.addLengths(Three.self, tile, batch: batch, taps: taps, norm: norm, to: lengths)
    case 2: TapTile.addLengths(Two.self, tile, batch: batch, taps: taps, norm: norm, to: lengths)
    default: TapTile.addLengths(One.self, tile, batch: batch, taps: taps, norm: norm, to: lengths)
    }
  }

  /// From the tile's sums to the filters, which are ordered by channel, plane, row and column.
  private func scatter(_ operands: Operands, channel: Int, kept: Int, group: Int, down: Int) {
    for row in 0..<kept {
      for tap in group..<min(group + 5, tapCount) {
        let place = (((channel + row) * planes + tap / size) * size + down) * size + tap % size
        operands.weights[place] = sums.base[row * 5 + tap - group]
      }
    }
  }
}
