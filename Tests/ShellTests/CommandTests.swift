import Foundation
import Testing

/// The commands without a terminal: what they print, and how they end.
@Suite struct CommandTests {
  @Test(
    arguments: [
      (["eval", "1 + 1"], 0), (["eval", "error('no')"], 1), (["eval", "x ="], 1), (["eval", "os.exit(7)"], 7),
      (["eval"], 64), (["--bogus"], 64), (["frobnicate"], 64), (["--threads", "0"], 64), (["--seed", "-1"], 64),
      (["--seed", "x"], 64), (["run"], 64), (["run", "/nowhere/at/all.lua"], 66), (["run", "/"], 66),
      (["--help"], 0), (["--version"], 0), (["run", "--help"], 0),
    ] as [([String], Int32)])
  func exitCodes(arguments: [String], status: Int32) throws {
    let outcome = try ShellProcess.run(arguments)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect((status == 0 || status == 7) == outcome.errors.isEmpty, "\(outcome.errors)")
  }

  @Test func aMistypedCommandSaysHowToRunAScript() throws {
    let outcome = try ShellProcess.run(["market.lua"])
    #expect(outcome.errors.contains("flnft run market.lua"))
    #expect(outcome.output.isEmpty)
  }

  @Test func optionsBeforeTheCommandAreExplained() throws {
    let outcome = try ShellProcess.run(["--seed", "3", "run", "s.lua"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("Options come after the command: flnft run"))
  }

  @Test func evalPrintsItsValue() throws {
    #expect(try ShellProcess.run(["eval", "6 * 7"]).output == "42\n")
  }

  @Test func aScriptGetsItsArguments() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("print(#arg, table.concat(arg, ' '))", to: "s.lua")
    let outcome = try ShellProcess.run(["run", "--seed", "3", "--threads", "1", script, "a", "--seed", "-i"])
    #expect(outcome.output == "3\ta --seed -i\n")
    #expect(outcome.status == 0)
  }

  @Test func aFailingScriptSpeaksOnStandardError() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("print('before')\nerror('no such market')\nprint('after')\n", to: "s.lua")
    let outcome = try ShellProcess.run(["run", script])
    #expect(outcome.status == 1)
    #expect(outcome.output == "before\n")
    #expect(outcome.errors.contains("no such market") && outcome.errors.contains("s.lua:2"))
  }

  @Test func aScriptMayComeThroughStandardInput() throws {
    #expect(try ShellProcess.run(["run", "-"], input: "local x = 20\nprint(x + 1)").output == "21\n")
  }

  @Test func noEscapeCodesOutsideATerminal() throws {
    let outcome = try ShellProcess.run(["eval", "error('no')"])
    #expect(!outcome.errors.contains("\u{1B}"))
  }

  // MARK: The pipe

  @Test func aPipeRunsStatementByStatement() throws {
    let outcome = try ShellProcess.run([], input: "x = 1\n\nfor i = 1, 2 do\n  print('row', i)\nend\nx + 1\n")
    #expect(outcome.output == "row\t1\nrow\t2\n2\n")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }

  @Test func aPipeEndsAtTheFirstError() throws {
    let outcome = try ShellProcess.run([], input: "print(1)\nerror('stop here')\nprint(2)\n")
    #expect(outcome.output == "1\n")
    #expect(outcome.errors.contains("stop here"))
    #expect(outcome.status == 1)
  }

  @Test func anUnfinishedStatementIsAnError() throws {
    let outcome = try ShellProcess.run([], input: "for i = 1, 2 do\n")
    #expect(outcome.status == 1 && outcome.output.isEmpty && !outcome.errors.isEmpty)
  }

  @Test func theLastLineNeedsNoNewline() throws {
    #expect(try ShellProcess.run([], input: "print('end')").output == "end\n")
  }

  @Test func aPipeMayEndTheProcess() throws {
    #expect(try ShellProcess.run([], input: "os.exit(5)\nprint(1)\n").status == 5)
  }

  @Test func oddBytesDoNoHarm() throws {
    let zero = try ShellProcess.run([], input: [UInt8]("print('a\0b')\n".utf8))
    #expect(zero.status == 0 && zero.output == "a\0b\n")
    let invalid = try ShellProcess.run([], input: [0xFF, 0xFE, 0x0A])
    #expect(invalid.status == 1)
  }

  @Test func aLineMayBeLong() throws {
    let text = String(repeating: "x", count: 1_000_000)
    let outcome = try ShellProcess.run([], input: "print(#'\(text)')\n")
    #expect(outcome.output == "1000000\n")
  }

  @Test func aFunctionMayBeLong() throws {
    let body = (1...20_000).map { "  count = count + \($0 % 2)\n" }.joined()
    let input = "count = 0\nfunction long()\n\(body)end\nlong()\ncount\n"
    let before = ContinuousClock.now
    #expect(try ShellProcess.run([], input: input).output == "10000\n")
    #expect(before.duration(to: .now) < .seconds(5))
  }

  @Test func bytesPrintedArriveInOrder() throws {
    let input = "for i = 1, 20000 do print(i) end\n"
    let outcome = try ShellProcess.run([], input: input)
    #expect(outcome.output == (1...20_000).map { "\($0)\n" }.joined())
  }

  // MARK: Output that cannot be written

  @Test func closedOutputIsNoCrash() throws {
    let outcome = try ShellProcess.run(["eval", "print(1)"], wrapper: #"exec "$0" "$@" >&-"#)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }

  @Test func aReaderThatLeavesStopsTheScript() throws {
    let loop = "for i = 1, 1000000000 do print(i) end"
    let outcome = try ShellProcess.run(["eval", loop], wrapper: #"{ "$0" "$@"; echo "status $?" >&2; } | head -n 1"#)
    #expect(outcome.output == "1\n")
    #expect(outcome.errors.contains("status 141"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullDiskIsAnError() throws {
    let outcome = try ShellProcess.run(["eval", "print(1)"], wrapper: #"exec "$0" "$@" >/dev/full"#)
    #expect(outcome.status == 74)
    #expect(outcome.errors.contains("cannot write"))
  }

  @Test func interruptEndsAScriptWith130() throws {
    let loop = #"sleep 0.5 && kill -INT $$ & exec "$0" "$@""#
    #expect(try ShellProcess.run(["eval", "while true do end"], wrapper: loop).status == 130)
  }

  /// One line of JSON for each thing that happens, with values where JSON can say them.
  @Test func programsReadLinesOfJSON() throws {
    let code = "print('a') return { x = { 1, 2.5 }, name = 'n' }"
    let outcome = try ShellProcess.run(["eval", "--json", code])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0] == #"{"event":"output","text":"a\n"}"#, "\(outcome.output)")
    #expect(lines.last?.contains(#""value":{"name":"n","x":[1,2.5]}"#) == true, "\(outcome.output)")
    let failed = try ShellProcess.run(["eval", "--json", "plot.line{ z = 1 }"])
    #expect(failed.status == 1)
    #expect(failed.output.contains(#""event":"error""#) && failed.output.contains(#""kind":"InvalidParameter""#))
    // What JSON cannot say is still shown.
    let function = try ShellProcess.run(["eval", "--json", "return print"])
    #expect(function.output.contains(#""event":"result""#) && function.output.contains("null"), "\(function.output)")
  }
}
