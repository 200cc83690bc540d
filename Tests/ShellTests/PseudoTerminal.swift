import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The program on a terminal of its own: keys go in, what the screen would get comes out.
final class PseudoTerminal {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let master: Int32
  private var process: ChildProcess
  /// All that has come so far.
  private(set) var transcript = ""
  /// The same, without the marks that turn bracketed paste on and off: they stand before and behind every line.
  private var bytes: [UInt8] = []
  private var raw: [UInt8] = []
  /// What has been looked at: `expect` finds only what comes later.
  private var seen = 0

  init(_ arguments: [String] = [], environment: [String: String]) throws {
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    var (own, other) = (Int32(-1), Int32(-1))
    var slave = [CChar](repeating: 0, count: 1024)
    guard openpty(&own, &other, &slave, nil, &size) == 0 else {
      throw Failure(description: "no pseudo-terminal: \(String(cString: strerror(errno)))")
    }
    master = own
    defer { close(other) }
    // Terminals of tests that run at the same time must not be kept open by each other's programs.
    for descriptor in [own, other] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

    process = try ChildProcess(
      [try ShellProcess.executable()] + arguments, environment: environment,
      files: [(String(decoding: slave.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self), O_RDWR)])
  }

  deinit {
    process.kill()
    close(master)
  }

  func type(_ keys: String) {
    var rest = Array(keys.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Gives the window so many columns.
  func resize(columns: UInt16) {
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Waits until the text has come, after what was expected before; what stands between is returned.
  @discardableResult
  func expect(_ text: String, within seconds: Double = 10) throws -> String {
    let wanted = Array(text.utf8)
    let deadline = Date().addingTimeInterval(seconds)
    while true {
      if let range = bytes[seen...].firstRange(of: wanted) {
        defer { seen = range.upperBound }
        return String(decoding: bytes[seen..<range.lowerBound], as: UTF8.self)
      }
      guard Date() < deadline, readMore(until: deadline) else {
        throw Failure(description: "'\(text)' did not come; the screen got: \(transcript.debugDescription)")
      }
    }
  }

  /// Waits for the end of the program; its exit status, or minus the signal that ended it.
  func end(within seconds: Double = 10) throws -> Int32 {
    let deadline = Date().addingTimeInterval(seconds)
    while readMore(until: deadline) {}
    return try process.end(within: max(10, deadline.timeIntervalSinceNow))
  }

  private func readMore(until deadline: Date) -> Bool {
    var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, Int32(max(0, deadline.timeIntervalSinceNow * 1000))) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    raw += buffer[..<count]
    transcript = String(decoding: raw, as: UTF8.self)
    let marks = ["\u{1B}[?2004h", "\u{1B}[?2004l"]
    bytes = Array(marks.reduce(transcript) { $0.replacingOccurrences(of: $1, with: "") }.utf8)
    return true
  }
}
