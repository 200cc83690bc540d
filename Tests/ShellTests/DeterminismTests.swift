import Foundation
import Testing

/// The same seed gives the same bytes, on one thread or two.
@Suite struct DeterminismTests {
  private func market(_ arguments: [String]) throws -> (output: String, head: String) {
    let folder = try TemporaryFolder()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../examples/first-market.lua").standardizedFileURL.path
    let inside = "cd '\(folder.path)' && exec \"$0\" \"$@\""
    let run = try ShellProcess.run(["run"] + arguments + [script, "1"], wrapper: inside)
    #expect(run.status == 0, "\(run.errors)")
    let verified = try ShellProcess.run(
      ["eval", "local proof = ledger.open('market.sqlite'):verify() return proof.sound, proof.head"], wrapper: inside)
    #expect(verified.output.hasPrefix("true\t"), "\(verified.output)\(verified.errors)")
    return (run.output, verified.output)
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let one = try market(["--threads", "1"])
    let two = try market(["--threads", "2"])
    #expect(one.output == two.output)
    #expect(one.output.contains("\nmodel "))
    #expect(one.head == two.head)
    let other = try market(["--threads", "2", "--seed", "1"])
    #expect(other.head != one.head)
  }

  /// A million calls from Lua into Swift that throw keep no memory: less than one byte a call.
  @Test func throwingCallsDoNotLeak() throws {
    let code = """
      local function resident()
        return tonumber(io.open("/proc/self/statm"):read("a"):match("%d+ (%d+)")) * 4096
      end
      local function throw(n) for _ = 1, n do pcall(seed, "x") end collectgarbage() collectgarbage() end
      throw(50000)
      local before = resident()
      throw(1000000)
      return resident() - before
      """
    guard FileManager.default.fileExists(atPath: "/proc/self/statm") else { return }
    let outcome = try ShellProcess.run(["eval", code])
    let growth = try #require(Int(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)), "\(outcome.errors)")
    #expect(growth < 1 << 20)
  }
}
