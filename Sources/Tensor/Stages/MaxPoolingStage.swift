/// The largest number of each window, or 0 if that is larger and it rectifies; the first of equal ones passes the delta
/// on.
final class MaxPoolingStage: Stage {
  private let input: Signal
  let output: Signal
  private let windows: PoolingWindows
  private let rectifies: Bool

  /// - Parameters:
  ///   - rectifies: whether a rectifier comes before or after, which is all the same.
  ///   - mayOverwrite: whether nobody else needs the numbers that come in, once deltas come back.
  init(
    _ placed: PlacedLayer, input: Signal, capacity: Int, size: Int, stride: Int, rectifies: Bool, mayOverwrite: Bool
  ) {
    self.input = input
    self.rectifies = rectifies
    output = Signal(shape: placed.output, layout: .sampleMinor, capacity: capacity, hasDeltas: input.deltas != nil)
    windows = PoolingWindows(placed, size: size, stride: stride)
    // Each number is looked at just before its delta is written.
    if mayOverwrite, windows.areTiles { input.overlay() }
  }

  func forward(_ pass: Pass) {
    let (batch, size, columns) = (pass.batch, windows.size, windows.input.columns)
    let (from, to) = (input.values.base, output.values.base)
    let least: Lanes = Lanes(repeating: rectifies ? 0 : -.infinity)
    windows.forEach { first, target in
      let corner = from + first * batch
      let place = to + target * batch
      var sample = 0
      while sample < batch {
        var largest = Lanes(at: corner + sample)
        for row in 0..<size {
          for column in 0..<size {
            let value = Lanes(at: corner + (row * columns + column) * batch + sample)
            largest.replace(with: value, where: value .> largest)
          }
        }
        largest.replace(with: least, where: largest .< least)
        largest.store(at: place + sample, count: batch - sample)
        sample += Lanes.scalarCount
      }
    }
  }

  func propagate(_ pass: Pass) {
    guard let from = output.deltas?.base, let to = input.deltas?.base else { return }
    let (batch, size, columns) = (pass.batch, windows.size, windows.input.columns)
    if !windows.areTiles { to.update(repeating: 0, count: windows.input.count * batch) }
    if windows.areTiles, size == 2, batch % Lanes.scalarCount == 0 {
      return propagateQuarters(batch, from: from, to: to)
    }
    let isSum = !windows.areDisjoint
    windows.forEach { first, target in
      let values = input.values.base + first * batch
      let largest = output.values.base + target * batch
      let delta = from + target * batch
      let result = to + first * batch
      var sample = 0
      while sample < batch {
        let top = Lanes(at: largest + sample)
        var left = Lanes(at: delta + sample)
        if rectifies { left.replace(with: 0, where: top .<= 0) }
        for row in 0..<size {
          for column in 0..<size {
            let place = (row * columns + column) * batch + sample
            let isLargest = Lanes(at: values + place) .== top
            var share = Lanes().replacing(with: left, where: isLargest)
            left.replace(with: 0, where: isLargest)
            if isSum { share += Lanes(at: result + place) }
            share.store(at: result + place, count: batch - sample)
          }
        }
        sample += Lanes.scalarCount
      }
    }
  }

  /// The usual case, four numbers to one and whole registers, without loops inside loops.
  private func propagateQuarters(_ batch: Int, from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>) {
    let down = windows.input.columns * batch
    let (values, largest) = (UnsafePointer(input.values.base), UnsafePointer(output.values.base))
    windows.forEach { first, target in
      var (place, source) = (first * batch, target * batch)
      for _ in 0..<batch / Lanes.scalarCount {
        let top = Lanes(at: largest + source)
        var left = Lanes(at: from + source)
        if rectifies { left.replace(with: 0, where: top .<= 0) }
        pass(&left, where: top, at: place, values, to)
        pass(&left, where: top, at: place + batch, values, to)
        pass(&left, where: top, at: place + down, values, to)
        pass(&left, where: top, at: place + down + batch, values, to)
        place += Lanes.scalarCount
        source += Lanes.scalarCount
      }
    }
  }

  /// Gives the deltas that are left to the numbers that are the largest of their windows.
  @inline(__always)
  private func pass(
    _ left: inout Lanes, where largest: Lanes, at place: Int, _ values: UnsafePointer<Float>,
    _ to: UnsafeMutablePointer<Float>
  ) {
    let isLargest = Lanes(at: values + place) .== largest
    Lanes().replacing(with: left, where: isLargest).store(at: to + place)
    left.replace(with: 0, where: isLargest)
  }
}
