/// A fixed block of lanes or numbers that starts on a cache line; all zero at first.
///
/// Not shared between threads while it is written. Whoever keeps `base` keeps the buffer too.
final class ProfileBuffer<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(count: Int, zero: Element) {
    self.count = count
    let room = max(count, 1)
    base = UnsafeMutableRawPointer.allocate(byteCount: room * MemoryLayout<Element>.stride, alignment: 128)
      .bindMemory(to: Element.self, capacity: room)
    base.initialize(repeating: zero, count: room)
  }

  deinit {
    base.deallocate()
  }
}
