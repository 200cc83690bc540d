import Foundation
import Testing

/// The prompt on a terminal, as a person meets it.
@Suite struct PromptTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func start(_ arguments: [String] = [], _ changes: [String: String] = [:]) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      arguments, environment: ShellProcess.environment(home: home.path, changes))
    try terminal.expect("fl> ")
    return terminal
  }

  private static let controlC = "\u{3}"
  private static let controlD = "\u{4}"
  private static let controlR = "\u{12}"
  private static let up = "\u{1B}[A"
  private static let down = "\u{1B}[B"

  private var historyPath: String { home.path + "/.local/state/flnft/history" }
  private func history() throws -> String { try String(contentsOfFile: historyPath, encoding: .utf8) }

  @Test func answersAndLeaves() throws {
    let terminal = try start()
    terminal.type("6 * 7\r")
    try terminal.expect("\n42")
    try terminal.expect("fl> ")
    terminal.type(PromptTests.controlD)
    #expect(try terminal.end() == 0)
  }

  /// Plots and tables are as wide as the window is when they are printed.
  @Test func aWindowMayBeResized() throws {
    let terminal = try start([], ["NO_COLOR": "1"])
    terminal.type(
      "function width() local w = 0 for l in tostring(plot.line{ y = { 1, 2 } }):gmatch('[^\\n]+') do "
        + "w = math.max(w, utf8.len(l) or #l) end return w end\r")
    try terminal.expect("fl> ")
    terminal.type("width() > 70 and 'wide'\r")
    try terminal.expect("\nwide")
    terminal.resize(columns: 50)
    terminal.type("width() <= 50 and 'narrow'\r")
    try terminal.expect("\nnarrow")
  }

  @Test func aStatementMayTakeSeveralLines() throws {
    let terminal = try start()
    terminal.type("for i = 1, 2 do\r")
    try terminal.expect("  > ")
    terminal.type("print('row ' .. i)\r")
    try terminal.expect("  > ")
    terminal.type("end\r")
    try terminal.expect("row 1")
    try terminal.expect("row 2")
    try terminal.expect("fl> ")
  }

  @Test func anErrorKeepsTheConversation() throws {
    let terminal = try start()
    terminal.type("error('no such thing')\r")
    try terminal.expect("\u{1B}[31merror: ")
    try terminal.expect("no such thing")
    terminal.type("40 + 2\r")
    try terminal.expect("\n42")
    // A Ctrl-D that comes before the prompt reads keys again is lost to the terminal.
    try terminal.expect("fl> ")
    terminal.type(PromptTests.controlD)
    #expect(try terminal.end() == 0)
  }

  @Test func anEarlierStatementCanBeEdited() throws {
    let terminal = try start([], ["EDITOR": "sed -i s/6/21/"])
    terminal.type("x = 6 * 2\r")
    try terminal.expect("fl> ")
    terminal.type("session.edit(1)\r")
    try terminal.expect("\nx = 21 * 2")
    try terminal.expect("fl> ")
    terminal.type("x\r")
    try terminal.expect("\n42")
    let broken = try start([], ["EDITOR": "false"])
    broken.type("session.edit()\r")
    try broken.expect("error: ")
  }

  @Test func longTextsArePaged() throws {
    let terminal = try start([], ["FLNFT_PAGER": "sed 's/^/paged /'"])
    terminal.type("('line\\n'):rep(60)\r")
    try terminal.expect("\npaged line")
    try terminal.expect("fl> ")
    terminal.type("'a short one'\r")
    try terminal.expect("\na short one")
    // A pager that is not there must not swallow the text.
    let without = try start([], ["FLNFT_PAGER": "no-such-pager"])
    without.type("('line\\n'):rep(60)\r")
    try without.expect("\nline")
  }

  @Test func noColor() throws {
    let terminal = try start([], ["NO_COLOR": "1"])
    terminal.type("error('no such thing')\r")
    try terminal.expect("\nerror: ")
    try terminal.expect("fl> ")
    #expect(!terminal.transcript.contains("\u{1B}[31m") && !terminal.transcript.contains("\u{1B}[2m"))
    let flag = try start(["--no-color"])
    flag.type("error('no such thing')\r")
    try flag.expect("\nerror: ")
  }

  @Test func controlCAtThePromptDropsTheLine() throws {
    let terminal = try start()
    terminal.type("error('typed')")
    try terminal.expect("typed')")
    terminal.type(PromptTests.controlC)
    try terminal.expect("fl> ")
    terminal.type("for i = 1, 2 do\r")
    try terminal.expect("  > ")
    terminal.type(PromptTests.controlC)
    try terminal.expect("fl> ")
    terminal.type("6 * 7\r")
    try terminal.expect("\n42")
    #expect(!terminal.transcript.contains("error: "))
  }

  @Test func controlCWhileRunningComesBackToThePrompt() throws {
    let terminal = try start()
    terminal.type("x = 41\r")
    try terminal.expect("fl> ")
    terminal.type("while true do end\r")
    try terminal.expect("\n")
    usleep(300_000)
    let before = ContinuousClock.now
    terminal.type(PromptTests.controlC)
    try terminal.expect("interrupted")
    #expect(before.duration(to: .now) < .milliseconds(200))
    try terminal.expect("fl> ")
    terminal.type("x + 1\r")
    try terminal.expect("\n42")
  }

  @Test func longWorkSaysHowLongItTook() throws {
    let terminal = try start()
    terminal.type("local t = os.clock() while os.clock() - t < 0.3 do end\r")
    try terminal.expect(" ms)")
  }

  @Test func osExitLeaves() throws {
    let terminal = try start()
    terminal.type("os.exit(9)\r")
    #expect(try terminal.end() == 9)
  }

  // MARK: History

  @Test func historyOutlivesTheConversation() throws {
    let first = try start()
    first.type("a = 11\r")
    try first.expect("fl> ")
    first.type("for i = 1, 2 do\r")
    try first.expect("  > ")
    first.type("  print('row', i)\r")
    try first.expect("  > ")
    first.type("end\r")
    try first.expect("fl> ")
    first.type(PromptTests.controlD)
    #expect(try first.end() == 0)
    #expect(try history() == "a = 11\nfor i = 1, 2 do\n\t  print('row', i)\n\tend\n")
    let rights = try FileManager.default.attributesOfItem(atPath: historyPath)[.posixPermissions] as? Int
    #expect(rights == 0o600)

    let second = try start()
    second.type(PromptTests.up)
    try second.expect("print('row', i)")
    second.type("\r")
    try second.expect("row\t2")
    try second.expect("fl> ")
    second.type(PromptTests.up + PromptTests.up + "\r")
    try second.expect("fl> ")
    second.type("a * 2\r")
    try second.expect("\n22")
  }

  @Test func theUpArrowLooksForWhatIsTyped() throws {
    let terminal = try start()
    for statement in ["one = 'first'", "print('two')", "three = 'third'"] {
      terminal.type(statement + "\r")
      try terminal.expect("fl> ")
    }
    terminal.type("one" + PromptTests.up + "\r")
    try terminal.expect("= 'first'")
    try terminal.expect("fl> ")
    #expect(try history().hasSuffix("three = 'third'\none = 'first'\n"))
    // Down again comes back to what was typed.
    terminal.type("6 *" + PromptTests.up + PromptTests.down + " 7\r")
    try terminal.expect("\n42")
    terminal.type("pri" + PromptTests.up + PromptTests.down + "nt(43)\r")
    try terminal.expect("\n43")
  }

  @Test func controlRSearches() throws {
    let terminal = try start()
    terminal.type("needle = 6\r")
    try terminal.expect("fl> ")
    terminal.type("other = 7\r")
    try terminal.expect("fl> ")
    terminal.type(PromptTests.controlR + "need")
    try terminal.expect("bck:")
    terminal.type("\u{1B}")
    usleep(700_000)
    terminal.type("\rneedle * other\r")
    try terminal.expect("\n42")
    #expect(try history().hasPrefix("needle = 6\nother = 7\nneedle = 6\n"))
  }

  @Test func historyCanBeTurnedOff() throws {
    let terminal = try start([], ["FLNFT_HISTORY": "off"])
    terminal.type("1 + 1\r")
    try terminal.expect("\n2")
    #expect(!FileManager.default.fileExists(atPath: historyPath))
  }

  // MARK: Completion and pasting

  @Test func tabCompletes() throws {
    let terminal = try start()
    terminal.type("tostr\t")
    try terminal.expect("ing")
    terminal.type("(6 * 7) .. '!'\r")
    try terminal.expect("42!")
  }

  @Test func tabListsWhatIsPossible() throws {
    let terminal = try start()
    terminal.type("to\t")
    try terminal.expect("tonumber")
    try terminal.expect("tostring")
    try terminal.expect("fl> to")
    terminal.type("string(42) .. '!'\r")
    try terminal.expect("42!")
  }

  @Test func tabCompletesOnLaterLines() throws {
    let terminal = try start()
    terminal.type("do\r")
    try terminal.expect("  > ")
    terminal.type("print(tostr\t")
    try terminal.expect("ing")
    terminal.type("(42) .. '!') end\r")
    try terminal.expect("42!")
  }

  @Test func pastedTextIsTakenAsItIs() throws {
    let terminal = try start()
    terminal.type("\u{1B}[200~first = 20\r\tsecond = 22 -- tostr\ttab\r\u{1B}[201~")
    terminal.type("\r")
    try terminal.expect("fl> ")
    terminal.type("first + second\r")
    try terminal.expect("\n42")
    #expect(try history().hasPrefix("first = 20\n\t\tsecond = 22 -- tostr\ttab\n"))
  }

  // MARK: Terminals and locales

  @Test func textOfTheWorld() throws {
    let terminal = try start()
    terminal.type("x = '市場é𝛼'\r")
    try terminal.expect("fl> ")
    terminal.type("#x\r")
    try terminal.expect("\n12")
  }

  @Test(arguments: ["C", "POSIX", "xx_XX.nonsense"])
  func theLocaleMayBePoor(locale: String) throws {
    let terminal = try start([], ["LC_ALL": locale])
    terminal.type("#'é市'\r")
    try terminal.expect("\n5")
  }

  @Test func dumbTerminalsGetNoEscapeCodes() throws {
    let terminal = try start([], ["TERM": "dumb"])
    terminal.type("6 * 7\n")
    try terminal.expect("\n42")
    terminal.type("error('no')\n")
    try terminal.expect("error: ")
    try terminal.expect("fl> ")
    terminal.type("unfinished(")
    usleep(100_000)
    terminal.type(PromptTests.controlC)
    try terminal.expect("fl> ")
    terminal.type("1 + 2\n")
    try terminal.expect("\n3")
    terminal.type(PromptTests.controlD)
    #expect(try terminal.end() == 0)
    #expect(!terminal.transcript.contains("\u{1B}"))
  }

  // MARK: Files

  @Test func theInitFileRunsFirst() throws {
    try home.write("answer = 42", to: ".config/flnft/init.lua")
    let terminal = try start()
    terminal.type("answer\r")
    try terminal.expect("\n42")
    let without = try start(["--no-init"])
    without.type("answer == nil\r")
    try without.expect("\ntrue")
  }

  @Test func aBrokenInitFileIsReported() throws {
    try home.write("error('in init')", to: "config/flnft/init.lua")
    let terminal = try start([], ["XDG_CONFIG_HOME": home.path + "/config"])
    #expect(terminal.transcript.contains("in init"))
    terminal.type("6 * 7\r")
    try terminal.expect("\n42")
  }

  @Test func aScriptMayBeFollowedByThePrompt() throws {
    let script = try home.write("made = 42", to: "s.lua")
    let terminal = try start(["run", "-i", script])
    terminal.type("made\r")
    try terminal.expect("\n42")
  }
}
