import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that dies while it writes blocks leaves a ledger that opens, verifies, and holds every block whose appending
/// was acknowledged.
@Suite(.serialized) struct CrashTests {
  private static let environment = ProcessInfo.processInfo.environment
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Appends blocks for ever (or `count` of them) and says after each how high the chain is.
  private static func writer(_ path: String, count: Int? = nil) -> String {
    """
    local function exists(name) local file = io.open(name) if file then file:close() end return file ~= nil end
    local path = "\(path)"
    local book = exists(path) and ledger.open{ path = path } or ledger.create{ path = path }
    io.write(book.height, "\\n") io.flush()
    local payer
    for i = 1, \(count.map(String.init) ?? "math.huge") do
      if i % 5 == 1 then
        payer = "account " .. book.height
        book:open_account{ name = payer, amount = 1000 }
      else
        book:transfer{ from = payer, to = "treasury", amount = "0.001" }
      end
      if i % 7 == 0 then book:snapshot() end
      io.write(book.height, "\\n") io.flush()
    end
    """
  }

  /// The height after everything is verified.
  private func survivingHeight(of path: String) throws -> Int? {
    let code = """
      local book = ledger.open{ path = "\(path)" }
      local report = book:verify()
      assert(report.sound, report)
      local quick = ledger.open{ path = "\(path)", read_only = true, trust = "snapshot" }
      assert(quick.head == book.head)
      return book.height
      """
    let outcome = try ShellProcess.run(["eval", code])
    guard outcome.status == 0, let height = Int(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      Issue.record("\(outcome.errors)")
      return nil
    }
    return height
  }

  private func acknowledged(_ output: String) -> Int {
    // A line without its end was not acknowledged.
    let lines = ((try? String(contentsOfFile: output, encoding: .utf8)) ?? "").split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.dropLast().compactMap { Int($0) }.last ?? -1
  }

  private func child(_ code: String, output: String, _ more: [String: String] = [:]) throws -> ChildProcess {
    try ChildProcess(
      [try ShellProcess.executable(), "eval", code],
      environment: ShellProcess.environment(home: folder.path, more),
      files: [
        ("/dev/null", O_RDONLY), (output, O_WRONLY | O_CREAT | O_TRUNC),
        (folder.file("errors").path, O_WRONLY | O_CREAT | O_TRUNC),
      ])
  }

  /// Two hundred times, at moments that nobody chose.
  @Test func killedAtRandom() throws {
    var kills = 0
    var heights: Set<Int> = []
    var generator = SystemRandomNumberGenerator()
    for book in 0..<10 {
      let path = folder.file("book\(book).sqlite").path
      var least = -1
      for _ in 0..<20 {
        let output = folder.file("output").path
        var writer = try child(Self.writer(path), output: output)
        // Some blocks after the first that this writer finds or makes, and somewhere within the next one.
        let deadline = Date().addingTimeInterval(30)
        let target = least + 1 + Int.random(in: 0..<12, using: &generator)
        while acknowledged(output) < target, Date() < deadline { usleep(500) }
        usleep(UInt32.random(in: 0..<3_000, using: &generator))
        writer.kill()
        kills += 1
        least = max(least, acknowledged(output))
        guard let height = try survivingHeight(of: path) else { return }
        #expect(height >= least, "kill \(kills): block \(least) was acknowledged, and \(height) is the last")
        least = height
        heights.insert(height)
      }
    }
    #expect(kills == 200 && heights.count > 20)
  }

  #if os(Linux)
    private static let library = URL(fileURLWithPath: (try? ShellProcess.executable()) ?? "")
      .deletingLastPathComponent().appendingPathComponent("libCrashPoint.so").path

    /// At every single write, synchronisation, truncation and removal, whole and with half of the bytes written.
    @Test(arguments: [false, true])
    func endedAtEveryWrite(torn: Bool) throws {
      #expect(FileManager.default.fileExists(atPath: Self.library), "\(Self.library) was not built")
      let output = folder.file("output").path
      let counted = folder.file("counted").path
      let base = folder.file("counted.sqlite").path
      var whole = try child(
        Self.writer(base, count: 8), output: output,
        ["LD_PRELOAD": Self.library, "CRASH_PATH": base, "CRASH_COUNT": counted])
      #expect(try whole.end(within: 30) == 0)
      let text = try String(contentsOfFile: counted, encoding: .utf8)
      let boundaries = try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
      #expect(boundaries > 30)
      for boundary in 1...boundaries {
        let path = folder.file("boundary\(boundary).sqlite").path
        var settings = ["LD_PRELOAD": Self.library, "CRASH_PATH": path, "CRASH_AT": "\(boundary)"]
        if torn { settings["CRASH_TORN"] = "1" }
        var writer = try child(Self.writer(path, count: 8), output: output, settings)
        let status = try writer.end(within: 30)
        let least = acknowledged(output)
        #expect(status == -SIGKILL || least == 8, "boundary \(boundary): \(status)")
        // Before the first block is written there is no ledger, and another can be made in its place.
        guard least >= 0 else {
          let again = try ShellProcess.run(["eval", Self.writer(path, count: 1)])
          let empty = try ShellProcess.run(["eval", Self.writer(folder.file("other\(boundary).sqlite").path, count: 1)])
          #expect(again.status == 0 || again.errors.contains(path), "\(again.errors)")
          #expect(empty.status == 0)
          continue
        }
        guard let height = try survivingHeight(of: path) else {
          Issue.record("boundary \(boundary)")
          return
        }
        #expect(height >= least, "boundary \(boundary): block \(least) was acknowledged, and \(height) is the last")
      }
    }
  #endif
}
