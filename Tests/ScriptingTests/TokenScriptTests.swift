import Foundation
import Testing

@testable import Scripting

/// The token economy from Lua.
@Suite struct TokenScriptTests {
  /// Amounts are tokens, exact to the last of eighteen decimals, whether they came as numbers or as texts.
  @Test func amountsAreExact() throws {
    let transcript = try Transcript()
    #expect(
      transcript.value("token.release_split{ amount = '1000000.000000000000000009' }.contributors")
        == "900000.000000000000000009")
    #expect(transcript.value("token.split{ total = 10, weights = { 1, 1, 1 } }[1]") == "3.333333333333333334")
    #expect(transcript.value("token.release_split{ amount = 0.1 }.team") == "0.01")
    #expect(transcript.value("token.distribution{}.amounts.mining") == "400000000")
  }

  @Test(arguments: [
    ("token.release_split{ amount = -1 }", "NegativeAmount"),
    ("token.release_split{ amount = '-0.5' }", "NegativeAmount"),
    ("token.release_split{ amount = '1e3' }", "InvalidAmount"),
    ("token.release_split{ amount = {} }", "InvalidParameter"),
    ("token.release_split{ amount = 1/0 }", "NotFinite"),
    ("token.release_split{ amount = 1e30 }", "AmountOverflow"),
    ("token.split{ total = 1, weights = { 0 } }", "ZeroWeight"),
    ("token.split{ total = 1, weights = { 1.5 } }", "InvalidAmount"),
    ("token.vested{ total = 1, duration_days = 0, day = 1 }", "InvalidSchedule"),
    ("token.vested{ total = 1, duration_days = 1, day = -1 }", "InvalidTime"),
    ("token.emission{ epochs = 1, tail_ppm_year = 30000 }", "InflationCapExceeded"),
    ("token.emission{ epochs = 1, rate_ppm = 1000001 }", "InvalidRate"),
    ("token.boost{ days = 6 }", "InvalidLockPeriod"),
    ("token.vote_escrow_balance{ amount = 1, days = 7, start_day = 3, now = 2 }", "InvalidTime"),
    ("token.early_unstake{ amount = 1, days = 7, now = 1, withdraw = 2 }", "InvalidWithdraw"),
    (
      "token.weekly_settlement{ pool = 1, positions = { { id = 'a', amount = 1 }, { id = 'a', amount = 1 } } }",
      "DuplicateId"
    ),
    (
      "token.weekly_settlement{ pool = 1, positions = { { id = 'a', amount = 1, lock_days = 3 } } }",
      "InvalidLockPeriod"
    ),
    ("token.weekly_settlement{ pool = 1, positions = { { id = 'a', amuont = 1 } } }", "InvalidParameter"),
    ("token.node_tier{ circulation = 0, pledge = 1 }", "ZeroCirculation"),
    ("token.governance_vote{ voters = { { id = 'a', pledge = 1, vote = 'maybe' } } }", "InvalidVote"),
    (
      "token.governance_vote{ voters = { { id = 'a', pledge = 1, vote = 'for' }, { id = 'a', pledge = 1, vote = 'for' } } }",
      "DuplicateVote"
    ),
    (
      "token.election{ seats = 1, candidates = {}, votes = { { voter = 'v', candidate = 'c', snapshot = 1, pledge_now = 1 } } }",
      "UnknownParticipant"
    ),
    ("token.committee{ size = 3, candidates = {} }", "CommitteeTooSmall"),
    ("token.slash{ pledge = 1, severity_bps = 10001 }", "InvalidSeverity"),
    ("token.slash{ pledge = 1, severity_bps = 1, reporter_bps = 10000 }", "InvalidRate"),
    ("token.slash{ pledge = 1, severity_bps = 1, reporters = { 'a', 'a' } }", "DuplicateReport"),
    ("token.reputation{ delta = 1, events = {} }", "InvalidReputation"),
    ("token.reputation{ events = { { kind = 'theft' } } }", "UnknownEvent"),
    ("token.bandwidth_points{ hours = -1, delay_ms = 0, volume = 0 }", "NegativeInput"),
    ("token.bandwidth_points{ hours = 1, delay_ms = 0, volume = 0, delta = -math.huge }", "BlacklistedNode"),
    ("token.trainer_reward{ samples = 1, epochs = 1, unit = 1, votes = {} }", "NoVotes"),
    ("token.trainer_reward{ samples = 1, epochs = 1, unit = 1, votes = { 2 } }", "InvalidVote"),
    ("token.verification{ votes = { 1 }, weights = { 1, 2 } }", "DimensionMismatch"),
    ("token.proposal{ events = { { op = 'execute', day = 1 } } }", "WrongState"),
    ("token.position{ events = { { op = 'stake', day = 1 } } }", "InvalidAmount"),
    ("token.iteration{ events = { 'sleep' } }", "UnknownEvent"),
    ("token.simulate{ weeks = 1, sweep = { burn = { 1 } } }", "InvalidParameter"),
    ("token.simulate{ weeks = 1, burn_bps = 0.5 }", "InvalidParameter"),
    ("token.simulate{ weeks = 1, burn_bps = 10001 }", "InvalidRate"),
    ("token.simulate{ weeks = 1, agents = {} }", "NoParticipants"),
    ("token.simulate{ weeks = 100000, runs = 1000 }", "InvalidParameter"),
    ("token.simulate{ weeks = 1, agents = { { name = 'a', behaviour = 'bull', count = 1 } } }", "InvalidParameter"),
  ])
  func mistakesHaveNames(call: String, kind: String) throws {
    let transcript = try Transcript()
    #expect(transcript.value("select(2, pcall(function() return \(call) end)).kind") == kind)
  }

  @Test func mistakesSayWhere() throws {
    let transcript = try Transcript()
    let call = "token.weekly_settlement{ pool = 1, positions = { { id = 'a', amuont = 1 } } }"
    let message = transcript.value("select(2, pcall(function() return \(call) end)).message")
    #expect(message.contains("positions[1]") && message.contains("did you mean 'amount'?"), "\(message)")
  }

  // MARK: Simulations

  @Test func columnsAreThoseOfTokenEngineering() throws {
    let transcript = try Transcript()
    transcript.run(
      "e = token.simulate{ weeks = 3, runs = 2, sweep = { detection = { 0, 0.5 }, burn_bps = { 0, 100 } } }")
    #expect(transcript.value("#e.price .. ' ' .. #e.step .. ' ' .. #e.subsets") == "32 32 4")
    // The options' own order, the last varying fastest.
    #expect(transcript.value("e.subsets[2].burn_bps .. ' ' .. e.subsets[2].detection") == "0.0 0.5")
    #expect(
      transcript.value("table.concat({ e.simulation[32], e.subset[32], e.run[32], e.step[32] }, ' ')") == "1 4 2 3")
    #expect(transcript.value("table.concat({ e.subset[5], e.run[5], e.step[5], e.step[1] }, ' ')") == "1 2 0 0")
    #expect(transcript.value("e.supply[1]") == "1000000000.0")
  }

  @Test func rowsAreSaved() throws {
    let transcript = try Transcript()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("economy-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    transcript.run("token.simulate{ weeks = 2, sweep = { burn_bps = { 0, 100 } } }:save('\(folder.path)/e.csv')")
    let lines = try String(contentsOf: folder.appendingPathComponent("e.csv"), encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 7)
    #expect(lines[0].hasPrefix("simulation,subset,run,step,burn_bps,supply,"))
    #expect(lines[4].hasPrefix("1,2,1,0,100,1000000000,"))
  }

  /// Agents that only hold: nothing is staked, and none of their tokens is sold.
  @Test func behavioursAreFunctions() throws {
    let transcript = try Transcript()
    transcript.run(
      """
      asked = 0
      e = token.simulate{ weeks = 5, agents = {
        { name = "holders", count = 2, behaviour = function(seen) asked = asked + 1 end },
        { name = "lockers", count = 1, behaviour = function(seen)
          if seen.week == 0 then return { stake = seen.liquid, lock_days = 365 } end
        end },
      } }
      """)
    #expect(transcript.value("asked") == "10")
    #expect(
      transcript.value("e.locked_share[1] == 0 and e.locked_share[6] > 0 and e.staked[2] == e.staked[6]") == "true")
  }

  @Test(arguments: [
    ("function() return 5 end", "InvalidParameter", "the behaviour of 'x' must return a table"),
    ("function() return { sell = -1 } end", "NegativeAmount", "the behaviour of 'x'"),
    ("function() return { sel = 1 } end", "InvalidParameter", "did you mean 'sell'?"),
    ("function(seen) return { stake = seen.liquid, lock_days = 3 } end", "InvalidLockPeriod", "7 to 365"),
  ])
  func decisionsAreChecked(behaviour: String, kind: String, words: String) throws {
    let transcript = try Transcript()
    let call = "token.simulate{ weeks = 2, agents = { { name = 'x', count = 1, behaviour = \(behaviour) } } }"
    transcript.run("problem = select(2, pcall(function() return \(call) end))")
    #expect(transcript.value("problem.kind") == kind)
    #expect(transcript.value("problem.message").contains(words), "\(transcript.value("problem.message"))")
  }

  @Test func errorsOfABehaviourComeThrough() throws {
    let transcript = try Transcript()
    transcript.run(
      """
      ok, problem = pcall(token.simulate, { weeks = 2, agents = {
        { name = 'x', count = 1, behaviour = function() error({ code = 7 }) end } } })
      """)
    #expect(transcript.value("problem.code") == "7")
  }

  @Test func theSeedDecides() throws {
    let transcript = try Transcript()
    transcript.run("a = token.simulate{ weeks = 9, seed = 3 } seed(3) b = token.simulate{ weeks = 9 }")
    #expect(transcript.value("a.price[10] == b.price[10]") == "true")
    #expect(transcript.value("token.simulate{ weeks = 9, seed = 4 }.price[10] == a.price[10]") == "false")
  }
}
