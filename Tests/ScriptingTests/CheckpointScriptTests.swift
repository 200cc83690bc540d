import Foundation
import Testing

@testable import Scripting

@Suite struct CheckpointScriptTests {
  /// A rule with a memory: server momentum, and what it has seen.
  private static let rule = """
    function momentum(updates, state)
      local mean, weight = tensor.zeros{ #state.global }, 0
      for _, update in ipairs(updates) do
        mean, weight = mean + update.parameters * update.weight, weight + update.weight
      end
      local step = mean / weight - state.global
      state.velocity = state.velocity and state.velocity * 0.5 + step or step
      state.seen = state.seen or {}
      state.seen[state.round] = { updates = #updates, heavy = weight > 10, [0.5] = "half" }
      return state.global + state.velocity
    end
    digits = data.digits{ train = 60, test = 20 }
    fed = fl.federation{ data = digits, clients = 3 }
    """

  private func path() -> String { "\(NSTemporaryDirectory())flnft-rule-\(UUID().uuidString).ckp" }

  /// Two rounds, a checkpoint and two more end where four rounds do.
  @Test func aRulesMemoryGoesOn() throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let transcript = try Transcript()
    #expect(transcript.run(Self.rule) == .succeeded)
    transcript.run("fed:train{ rounds = 2, aggregate = momentum } again = fl.load(fed:save('\(path)'), digits)")
    transcript.run("fed:train{ rounds = 2, aggregate = momentum }")
    transcript.run(
      "again:train{ rounds = 2, aggregate = function(u, s) seen, state = #s.seen, s; return momentum(u, s) end }")
    #expect(transcript.value("seen") == "3")
    #expect(transcript.value("state.seen[1].heavy and state.seen[2][0.5]") == "half")
    let models = ["fed", "again"].map { "\($0):save_weights('\(path)') == nil or io.open('\(path)', 'rb'):read('a')" }
    #expect(transcript.value("(\(models[0])) == (\(models[1]))") == "true")
  }

  /// Saved again before the rule has run, a checkpoint still has the memory.
  @Test func memoryOutlivesACheckpointThatNobodyTrained() throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let transcript = try Transcript()
    transcript.run(Self.rule)
    transcript.run("fed:train{ aggregate = momentum } again = fl.load(fed:save('\(path)'), digits)")
    transcript.run("third = fl.load(again:save('\(path)'), digits)")
    transcript.run("third:train{ aggregate = function(u, s) first = s.seen[1].updates; return momentum(u, s) end }")
    #expect(transcript.value("first") == "3")
  }

  @Test func whatNoFileHoldsIsNamed() throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let transcript = try Transcript()
    transcript.run(Self.rule)
    transcript.run(
      """
      fed:train{ aggregate = function(u, s) s.notes = { helper = print }; return s.global end }
      ok, problem = pcall(fed.save, fed, '\(path)')
      """)
    #expect(transcript.value("problem.kind") == "InvalidParameter")
    #expect(transcript.value("problem.message").contains("state.notes.helper is a function"))
    #expect(!FileManager.default.fileExists(atPath: path))
    transcript.run("fed:train{ aggregate = function(u, s) s.notes = nil; s.own = s; return s.global end }")
    #expect(transcript.value("select(2, pcall(fed.save, fed, '\(path)')).message").contains("holds itself"))
  }
}
