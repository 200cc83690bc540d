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

  func clear() { base.update(repeating: StateLanes(), count: count) }

  /// The numbers of a row of so many states, without the padding.
  func row(_ index: Int, states: Int) -> [Double] {
    let start = index * PaddedModel.blocks(of: states)
    return (0..<states).map { base[start + $0 / 8][$0 % 8] }
  }
}
