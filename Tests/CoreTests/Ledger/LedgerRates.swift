import Foundation
import Tensor
import Testing

@testable import Core

/// Rates, not properties: run with FLNFT_BENCH=1.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FLNFT_BENCH"] != nil), .serialized)
struct LedgerRates {
  private func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let elapsed = try clock.measure(body)
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  }

  private func transfers(_ count: Int, among accounts: Int) throws -> (LedgerFixture, [Transaction]) {
    let names = (0..<accounts).map { Label("user\($0)") ?? "user" }
    let fixture = try LedgerFixture(names)
    let keys = try names.map { try fixture[$0] }
    let actions = (0..<count).map { index in
      (
        action: Action.transfer(to: keys[(index * 7 + 1) % accounts].address, amount: Amount(units: 1)),
        by: keys[index % accounts]
      )
    }
    return (fixture, try fixture.ledger.sign(actions))
  }

  @Test(arguments: [10, 1000]) func appliedTransfers(accounts: Int) throws {
    let count = 10_000
    let (fixture, transactions) = try transfers(count, among: accounts)
    let raw = seconds { for transaction in transactions where !transaction.isSigned { Issue.record("unsigned") } }
    for size in [1, 100, count] {
      let (fresh, transactions) = try transfers(count, among: accounts)
      let time = try seconds {
        for start in stride(from: 0, to: count, by: size) {
          try fresh.ledger.append(Array(transactions[start..<start + size]), at: fresh.ledger.clock)
        }
      }
      print(
        "\(accounts) accounts, blocks of \(size): \(Int(Double(count) / time)) transfers/s, ratio to bare verification \(raw / time)"
      )
    }
    print("bare Ed25519 verification: \(Int(Double(count) / raw))/s")
    _ = fixture
  }

  @Test func commitLatency() throws {
    let folder = try TemporaryFolder()
    let fixture = try LedgerFixture(path: folder.path("bench.sqlite"))
    var times: [Double] = []
    for _ in 0..<500 {
      let transactions = try fixture.ledger.sign([
        (.transfer(to: fixture["bob"].address, amount: Amount(units: 1)), fixture["ann"])
      ])
      times.append(try seconds { try fixture.ledger.append(transactions, at: fixture.ledger.clock) })
    }
    times.sort()
    print("one block of one transfer, on disk: median \(times[250] * 1e3) ms, 99 % \(times[495] * 1e3) ms")
    let path = folder.path("bench.sqlite")
    fixture.ledger.close()
    let opening = try seconds { _ = try Ledger.open(path, access: .readOnly) }
    print("opening 502 blocks: \(opening * 1e3) ms")
  }
}
