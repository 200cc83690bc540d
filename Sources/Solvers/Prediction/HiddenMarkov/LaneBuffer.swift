import Tensor

/// A fixed block of lanes, for tables and workspaces that long loops read and write through pointers.
///
/// Not shared between threads while it is written. Whoever keeps `base` keeps the buffer too.
final class LaneBuffer {
  let base: UnsafeMutablePointer<StateLanes>
  private let count: Int

  init(count: Int) {
    self.count = max(count, 1)
    base = .allocate(capacity: self.count)
    base.initialize(repeating: StateLanes(), count: self.count)
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  /// The first rows of so many states each, without the padding.
  func matrix(rows: Int, columns: Int) -> Matrix {
    let stride = 8 * PaddedModel.blocks(of: columns)
    let source = UnsafeRawPointer(base).assumingMemoryBound(to: Double.self)
    let elements = [Double](unsafeUninitializedCapacity: rows * columns) { target, filled in
      for row in 0..<rows {
        for column in 0..<columns { target[row * columns + column] = source[row * stride + column] }
      }
      filled = rows * columns
    }
    return Matrix(rows: rows, columns: columns, elements: elements)
  }

  func clear() { base.update(repeating: StateLanes(), count: count) }

  /// The numbers of a row of so many states, without the padding.
  func row(_ index: Int, states: Int) -> [Double] {
    let start = index * PaddedModel.blocks(of: states)
    return (0..<states).map { base[start + $0 / 8][$0 % 8] }
  }
}
