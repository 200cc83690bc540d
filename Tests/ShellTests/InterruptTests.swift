import Foundation
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Ctrl-C stops whatever runs, from Lua, from Swift, and from one inside the other.
@Suite(.serialized) struct InterruptTests {
  private static let training = """
    local fed = fl.federation{ data = data.digits{ train = 2000, test = 200 }, clients = 4 }
    io.stderr:write("go\\n")
    """

  @Test(arguments: [
    "io.stderr:write('go\\n') while true do end",
    """
    local function deep(n)
      if n == 0 then io.stderr:write('go\\n') while true do end end
      coroutine.wrap(deep)(n - 1)
    end
    deep(5)
    """,
    "io.stderr:write('go\\n') while true do pcall(function() while true do end end) end",
    training + "fed:train{ rounds = 100000, iterations = 1000 }",
    training + "while true do pcall(fed.train, fed, { rounds = 100000, iterations = 1000 }) end",
    "time(function() io.stderr:write('go\\n') while true do end end)",
    training + "fed:train{ strategy = function() while true do end end }",
    """
    local book = ledger.create{}
    book:open_account{ name = "ann" }
    local spinner = book:deploy{ by = "ann", name = "spinner", source = "function spin() while true do end end" }
    io.stderr:write("go\\n")
    spinner:call{ name = "spin", by = "ann", gas = 1000000000000 }
    """,
    "io.stderr:write('go\\n') string.find(('a'):rep(40), ('a?'):rep(40) .. ('a'):rep(40) .. 'b')",
  ])
  func stopsSoon(code: String) throws { try expectSoonStop(of: code) }

  private static let frame = """
    local kinds, prices = {}, {}
    for i = 1, 2000000 do kinds[i], prices[i] = "kind " .. i % 1000, (i * 7919) % 1000003 + 0.5 end
    local frame = data.frame{ columns = { kind = kinds, price = prices } }
    io.stderr:write("go\\n")
    """
  private static let sample = """
    local sample = {}
    for i = 1, 2000000 do sample[i] = (i * 7919) % 1000003 / 7 end
    io.stderr:write("go\\n")
    """

  /// Single steps over millions of rows ask as well.
  @Test(arguments: [
    frame + "while true do frame:save('table.csv') end", frame + "while true do frame:text('plain') end",
    frame + "while true do frame:text('json') end", frame + "while true do frame:sort('price') end",
    frame + "while true do frame:sort('kind', true) end",
    frame + "while true do frame:group('kind', { price = 'median' }) end",
    frame + "while true do frame:group('price', { kind = 'first' }) end",
    sample + "while true do json.text(sample) end", sample + "while true do plot.histogram{ values = sample } end",
    "io.stderr:write('go\\n') data.digits{ train = 200000 }",
  ])
  func longSingleStepsStopSoon(code: String) throws { try expectSoonStop(of: code) }

  private func expectSoonStop(of code: String) throws {
    var delays: [Double] = []
    for _ in 0..<3 {
      let folder = try TemporaryFolder()
      let errors = folder.file("errors")
      let code = code.replacing("'table.csv'", with: "'\(folder.file("table.csv").path)'")
      var child = try ChildProcess(
        [try ShellProcess.executable(), "eval", code], environment: ShellProcess.environment(home: folder.path),
        files: [
          ("/dev/null", O_RDONLY), ("/dev/null", O_WRONLY), (errors.path, O_WRONLY | O_CREAT),
        ])
      defer { child.kill() }
      try wait(for: "go", in: errors)
      usleep(50_000)
      let start = ContinuousClock.now
      kill(child.identifier, SIGINT)
      #expect(try child.end(within: 10) == 130)
      delays.append(Double(start.duration(to: .now) / .milliseconds(1)))
      #expect(try String(contentsOf: errors, encoding: .utf8).contains("interrupted"))
    }
    // The median, because the machine may be busy with other things.
    #expect(delays.sorted()[1] < 200, "\(delays) ms")
  }

  private func wait(for text: String, in file: URL) throws {
    let deadline = Date().addingTimeInterval(20)
    while try !String(contentsOf: file, encoding: .utf8).contains(text) {
      guard Date() < deadline else { throw ChildProcess.Failure(description: "'\(text)' never came") }
      usleep(2_000)
    }
  }

  /// Training that is stopped keeps the rounds that were finished, and the prompt goes on.
  @Test func theLastFinishedRoundStays() throws {
    let folder = try TemporaryFolder()
    let terminal = try PseudoTerminal([], environment: ShellProcess.environment(home: folder.path))
    try terminal.expect("fl> ")
    terminal.type("fed = fl.federation{ data = data.digits{ train = 1000, test = 100 }, clients = 2 }\r")
    try terminal.expect("fl> ")
    terminal.type("fed:train{ rounds = 1000000 }\r")
    try terminal.expect("accuracy")
    terminal.type("\u{3}")
    try terminal.expect("interrupted")
    try terminal.expect("fl> ")
    terminal.type("fed.round > 0 and fed.round == #fed.accuracies and 'kept'\r")
    try terminal.expect("\nkept")
    // A Ctrl-D that comes before the prompt reads keys again is lost to the terminal.
    try terminal.expect("fl> ")
    terminal.type("\u{4}")
    #expect(try terminal.end() == 0)
  }
}
