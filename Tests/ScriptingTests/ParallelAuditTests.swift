import Testing

@testable import Scripting

/// Rules and priors in Lua are audited by several threads where copies can answer in their place, and by one where they
/// cannot; the report is the same.
@Suite struct ParallelAuditTests {
  private func reports(_ setting: String, _ audit: String, threads: [Int] = [1, 2, 3]) throws -> [(String, String)] {
    try threads.map { count in
      let transcript = try Transcript { $0.threads = count }
      transcript.run(setting)
      transcript.run("report = \(audit)")
      #expect(transcript.errors.isEmpty, "\(transcript.errors)")
      return (transcript.value("report:summary()"), transcript.value("tostring(report.one_thread)"))
    }
  }

  private func expectEqual(_ found: [(String, String)], oneThread: Bool, _ comment: String = "") {
    for report in found { #expect(report.0 == found[0].0, "\(comment)") }
    #expect(found[0].1 == "nil")
    for report in found.dropFirst() { #expect((report.1 != "nil") == oneThread, "\(comment): \(report.1)") }
  }

  private static let second = """
    function bids_first(bids, from)
      local best, price = 1, 0
      for i = 2, #bids do
        if bids[i] > bids[best] then best, price = i, bids[best] else price = math.max(price, bids[i]) end
      end
      return best, price
    end
    """

  /// Globals, upvalues, tables of tables, functions that call each other, strings, pairs, and results that are shared.
  @Test(arguments: [
    "local best, price = bids_first(bids) return { winner = best, price = price }",
    "local best = (bids_first(bids)) return { winner = best, payments = none }",
    "if bids[1] > limits.high then return shared.one end return shared.list[2]",
    "local sum = 0 for name, weight in pairs(weights) do sum = sum + weight * #name * bids[1] end "
      + "return { winner = sum > 3 and 1 or 2, price = sum / 100 }",
    "local t = {} for i, b in ipairs(bids) do t[i] = ('%.3f'):format(b) end table.sort(t) "
      + "return { winner = 1, price = tonumber(t[1]) * fibonacci(7) / 20 + #limits.list / 100 }",
    "if bids[2] > 0.8 then error('too much') end return { winner = 2, price = bids[1] ^ 2 }",
    "local ok, why = pcall(error, 'x') return { winner = #why, price = select('#', table.unpack(limits.list)) / 10 }",
    "for k, v in next, limits.list do if v > 2 then return { winner = k - 2, price = rawlen(limits.list) / 9 } end end",
  ])
  func copiesAnswerAsTheOriginal(body: String) throws {
    let setting = """
      \(Self.second)
      local none = { 0, 0 }
      local limits = { high = 0.5, list = { 1, 2, 3 } }
      limits.itself = limits
      weights = { first = 1, second = 2, third = 0.5 }
      local shared = { one = { winner = 1, price = 0.25 } }
      shared.list = { { winner = 1, price = 0 }, { winner = 2, payments = none } }
      local function fibonacci(n) if n < 2 then return n end return fibonacci(n - 1) + fibonacci(n - 2) end
      m = auction.mechanism{ bidders = 2, rule = function(bids) \(body) end }
      """
    expectEqual(try reports(setting, "m:audit{ trials = 300, seed = 3 }"), oneThread: false, body)
  }

  /// What a copy cannot have or may not do.
  @Test(arguments: [
    "calls = calls + 1 return { winner = 1 + calls % 2, price = 0 }",
    "memory = memory + 1 return { winner = memory % 2 + 1, price = 0 }",
    "counted.n = counted.n + 1 return { winner = 1, price = counted.n / 1e9 }",
    "flip = not flip return { winner = flip and 1 or 2, price = 0 }",
    "return { winner = math.random(2), price = 0 }",
    "print('x') return { winner = 1, price = 0 }",
    "local o = other:run{ bids[1], bids[2] } return { winner = 1, price = o.payments[1] }",
    "pcall(function() undeclared_total = (undeclared_total or 0) + 1 end) return { winner = 1, price = undeclared_total / 1e9 }",
    "return { winner = 1, price = rawget(_G, 'level') }",
    "return { winner = 1, price = _G['lev' .. 'el'] }",
    "return { winner = 1, price = setmetatable(counted, { __index = counted }).n }",
    "return { winner = 1, price = object.price }",
  ])
  func copiesThatCouldTellAreDismissed(body: String) throws {
    let setting = """
      calls, level = 0, 0.1
      local memory, counted, flip = 0, { n = 0 }, false
      local object = setmetatable({}, { __index = function() return 0.2 end })
      other = auction.sealed_bid{ bidders = 2 }
      m = auction.mechanism{ bidders = 2, rule = function(bids) \(body) end }
      """
    let found = try reports(setting, "m:audit{ trials = 200, properties = { 'ir', 'ic' } }")
    #expect(found.dropFirst().allSatisfy { $0.1 != "nil" }, "\(body)")
    // What remembers or draws has no report of its own; the others have.
    #expect(found.allSatisfy { $0.0 == found[0].0 }, "\(body)")
  }

  @Test func priorsInLuaAreDrawnBySeveral() throws {
    let setting = """
      local high = { 0.5, 1 }
      function near(x) return math.min(1, x * (1 + math.random() / 10)) end
      prior = function() local x = math.random() * high[math.random(2)] return { x, near(x), near(x) } end
      \(Self.second)
      written = auction.mechanism{ bidders = 3, rule = function(bids)
        local best, price = bids_first(bids) return { winner = best, price = price } end }
      """
    for mechanism in ["auction.sealed_bid{ bidders = 3, pricing = 'first' }", "written"] {
      expectEqual(
        try reports(setting, "\(mechanism):audit{ prior = prior, trials = 300 }"), oneThread: false, mechanism)
    }
    let counting = """
      local n = 0
      prior = function() n = n + 1 return { n % 2, 0.5, 1 } end
      """
    expectEqual(
      try reports(counting, "auction.sealed_bid{ bidders = 3 }:audit{ prior = prior, trials = 200 }"), oneThread: true)
  }

  /// Utilities, feasibility and optima of a script are copied with the rule, and share what they share.
  @Test func everyFunctionOfAMechanismIsCopied() throws {
    let setting = """
      local worth = { 1, 2 }
      local function value(i, type) return worth[i] * type end
      m = auction.mechanism{
        bidders = 2,
        rule = function(bids) return { winner = bids[1] >= bids[2] and 1 or 2, price = math.min(bids[1], bids[2]) } end,
        utility = function(type, amount, payment, i) return value(i, type) * amount - payment end,
        feasible = function(allocation) return allocation[1] + allocation[2] <= 1, 'both' end,
        optimum = function(types) return math.max(value(1, types[1]), value(2, types[2])) end,
      }
      """
    expectEqual(try reports(setting, "m:audit{ trials = 300 }"), oneThread: false)
  }

  /// Rules that leave a trace are climbed along it, by every thread in the same way.
  @Test func tracesDoNotDependOnThreads() throws {
    let setting = """
      m = auction.mechanism{ bidders = 3, rule = function(bids)
        local total = bids[1] + bids[2] + bids[3] + 0.1
        return { allocation = { bids[1] / total, bids[2] / total, bids[3] / total },
          payments = { bids[1] / 3, bids[2] / 3, bids[3] / 3 } }
      end }
      """
    expectEqual(try reports(setting, "m:audit{ trials = 300 }"), oneThread: false)
  }

  /// The first failing profile, and the words for it, are the same; so is an audit that stops there.
  @Test func failuresAreTheSame() throws {
    let setting = """
      m = auction.mechanism{ bidders = 2, rule = function(bids)
        if bids[1] > 0.97 then return { winner = 1 } end
        if bids[2] > 0.97 then return { winner = 1, price = bids[3] * 2 } end
        return { winner = 2, price = bids[1] }
      end }
      """
    expectEqual(try reports(setting, "m:audit{ trials = 500 }"), oneThread: false)
    let messages = try [1, 2, 3].map { count in
      let transcript = try Transcript { $0.threads = count }
      transcript.run(setting)
      transcript.run("m:audit{ trials = 500, on_failure = 'stop' }")
      return "\(transcript.errors)"
    }
    #expect(messages[0].contains("arithmetic on a nil value"), "\(messages[0])")
    #expect(Set(messages).count == 1)
  }
}

/// Probabilities of few types, without a joint table.
@Suite struct TypeProbabilityTests {
  private func session() throws -> Transcript {
    let transcript = try Transcript()
    transcript.run(
      """
      m = auction.mechanism{ bidders = 2, types = { 1, 2 }, rule = function(bids)
        return { winner = bids[1] >= bids[2] and 1 or 2, price = math.min(bids[1], bids[2]) } end }
      """)
    return transcript
  }

  /// The second price of two bidders is 2 when both are high, and 1 otherwise.
  @Test func revenueIsTheExpectation() throws {
    let transcript = try session()
    for (prior, revenue) in [
      ("{ probabilities = { 0.75, 0.25 } }", "1.0625"), ("{ probabilities = { { 0, 1 }, { 0.5, 0.5 } } }", "1.5"),
      ("{ probabilities = { bidders = { 0.5, 0.5 } } }", "1.25"),
    ] {
      #expect(transcript.value("m:audit{ prior = \(prior) }.revenue") == revenue)
      #expect(transcript.value("m:audit{ prior = \(prior), properties = { 'ic' } }.ic") == "proved")
    }
    // The same as a joint table.
    let table = """
      { { values = { 1, 1 }, probability = 0.5625 }, { values = { 1, 2 }, probability = 0.1875 },
        { values = { 2, 1 }, probability = 0.1875 }, { values = { 2, 2 }, probability = 0.0625 } }
      """
    let properties = "properties = { 'interim_ir', 'bayesian_ic', 'ex_ante_ir' }"
    #expect(
      transcript.value("m:audit{ prior = { probabilities = { 0.75, 0.25 } }, \(properties) }:summary()")
        == transcript.value("m:audit{ prior = \(table), \(properties) }:summary()"))
  }

  @Test(arguments: [
    ("{ probabilities = { 0.5, 0.6 } }", "NotStochastic"), ("{ probabilities = { 1.5, -0.5 } }", "NotStochastic"),
    ("{ probabilities = { 1 } }", "ShapeMismatch"), ("{ probabilities = { { 1, 0 } } }", "ShapeMismatch"),
    ("{ probabilities = { sellers = { 1, 0 } } }", "InvalidParameter"), ("{ probabilities = 1 }", "InvalidParameter"),
    ("{ probabilities = { 'x' } }", "InvalidParameter"), ("{ probabilities = { 0/0, 1 } }", "NotFinite"),
  ])
  func badProbabilitiesAreRefused(prior: String, kind: String) throws {
    let transcript = try session()
    let found = transcript.value("select(2, pcall(m.audit, m, { prior = \(prior) })).kind")
    #expect(found == kind, "\(prior): \(found)")
  }

  @Test func boundsHaveNoProbabilities() throws {
    let transcript = try session()
    let found = transcript.value(
      "select(2, pcall(function() auction.sealed_bid{ bidders = 2 }:audit{ prior = { probabilities = { 1 } } } end)).kind"
    )
    #expect(found == "InvalidParameter")
  }
}
