import Foundation
import Testing

@testable import Scripting

/// The two-level market's lower level and `game.check_paper` from Lua.
@Suite struct EdgeMarketScriptTests {
  private static let workers = """
    workers = { sizes = { 23, 26, 35, 36 }, emds = { 1.009, 0.814, 1.015, 0.549 },
      emd_weight = { 0.529, 1.673, 0.708, 1.899 }, sample_cost = { 0.00925, 0.00315, 0.00676, 0.00607 },
      computation_price = { 0.00322, 0.0086, 0.00671, 0.00284 }, local_iterations = 2, rounds = 10,
      power = { 1.229, 1.421, 1.7, 1.136 }, rate = 20, energy_price = { 0.0431, 0.1341, 0.0428, 0.0905 },
      data_rate = 0.01, quality_value = 10, gas_per_worker = 0.01 }
    function with(more)
      local options = {}
      for k, v in pairs(workers) do options[k] = v end
      for k, v in pairs(more) do options[k] = v end
      return options
    end
    """

  @Test func aMarketIsSolved() throws {
    let transcript = try Transcript()
    transcript.run(Self.workers)
    transcript.run("m = game.edge_market(workers)")
    #expect(transcript.value("m.selected, m.takes_part, m.rule") == "{ 3, 4 }\t{ false, false, true, true }\tsubset")
    #expect(transcript.value("m.max_regret < 1e-9, m.leader_regret < 1e-9, #m.worker_regret") == "true\ttrue\t4")
    #expect(transcript.value("math.abs(m.utility - m.fees - m.gas - m.revenue) < 1e-12") == "true")
    #expect(transcript.value("m.resource[1], m.fee[2], m.profit[4] > 0") == "0.0\t0.0\ttrue")
    let text = transcript.value("m:summary()")
    #expect(text.contains("no one gains by departing") && text.contains("agrees from"))
    transcript.run("l = game.leader_price(workers)")
    #expect(transcript.value("l.price == m.price, l.revenue == m.revenue") == "true\ttrue")
  }

  @Test func thePrintedRuleIsNoEquilibrium() throws {
    let transcript = try Transcript()
    transcript.run(Self.workers)
    transcript.run("m = game.edge_market(with{ rule = 'literal' })")
    #expect(transcript.value("m.price, #m.selected, m.max_regret > 0.25") == "0.0\t4\ttrue")
    #expect(transcript.value("m:summary()").contains("no equilibrium: worker 3 gains"))
  }

  @Test func oneNumberStandsForAll() throws {
    let transcript = try Transcript()
    transcript.run(
      "c = game.worker_costs{ sizes = { 1, 2 }, sample_cost = 3, computation_price = 1, power = 0, rate = 1, energy_price = 0, resource = 1 }"
    )
    #expect(transcript.value("c.data, c.communication") == "{ 3.0, 6.0 }\t{ 0.0, 0.0 }")
    #expect(transcript.value("game.gas_cost() == game.gas_cost{ workers = 1, gas_price = 0.01 }") == "true")
  }

  @Test func mistakesAreNamed() throws {
    let transcript = try Transcript()
    transcript.run(Self.workers)
    func kind(_ call: String) -> String { transcript.value("select(2, pcall(function() return \(call) end)).kind") }
    #expect(kind("game.edge_market(with{ emds = { 1 / 2, 1 } })") == "LengthMismatch")
    #expect(kind("game.edge_market(with{ emds = { 0, 1, 1, 1 } })") == "NonPositive")
    #expect(kind("game.edge_market(with{ emds = { 3, 1, 1, 1 } })") == "OutOfRange")
    #expect(kind("game.edge_market(with{ gas_per_worker = -1 })") == "Negative")
    #expect(kind("game.edge_market(with{ rate = 0/0 })") == "NonFinite")
    #expect(kind("game.edge_market(with{ rule = 'best' })") == "InvalidParameter")
    #expect(kind("game.check_paper('none')") == "InvalidParameter")
    #expect(kind("game.check_paper{ paper = 'iisg', seed = -1 }") == "InvalidParameter")
    #expect(
      transcript.value("game.edge_market(with{ emds = { 0, 1, 1, 1 } })")
        == "error: input:1: game.edge_market: the EMD of a paid worker must be above 0, but is 0.0")
  }

  @Test(arguments: ["iisg", "pmsam", "tbcim"])
  func papersAreChecked(paper: String) throws {
    let transcript = try Transcript()
    transcript.run("c = game.check_paper{ paper = '\(paper)', seed = 3 }")
    #expect(transcript.value("c.seed, c.paper, #c.claims == c.holds + c.conditional + c.fails") == "3\t\(paper)\ttrue")
    // The fields say what the verdict says, and no line is too long for a screen.
    transcript.run(
      """
      for _, claim in ipairs(c.claims) do
        assert(c.verdicts[claim.id] == claim.verdict)
        assert(claim.printed.holds == (claim.verdict == "holds"), claim.id)
        if claim.printed.relation == ">=" then
          assert(claim.printed.holds == (claim.printed.left >= claim.printed.right))
        end
      end
      longest = 0
      for line in (c:summary() .. "\\n"):gmatch("(.-)\\n") do longest = math.max(longest, #line) end
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("longest <= 160") == "true", "\(transcript.value("longest"))")
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("claims-\(UUID().uuidString)").path
    defer { for ending in ["json", "csv"] { try? FileManager.default.removeItem(atPath: "\(path).\(ending)") } }
    transcript.run("c:save('\(path).json') c:save('\(path).csv')")
    #expect(transcript.value("json.load('\(path).json').claims[1].id == c.claims[1].id") == "true")
    let rows = try String(contentsOfFile: path + ".csv", encoding: .utf8)
    #expect(rows.hasPrefix("id,source,claim,verdict"))
  }

  private static func text(_ path: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The examples of games run to their end, where every promise they make is asserted.
  @Test(arguments: ["edge-server", "iisg"])
  func examplesRun(name: String) throws {
    let transcript = try Transcript()
    #expect(transcript.run(try Self.text("examples/games/\(name).lua")) == .succeeded, "\(transcript.errors)")
  }

  /// The pages of theory have a row for every claim, with the verdict that it gets today; what they tell to type runs.
  @Test(arguments: ["iisg-pmsam": ["iisg", "pmsam"], "tbcim": ["tbcim"]])
  func theoryPagesAreCurrent(page: String, papers: [String]) throws {
    let text = try Self.text("docs/theory/\(page).md")
    let transcript = try Transcript()
    for paper in papers {
      transcript.run("c = game.check_paper{ paper = '\(paper)', seed = 0 }")
      let rows = transcript.value(
        "(function() local r = {} for i, x in ipairs(c.claims) do r[i] = '| ' .. x.id .. ' | ' .. x.verdict .. ' |' end return table.concat(r, ';') end)()"
      ).split(separator: ";")
      #expect(rows.count > 15)
      for row in rows { #expect(text.contains("\n\(row) "), "\(page).md lacks \(row)") }
    }
    for block in text.matches(of: /\n```lua\n((?s).*?)\n```/) {
      #expect(transcript.run(String(block.1)) == .succeeded, "\(transcript.errors)")
    }
  }
}
