import Testing

@testable import Scripting

/// Simulated consensus from Lua.
@Suite struct ConsensusScriptTests {
  @Test func theDelayReachesTheFederation() throws {
    let transcript = try Transcript()
    transcript.run(
      """
      agreed = consensus.pbft{ members = 4, blocks = 20, rate = 2, latency = 0.1, block_time = 1 }
      digits = data.digits{ train = 40, test = 20 }
      fed = fl.federation{ data = digits, clients = 2, consensus_delay = agreed.consensus_delay }
      spent = fl.minting_time{
        training = { { 1, 2 } }, upload = { { 0, 0 } }, decision = { 0 }, consensus = { agreed.consensus_delay } }
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    // A transaction waits half a second for its block on average, and the block three messages of 0.1 s.
    #expect(transcript.value("math.abs(agreed.consensus_delay - 0.3) < 0.6") == "true")
    #expect(transcript.value("spent.total == 2 + agreed.consensus_delay") == "true")
  }

  @Test func equivocatorsBeyondTheBoundAreSeen() throws {
    let transcript = try Transcript()
    #expect(transcript.value("consensus.pbft{ equivocating = { 1 }, blocks = 20 }.agreement") == "true")
    #expect(transcript.value("consensus.pbft{ equivocating = { 1, 2 }, blocks = 20 }.agreement") == "false")
    #expect(transcript.value("consensus.pbft{ silent = { 1, 2 }, blocks = 3, time_limit = 500 }.liveness") == "false")
  }

  @Test func membersCrashAndComeBack() throws {
    let transcript = try Transcript()
    transcript.run(
      """
      course = consensus.pbft{ blocks = 20, crashes = { { member = 2, from = 5.5, to = 12 }, { member = 3, from = 6, to = 9 } } }
      gone = consensus.pbft{ blocks = 20, crashes = { { member = 2, from = 5.5 } } }
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("course.agreement, course.liveness, course.exact_returns") == "true\ttrue\ttrue")
    #expect(transcript.value("course.crashes, course.returns, course.faulty, course.catch_up > 0") == "2\t2\t0\ttrue")
    #expect(transcript.value("gone.faulty, gone.liveness, gone.catch_up") == "1\ttrue\tnil")
    #expect(
      transcript.value(
        "consensus.pbft{ blocks = 5, memory = 'nothing', crashes = { { member = 1, from = 2, to = 3 } } }.exact_returns"
      ) == "false")
  }

  @Test func theSameSeedGivesTheSameBlocks() throws {
    let call = "consensus.proof_of_work{ latency = 2, blocks = 200 }:blocks():summary()"
    let (first, second) = (try Transcript(), try Transcript())
    #expect(first.value(call) == second.value(call))
    #expect(first.value(call) != first.value(call))
  }

  @Test func drawingsAndTables() throws {
    let transcript = try Transcript()
    transcript.run("mined = consensus.proof_of_work{ latency = 3, blocks = 60 }")
    for what in ["intervals", "forks", "transactions", "finality", "producers"] {
      #expect(transcript.run("print(mined:plot(\"\(what)\"))") == .succeeded, "\(transcript.errors)")
    }
    #expect(transcript.value("#mined:blocks().height == mined.height") == "true")
    #expect(transcript.value("mined.height + mined.orphans") == "60")
  }

  @Test(arguments: [
    ("consensus.pbft{ members = 3 }", "CommitteeTooSmall"),
    ("consensus.pbft{ silent = { 5 } }", "InvalidParameter"),
    ("consensus.pbft{ silent = { 1 }, delaying = { 1 } }", "InvalidParameter"),
    ("consensus.pbft{ silent = { 1, 2, 3, 4 } }", "InvalidParameter"),
    ("consensus.pbft{ crashes = { { member = 5, from = 1 } } }", "InvalidParameter"),
    ("consensus.pbft{ crashes = { { member = 1, from = 2, to = 1 } } }", "InvalidParameter"),
    ("consensus.pbft{ crashes = { { member = 1 } } }", "InvalidParameter"),
    ("consensus.pbft{ crashes = { { member = 'x', from = 1 } } }", "InvalidParameter"),
    ("consensus.pbft{ crashes = { 1 } }", "InvalidParameter"),
    ("consensus.pbft{ silent = { 1 }, crashes = { { member = 1, from = 1 } } }", "InvalidParameter"),
    ("consensus.pbft{ memory = 'some' }", "InvalidParameter"),
    ("consensus.pbft{ members = 200, blocks = 100000 }", "InvalidParameter"),
    ("consensus.proof_of_work{ power = {} }", "InvalidParameter"),
    ("consensus.proof_of_work{ power = { 0, 0 } }", "ZeroWeight"),
    ("consensus.proof_of_work{ loss = 1 }", "InvalidParameter"),
    ("consensus.proof_of_work{ latency_law = 'uniform', spread = 1 }", "InvalidParameter"),
    ("consensus.proof_of_work{ partitions = { { from = 1, to = 0, groups = {} } } }", "InvalidParameter"),
    ("consensus.proof_of_work{ partitions = { { from = 1, groups = {} } } }", "InvalidParameter"),
    ("consensus.proof_of_work{ partitions = { { from = 1, to = 2, groups = { { 11 } } } } }", "InvalidParameter"),
    ("consensus.proof_of_work{ hash_rate_changes = { { time = 1, factor = 0 } } }", "InvalidParameter"),
    ("consensus.proof_of_stake{ revenues = { 1, -1 } }", "Negative"),
    ("consensus.proof_of_stake{ revenues = { 1 }, offline = { 1 } }", "InvalidParameter"),
    ("consensus.block_filling{ rates = { -1 } }", "InvalidParameter"),
    ("consensus.block_filling{ rates = { 0/0 } }", "InvalidParameter"),
  ])
  func badInputIsNamed(_ call: String, _ kind: String) throws {
    let transcript = try Transcript()
    #expect(transcript.value("select(2, pcall(function() return \(call) end)).kind") == kind, "\(call)")
  }
}
