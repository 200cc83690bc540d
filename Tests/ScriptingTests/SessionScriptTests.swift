import Foundation
import Testing

@testable import Scripting

/// `session`: saving, loading, transcripts, beginning anew.
@Suite struct SessionScriptTests {
  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("session-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func whatSucceededBecomesAScript() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("work.lua").path
    let first = try Transcript()
    for text in [
      "x = 20", "y = nothing.at.all", "function twice(n)\n  return 2 * n\nend", "?plot", "x = twice(x)", "x",
      "6 * 7, 8", "local x = 1", "-- a remark",
    ] {
      first.run(text)
    }
    first.run("session.save('\(path)')")
    #expect(
      try String(contentsOfFile: path, encoding: .utf8)
        == "x = 20\nfunction twice(n)\n  return 2 * n\nend\nx = twice(x)\n_ = x\n_ = 6 * 7, 8\ndo local x = 1 end\n-- a remark\n"
    )
    let second = try Transcript()
    #expect(second.run("session.load('\(path)')") == .succeeded)
    #expect(second.value("x + twice(1)") == "42")
    #expect(second.value("session.load('\(path).none')").contains("cannot read"))
  }

  @Test func cellsWithAnExpressionAtTheirEndBecomeAScriptToo() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("cells.lua").path
    let notebook = try Transcript { $0.showsLastExpression = true }
    for text in ["x = 1\nlocal y = 2\nx + y", "z = _\nprint(z)", "x = x + 1\nx"] { notebook.run(text) }
    notebook.run("session.save('\(path)')")
    let script = try Transcript()
    #expect(script.run("session.load('\(path)')") == .succeeded)
    #expect(script.value("x") == "2" && script.value("z") == "3" && script.value("y") == notebook.value("y"))
  }

  @Test func aRemarkBehindALocalSwallowsNothing() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("remark.lua").path
    let first = try Transcript()
    for text in ["local x = 1 -- a remark", "y = 2"] { first.run(text) }
    first.run("session.save('\(path)')")
    let second = try Transcript()
    #expect(second.run("session.load('\(path)')") == .succeeded)
    #expect(second.value("y") == "2")
  }

  /// What runs statement by statement is not always a script when put together.
  @Test func statementsThatDoNotGoTogetherAreSavedApart() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("apart.lua").path
    let first = try Transcript()
    let statements = [
      "x = 1 return x", "return x -- the end", "function f() return 7 end", "y = tostring", "('abc'):upper()",
      "goto done ::done:: z = 1", "goto done ::done:: z = z + f()",
    ]
    for text in statements { #expect(first.run(text) == .succeeded, "\(text)") }
    first.run("session.save('\(path)')")
    let second = try Transcript()
    #expect(second.run("session.load('\(path)')") == .succeeded, "\(second.errors)")
    #expect(second.value("z") == "8" && second.value("x") == "1")
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\nfunction f() return 7 end\n"))
  }

  @Test func transcriptsHoldBothSides() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("work.txt").path
    let transcript = try Transcript()
    transcript.run("before = 1")
    transcript.run("session.transcript('\(path)')")
    for text in [
      "print('hello')", "1 + 1", "nothing.x", "for i = 1, 1 do\n  print(i)\nend", "session.transcript()", "2",
    ] {
      transcript.run(text)
    }
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.contains("fl> print('hello')") && lines.contains("hello") && lines.contains("2"))
    #expect(lines.contains("  >   print(i)") && lines.contains { $0.hasPrefix("error: ") })
    #expect(lines.last == "fl> session.transcript()" && !lines.contains("fl> before = 1"))
  }

  @Test func resetBringsBackTheBeginning() throws {
    let transcript = try Transcript { $0.seed = 5 }
    let first = transcript.value("math.random()")
    for text in ["x = 1", "plot = nil", "print = 3", "seed(9)"] { transcript.run(text) }
    transcript.run("session.reset()")
    #expect(transcript.value("x") == "nil" || transcript.value("x").isEmpty)
    #expect(transcript.value("type(plot) .. type(print)") == "tablefunction")
    #expect(transcript.value("seed()") == "5")
    #expect(transcript.value("math.random()") == first)
  }

  @Test func historyIsNumbered() throws {
    let transcript = try Transcript()
    for text in ["x = 1", "y = 2"] { transcript.run(text) }
    transcript.run("session.history(1)")
    #expect(transcript.output == "   2  y = 2\n")
    #expect(transcript.value("session.edit(1)").contains("needs a prompt"))
    #expect(transcript.value("session.edit(99)").contains("there is no statement 99"))
  }
}
