import Core
import Testing

@testable import Scripting

/// The crowdfunding contract against the specification of HCFL, 3.8: every way a round can end, and where the money is.
@Suite struct CrowdfundingTests {
  static let owners = (1...3).map { MemoryLedger.address("owner \($0)") }
  static let stations = (1...2).map { MemoryLedger.address("station \($0)") }
  static let contract = MemoryLedger.address("contract")

  private struct Round {
    let ledger: MemoryLedger

    init() throws {
      ledger = MemoryLedger()
      for account in owners + stations { try ledger.fund(account, 1_000) }
      try ledger.deploy(
        try ContractSourcesTests.source("crowdfunding"), by: owners[0],
        [
          .record([
            "bond": .text("10"), "noreveal_fee": .text("4"), "slope": .integer(2), "min_owners": .integer(2),
            "min_stations": .integer(1),
            "deadlines": .record([
              "propose": .integer(100), "commit": .integer(200), "reveal": .integer(300), "deliver": .integer(400),
              "train": .integer(500), "assess": .integer(600),
            ]),
          ])
        ])
    }

    func call(
      _ function: String, _ arguments: [ContractValue] = [], by who: Address, value: UInt64 = 0
    ) throws -> ContractValue {
      try ledger.call(contract, function, arguments, by: who, value: Amount(tokens: value), gas: 5_000_000)
    }

    func refused(
      _ kind: String, _ function: String, _ arguments: [ContractValue] = [], by who: Address, value: UInt64 = 0
    ) {
      do {
        _ = try call(function, arguments, by: who, value: value)
        Issue.record("\(function) was not refused with \(kind)")
      } catch let failure as ContractFailure {
        #expect(failure.message == kind, "\(failure)")
      } catch {
        Issue.record("\(error)")
      }
    }

    func status() throws -> ContractRecord {
      guard case .record(let record) = try call("status", by: owners[0]) else {
        throw ContractFailure(.invalidValue, "no status")
      }
      return record
    }

    func until(_ second: UInt64) { ledger.advance(seconds: second - ledger.now.microseconds / 1_000_000) }

    /// Two proposals at fixed prices, 30 and 20; everybody registered with 200.
    func open() throws {
      for owner in owners { _ = try call("register", [.text("owner")], by: owner, value: 200) }
      for station in stations { _ = try call("register", [.text("station")], by: station, value: 200) }
      _ = try call("propose", [.integer(900_000), .text("30"), .text("30")], by: owners[0])
      _ = try call("propose", [.integer(800_000), .text("20"), .text("20")], by: owners[1])
      until(100)
    }

    static let claims: [(Address, [String])] = [
      (owners[0], ["60", "0"]), (owners[1], ["0", "30"]), (owners[2], ["5", "25"]), (stations[0], ["10", "5"]),
      (stations[1], ["10", "5"]),
    ]

    func claim(leavingOut silent: [Address] = []) throws {
      for (who, claims) in Self.claims {
        let text = "HCFL-CLAIM|\(contract)|\(who)|salt|" + claims.joined(separator: ",")
        _ = try call("commit", [.text(SHA256.hash(text).description)], by: who)
      }
      until(200)
      for (who, claims) in Self.claims where !silent.contains(who) {
        _ = try call("reveal", [.text("salt"), .list(claims.map { .text($0) })], by: who)
      }
      until(300)
    }

    /// Everybody takes out what there is; the pool stays.
    func end() throws -> [Amount] {
      let pool = try status()["pool"]
      var paid: [Amount] = []
      for who in owners + stations {
        let result = try ledger.run(contract, "withdraw", by: who, gas: 5_000_000).result
        if case .success(.amount(let amount)) = result { paid.append(amount) } else { paid.append(.zero) }
      }
      #expect(ContractValue.amount(ledger.balance(contract)) == pool)
      refused("NothingToWithdraw", "withdraw", by: owners[0])
      return paid
    }
  }

  /// Margins: 65 - 20 = 45 for the first model, 55 - 10 = 45 for the second: the first is trained. Without owner 1 (its
  /// share is 10 of 30, and 6 2/3 of 20) the others prefer the second, by 45 + 20/3 - (5 + 10 - 20).
  @Test func aRoundThatGoesWellSettles() throws {
    let round = try Round()
    round.refused("InsufficientDeposit", "register", [.text("owner")], by: Self.owners[0], value: 9)
    try round.open()
    round.refused("WrongState", "register", [.text("owner")], by: Self.owners[0], value: 200)
    try round.claim()
    #expect(try round.status()["state"] == .text("DELIVER"))
    #expect(try round.status()["winner"] == .text(Self.owners[0].description))
    guard case .record(let taxes) = try round.status()["taxes"],
      case .amount(let tax) = taxes[Self.owners[0].description]
    else {
      Issue.record("no taxes")
      return
    }
    let shareOf20 = try Amount(tokens: 20).split(weights: [1, 1, 1] as [UInt128])
    let place = try #require(Self.owners.map(\.description).sorted().firstIndex(of: Self.owners[0].description))
    #expect(tax == (try Amount(tokens: 50) + shareOf20[place]))
    round.refused("NotAuthorized", "deliver", [.text("model")], by: Self.owners[1])
    _ = try round.call("deliver", [.text("model")], by: Self.owners[0])
    round.until(400)
    for station in Self.stations { _ = try round.call("update", [.text("gradient")], by: station) }
    _ = try round.call("report", [.integer(890_000)], by: Self.owners[0])
    _ = try round.call("vote", [.boolean(true)], by: Self.owners[1])
    round.refused("DuplicateVote", "vote", [.boolean(true)], by: Self.owners[1])
    round.until(600)
    #expect(try round.status()["state"] == .text("SETTLED"))
    let paid = try round.end()
    // One yes of one cast, half of those who may: bond * 2 * 10000 / 900000, rounded up.
    let penalty = try Amount(tokens: 20).portion(10_000, of: 900_000, rounding: .up)
    #expect(try paid[0] == Amount(tokens: 200) - Amount(tokens: 10) - tax - penalty)
    let stations = Self.stations.map { taxes[$0.description] }
    for (index, value) in stations.enumerated() {
      guard case .amount(let tax) = value else { continue }
      #expect(try paid[3 + index] == Amount(tokens: 215) - tax)
    }
  }

  @Test func tooFewParticipantsAbort() throws {
    let round = try Round()
    _ = try round.call("register", [.text("owner")], by: Self.owners[0], value: 50)
    _ = try round.call("register", [.text("station")], by: Self.stations[0], value: 50)
    round.until(100)
    #expect(try round.status()["state"] == .text("ABORTED"))
    #expect(try round.end().map(\.tokens) == [50, 0, 0, 50, 0])
  }

  @Test func silentParticipantsPayAFeeAndLeave() throws {
    let round = try Round()
    try round.open()
    try round.claim(leavingOut: [Self.owners[0]])
    #expect(try round.status()["winner"] == .text(Self.owners[1].description))
    #expect(try round.status()["pool"] == .amount(Amount(tokens: 4)))
  }

  @Test func aWinnerThatDoesNotDeliverLosesItsBond() throws {
    let round = try Round()
    try round.open()
    try round.claim()
    round.until(400)
    #expect(try round.status()["state"] == .text("FAILED_DELIVERY"))
    #expect(try round.end().map(\.tokens) == [190, 200, 200, 205, 205])
  }

  @Test func stationsThatDoNotTrainLoseTheirBonds() throws {
    let round = try Round()
    try round.open()
    try round.claim()
    _ = try round.call("deliver", [.text("model")], by: Self.owners[0])
    round.until(500)
    #expect(try round.status()["state"] == .text("FAILED_TRAINING"))
    #expect(try round.end().map(\.tokens) == [200, 200, 200, 190, 190])
  }

  @Test func aStationThatIsMissingGivesItsRewardBack() throws {
    let round = try Round()
    try round.open()
    try round.claim()
    _ = try round.call("deliver", [.text("model")], by: Self.owners[0])
    round.until(400)
    _ = try round.call("update", [.text("gradient")], by: Self.stations[0])
    round.until(600)
    #expect(try round.status()["state"] == .text("SETTLED"))
    let paid = try round.end()
    #expect(try Amount.total(paid) < Amount(tokens: 1_000))
    // The bond and its tax are gone, and no reward came.
    #expect(paid[4] <= Amount(tokens: 190))
  }
}
