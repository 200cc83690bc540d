import Core
import Foundation
import Testing

@testable import Scripting

/// Random and mutated programs: no crash, no hang, no money made, and the same outcome twice. (That no memory stays behind
/// is ContractMemoryTests': it takes a process of its own to see.)
@Suite(.serialized) struct ContractFuzzTests {
  /// FLNFT_LONG_TESTS, which `scripts/test --long` sets, asks for a million programs; FLNFT_CONTRACT_SEED for others.
  private static var count: Int {
    ProcessInfo.processInfo.environment["FLNFT_LONG_TESTS"] == nil ? 20_000 : 1_000_000
  }
  private static var seed: UInt64 {
    ProcessInfo.processInfo.environment["FLNFT_CONTRACT_SEED"].flatMap { UInt64($0) } ?? 1
  }

  @Test func randomProgramsEndWell() throws {
    let runtime = LuaContractRuntime()
    let other = LuaContractRuntime()
    var grammar = ContractGrammar(seed: Self.seed)
    var endings: [String: Int] = [:]
    for index in 0..<Self.count {
      let source = grammar.program()
      let (outcome, state, seconds) = try Self.run(source, on: runtime)
      #expect(outcome.gasUsed <= Self.gas, "seed \(Self.seed), program \(index):\n\(source)")
      #expect(seconds < 5, "seed \(Self.seed), program \(index) took \(seconds) s:\n\(source)")
      switch outcome.result {
      case .success(let value):
        endings["success", default: 0] += 1
        #expect(throws: Never.self) { try value.checkBounds() }
      case .failure(let failure):
        endings[failure.kind, default: 0] += 1
        #expect(!failure.message.contains("0x0000"), "an address shows: \(failure)\n\(source)")
      }
      if index % 16 == 0 {
        let again = try Self.run(source, on: other)
        #expect(again.outcome == outcome && again.state == state, "seed \(Self.seed), program \(index):\n\(source)")
      }
    }
    print("contracts: \(Self.count) programs of seed \(Self.seed) ended so: \(endings)")
    // Enough must get far for the test to mean something.
    #expect(endings["success", default: 0] > Self.count / 20)
    #expect(endings["ContractError", default: 0] > Self.count / 20)
  }

  /// Bytes that are no program at all.
  @Test func randomBytesAreRefused() throws {
    let runtime = LuaContractRuntime()
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0..<300, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      do { try runtime.check(bytes) } catch { #expect(error.cause == .invalidContract) }
    }
  }

  private static let gas: UInt64 = 20_000
  private static let contract = MemoryLedger.address("contract")

  private static func run(
    _ source: String, on runtime: LuaContractRuntime
  ) throws -> (outcome: ContractOutcome, state: MemoryLedger.State, seconds: Double) {
    let ledger = MemoryLedger(runtime: runtime)
    try ledger.fund(contract, 5)
    try ledger.fund(Snippet.alice, 5)
    ledger.state.sources[contract] = Array(source.utf8)
    let clock = ContinuousClock()
    let start = clock.now
    let outcome = try ledger.run(
      contract, "main", [.integer(3), .text("text"), .list([.amount(Amount(tokens: 2)), .boolean(true)])],
      by: Snippet.alice, value: Amount(tokens: 1), gas: gas, memory: 1 << 20)
    let duration = (clock.now - start).components
    return (outcome, ledger.state, Double(duration.seconds) + Double(duration.attoseconds) * 1e-18)
  }
}
