import Testing

@testable import Scripting

/// What is shown of a value, and in which forms.
@Suite struct DisplayTests {
  private static let market = "auction.double{ asks = { 1, 2 }, bids = { 3, 4 } }"

  @Test func richSessionsShowMoreThanText() throws {
    let transcript = try Transcript { $0.rich = true }
    transcript.run("display(plot.line{ y = { 1, 4, 9 } }) display(\(DisplayTests.market)) display('text', nil, 3)")
    let shown = transcript.displays
    #expect(shown.count == 5)
    #expect(shown[0].others[.svg]?.hasPrefix("<svg") == true)
    #expect(shown[1].others[.html]?.contains("<table>") == true)
    #expect(shown[1].text == transcript.value(DisplayTests.market))
    #expect(shown[2...].map(\.text) == ["text", "nil", "3"])
    #expect(shown[2...].allSatisfy { $0.others.isEmpty })
  }

  @Test func auditsAndCounterexamplesAreTablesInNotebooks() throws {
    let transcript = try Transcript { $0.rich = true }
    transcript.run(
      """
      first = auction.mechanism{ bidders = 2, rule = function(bids)
        return { winner = bids[1] >= bids[2] and 1 or 2, price = math.max(bids[1], bids[2]) }
      end }
      report = first:audit{ trials = 100 }
      display(report, report:counterexample("ic"))
      """)
    #expect(transcript.displays.count == 2, "\(transcript.errors)")
    for shown in transcript.displays { #expect(shown.others[.html]?.contains("<table>") == true) }
    #expect(transcript.displays.first?.others[.html]?.contains("<p>audit of ") == true)
    #expect(transcript.displays.first?.text == transcript.value("report:summary()"))
  }

  /// In a terminal nothing is drawn that no one sees.
  @Test func othersShowTextAlone() throws {
    let transcript = try Transcript()
    transcript.run("display(plot.line{ y = { 1, 4, 9 } }) display(\(DisplayTests.market))")
    #expect(transcript.displays.count == 2)
    #expect(transcript.displays.allSatisfy { $0.others.isEmpty })
  }

  @Test func clearingIsAnEvent() throws {
    let transcript = try Transcript()
    transcript.run("clear_output() clear_output{ wait = true }")
    #expect(transcript.clears == [false, true])
  }

  @Test func tablesBecomeHTML() {
    let table = TextTable(
      "a < b", [.init("name & unit", .text(["<i>", "\"x\""])), .init("value", .numbers([1, 0.25]))])
    let html = table.html()
    #expect(html.contains("<caption>a &lt; b</caption>"))
    #expect(html.contains(#"<th style="text-align: left">name &amp; unit</th>"#))
    #expect(html.contains(#"<td style="text-align: left">&lt;i&gt;</td><td style="text-align: right">1</td>"#))
    #expect(html.contains("&quot;x&quot;"))
    #expect(!html.contains("more rows"))
    #expect(TextTable("", []).html() == "<table>\n<thead><tr></tr></thead>\n<tbody>\n</tbody>\n</table>")
  }

  @Test func longTablesAreCutInTheMiddle() {
    let table = TextTable("", [.init("n", .integers(Array(1...1_000_000)))])
    let html = table.html(maximumRows: 10)
    #expect(html.contains("... 999990 more rows"))
    #expect(html.contains(">5<") && html.contains(">999996<") && !html.contains(">6<"))
    #expect(html.split(separator: "\n").count < 20)
  }

  @Test func longStringsLoseTheirMiddleOnAScreen() throws {
    let make = "('€'):rep(1000000)"
    let prompt = try Transcript { $0.interactive = true }
    let shown = prompt.value(make)
    #expect(shown.contains("\n... 2960001 bytes are left out here; print(_) shows all") && shown.utf8.count < 50_000)
    #expect(shown.hasPrefix("€€") && shown.hasSuffix("€€") && !shown.contains("\u{FFFD}"))
    #expect(prompt.value("{ \(make) }").utf8.count < 50_000)
    prompt.run("print(_[1])")
    #expect(prompt.output.utf8.count == 3_000_001)
    #expect(prompt.value("('x'):rep(1000000)").utf8.count == 1_000_000)
    // A program that reads the output gets it whole.
    #expect(try Transcript().value(make).utf8.count == 3_000_000)
  }

  // MARK: Cells

  @Test(arguments: [
    ("x = 6\nx * 7", "42"), ("local a = 1\nlocal b = 2\n\na +\nb", "3"), ("f = function() return 5 end\nf()", "5"),
    ("x = 1\n{ x }", "error"), ("for i = 1, 3 do\n  n = i\n  tostring(n)\nend", ""), ("x = 1\ny = 2", ""),
    ("do\n  local y = 4\n  tostring(y)\nend", ""), ("x = {\n  a = 1,\n  b = 2,\n}\nx.b", "2"),
    ("goto done\n::done::\n1", "1"),
  ])
  func theLastExpressionIsShown(cell: String, shown: String) throws {
    let transcript = try Transcript { $0.showsLastExpression = true }
    let answer = transcript.value(cell)
    #expect(answer.hasPrefix(shown) && (shown.isEmpty == answer.isEmpty), "\(answer)")
  }

  /// A loop whose last statement is a call runs to its end.
  @Test func loopsAreLeftAlone() throws {
    let transcript = try Transcript { $0.showsLastExpression = true }
    transcript.run("n = 0\nfor i = 1, 3 do\n  n = n + 1\n  tostring(n)\nend")
    #expect(transcript.value("n") == "3")
    // A line that starts with a bracket goes on with the call above it, as Lua has it.
    transcript.run("g = function(v) calls = (calls or 0) + 1 return function() end end")
    transcript.run("h = g\n(1)")
    #expect(transcript.value("calls") == "1")
  }

  @Test func linesKeepTheirNumbers() throws {
    let transcript = try Transcript { $0.showsLastExpression = true }
    transcript.run("x = 1\n\nx + nothing")
    #expect(transcript.errors.last?.message.hasPrefix("input:3:") == true)
  }

  @Test func aSemicolonHidesTheValue() throws {
    let transcript = try Transcript()
    #expect(transcript.value("1 + 1;") == "")
    #expect(transcript.value("_") == "2")
    #expect(transcript.value("';'") == ";")
  }

  @Test func expressionsAreEvaluatedInSilence() throws {
    let transcript = try Transcript { $0.rich = true }
    guard case .success(let value) = transcript.session.evaluate("plot.bar{ y = { 1 } }", name: "e") else {
      Issue.record("no value")
      return
    }
    #expect(value.others[.svg] != nil)
    guard case .failure(let error) = transcript.session.evaluate("fl.clip{ vektor = 1 }", name: "e") else {
      Issue.record("no error")
      return
    }
    #expect(error.kind == "InvalidParameter")
    #expect(transcript.errors.isEmpty && transcript.results.isEmpty)
  }

  // MARK: Files

  @Test func aSessionCanOwnTheStandardFiles() throws {
    let transcript = try Transcript { $0.ownsStandardFiles = true }
    transcript.run("io.stdout:write('a', 1):write('b') io.stderr:write('c\\n') io.write('d')")
    #expect(transcript.output == "a1bd")
    #expect(transcript.errorOutput == "c\n")
    #expect(transcript.value("io.read()").contains("there is no one to ask"))
    #expect(transcript.value("select(2, pcall(io.read)).kind") == "NoInput")
    #expect(transcript.value("io.stderr:write({})").contains("bad argument #1 to 'write'"))
    // Other files stay what they are.
    #expect(
      transcript.value("(function() local f = io.tmpfile() f:write('x\\ny') f:seek('set') return f:read('a') end)()")
        == "x\ny")
    #expect(transcript.value("io.read('z')").contains("invalid format"))
  }

  // MARK: Questions

  @Test(arguments: [
    ("fl.federation", 5, "fl.federation{"), ("fl.federation{ clients = 3, ", 28, "fl.federation{"),
    ("print(fl.clip{ ", 15, "fl.clip{"), ("digits = 1 fl", 13, "fl: "), ("fed = number", 12, "number: number\n\n7"),
    ("book:open_account", 17, "ledger:open_account{"), ("set", 2, "digits: "),
  ])
  func theCursorAsks(text: String, cursor: Int, answer: String) throws {
    let transcript = try Transcript()
    transcript.run("number = 7 book = ledger.create{} set = data.digits{ train = 20, test = 10 }")
    #expect(transcript.session.inspection(of: text, cursor: cursor)?.hasPrefix(answer) == true)
  }

  @Test func thereMayBeNoAnswer() throws {
    let transcript = try Transcript()
    for (text, cursor) in [
      ("", 0), ("no_such_name", 4), ("1 + 2", 3), ("fl.nothing", 10), ("😀", 2), ("x", 99), ("(((", 3),
    ] {
      #expect(transcript.session.inspection(of: text, cursor: cursor) == nil, "\(text)")
    }
  }
}
