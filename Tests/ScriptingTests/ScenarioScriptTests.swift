import Core
import Foundation
import Testing

@testable import Scripting

/// `scenario`: parameters from the command line, what a run keeps.
@Suite struct ScenarioScriptTests {
  private func transcript(_ settings: [String: String], folder: String? = nil) throws -> Transcript {
    try Transcript {
      $0.settings = settings
      $0.resultFolder = folder
    }
  }

  @Test func settingsReplaceDefaultsByTheirKind() throws {
    let session = try transcript([
      "clients": "50", "rate": "0.25", "fast": "true", "rule": "paper", "layers": "{784, 64,10}",
    ])
    session.run(
      """
      p = scenario.parameters{
        clients = 10, rate = 1, fast = false, rule = "corrected", layers = { 1 }, rounds = 5 }
      """)
    #expect(session.value("p.clients") == "50")
    #expect(session.value("p.rate") == "0.25")
    #expect(session.value("p.fast") == "true")
    #expect(session.value("p.rule") == "paper")
    #expect(session.value("table.concat(p.layers, ' ')") == "784 64 10")
    #expect(session.value("math.type(p.clients) .. p.rounds") == "integer5")
    #expect(session.session.record.parameters["rounds"] == .integer(5))
    #expect(session.session.record.unusedSettings.isEmpty)
  }

  @Test(arguments: [
    (["client": "3"], "no parameter 'client' (did you mean 'clients'?)"),
    (["clients": "many"], "'clients' must be a number"),
    (["clients": "inf"], "'clients' must be a number"),
    (["fast": "yes"], "'fast' must be true or false"),
    (["layers": "1,2"], "'layers' must be a list in braces"),
  ])
  func settingsThatDoNotFitAreRefused(settings: [String: String], words: String) throws {
    let session = try transcript(settings)
    let answer = session.value("scenario.parameters{ clients = 1, fast = true, layers = { 1 } }")
    #expect(answer.hasPrefix("error:") && answer.contains(words), "\(answer)")
  }

  @Test(arguments: [
    "scenario.parameters{ seed = 1 }", "scenario.parameters{ ['a b'] = 1 }", "scenario.parameters{ f = print }",
    "scenario.parameters{ t = { a = 1 } }", "scenario.parameters(3)", "scenario.parameters{ 1, 2 }",
    "scenario.keep{ ['../x'] = 1 }", "scenario.keep{ x = print }", "scenario.keep(1)", "scenario.keep{ [''] = 1 }",
  ])
  func whatCannotBeDeclaredOrKeptIsRefused(call: String) throws {
    #expect(try transcript([:]).value(call).hasPrefix("error:"))
  }

  @Test func keptResultsAreFilesOfTheirKinds() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kept-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let session = try transcript([:], folder: folder.path)
    session.run(
      """
      scenario.keep{
        accuracy = 97.5, names = { "a", "b" }, curve = plot.line{ y = { 1, 4 } },
        trade = auction.double{ asks = { 1, 5 }, bids = { 10, 4, 2 } },
      }
      """)
    #expect(session.errors.isEmpty)
    let record = session.session.record
    #expect(record.values["accuracy"] == .number(97.5))
    #expect(record.values["names"] == .array([.string("a"), .string("b")]))
    #expect(record.figures == ["curve"] && record.tables == ["trade"])
    let svg = try String(contentsOf: folder.appendingPathComponent("figures/curve.svg"), encoding: .utf8)
    #expect(svg.contains("<svg"))
    let csv = try String(contentsOf: folder.appendingPathComponent("tables/trade.csv"), encoding: .utf8)
    #expect(csv.hasPrefix("seller,"))
  }

  @Test func checksAndVerdictsAreRemembered() throws {
    let session = try transcript([:])
    session.run("scenario.check('a', true) scenario.check{ claim = 'b', holds = false, published = true }")
    session.run("scenario.verdict{ verdict = 'reproduced in shape', reason = 'order' }")
    #expect(session.output == "ok:     a\nFAILS:  b\n")
    let record = session.session.record
    #expect(record.checks.map(\.holds) == [true, false] && record.checks[1].isPublished)
    #expect(record.verdict?.word == .inShape && record.verdict?.reason == "order")
    #expect(session.value("scenario.verdict('fine')").contains("must be one of"))
  }
}
