import Core
import Foundation
import Testing

@testable import Scripting

/// What a call costs beside the contract's own work, against the bound of 20 microseconds.
@Suite(.serialized) struct ContractCallRates {
  @Test func aCallTakesLittle() throws {
    let runtime = LuaContractRuntime()
    let host = NoHost()
    let empty = Array("function f() return 1 end".utf8)
    let crowdfunding =
      Array(try ContractSourcesTests.source("crowdfunding").utf8) + Array("\nfunction f() return 1 end".utf8)
    for (name, source) in [("one-line", empty), ("crowdfunding's", crowdfunding)] {
      let invocation = ContractInvocation(
        source: source, function: "f", arguments: [.integer(1), .text("x")], contract: Snippet.alice,
        sender: Snippet.bob, now: Timestamp(microseconds: 1), height: 1, gasLimit: 1_000_000)
      let rounds = 2_000
      var best = Double.infinity
      for _ in 0..<10 {
        let start = Self.processorSeconds
        for _ in 0..<rounds {
          let outcome = runtime.run(invocation, host: host)
          guard case .success(.integer(1)) = outcome.result else { throw ContractFailure(.refused, "\(outcome)") }
        }
        best = min(best, (Self.processorSeconds - start) / Double(rounds))
      }
      print("contracts: a call of a \(name) source takes \((best * 1e8).rounded() / 100) us of processor time")
      #expect(best < 20e-6)
    }
  }

  private static var processorSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
