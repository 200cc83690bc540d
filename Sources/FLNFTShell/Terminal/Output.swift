#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Standard output, and standard error in the right order after it.
///
/// A terminal gets every piece at once. Elsewhere pieces are collected, for a tenth of a second at most: a script that
/// prints a million lines should not pay a million system calls.
final class Output {
  /// Why no more can be written. What is printed after that is dropped.
  private(set) var failure: ExitStatus?
  private var pending: [UInt8] = []
  private var lastFlush = ContinuousClock.now
  private let isTerminal = isatty(STDOUT_FILENO) == 1

  private static let capacity = 16_384

  func write(_ text: String) {
    guard failure == nil else { return }
    pending.append(contentsOf: text.utf8)
    if isTerminal || pending.count >= Output.capacity || lastFlush.duration(to: .now) > .milliseconds(100) { flush() }
  }

  func writeError(_ text: String) {
    flush()
    Output.write(text, to: STDERR_FILENO)
  }

  func flush() {
    lastFlush = .now
    guard !pending.isEmpty else { return }
    let error = Output.write(pending, to: STDOUT_FILENO)
    pending.removeAll(keepingCapacity: true)
    guard error != 0, failure == nil else { return }
    failure = error == EPIPE ? .brokenPipe : .outputError
    if error != EPIPE { Output.write("flnft: cannot write: \(String(cString: strerror(error)))\n", to: STDERR_FILENO) }
    // Whoever computes for a reader who has left should stop.
    raise(SIGINT)
  }

  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Int32 { write(Array(text.utf8), to: descriptor) }

  /// Writes all bytes; the error number, or 0.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
          // The other end has made the terminal non-blocking.
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&waiting, 1, 1000)
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }

  private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
