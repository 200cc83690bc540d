import Foundation
import Testing

@testable import Scripting

/// Plots and frames as scripts use them.
@Suite struct PlotScriptTests {
  private static func transcript(_ change: (inout SessionOptions) -> Void = { _ in }) throws -> Transcript {
    let transcript = try Transcript(change)
    transcript.run(
      """
      t = data.frame{
        columns = { seller = { "Ann", "Bob", "Ann" }, price = { 3, 1.5, 2 }, units = { 1, 2, 3 } },
        order = { "seller" }, units = { price = "tokens" },
      }
      """)
    return transcript
  }

  @Test func aFrameReadsAsItWasWritten() throws {
    let transcript = try Self.transcript()
    #expect(transcript.value("#t") == "3")
    #expect(transcript.value("t[2].seller .. t[2].price .. t[2].units") == "Bob1.52")
    #expect(transcript.value("t[4] == nil and t[0] == nil") == "true")
    #expect(transcript.value("table.concat(t.columns, ' ')") == "seller price units")
    #expect(
      transcript.value("t")
        == "  seller  price (tokens)  units\n  Ann                  3      1\n  Bob              1.500      2\n  Ann                  2      3"
    )
    #expect(transcript.value("math.type(t:column('units')[1])") == "integer")
  }

  @Test func rowsAreSortedFilteredAndGrouped() throws {
    let transcript = try Self.transcript()
    #expect(transcript.value("table.concat(t:sort('price'):column('units'), ' ')") == "2 3 1")
    #expect(transcript.value("#t:where('seller', 'Ann')") == "2")
    #expect(transcript.value("#t:where('units', 2.0)") == "1")
    #expect(transcript.value("#t:where(function(row) return row.price * row.units > 3 end)") == "1")
    #expect(transcript.value("#t:where('price', function(p) return p < 2.5 end)") == "2")
    #expect(
      transcript.value(
        "table.concat(t:group('seller', { units = 'sum', span = { 'price', function(l) return l[#l] - l[1] end } }):column('span'), ' ')"
      ) == "-1.0 0.0")
    #expect(transcript.value("t:with('worth', function(r) return r.price * r.units end)[3].worth") == "6.0")
    #expect(transcript.value("#t:with('price', { 'a', 'b', 'c' }).columns") == "3")
    #expect(transcript.value("t:select{ 'units' }.columns[1]") == "units")
  }

  @Test func rowsMayLackNames() throws {
    let transcript = try Self.transcript()
    transcript.run("r = data.frame{ rows = { { a = 1 }, { a = 2, b = 'x' }, { b = 'y' } } }")
    #expect(transcript.value("r:column('b')[1] == '' and r[2].b == 'x' and r[3].a ~= r[3].a") == "true")
  }

  @Test(arguments: [
    ("data.frame{}", "give either 'columns' or 'rows'"),
    ("data.frame{ columns = { a = { 1 }, b = { 1, 2 } } }", "column 'a' has 1 rows, but 'b' has 2"),
    ("data.frame{ columns = { a = { 1, 'x' } } }", "['a'][2]"),
    ("data.frame{ columns = { a = { 1 } }, order = { 'b' } }", "there is no column 'b'"),
    ("t:sort('prize')", "there is no column 'prize'"), ("t:where('seller', 1)", "holds words"),
    ("t:group('seller', { seller = 'mean' })", "holds words"),
    ("t:group('seller', { price = 'avg' })", "one of \"count\""),
    ("t:save('x.txt')", "must end in"), ("t:with('x', { 1 })", "there are 3 rows"),
    ("plot.band{ y = { 1 }, lower = { 1, 2 }, upper = { 1 } }", "'lower' has 2 numbers"),
    ("plot.band{ y = { a = { 1 } }, lower = { b = { 1 } }, upper = { 2 } }", "lack 'a'"),
    ("plot.line{ y = { 1 }, error = { 1, 2 } }", "'error' has 2 numbers"),
    ("plot.line{ y = { a = { 1 } }, order = { 'b' } }", "'b', which is no series"),
    ("plot.heatmap{ values = { { 1 } }, rows = { 'a', 'b' } }", "2 names, but values has 1 rows"),
    ("plot.network{ edges = { { 'a' } } }", "{ from, to }"),
    ("plot.network{ nodes = { 'Ann' }, edges = { { 'Ann', 'An' } } }", "'An', which is no node"),
    ("plot.facets{ 1 }", "must be a plot"), ("plot.facets{ plot.facets{ plot.line{ y = {} } } }", "within facets"),
    ("plot.line{ y = { 1 } }:save('x.gif')", "must end in .svg, .png or .json"),
    ("ledger.create{}:accounts():plot()", "there is no picture of 'accounts'"),
    ("auction.double{ asks = { 1 }, bids = { 2 } }:plot('demnd')", "there is no picture 'demnd'"),
  ])
  func whatCannotBeDoneIsSaid(code: String, words: String) throws {
    let answer = try Self.transcript().value(code)
    #expect(answer.hasPrefix("error: ") && answer.contains(words), "\(code): \(answer)")
  }

  @Test func filesAreWrittenInTheFormOfTheirEnding() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("plots-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let transcript = try Self.transcript()
    let beginnings = [
      "csv": "seller,price (tokens),units\nAnn,3,1", "json": "[", "jsonl": "{\"price (tokens)\":3",
      "md": "| seller |", "tex": "% needs",
    ]
    for (ending, beginning) in beginnings {
      let path = folder.appendingPathComponent("t.\(ending)").path
      #expect(transcript.value("t:save('\(path)')") == path)
      #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix(beginning), "\(ending)")
    }
    for (ending, beginning) in ["svg": "<svg", "json": "{\"$schema\""] {
      let path = folder.appendingPathComponent("p.\(ending)").path
      transcript.run("plot.histogram{ values = { 1, 2, 2 } }:save('\(path)')")
      #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix(beginning), "\(ending)")
    }
  }

  /// Everything that has a natural picture, and words that its drawing must hold.
  @Test(arguments: [
    (
      "auction.double{ asks = { 10, 14, 20 }, bids = { 25, 18, 12 } }:plot()",
      ["supply", "demand", "clearing point", "trades"]
    ),
    ("fed:plot()", ["accuracy", "loss"]), ("fed:history():plot('loss')", ["loss", "round"]),
    ("fl.partition{ data = digits, clients = 3 }:plot()", ["member", "share of the labels"]),
    ("fl.contributions{ players = 3, value = function(m) return #m end }:plot()", ["contributions", "player"]),
    ("game.normal_form{ row = { { 3, 0 }, { 5, 1 } }, column = { { 3, 5 }, { 0, 1 } } }:plot()", ["payoff of"]),
    ("duopoly:solve():plot()", ["utility of left", "utility of right"]),
    ("duopoly:plot{ profile = { 2, 3 }, player = 'right' }", ["utility of right", "the profile"]),
    ("predict.hmm{ states = 2, symbols = 3 }:plot()", ["transition", "emission", "probability"]),
    ("auction.learn{ bidders = 1, items = 2, iterations = 20, hidden = { 4 } }:plot()", ["revenue", "regret"]),
    ("token.simulate{ weeks = 4, runs = 3 }:plot()", ["price", "week"]),
    ("token.simulate{ weeks = 4, runs = 3 }:band('price'):plot()", ["week"]),
    ("t:plot{ x = 'seller', y = { 'price' }, mark = 'bar' }", ["Ann", "price (tokens)"]),
  ])
  func resultsDrawThemselves(code: String, words: [String]) throws {
    let transcript = try Self.transcript { $0.width = 100 }
    transcript.run(
      """
      digits = data.digits{ train = 60, test = 20 }
      fed = fl.federation{ data = digits, clients = 2, batch = 8, model = fl.mlp{ 784, 4, 10 } }
      fed:train{ rounds = 2, iterations = 1 }
      duopoly = game.game{ players = { "left", "right" }, strategy = { 0, 10 },
        utility = function(x, p, i) return x[i] * (10 - x.left - x.right) end }
      """)
    let drawing = transcript.value(code)
    for word in words { #expect(drawing.contains(word), "\(code): \(drawing)") }
  }

  @Test func aBandTakesTheColumnsOfAnEconomy() throws {
    let transcript = try Self.transcript()
    // One trace with an area, not three lines.
    #expect(transcript.value("token.simulate{ weeks = 4, runs = 3 }:plot()").contains("low") == false)
  }
}
