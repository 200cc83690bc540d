import Solvers
import Tensor
import Testing

@testable import Scripting

/// Derivatives of mechanisms that are written in Lua.
@Suite struct RuleTraceTests {
  private static let share = """
    function(bids)
      local total = 0.01
      for i = 1, #bids do total = total + bids[i] end
      local allocation, payments = {}, {}
      for i = 1, #bids do
        allocation[i] = bids[i] / total
        payments[i] = bids[i] * math.min(1, 0.5 + bids[i])
      end
      return { allocation = allocation, payments = payments }
    end
    """

  private func mechanism(_ options: String) throws -> WrittenMechanism {
    let transcript = try Transcript()
    transcript.run("m = auction.mechanism{ \(options) }")
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    let machine = transcript.session.machine
    let answer = try machine.call(machine.load("return m", name: "=test"), [], results: 1).first
    guard case .object(let object)? = answer else { throw ScriptError.invalidParameter("m is no object") }
    kept.append(transcript)
    return try #require((object as? MechanismObject)?.mechanism as? WrittenMechanism)
  }

  /// A session closes its machine when it goes; mechanisms outlive it in no program but this one.
  private final class Kept {
    var transcripts: [Transcript] = []
    func append(_ transcript: Transcript) { transcripts.append(transcript) }
  }
  private let kept = Kept()

  /// Against the rule itself, asked a little to both sides.
  private func compare(_ mechanism: WrittenMechanism, _ types: [Double], _ reports: [Double]) throws {
    var (truth, said) = (Profile(widths: mechanism.widths), Profile(widths: mechanism.widths))
    (truth.values, said.values) = (types, reports)
    let step = 1e-6
    for participant in 0..<truth.count {
      let slopes = try #require(try mechanism.utilitySlopes(of: participant, true: truth, reports: said))
      #expect(slopes.count == mechanism.widths[participant])
      for field in slopes.indices {
        func utility(_ change: Double) throws -> Double {
          var moved = said
          moved[participant, field] += change
          var outcome = MechanismOutcome(widths: mechanism.widths)
          try mechanism.settle(moved, into: &outcome)
          return try mechanism.utility(of: participant, true: truth, outcome: outcome)
        }
        let difference = (try utility(step) - utility(-step)) / (2 * step)
        #expect(abs(slopes[field] - difference) < 1e-6)
      }
    }
  }

  @Test func rulesOfSharesLeaveATrace() throws {
    try compare(mechanism("bidders = 3, rule = \(Self.share)"), [0.8, 0.5, 0.3], [0.3, 0.7, 0.2])
    // Two groups, costs, a price that depends on all.
    let exchange = """
      buyers = 2, sellers = 1, rule = function(bids, asks)
        local price = (bids[1] + bids[2] + asks[1]) / 3
        return { allocation = { bids[1], 0.5 }, price = price }, { allocation = { 0.4 * asks[1] }, receipts = { price ^ 2 } }
      end
      """
    try compare(mechanism(exchange), [0.8, 0.5, 0.3], [0.3, 0.7, 0.2])
    // Two things each.
    let items = """
      bidders = 2, items = 2, units = math.huge, rule = function(bids)
        local allocation, payments = {}, {}
        for i = 1, 2 do
          allocation[i] = { bids[i][1] * bids[i][2], bids[3 - i][2] }
          payments[i] = bids[i][1] ^ 2 / 2
        end
        return { allocation = allocation, payments = payments }
      end
      """
    try compare(mechanism(items), [0.8, 0.5, 0.3, 0.4], [0.3, 0.7, 0.2, 0.6])
  }

  /// No trace, and no complaint: who compares, who names winners, who counts calls.
  @Test(arguments: [
    "function(bids) local w = bids[1] > bids[2] and 1 or 2 return { winner = w, price = 0 } end",
    "function(bids) return { winner = 1, price = 0 } end",
    "function(bids) return { allocation = { 1, 'x' }, payments = { 0, 0 } } end",
    """
    (function() local calls = 0 return function(bids)
      calls = calls + 1
      return { allocation = { bids[1], 0 }, payments = { calls, 0 } }
    end end)()
    """,
    "function(bids) error('no') end",
  ])
  func otherRulesLeaveNone(rule: String) throws {
    let mechanism = try mechanism("bidders = 2, rule = \(rule)")
    let types = Profile([[0.5], [0.25]])
    #expect(try mechanism.utilitySlopes(of: 0, true: types, reports: types) == nil)
  }

  /// A utility of its own may be anything; the rule's derivatives do not tell it.
  @Test func writtenUtilitiesAreNotGuessed() throws {
    let mechanism = try mechanism(
      "bidders = 2, rule = \(Self.share), utility = function(type, amount, payment) return amount - payment end")
    let types = Profile([[0.5], [0.25]])
    #expect(try mechanism.utilitySlopes(of: 0, true: types, reports: types) == nil)
  }

  @Test func auditsOfTracedRulesFindTheLie() throws {
    let transcript = try Transcript()
    transcript.run("r = auction.mechanism{ bidders = 3, rule = \(Self.share) }:audit{ trials = 200, seed = 1 }")
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("r:summary():find('violated') ~= nil") == "true")
  }

  @Test func unitDemandIsAMechanism() throws {
    let transcript = try Transcript()
    transcript.run(
      """
      sold = auction.learn{ bidders = 2, items = 2, iterations = 10, hidden = { 8 }, valuation = "unit_demand" }
      m = sold:mechanism()
      outcome = m:run{ { 0.9, 0.2 }, { 0.3, 0.8 } }
      report = m:audit{ trials = 50, properties = { "feasibility", "ir" } }
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("#m") == "2")
  }
}
