import Foundation

/// A process that runs a peer's work on request, one line in, one line out; see Benchmarks/peers/worker.py.
///
/// It stays alive between requests, so that its runs can alternate with ours and are measured warm.
final class PeerWorker {
  private let process = Process()
  private let requests = Pipe()
  private let answers = Pipe()
  private var unread = Data()

  init(python: String, script: String) throws {
    process.executableURL = URL(filePath: python)
    process.arguments = [script]
    process.standardInput = requests
    process.standardOutput = answers
    // Libraries warn at length there; what fails is in the answers.
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit { close() }

  /// - Throws: `BenchmarkError` with the worker's own words when it could not do what was asked.
  func ask(_ request: String) throws -> String {
    try requests.fileHandleForWriting.write(contentsOf: Data((request + "\n").utf8))
    let answer = try readLine()
    if answer.hasPrefix("ok ") { return String(answer.dropFirst(3)) }
    throw BenchmarkError(answer.hasPrefix("error ") ? String(answer.dropFirst(6)) : answer)
  }

  /// The worker ends when its input does.
  func close() {
    try? requests.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  private func readLine() throws -> String {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread = Data(unread[(end + 1)...]) }
        return String(decoding: unread[..<end], as: UTF8.self)
      }
      let more = answers.fileHandleForReading.availableData
      guard !more.isEmpty else { throw BenchmarkError("the worker ended without an answer") }
      unread.append(more)
    }
  }
}
