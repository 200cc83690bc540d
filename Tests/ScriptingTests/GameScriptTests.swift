import Testing

@testable import Scripting

/// Games, traced functions and their conditions as scripts see them.
@Suite(.serialized) struct GameScriptTests {
  private func transcript() throws -> Transcript {
    let transcript = try Transcript()
    transcript.run(
      """
      duopoly = game.game{
        players = { "left", "right" }, strategy = { 0, 10 }, parameters = { demand = 10, cost = 1 },
        utility = function(x, p, i) return x[i] * (p.demand - x.left - x.right) - p.cost * x[i] end,
      }
      function near(a, b, by) return math.abs(a - b) <= (by or 1e-6) end
      """)
    return transcript
  }

  /// Everybody makes (demand - cost) / 3, whichever way it is found.
  @Test(arguments: [
    "{}", "{ method = 'best_response' }", "{ method = 'simultaneous', damping = 0.5 }",
    "{ method = 'projected_gradient' }", "{ method = 'extragradient' }", "{ method = 'newton' }",
    "{ start = { left = 9, right = 1 }, starts = 1 }", "{ start = duopoly:solve() }",
  ])
  func everyMethodFindsCournot(options: String) throws {
    let transcript = try transcript()
    transcript.run("s = duopoly:solve\(options)")
    #expect(transcript.value("s.converged, near(s.profile.left, 3), near(s.profile[2], 3)") == "true\ttrue\ttrue")
    #expect(
      transcript.value("s.max_regret < 1e-9, near(s.utilities.left, 9), #s.equilibria >= 1") == "true\ttrue\ttrue")
    #expect(transcript.value("s:verify{ effort = 2 }.max_regret < 1e-9") == "true")
  }

  /// Derivatives of a traced function are exact, and the same as those by differences where it is not traced.
  @Test func tracesHaveExactDerivatives() throws {
    let transcript = try transcript()
    transcript.run(
      """
      function f(x, p)
        local s = p.shift
        for i = 1, #x.list do s = s + math.log(1 + x.list[i] ^ 2) * i end
        return math.exp(-x.a) * s + math.max(x.a, x.b, 2) - math.sqrt(x.b) / (1 + math.abs(x.a)) + math.sin(x.b) * math.cos(x.a)
      end
      x = { a = 0.7, b = 3.1, list = { 0.2, -1.4 } }
      traced, plain = game.utility(f), game.utility{ utility = f, trace = false }
      g, d = traced:gradient(x, { shift = 2 }), plain:gradient(x, { shift = 2 })
      """)
    #expect(transcript.value("traced:value(x, { shift = 2 }) == f(x, { shift = 2 })") == "true")
    #expect(
      transcript.value("near(g.a, d.a), near(g.b, d.b), near(g.list[1], d.list[1]), near(g.list[2], d.list[2])")
        == "true\ttrue\ttrue\ttrue")
    transcript.run("h = traced:hessian(x, { shift = 2 })")
    #expect(transcript.value("#h, h[3][4] == 0, near(h[1][3], h[3][1], 1e-12)") == "4\ttrue\ttrue")
    // Other parameters, and tables of another form, are traced anew.
    #expect(transcript.value("near(traced:value(x, { shift = 3 }) - f(x, { shift = 2 }), math.exp(-0.7))") == "true")
    #expect(
      transcript.value(
        "traced:value({ a = 1, b = 1, list = {} }, { shift = 0 }) == f({ a = 1, b = 1, list = {} }, { shift = 0 })")
        == "true")
    transcript.run("o = traced:over{ name = 'a', values = { 0.7, 1 }, x = x, p = { shift = 2 } }")
    #expect(transcript.value("o.values[1] == traced:value(x, { shift = 2 }), o.slopes[1] == g.a") == "true\ttrue")
  }

  @Test(arguments: [
    ("game.where(true, 1, 2), game.where(0, 1, 2), game.where(3, '<=', 3, 'a', 'b')", "1\t2\ta"),
    ("game.compare(1, '~=', 2), game.compare(1, '>', 2)", "1\t0"),
    ("game.utility(function(x) return game.where(x[1], '>', 2, math.log(x[1]), -1) end):value{ 1 }", "-1.0"),
    ("game.utility(function(x) return game.where(x[1], '>', 0, math.log(x[1]), 5) end):gradient{ -1 }[1]", "0.0"),
    ("game.utility(function(x) return game.where(game.compare(x[1], '<', 2), 10, 20) end):value{ 2 }", "20.0"),
    ("game.utility(function(x) return 7 end):gradient{ 1, 2 }", "{ 0.0, 0.0 }"),
    ("math.exp(0), math.max(3, 4), math.log(8, 2), math.floor(2.5)", "1.0\t4\t3.0\t2"),
  ])
  func conditionsChoose(expression: String, expected: String) throws {
    #expect(try transcript().value(expression) == expected)
  }

  /// What is wrong is named, with what is allowed.
  @Test(arguments: [
    (
      "{ players = 2, strategy = { 0, 1 }, utility = function(x) if x[1] > 1 then return 1 end return 0 end }",
      "branch on '<'"
    ),
    (
      "{ players = 2, strategy = { 0, 1 }, utility = function(x) if x[1] == 0 then return 1 end return x[1] end }",
      "is not what its trace says"
    ),
    (
      "{ players = 2, strategy = { 0, 1 }, utility = function(x) return math.random() * x[1] end }",
      "is not what its trace says"
    ),
    ("{ players = 2, strategy = { 0, 1 }, utility = function(x) end }", "must return a number, but gives nothing"),
    (
      "{ players = 2, strategy = { 0, 1 }, utility = function(x) return 'a' end, trace = false }",
      "must return a number"
    ),
    ("{ players = 2, strategy = { 1, 0 }, utility = function(x) return 1 end }", "must not exceed the upper"),
    ("{ players = 0, strategy = { 0, 1 }, utility = function(x) return 1 end }", "between 1 and 10000 players"),
    (
      "{ players = { 'a', 'a' }, strategy = { 0, 1 }, utility = function(x) return 1 end }",
      "two players are called 'a'"
    ),
    (
      "{ players = { { name = 'a', strategie = { 0, 1 } } }, utility = function(x) return 1 end }",
      "did you mean 'strategy'"
    ),
    ("{ players = 2, utility = function(x) return 1 end }", "player '1' has no strategies"),
    ("{ players = 2, strategy = { 0, 1 } }", "player '1' has no utility"),
    ("{ players = 2, strategy = { 0, 1, 2 }, utility = function(x) return 1 end }", "{ low, high }"),
    ("{ players = 2, strategy = { 0, 1 }, utility = function(x) return x[3].y end }", "attempt to index"),
    ("{ players = 2, strategy = { 0, 1 }, utility = function(x) return x[1] % 2 end }", "'%' does not work"),
    (
      "{ players = 2, strategy = { 0, 1 }, utility = function(x) return math.fmod(x[1], 2) end }",
      "math.fmod does not work"
    ),
    ("{ players = 2, strategy = game.choices{ 1, 1 }, utility = function(x) return 1 end }", "stands twice"),
    (
      "{ players = 2, strategy = game.budget{ size = 2, limit = 1, prices = { 0, 1 } }, utility = function(x) return 1 end }",
      "needs a bound"
    ),
  ])
  func badGamesAreRefused(options: String, words: String) throws {
    let transcript = try transcript()
    transcript.run("ok, e = pcall(function() return game.game\(options):solve() end)")
    #expect(transcript.value("ok") == "false")
    let message = transcript.value("tostring(e.message or e)")
    #expect(message.contains(words), "\(message)")
  }

  /// A utility that is not a number somewhere says so, and the session goes on.
  @Test func utilitiesThatAreNoNumbersAreNamed() throws {
    let transcript = try transcript()
    transcript.run(
      """
      g = game.game{ players = { "a" }, strategy = { -1, 1 }, utility = function(x) return math.log(x.a) end, trace = false }
      ok, e = pcall(g.solve, g)
      """)
    #expect(transcript.value("ok, e.kind") == "false\tNotFinite")
    #expect(transcript.value("duopoly:solve().converged") == "true")
  }

  /// Matching pennies has no equilibrium in pure strategies, and fictitious play mixes evenly.
  @Test func gamesWithoutPureEquilibriumSaySo() throws {
    let transcript = try transcript()
    transcript.run(
      """
      pennies = game.game{ players = 2, strategy = game.choices{ 3, 7 }, utility = function(x, p, i)
        local same = game.compare(x[1], "==", x[2])
        return i == 1 and same or 1 - same
      end }
      s = pennies:solve()
      m = pennies:solve{ method = "fictitious_play" }
      """)
    #expect(transcript.value("s.converged, s.max_regret, #s.advice > 0") == "false\t1.0\ttrue")
    #expect(transcript.value("near(m.mixed[1].probabilities[1], 0.5, 0.05)") == "true")
    #expect(transcript.value("s.profile[1] == 3 or s.profile[1] == 7") == "true")
  }

  /// Von Stackelberg: the leader makes (a - c) / 2, the follower half of that.
  @Test func leadersKnowTheirFollowers() throws {
    let transcript = try transcript()
    transcript.run(
      """
      s = game.stackelberg{ game = duopoly, leaders = { "left" } }
      c = game.stackelberg{ game = duopoly, leaders = { "left" },
        response = function(x, p) return { right = math.max(0, (p.demand - p.cost - x.left) / 2) } end }
      """)
    for name in ["s", "c"] {
      #expect(
        transcript.value(
          "\(name).converged, near(\(name).profile.left, 4.5, 1e-4), near(\(name).profile.right, 2.25, 1e-4)")
          == "true\ttrue\ttrue")
    }
    #expect(
      transcript.value("select(2, pcall(game.stackelberg, { game = duopoly, leaders = { 'up' } })).kind")
        == "InvalidParameter")
  }

  /// Whole numbers, choices and budgets are respected, and `with` changes parameters only.
  @Test func strategiesAreOfManyKinds() throws {
    let transcript = try transcript()
    transcript.run(
      """
      whole = game.game{ players = 2, strategy = game.integers(0, 10),
        utility = function(x, p, i) return x[i] * (10.4 - x[1] - x[2]) - x[i] end }
      split = game.game{ players = 2, strategy = game.simplex{ size = 2, total = 10 },
        utility = function(x, p, i) return x[i][1] ^ 0.5 * 3 + x[i][2] ^ 0.5 end }
      dear = duopoly:with{ parameters = { cost = 4 } }
      """)
    #expect(transcript.value("whole:solve().profile[1], whole:solve().converged") == "3.0\ttrue")
    #expect(transcript.value("near(split:solve().profile[1][1], 9, 1e-4)") == "true")
    #expect(
      transcript.value("near(dear:solve().profile.left, 2), near(duopoly:solve().profile.left, 3)") == "true\ttrue")
    #expect(transcript.value("duopoly:regret{ profile = { 3, 3 } }.max_regret < 1e-9") == "true")
    for player in ["math.mininteger", "0", "3", "0/0", "'up'", "{}"] {
      #expect(
        transcript.value("pcall(duopoly.gradient, duopoly, { player = \(player), profile = { 2, 3 } })")
          .hasPrefix("false"))
    }
    #expect(transcript.value("duopoly:gradient{ player = 'left', profile = { 2, 3 } }.left") == "2.0")
  }
}
