import Core
import Foundation
import Testing

@testable import FLNFTShell

/// `flnft run --set --results`: one run's folder, and runs over many cases.
@Suite struct RunFolderTests {
  private static let script = """
    local p = scenario.parameters{ clients = 10, rule = "corrected" }
    print("clients " .. p.clients .. " draw " .. math.random(1000000))
    if p.clients == 13 then error("thirteen is one too many") end
    scenario.keep{ double = 2 * p.clients, rule = p.rule, curve = plot.line{ y = { 1, p.clients } } }
    scenario.check("clients are counted", p.clients > 0)
    """

  private func json(_ path: String) throws -> JSON {
    try JSON.parse(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test func aRunLeavesEverythingThatRepeatsIt() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(Self.script, to: "market.lua")
    let results = folder.file("out").path
    for _ in 0..<2 {
      let outcome = try ShellProcess.run(["run", script, "--set", "clients=50", "--results", results, "--", "word"])
      #expect(outcome.status == 0 && outcome.output.hasPrefix("clients 50"), "\(outcome.errors)")
    }
    let stored = try json(results + "/results.json")
    #expect(stored["status"] == .string("succeeded") && stored["seed"] == .string("0"))
    #expect(stored["parameters"] == .object(["clients": .integer(50), "rule": .string("corrected")]))
    #expect(stored["values"]?["double"] == .integer(100) && stored["arguments"] == .array([.string("word")]))
    #expect(stored["figures"] == .array([.string("curve")]))
    #expect(try String(contentsOfFile: results + "/log.txt", encoding: .utf8).hasPrefix("clients 50"))
    #expect(try String(contentsOfFile: results + "/script.lua", encoding: .utf8) == Self.script)
    #expect(FileManager.default.fileExists(atPath: results + "/figures/curve.svg"))
    #expect(try json(results + "/machine.json")["threads"] != nil)
    // Another run must not take its place.
    let other = try ShellProcess.run(["run", script, "--set", "clients=51", "--results", results])
    #expect(other.status != 0 && other.errors.contains("holds the results of another run"))
    #expect(try json(results + "/results.json") == stored)
  }

  @Test func equalRunsLeaveEqualResults() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(Self.script, to: "market.lua")
    let texts = try ["1", "2"].map { threads in
      let results = folder.file("out-\(threads)").path
      let outcome = try ShellProcess.run(["run", "--threads", threads, "--seed", "9", "--results", results, script])
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try ["results.json", "log.txt", "figures/curve.svg"].map {
        try Data(contentsOf: URL(fileURLWithPath: results + "/" + $0))
      }
    }
    #expect(texts[0] == texts[1])
  }

  /// A check that fails fails the run, so that a thousand cases do not hide one.
  @Test func aFailedCheckFailsTheRun() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(
      """
      local p = scenario.parameters{ n = 1 }
      scenario.check("n is one", p.n == 1)
      scenario.check{ claim = "somebody says so", holds = false, published = true }
      """, to: "check.lua")
    #expect(try ShellProcess.run(["run", script]).status == 0)
    let results = folder.file("sweep").path
    let outcome = try ShellProcess.run(["run", script, "--set", "n=1,2", "--results", results])
    #expect(outcome.status == 1 && outcome.errors.contains("1 run, 0 done before, 1 failed"), "\(outcome.errors)")
    #expect(outcome.output.contains("a check failed: n is one"), "\(outcome.output)")
  }

  @Test func wordsAfterTheFileAreTheScripts() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("print(#arg, arg[1])", to: "words.lua")
    #expect(try ShellProcess.run(["run", script, "quick", "--set", "a=1"]).output == "3\tquick\n")
    #expect(try ShellProcess.run(["run", script, "--", "--set", "a=1"]).output == "2\t--set\n")
    let unused = try ShellProcess.run(["run", script, "--set", "a=1"])
    #expect(unused.status != 0 && unused.errors.contains("the script declares no parameters"))
    #expect(try ShellProcess.run(["run", script, "--set", "a"]).errors.contains("write NAME=VALUE"))
    #expect(try ShellProcess.run(["run", script, "--set", "a=1,2,1"]).errors.contains("the value 1 is there twice"))
  }

  /// One case fails, the others go on; the table says so; a second call runs nothing that is done.
  @Test func severalValuesRunEveryCase() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(Self.script, to: "market.lua")
    let results = folder.file("sweep").path
    let command = ["run", script, "--set", "clients=12..14", "--set", "seed=1,2", "--results", results]
    let outcome = try ShellProcess.run(command)
    #expect(
      outcome.status == 1 && outcome.errors.contains("6 cases: 4 run, 0 done before, 2 failed"), "\(outcome.errors)")
    let rows = try String(contentsOfFile: results + "/results.csv", encoding: .utf8).split(separator: "\n")
    #expect(rows.count == 7 && rows[0] == "case,seed,clients,status,double,rule,error", "\(rows)")
    #expect(rows[3].contains("thirteen is one too many") && rows[1].contains(",1,12,succeeded,24,corrected"))
    let again = try ShellProcess.run(command)
    #expect(again.status == 1 && again.errors.contains("6 done before, 0 failed, 2 of those done before failed"))
    let status = try ShellProcess.run(["sweep", "status", results])
    #expect(status.output.hasPrefix("6 cases: 4 succeeded, 2 failed") && status.output.contains("market.lua:3"))
    let retried = try ShellProcess.run(["sweep", "run", "--retry", results])
    #expect(retried.errors.contains("6 cases: 0 run, 4 done before, 2 failed"), "\(retried.errors)")
  }
}
