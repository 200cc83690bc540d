import Foundation
import Testing

@testable import Scripting

/// Mechanisms written in Lua, and their audits, as scripts see them.
@Suite(.serialized) struct MechanismScriptTests {
  private func session() throws -> Transcript {
    let transcript = try Transcript()
    transcript.run(
      """
      second = auction.mechanism{ bidders = 3, name = "second price", rule = function(bids)
        local best, price = 1, 0
        for i = 2, #bids do
          if bids[i] > bids[best] then best, price = i, bids[best] else price = math.max(price, bids[i]) end
        end
        return { winner = best, price = price }
      end }
      first = auction.mechanism{ bidders = 3, name = "first price", rule = function(bids)
        local best = 1
        for i = 2, #bids do if bids[i] > bids[best] then best = i end end
        return { winner = best, price = bids[best] }
      end }
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    return transcript
  }

  // MARK: Running

  @Test func aRuleOfAFewLinesRuns() throws {
    let transcript = try session()
    transcript.run("outcome = second:run{ 0.25, 1, 0.5 }")
    #expect(transcript.value("outcome.payments") == "{ 0.0, 0.5, 0.0 }")
    #expect(transcript.value("outcome.allocation") == "{ 0.0, 1.0, 0.0 }")
    #expect(transcript.value("outcome.surplus") == "0.5")
    #expect(transcript.value("#second") == "3")
    #expect(transcript.value("second:utilities{ values = { 0.25, 1, 0.5 } }") == "{ 0.0, 0.5, 0.0 }")
    #expect(
      transcript.value("second:utilities{ values = { 0.25, 1, 0.5 }, reports = { 1, 0.75, 0.5 } }")
        == "{ -0.5, 0.0, 0.0 }")
  }

  @Test func sellersDeliverAndArePaid() throws {
    let transcript = try session()
    transcript.run(
      """
      pair = auction.mechanism{ buyers = 2, sellers = 1, value = { 0, 10 }, cost = { 0, 10 },
        rule = function(bids, asks)
          local buyer = bids[1] >= bids[2] and 1 or 2
          if bids[buyer] < asks[1] then return { payments = { 0, 0 } }, { receipts = { 0 } } end
          local price = (bids[buyer] + asks[1]) / 2
          return { winner = buyer, price = price }, { winner = 1, receipts = { price } }
        end }
      """)
    #expect(transcript.value("pair:run{ buyers = { 4, 8 }, sellers = { 2 } }.payments") == "{ 0.0, 5.0, -5.0 }")
    #expect(transcript.value("pair:run{ 4, 8, 2 }.allocation") == "{ 0.0, 1.0, -1.0 }")
    #expect(transcript.value("pair:utilities{ values = { 4, 8, 2 } }") == "{ 0.0, 3.0, 3.0 }")
    transcript.run("report = pair:audit{ trials = 1000 }")
    for (property, verdict) in [
      ("ic", "violated"), ("ir", "not violated"), ("strong_bb", "not violated"), ("feasibility", "not violated"),
      ("efficiency", "not violated"), ("monotonicity", "not violated"),
    ] { #expect(transcript.value("report.\(property)") == verdict, "\(property)") }
  }

  @Test func vectorsProjectsAndMeasuresAreReported() throws {
    let transcript = try session()
    transcript.run(
      """
      items = auction.mechanism{ bidders = 2, items = 2, rule = function(bids)
        local won, paid = { { 0, 0 }, { 0, 0 } }, { 0, 0 }
        for item = 1, 2 do
          local winner = bids[1][item] >= bids[2][item] and 1 or 2
          won[winner][item] = 1
          paid[winner] = paid[winner] + bids[3 - winner][item]
        end
        return { allocation = won, payments = paid }
      end }
      project = auction.mechanism{ members = 2, projects = 2, rule = function(reports)
        local chosen = reports[1][1] + reports[2][1] >= reports[1][2] + reports[2][2] and 1 or 2
        return { choice = chosen, payments = { 0, 0 } }
      end }
      weighed = auction.mechanism{
        reports = { owners = 2, fields = { { "cost", 0, 1, cost = true }, { "size", 1, 9, private = false } } },
        rule = function(reports)
          local winner = reports[1][1] <= reports[2][1] and 1 or 2
          local receipts = { 0, 0 }
          receipts[winner] = reports[3 - winner][1] * reports[winner][2]
          return { winner = winner, receipts = receipts }
        end }
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("items:run{ { 1, 0.5 }, { 0.25, 0.75 } }.payments") == "{ 0.25, 0.5 }")
    #expect(transcript.value("items:audit{ trials = 300, properties = { 'ic', 'ir', 'efficiency' } }.holds") == "true")
    #expect(transcript.value("project:run{ { 1, 0 }, { 0, 0.5 } }.allocation[2]") == "{ 1.0, 0.0 }")
    #expect(transcript.value("project:audit{ trials = 500, properties = { 'ic' } }.ic") == "violated")
    #expect(
      transcript.value("project:audit{ trials = 200, properties = { 'efficiency' } }.efficiency") == "not violated")
    #expect(transcript.value("weighed:run{ { 0.5, 4 }, { 0.75, 2 } }.allocation[1]") == "{ -1.0, 0.0 }")
    #expect(
      transcript.value("weighed:audit{ trials = 300, properties = { 'honest_measures' } }.honest_measures")
        == "violated")
  }

  // MARK: Audits

  @Test func aFirstPriceIsCaughtAndASecondPriceIsNot() throws {
    let transcript = try session()
    transcript.run("report = first:audit{}")
    #expect(transcript.value("report.ic") == "violated")
    #expect(transcript.value("report.ir") == "not violated")
    transcript.run("found = report:counterexample('ic')")
    #expect(transcript.value("found.excess > 0 and found:replay() == found.excess") == "true")
    #expect(transcript.value("found").contains("by reporting"))
    #expect(transcript.value("report:plot().title") == "first price: utility of bidder 1")
    #expect(transcript.value("report:counterexample('ir') == nil") == "true")
    for seed in 0..<3 {
      #expect(
        transcript.value("second:audit{ seed = \(seed), trials = 2000 }.violated") == "{ \"strong_bb\" }", "\(seed)")
    }
  }

  @Test func finiteTypesGiveProofs() throws {
    let transcript = try session()
    transcript.run(
      """
      finite = auction.mechanism{ bidders = 3, types = { 1, 2, 3 }, rule = function(bids)
        local best, price = 1, 0
        for i = 2, #bids do
          if bids[i] > bids[best] then best, price = i, bids[best] else price = math.max(price, bids[i]) end
        end
        return { winner = best, price = price }
      end }
      """)
    #expect(transcript.value("finite:audit{}.ic") == "proved")
    #expect(transcript.value("finite:audit{}.efficiency") == "proved")
    #expect(transcript.value("finite:audit{}.exhaustive") == "true")
  }

  @Test func priorsComeInFourForms() throws {
    let transcript = try session()
    func revenue(_ prior: String) -> Double {
      Double(transcript.value("second:audit{ properties = { 'ir' }, trials = 2000, prior = \(prior) }.revenue")) ?? .nan
    }
    // The second of three uniform numbers is 1/2 on average.
    #expect(abs(revenue("'uniform'") - 0.5) < 0.03)
    #expect(revenue("{ 'exponential', mean = 0.1 }") < 0.2)
    #expect(abs(revenue("{ { values = { 0, 0.25, 1 }, probability = 1 } }") - 0.25) < 1e-12)
    #expect(abs(revenue("function() local u = math.random() return { u, u, 1 } end") - 0.5) < 0.05)
    let half = "{ prior = { { values = { 0, 0, 1 }, probability = 0.5 } } }"
    #expect(transcript.value("select(2, pcall(second.audit, second, \(half))).kind") == "NotStochastic")
    #expect(transcript.value("second:audit{ prior = 'unifrom' }").contains("did you mean 'uniform'"))
    #expect(transcript.value("second:audit{ prior = function() return { 2, 0, 0 } end }").contains("must lie between"))
  }

  @Test func comparisonsAreOneTable() throws {
    let transcript = try session()
    transcript.run("compared = audit.compare{ first, second, trials = 300 }")
    #expect(transcript.value("compared.ic") == "{ \"violated\", \"not violated\" }")
    #expect(transcript.value("compared.names") == "{ \"first price\", \"second price\" }")
    #expect(transcript.value("compared.reports[1].ic") == "violated")
    #expect(transcript.value("compared:summary()").contains("property"))
  }

  @Test func reportsAreSaved() throws {
    let transcript = try session()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("audit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("a.json").path
    transcript.run("first:audit{ trials = 200 }:save('\(path)')")
    let saved = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any]
    let verdicts = try #require(saved?["verdicts"] as? [String: [String: Any]])
    #expect(verdicts["ic"]?["verdict"] as? String == "violated")
    let counterexample = try #require(verdicts["ic"]?["counterexample"] as? [String: Any])
    #expect(counterexample["types"] != nil && counterexample["after"] != nil)
    #expect(transcript.value("first:audit{ trials = 10 }:save('a.txt')").contains("must end in .json"))
  }

  @Test func theSameSeedGivesTheSameReport() throws {
    let one = try session()
    let other = try Transcript { $0.threads = 2 }
    for transcript in [one, other] {
      transcript.run(
        """
        m = auction.mechanism{ bidders = 2, rule = function(bids)
          return { winner = bids[1] >= bids[2] and 1 or 2, price = bids[1] } end }
        """)
    }
    let code = "m:audit{ seed = 7, trials = 400 }:summary()"
    #expect(one.value(code) == other.value(code))
    #expect(one.value(code) == one.value(code))
    #expect(one.value(code) != one.value("m:audit{ seed = 8, trials = 400 }:summary()"))
  }

  // MARK: Bad rules

  @Test(arguments: [
    ("return 1", "returns no table"), ("return { winner = 1 }", "returns no payments"),
    ("return { winner = 1, payments = { 1 } }", "that are not 2"),
    ("return { winner = 3, price = 0 }", "that there is not: 3"),
    ("return { winer = 1, price = 0 }", "did you mean 'winner'?"),
    ("return { allocation = { 1, 'x' }, price = 0 }", "allocation of bidder 2"),
    ("return { winner = 1, payments = { 0, {} } }", "payment of bidder 2 that is no number"),
    ("return { winner = 1, payments = 1 }", "are no list"),
    ("return { winner = 1, price = {} }", "price that is no number"),
    ("error('no reason')", "no reason"), ("return { winner = 1, price = 0/0 }", "payment of bidder 1"),
  ])
  func badRulesAreToldWithProfileAndLine(body: String, words: String) throws {
    let transcript = try Transcript()
    transcript.run("bad = auction.mechanism{ bidders = 2,\n rule = function(bids)\n \(body)\n end }")
    transcript.run("report = bad:audit{ trials = 20 }")
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("report.failures > 0") == "true")
    let reason = transcript.value("report.first_failure.reason")
    #expect(reason.contains(words), "\(reason)")
    if !body.contains("0/0") { #expect(reason.contains("input:2") || reason.contains("input:3"), "\(reason)") }
    #expect(transcript.value("#report.first_failure.reports") == "2")
    #expect(transcript.value("report.ic") == "not checked")
    let stopped = transcript.value("bad:audit{ trials = 20, on_failure = 'stop' }")
    #expect(stopped.contains("at the reports") && stopped.contains(words), "\(stopped)")
    #expect(
      transcript.value("select(2, pcall(bad.audit, bad, { trials = 20, on_failure = 'stop' })).kind")
        == "MechanismFailure")
  }

  @Test func aRuleMayFailAtOneProfileOnly() throws {
    let transcript = try Transcript()
    transcript.run(
      """
      picky = auction.mechanism{ bidders = 2, rule = function(bids)
        if bids[1] == bids[2] then error("a tie") end
        return { winner = bids[1] > bids[2] and 1 or 2, price = math.min(bids[1], bids[2]) }
      end }
      report = picky:audit{ trials = 1000 }
      """)
    #expect(transcript.value("report.failures > 0") == "true")
    #expect(transcript.value("report.first_failure.reason").contains("input:2: a tie"))
    #expect(transcript.value("report.ic") == "not violated")
  }

  @Test func tooMuchIsInfeasible() throws {
    let transcript = try Transcript()
    transcript.run(
      """
      generous = auction.mechanism{ bidders = 2, rule = function() return { winners = { 1, 2 }, price = 0 } end }
      own = auction.mechanism{ bidders = 2, feasible = function(a) return a[1] + a[2] < 1, "too much" end,
        optimum = function(v) return v[1] end, rule = function() return { winner = 1, price = 0 } end }
      """)
    #expect(
      transcript.value("generous:audit{ trials = 10 }:counterexample('feasibility').sentence").contains("there is 1"))
    #expect(transcript.value("own:audit{ trials = 10 }:counterexample('feasibility').sentence") == "too much")
    #expect(transcript.value("own:audit{ trials = 10 }.efficiency") == "not violated")
    #expect(transcript.value("own:run{ 0, 0 }.infeasibility") == "too much")
  }

  @Test func utilitiesMayBeWritten() throws {
    let transcript = try Transcript()
    // Who minds payments twice as much as the rule thinks is worse off by the truth.
    transcript.run(
      """
      averse = auction.mechanism{ bidders = 2, utility = function(value, amount, payment) return value * amount - 2 * payment end,
        rule = function(bids)
          local best = bids[1] >= bids[2] and 1 or 2
          return { winner = best, price = bids[3 - best] }
        end }
      report = averse:audit{ trials = 500 }
      """)
    #expect(transcript.value("report.ir") == "violated")
    #expect(transcript.value("report.payment_identity") == "not checked")
    #expect(transcript.value("averse:utilities{ values = { 1, 0.75 } }") == "{ -0.5, 0.0 }")
  }

  @Test(arguments: [
    ("auction.mechanism{ bidders = 2 }", "option 'rule' is missing"),
    ("auction.mechanism{ rule = print }", "needs participants"),
    ("auction.mechanism{ bidders = 0, rule = print }", "between 1 and 10000"),
    ("auction.mechanism{ bidders = 2, value = { 1, 0 }, rule = print }", "low, high"),
    ("auction.mechanism{ bidders = 2, buyers = 2, rule = print }", "the same side"),
    ("auction.mechanism{ bidders = 2, types = { 1, { 1, 2 } }, rule = print }", "does not fit"),
    ("second:run{ 1, 2 }", "2 reports for 3 participants"), ("second:run{ 1, 2, 0 }", "must lie between 0.0 and 1.0"),
    ("second:run{ buyers = { 1 } }", "nobody called 'buyers'"),
    ("second:audit{ properties = { 'truthful' } }", "there is no property 'truthful'"),
    ("second:audit{ properties = { 'efficency' } }", "did you mean 'efficiency'?"),
    ("second:audit{ trials = 0 }", "between 1 and"), ("audit.compare{ 1 }", "list of mechanisms"),
    ("second:audit{ trials = 10 }:counterexample('coalitions')", "did not look at"),
  ])
  func badDeclarationsAreRefused(code: String, words: String) throws {
    let transcript = try session()
    let answer = transcript.value(code)
    #expect(answer.hasPrefix("error:") && answer.contains(words), "\(code): \(answer)")
  }
}
