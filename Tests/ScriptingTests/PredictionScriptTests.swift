import Foundation
import Testing

@testable import Scripting

/// `predict` from Lua.
@Suite struct PredictionScriptTests {
  private static let prelude = """
    model = predict.hmm{
      initial = { 0.6, 0.4 }, transition = { { 0.7, 0.3 }, { 0.4, 0.6 } },
      emission = { { 0.5, 0.4, 0.1 }, { 0.1, 0.3, 0.6 } },
    }
    function near(list, expected, tolerance)
      for i, x in ipairs(expected) do if math.abs(list[i] - x) > (tolerance or 1e-12) then return false end end
      return #list == #expected
    end
    """

  private func prepared() throws -> Transcript {
    let transcript = try Transcript()
    #expect(transcript.run(Self.prelude) == .succeeded)
    return transcript
  }

  /// 0.6 * 0.5 + 0.4 * 0.1 by hand, and the states of one symbol by Bayes' rule.
  @Test func aSymbolIsScoredByHand() throws {
    let transcript = try prepared()
    #expect(transcript.value("math.abs(model:score{ 1 } - math.log(0.34)) < 1e-15") == "true")
    #expect(transcript.value("model:score{ sequences = { { 1 }, { 1 } } } == 2 * model:score{ 1 }") == "true")
    #expect(transcript.value("near(model:filter{ 1 }.probabilities, { 0.3 / 0.34, 0.04 / 0.34 })") == "true")
    #expect(transcript.value("near(model:posterior{ 1 }.probabilities[1], { 0.3 / 0.34, 0.04 / 0.34 })") == "true")
    #expect(transcript.value("model:viterbi{ 1, 3 }.states") == "{ 1, 2 }")
    #expect(transcript.value("inspect(model:decode{ 1, 3, 3 }) == inspect(model:viterbi{ 1, 3, 3 })") == "true")
    #expect(transcript.value("model.states, model.symbols, model.parameters, #model.emission") == "2\t3\t7\t2")
  }

  @Test func theNextBidIsForetold() throws {
    let transcript = try prepared()
    transcript.run("next = model:next{ after = { 3, 3 }, symbol_bids = { 10, 20, 40 } }")
    #expect(transcript.value("next.most_likely_symbol, next.most_likely_bid, next.most_likely_state") == "3\t40.0\t2")
    #expect(transcript.value("near(next.bids, { 10, 20, 40 }), #next.probabilities") == "true\t3")
    transcript.run("sum = 0 for i, p in ipairs(next.probabilities) do sum = sum + p * next.bids[i] end")
    #expect(transcript.value("math.abs(sum - next.expected_bid) < 1e-12") == "true")
    // Nothing observed: the first symbol's law is initial times emission.
    #expect(transcript.value("near(model:next().probabilities, { 0.34, 0.36, 0.3 })") == "true")
    #expect(transcript.value("near(model:next{ steps = 2 }.state_probabilities, { 0.58, 0.42 })") == "true")
    #expect(transcript.value("near(model:next{ 1, 1, 1, steps = 500 }.state_probabilities, { 4/7, 3/7 })") == "true")
  }

  @Test func fittingChangesTheModelAndRepeats() throws {
    let transcript = try prepared()
    transcript.run(
      """
      symbols = model:sample{ length = 300, seed = 4 }.symbols
      function fitted(seed)
        local m = predict.hmm{ states = 2, symbols = 3 }
        local before = m:score(symbols)
        local fit = m:fit{ sequences = symbols, restarts = 2, seed = seed }
        return m, fit, before
      end
      a, fit, before = fitted(1)
      b, other = fitted(1)
      """)
    #expect(transcript.value("math.abs(a:score(symbols) - fit.log_likelihood) < 1e-9") == "true")
    #expect(transcript.value("fit.log_likelihood > before, #fit.start_objectives") == "true\t3")
    #expect(transcript.value("json.text(fit:table()) == json.text(other:table())") == "true")
    #expect(transcript.value("json.text(a.transition) == json.text(b.transition)") == "true")
    #expect(transcript.value("#fit.log_likelihoods == fit.iterations + 1") == "true")
    #expect(transcript.value("fit.converged or fit.iterations == 100") == "true")
    #expect(transcript.value("math.abs(fit.aic - (14 - 2 * fit.log_likelihood)) < 1e-9") == "true")
    // A refused fit leaves the model as it was.
    transcript.run("kept = json.text(a.emission) ok = pcall(a.fit, a, { sequences = { { 1, 2 }, { 9 } } })")
    #expect(transcript.value("ok, kept == json.text(a.emission)") == "false\ttrue")
    // Drawing without a seed goes on; setting the run's seed begins anew.
    transcript.run(
      "seed(3) x = model:sample(50).symbols y = model:sample(50).symbols seed(3) z = model:sample(50).symbols")
    #expect(transcript.value("near(x, z), near(x, y)") == "true\tfalse")
  }

  @Test func statesAreSelected() throws {
    let transcript = try prepared()
    transcript.run(
      """
      clear = predict.hmm{ initial = { 1, 0 }, transition = { { 0.95, 0.05 }, { 0.05, 0.95 } },
        emission = { { 0.5, 0.5, 0, 0 }, { 0, 0, 0.5, 0.5 } } }
      selected = predict.hmm_select{ sequences = clear:sample{ length = 800, seed = 1 }.symbols, states = { 1, 2, 3 } }
      """)
    #expect(transcript.value("selected.best, selected.model.states, #selected.bic") == "2\t2\t3")
    #expect(transcript.value("selected:summary()").contains("best by BIC"))
    #expect(transcript.value("near(selected.parameters, { 3, 9, 17 })") == "true")
  }

  @Test func bidsBecomeLevelsAndBack() throws {
    let transcript = try prepared()
    transcript.run("edges = predict.level_edges{ bids = { 0, 10, 20, 30 }, levels = 3, rule = 'equal_width' }")
    #expect(transcript.value("near(edges, { 10, 20 })") == "true")
    #expect(transcript.value("predict.bid_levels{ bids = { 9, 10, 99 }, edges = edges }") == "{ 1, 2, 3 }")
    #expect(transcript.value("predict.bid_levels{ bids = { 9, 10, 99 }, edges = {} }") == "{ 1, 1, 1 }")
    #expect(transcript.value("near(predict.level_bids{ bids = { 4, 6, 25 }, edges = edges }, { 5, 15, 25 })") == "true")
    transcript.run("law = predict.total_bids{ bids = { { 1, 2 }, { 3 } }, probabilities = { { 0.5, 0.5 }, { 1 } } }")
    #expect(transcript.value("near(law.bids, { 4, 5 }), near(law.probabilities, { 0.5, 0.5 })") == "true\ttrue")
    #expect(
      transcript.value(
        "game.bayesian_bid{ competitors = law.bids, probabilities = law.probabilities, load = 0.1, value = 9 } > 0")
        == "true")
  }

  @Test func predictorsAreCompared() throws {
    let transcript = try prepared()
    transcript.run("bids = {} for t = 1, 200 do bids[t] = t % 3 end")
    transcript.run("c = predict.compare{ history = bids, edges = { 0.5, 1.5 }, held_out = 0.5 }")
    // A cycle is foretold by the last level alone.
    #expect(transcript.value("c.trained, c.held_out, #c.predictor") == "100\t100\t6")
    #expect(transcript.value("c.predictor[2], c.hit_rate[2], c.predictor[4]") == "markov_chain\t1.0\tlast_value")
    // The last level never comes twice, and what comes instead is one of two.
    #expect(transcript.value("math.abs(c.log_loss[4] - math.log(2)) < 0.02") == "true")
    #expect(transcript.value("c.log_loss[2] < 0.1, math.abs(c.log_loss[6] - math.log(3)) < 1e-12") == "true\ttrue")
    #expect(transcript.value("c.model.states, c.hit_rate[1]") == "3\t1.0")
    #expect(transcript.value("c:summary()").contains("learned from 100 bids, foretold 100 on 3 levels"))
    transcript.run("d = predict.compare{ history = bids, predictors = { 'frequency', 'ar1' }, refit = 10 }")
    #expect(transcript.value("pcall(function() return d.model end)").hasPrefix("false"))
    #expect(transcript.value("d.best ~= nil, #d.edges") == "true\t2")
  }

  /// What sales opened is what the ledger tells, in the order of the auctions.
  @Test func theLedgerTellsPastBids() throws {
    let transcript = try prepared()
    transcript.run(
      """
      book = ledger.create{}
      dao = book:dao{ name = "Aurora", members = { "a", "b" } }
      token = dao:mint{ name = "m", model_hash = ("5e"):rep(32), round = 1 }.token
      for _, name in ipairs{ "P1", "P2" } do book:open_account{ name = name, amount = 1000 } end
      for t, bids in ipairs{ { 10, 20 }, { 12 }, { 14.5, 25 } } do
        local sale = book:auction{ name = "round " .. t }
        sale:ask{ seller = "Aurora", price = 5, token = token }
        for j, bid in ipairs(bids) do sale:bid{ bidder = "P" .. j, quality = bid - 1, freshness = 1 } end
        sale:close() sale:open_bids() sale:clear{ reserve = 8 } sale:settle()
      end
      open = book:auction{ name = "open" }
      open:bid{ bidder = "P1", quality = 99 }
      """)
    #expect(transcript.value("near(book:bids{ bidder = 'P1' }.bids, { 10, 12, 14.5 })") == "true")
    #expect(transcript.value("near(book:bids{ bidder = 'P2' }.bids, { 20, 25 })") == "true")
    #expect(transcript.value("near(book:bids().bids, { 10, 20, 12, 14.5, 25 }), book:bids().bidder[2]") == "true\tP2")
    #expect(transcript.value("near(book:bids{ bidder = 'P1' }.quality, { 9, 11, 13.5 })") == "true")
    #expect(
      transcript.value("near(book:bids{ side = 'ask' }.bids, { 5, 5, 5 }), book:bids{ side = 'ask' }.bidder[1]")
        == "true\tAurora")
    #expect(transcript.value("#book:bids{ bidder = 'Aurora' }.bids") == "0")
    #expect(transcript.value("book:bids{ bidder = 'P3' }").contains("there is no account 'P3'"))
  }

  // MARK: Refusals

  @Test(arguments: [
    ("predict.hmm{}", "InvalidParameter", "needs the numbers"),
    ("predict.hmm{ initial = { 1 } }", "InvalidParameter", "together"),
    ("predict.hmm{ states = 0, symbols = 2 }", "InvalidParameter", "between 1 and 1000"),
    (
      "predict.hmm{ initial = { 0.5, 0.5 }, transition = { { 1, 0 }, { 0.5, 0.25 } }, emission = { { 1 }, { 1 } } }",
      "NotStochastic", "row 2 of the transition probabilities must add to 1, but adds to 0.75"
    ),
    (
      "predict.hmm{ initial = { 1 }, transition = { { 1 } }, emission = { { 0/0 } } }", "NotFinite",
      "emission probabilities must be a finite number"
    ),
    (
      "predict.hmm{ initial = { 1 }, transition = { { 1 } }, emission = { { 1 } }, states = 2 }", "ShapeMismatch",
      "option 'states' is 2"
    ),
    ("model:score{ 1, 4 }", "InvalidParameter", "step 2 of the sequence must be a symbol between 1 and 3, but is 4"),
    ("model:score{ 1, math.mininteger }", "InvalidParameter", "is -9223372036854775808"),
    ("model:score{ sequences = {} }", "EmptyInput", "at least one symbol"),
    ("model:fit{ { 1, 2 }, {} }", "EmptyInput", "sequence 2"),
    ("model:fit{ 1 }", "InvalidParameter", "a model of 2 states needs as many observations"),
    ("model:fit{ sequences = { 1, 1.5 } }", "InvalidParameter", "'sequences[2]' must be a whole number"),
    ("model:fit{ sequences = { 1, 2 }, smoothing = -1 }", "InvalidParameter", "at least 0"),
    ("model:next{ after = { 1 }, symbol_bids = { 1 } }", "ShapeMismatch", "must have 3"),
    ("model:next{ after = { 1 }, symbol_bids = { 1, 2, 0/0 } }", "NotFinite", "symbol_bids[3]"),
    (
      "predict.hmm{ initial = { 1 }, transition = { { 1 } }, emission = { { 1, 0 } } }:score{ 1, 1, 2 }",
      "ZeroLikelihood", "symbol 2 at step 3"
    ),
    ("predict.compare{ history = { 1, 2 } }", "InvalidParameter", "3 bids to learn from"),
    ("predict.compare{ history = { 1, 2, 3, 4 }, predictors = { 'hm' } }", "InvalidParameter", "\"hmm\""),
    ("predict.compare{ history = { 1, 2, 0/0, 4, 5 } }", "NotFinite", "bids"),
    ("predict.level_edges{ bids = {} }", "EmptyInput", "bids"),
    ("predict.total_bids{ bids = { { 1 } }, probabilities = { { 0.5 } } }", "NotStochastic", "add to 0.5"),
  ])
  func whatCannotBeIsRefused(call: String, kind: String, words: String) throws {
    let transcript = try prepared()
    transcript.run("ok, refusal = pcall(function() return \(call) end)")
    #expect(transcript.value("ok, refusal.kind") == "false\t\(kind)", "\(transcript.value("tostring(refusal)"))")
    #expect(transcript.value("tostring(refusal)").contains(words), "\(transcript.value("tostring(refusal)"))")
  }
}
