import Foundation
import Testing

@testable import Scripting

/// `game.normal_form` and what can be done with it, from Lua.
@Suite struct NormalFormScriptTests {
  private static let prelude = """
    sexes = game.normal_form{ title = "Sexes", players = { "Ann", "Bob" }, strategies = { { "o", "f" }, { "o", "f" } },
      row = { { 3, 0 }, { 0, 2 } }, column = { { 2, 0 }, { 0, 3 } } }
    """

  private func transcript() throws -> Transcript {
    let transcript = try Transcript()
    transcript.run(Self.prelude)
    return transcript
  }

  @Test func allWaysOfGivingPayoffsAgree() throws {
    let transcript = try transcript()
    transcript.run(
      """
      nested = game.normal_form{ payoffs = { { { 3, 2 }, { 0, 0 } }, { { 0, 0 }, { 2, 3 } } } }
      called = 0
      asked = game.normal_form{ strategies = { 2, 2 }, payoffs = function(a, b)
        called = called + 1
        if a ~= b then return 0, 0 end
        return a == 1 and 3 or 2, a == 1 and 2 or 3
      end }
      function same(a, b) return json.text(a.utilities) == json.text(b.utilities) end
      three = game.normal_form{ strategies = { 2, 3, 2 }, payoffs = function(a, b, c) return 100 * a + 10 * b + c, a, b end }
      """)
    #expect(transcript.value("same(sexes, nested), same(sexes, asked), called") == "true\ttrue\t4")
    // Player 1's strategy moves fastest.
    #expect(transcript.value("three.profiles, three.utilities[1][1], three.utilities[1][2]") == "12\t111.0\t211.0")
    transcript.run("u = three:regret{ 2, 3, 1 }.utilities")
    #expect(transcript.value("u[1] == 231, u[2] == 2, u[3] == 3") == "true\ttrue\ttrue")
    #expect(transcript.value("tostring(sexes)").contains("Sexes: normal form of 2 players, 2 x 2 strategies"))
    #expect(transcript.value("sexes.players[2], sexes.strategies[1][2], sexes.title") == "Bob\tf\tSexes")
  }

  @Test func resultsCarryTheirCheck() throws {
    let transcript = try transcript()
    transcript.run("nash = sexes:equilibria{}")
    #expect(transcript.value("nash.count, nash.degenerate, #nash.equilibria, nash.converged") == "3\tfalse\t3\ttrue")
    #expect(transcript.value("nash.max_regret < 1e-12, nash.equilibria[3].max_regret < 1e-12") == "true\ttrue")
    for call in [
      "equilibria{ method = 'vertex_enumeration' }", "equilibria{ method = 'lemke_howson' }",
      "lemke_howson{ label = 3 }",
      "lemke_howson{}", "pure_equilibria()", "fictitious_play{}", "logit{}", "replicator{}", "learn{ rounds = 50 }",
      "regret{ 1, 'f' }",
    ] {
      let fields = "r.profile[1][1], r.utilities[2], r.max_regret, r.seed, r.converged"
      transcript.run("seed(5) r = sexes:\(call)")
      #expect(
        transcript.value("select('#', \(fields)), type(r.profile[1][1]), type(r.max_regret), r.seed")
          == "5\tnumber\tnumber\t5", "\(call)")
      #expect(!transcript.value("r:summary()").hasPrefix("error"), "\(call)")
    }
    #expect(transcript.value("math.abs(sexes:correlated{ objective = 'egalitarian' }.welfare - 5) < 1e-9") == "true")
    #expect(transcript.value("json.text(sexes:best_responses{ 'o', 'f' })") == "[[2],[1]]")
    #expect(
      transcript.value("#game.normal_form{ zero_sum = { { 0, 1 }, { 1, 0 } } }:pure_equilibria().equilibria") == "0")
  }

  @Test func learningRepeatsWithItsSeed() throws {
    let transcript = try transcript()
    transcript.run(
      """
      function play(n) return json.text(sexes:learn{ learners = { "exp3", "hedge" }, rounds = 200, seed = n }.probabilities) end
      market = game.repeated_market{ values = { 5, 6 }, bids = { 0, 1, 2 }, rounds = 100, learners = "ucb1" }
      """)
    #expect(transcript.value("play(1) == play(1), play(1) == play(2)") == "true\tfalse")
    #expect(transcript.value("#market.bid, #market.strategies[1], market.iterations") == "2\t3\t100")
    #expect(transcript.value("tostring(game.plot_regret(market))").contains("regret a round"))
    #expect(transcript.value("game.plot_regret(sexes:equilibria{})").contains("must be a result of normalform:learn"))
  }

  @Test func gamesGoThroughFiles() throws {
    let transcript = try transcript()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nfg-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("sexes.nfg").path
    for version in ["payoff", "outcome"] {
      transcript.run("again = game.load_nfg(sexes:save{ path = '\(path)', version = '\(version)' })")
      #expect(
        transcript.value("json.text(again.utilities) == json.text(sexes.utilities), again.players[1]") == "true\tAnn")
    }
    try Data("NFG 1 R \"\" { \"A\" }\n{ 2 }\n1 x".utf8).write(to: URL(fileURLWithPath: path))
    let answer = transcript.value("game.load_nfg('\(path)')")
    #expect(answer.hasSuffix("sexes.nfg, line 3: 'x' is no number"), "\(answer)")
    #expect(transcript.value("select(2, pcall(game.load_nfg, '\(path)')).kind") == "MalformedGame")
  }

  @Test(arguments: [
    ("game.normal_form{}", "exactly one of"),
    ("game.normal_form{ row = { { 1 } } }", "belong together"),
    ("game.normal_form{ zero_sum = { { 1 } }, row = { { 1 } }, column = { { 1 } } }", "got row and zero_sum"),
    ("game.normal_form{ zero_sum = { { 1, 2 }, { 3 } } }", "rows of lengths 2, 1"),
    ("game.normal_form{ zero_sum = {} }", "at least one row"),
    ("game.normal_form{ zero_sum = { { 0/0 } } }", "must be a finite number"),
    ("game.normal_form{ zero_sum = { { 1e200 } } }", "at most 1e150"),
    ("game.normal_form{ row = { { 1, 2 } }, column = { { 1 } } }", "1 x 2"),
    (
      "game.normal_form{ payoffs = { { { 3, 2 }, { 0 } }, { { 0, 0 }, { 2, 3 } } } }",
      "'payoffs[1][2]' must be of length 2"
    ),
    ("game.normal_form{ payoffs = { { { 3, 2 } }, {} } }", "'payoffs[2]' must be of length 1"),
    ("game.normal_form{ payoffs = { { 3, 2 }, { 0, 1 } } }", "nested one level for each player"),
    ("game.normal_form{ payoffs = { {}, {} } }", "at least one entry"),
    ("game.normal_form{ payoffs = { { { 3, 'x' } } } }", "'payoffs[1][1][2]'"),
    ("game.normal_form{ payoffs = loop }", "nested at most"),
    ("game.normal_form{ payoffs = print }", "'strategies' must say"),
    ("game.normal_form{ payoffs = print, strategies = { 2, 2 } }", "for the profile (1, 1) it returned 0"),
    ("game.normal_form{ payoffs = function() return 1, 'x' end, strategies = { 2, 2 } }", "player 2's payoff"),
    ("game.normal_form{ payoffs = print, strategies = { 2, 0 } }", "player 2 must have at least one strategy"),
    ("game.normal_form{ payoffs = print, strategies = { 2, {} } }", "player 2 must have at least one strategy"),
    ("game.normal_form{ payoffs = print, strategies = { 1 << 40, 1 << 40 } }", "too many profiles"),
    ("game.normal_form{ zero_sum = { { 1, 2 } }, strategies = { { 'a' }, { 'b', 'b' } } }", "are called 'b'"),
    ("game.normal_form{ zero_sum = { { 1, 2 } }, strategies = { { 'a' }, { 'b' } } }", "{1, 2}"),
    ("game.normal_form{ zero_sum = { { 1 } }, players = { 'a' } }", "names of 1"),
    ("sexes:regret{ { 0.5, 0.4 }, 1 }", "must add to 1, but add to 0.9"),
    ("sexes:regret{ { 1.5, -0.5 }, 1 }", "must be at least 0"),
    ("sexes:regret{ 3, 1 }", "strategies 1 to 2, but 3"), ("sexes:regret{ 'x', 1 }", "no strategy 'x'"),
    ("sexes:regret{ 1 }", "covers 1 players"), ("sexes:lemke_howson{ label = 5 }", "between 1 and 4"),
    ("sexes:zero_sum()", "must add to the same"), ("sexes:learn{ learners = { 'hedge' }, rounds = 0 }", "between 1"),
    ("sexes:learn{ learners = 'hedgehog' }", "one of"),
    ("sexes:learn{ learners = { 'exp3', 'exp3', 'exp3' } }", "cover 3"),
    ("sexes:save('x.txt')", "must end in .nfg"), ("sexes:logit{ rationality = -1 }", "at least 0"),
    ("game.repeated_market{ values = { 1 } }", "at least 2"),
    ("game.repeated_market{ values = { 1, 2 }, bids = { 1, 1 } }", "differ"),
  ])
  func mistakesAreExplained(code: String, words: String) throws {
    let transcript = try transcript()
    transcript.run("loop = {} loop[1] = loop")
    let answer = transcript.value(code)
    #expect(answer.hasPrefix("error: ") && answer.contains(words), "\(code): \(answer)")
  }

  @Test func errorsOfThePayoffFunctionComeThrough() throws {
    let transcript = try transcript()
    transcript.run("function f(a)\n  error('no payoff')\nend")
    #expect(
      transcript.value("pcall(game.normal_form, { payoffs = f, strategies = { 1 } })") == "false\tinput:2: no payoff")
  }

  /// The scripts under examples/games and examples/classroom check what they show.
  @Test func examplesRun() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("examples")
    for (folder, names) in [
      ("games", ["dilemma", "battle-of-the-sexes", "rock-paper-scissors", "congestion", "learning-market"]),
      ("classroom", ["finite-games"]),
    ] {
      for name in names {
        let text = try String(contentsOf: root.appendingPathComponent("\(folder)/\(name).lua"), encoding: .utf8)
        let transcript = try Transcript()
        #expect(transcript.run(text) == .succeeded, "\(name): \(transcript.errors)")
      }
    }
  }
}
