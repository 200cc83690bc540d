import Core
import Foundation
import Testing

@testable import Scripting

/// A run is a function of its invocation: of nothing else, and to the last unit of gas.
@Suite struct ContractDeterminismTests {
  static let programs = [
    "return 1",
    "local n = 0 for i = 1, 300 do n = n + i % 7 end return n",
    "local t = {} for i = 1, 500 do t['k' .. i] = i if i > 50 then t['k' .. (i - 50)] = nil end end local s = '' for k in pairs(t) do s = s .. k end return s",
    "local t = {} for i = 1, 400 do t[i] = i t['x' .. i % 37] = i t[i // 2] = nil end return #t",
    "local t = {} for i = 1, 300 do local key = {} t[key] = i if i % 3 == 0 then t[key] = nil end t[i] = key end return #t",
    "for i = 1, 20 do storage['k' .. i] = { i = i, a = amount(i) // 3 } end return keys('k')",
    "for i = 1, 20 do emit('e', { i = i, who = sender, t = now }) end",
    "local s = '' for w in ('the quick brown fox'):gmatch('%a+') do s = s .. w:upper():rep(50) end return sha256(s)",
    "local t = {} for i = 1, 200 do t[i] = (i * 7919) % 211 end table.sort(t, function(a, b) return a > b end) return t",
    "local function f(n) if n < 2 then return n end return f(n - 1) + f(n - 2) end return f(12)",
    "local parts = amount.split(amount('100'), { 1, 2, 3, 4 }) transfer(sender, parts[1]) return parts",
    "return ('a'):rep(300):find(('a?'):rep(6) .. 'b')",
    "error('stop')",
    "local t = {} for i = 1, 50 do t[i] = t end return t",
  ]

  /// A limit of exactly what a run used is enough; one unit less is not; more changes nothing.
  @Test(arguments: programs)
  func gasIsExact(program: String) throws {
    let snippet = Snippet()
    let outcome = try snippet.outcome(program, gas: 1_000_000, funds: 1_000)
    let used = outcome.gasUsed
    #expect(used < 1_000_000)
    #expect(try snippet.outcome(program, gas: used, funds: 1_000) == outcome)
    #expect(try snippet.outcome(program, gas: used + 12_345, funds: 1_000) == outcome)
    for less in [1, 2, 7, 255, 256, 257, used / 2, used] as [UInt64] where less <= used {
      let short = try snippet.outcome(program, gas: used - less, funds: 1_000)
      guard case .failure(let failure) = short.result else {
        Issue.record("\(program) succeeded with \(less) gas too little")
        continue
      }
      #expect(failure.cause == .outOfGas)
      #expect(short.gasUsed == used - less)
    }
  }

  /// Storage and events too, on other machines, after other contracts, and on eight threads at once.
  @Test func runsAreTheSameEverywhere() async throws {
    let expected = try Self.runAll(on: LuaContractRuntime())
    let shared = LuaContractRuntime()
    let results = try await withThrowingTaskGroup(of: [Run].self) { group in
      for _ in 0..<8 { group.addTask { try Self.runAll(on: shared) } }
      var results: [[Run]] = []
      for try await each in group { results.append(each) }
      return results
    }
    for each in results { #expect(each == expected) }
    #expect(try Self.runAll(on: LuaContractRuntime()) == expected)
  }

  /// How much memory is enough is a property of the program, to the byte: also of one whose tables' shapes depend on
  /// hashes, and whose keys are hashed by their addresses.
  @Test(arguments: [programs[2], programs[3], programs[4]])
  func memoryIsExact(program: String) throws {
    func least(_ runtime: LuaContractRuntime) throws -> Int {
      var (low, high) = (0, ContractInvocation.usualMemory)
      while high - low > 1 {
        let middle = (low + high) / 2
        let outcome = try Snippet(runtime: runtime).outcome(program, memory: middle)
        if case .success = outcome.result { high = middle } else { low = middle }
      }
      return high
    }
    let first = LuaContractRuntime()
    let second = LuaContractRuntime()
    // Another contract has used the second one's memory before.
    _ = try Snippet(runtime: second).outcome("local t = {} for i = 1, 1000 do t[i] = { i } end")
    #expect(try least(first) == (try least(second)))
  }

  /// Whether a runtime has seen a source before makes no difference, not even to how a call with too little fails.
  @Test(arguments: [
    "local t = {} for i = 1, 2000 do t[i] = { i } end", "error('at the top')", "while true do end", "x = = 1",
    "local a = 2 ^ 3",
    "local s = 'x' for i = 1, 14 do s = s .. s end",
  ])
  func loadingIsPartOfEveryCall(top: String) throws {
    let seen = LuaContractRuntime()
    let source = Array((top + "\nfunction main() return 1 end").utf8)
    func run(_ runtime: LuaContractRuntime, gas: UInt64, memory: Int) -> ContractOutcome {
      runtime.run(
        ContractInvocation(
          source: source, function: "main", contract: Snippet.alice, sender: Snippet.bob,
          now: Timestamp(microseconds: 0),
          height: 0, gasLimit: gas, memoryLimit: memory), host: NoHost())
    }
    _ = run(seen, gas: 1_000_000, memory: ContractInvocation.usualMemory)
    for gas in [0, 499, 500, 510, 9_000, 100_000, 1_000_000] as [UInt64] {
      for memory in [0, 30_000, 60_000, 200_000, ContractInvocation.usualMemory] {
        let outcome = run(LuaContractRuntime(), gas: gas, memory: memory)
        #expect(run(seen, gas: gas, memory: memory) == outcome, "\(gas) gas, \(memory) bytes")
        #expect(outcome.gasUsed <= gas)
      }
    }
  }

  private struct Run: Hashable, Sendable {
    let outcome: ContractOutcome
    let events: Int
    let storage: Int
    let text: String
  }

  private static func runAll(on runtime: LuaContractRuntime) throws -> [Run] {
    let contract = MemoryLedger.address("contract")
    return try programs.map { program in
      let ledger = MemoryLedger(runtime: runtime)
      try ledger.fund(contract, 1_000)
      ledger.state.sources[contract] = Array("function main()\n\(program)\nend".utf8)
      let outcome = try ledger.run(contract, "main", by: Snippet.alice)
      let stored = (ledger.state.storage[contract] ?? [:]).sorted { $0.key.lexicographicallyPrecedes($1.key) }
      return Run(
        outcome: outcome, events: ledger.state.events.count, storage: stored.count,
        text: "\(stored) \(ledger.state.events) \(ledger.balance(Snippet.alice))")
    }
  }
}
