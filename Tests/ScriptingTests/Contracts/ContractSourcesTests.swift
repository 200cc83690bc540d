import Core
import Foundation
import Testing

@testable import Scripting

/// The contracts of examples/contracts/sources, each on its good path and on those that must fail.
@Suite struct ContractSourcesTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../examples/contracts/sources").standardizedFileURL
  static let names = [
    "vesting", "sealed_auction", "vote_escrow", "raffle", "subscription", "tip_jar", "crowdfunding", "auction_house",
  ]
  static let seller = MemoryLedger.address("seller")
  static let members = (1...5).map { MemoryLedger.address("member \($0)") }
  static let day: UInt64 = 86_400

  static func source(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent("\(name).lua"), encoding: .utf8)
  }

  static func ledger() throws -> MemoryLedger {
    let ledger = MemoryLedger()
    for account in [seller] + members { try ledger.fund(account, 1_000) }
    return ledger
  }

  private func expectError(_ message: String, _ body: () throws -> Void) {
    do {
      try body()
      Issue.record("expected: \(message)")
    } catch let failure as ContractFailure {
      #expect(failure.cause == .contractError && failure.message.contains(message), "\(failure)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test(arguments: names)
  func compiles(name: String) throws {
    try LuaContractRuntime().check(Array(try Self.source(name).utf8))
  }

  @Test func vestingPaysByTheDay() throws {
    let ledger = try Self.ledger()
    let worker = Self.members[0]
    let contract = try ledger.deploy(
      try Self.source("vesting"), by: Self.seller, [.text(worker.description), .integer(10), .integer(40)],
      value: Amount(tokens: 100))
    ledger.advance(seconds: 9 * Self.day)
    expectError("nothing has vested") { try ledger.call(contract, "draw", by: worker) }
    ledger.advance(seconds: Self.day)
    #expect(try ledger.call(contract, "draw", by: worker) == .amount(Amount(tokens: 25)))
    ledger.advance(seconds: 100 * Self.day)
    #expect(try ledger.call(contract, "draw", by: Self.seller) == .amount(Amount(tokens: 75)))
    #expect(ledger.balance(worker) == Amount(tokens: 1_100))
    #expect(ledger.balance(contract).isZero)
  }

  @Test func sealedAuctionTakesTheSecondPrice() throws {
    let ledger = try Self.ledger()
    let contract = try ledger.deploy(
      try Self.source("sealed_auction"), by: Self.seller, [.text("10"), .integer(100), .integer(50)])
    let bids = ["30", "42.5", "20", "5", "99"]
    for (index, bid) in bids.enumerated() {
      let who = Self.members[index]
      let hash = SHA256.hash("bid|\(who)|\(bid)|nonce\(index)").description
      try ledger.call(contract, "commit", [.text(hash)], by: who, value: Amount(tokens: 60))
      expectError("one bid each") {
        try ledger.call(contract, "commit", [.text(hash)], by: who, value: Amount(tokens: 60))
      }
    }
    expectError("after the deadline") {
      try ledger.call(contract, "open", [.text("30"), .text("nonce0")], by: Self.members[0])
    }
    ledger.advance(seconds: 100)
    for index in 0...2 {
      try ledger.call(contract, "open", [.text(bids[index]), .text("nonce\(index)")], by: Self.members[index])
    }
    expectError("not what was committed") {
      try ledger.call(contract, "open", [.text("50"), .text("nonce3")], by: Self.members[3])
    }
    expectError("exceeds its deposit") {
      try ledger.call(contract, "open", [.text("99"), .text("nonce4")], by: Self.members[4])
    }
    expectError("opening is not over") { try ledger.call(contract, "settle", by: Self.seller) }
    ledger.advance(seconds: 50)
    let result = try ledger.call(contract, "settle", by: Self.members[3])
    #expect(result == .record(["winner": .text(Self.members[1].description), "price": .amount(Amount(tokens: 30))]))
    expectError("is settled") { try ledger.call(contract, "settle", by: Self.seller) }
    // The second price, and the deposits of the two that did not open.
    #expect(ledger.balance(Self.seller) == Amount(tokens: 1_150))
    #expect(ledger.balance(Self.members[1]) == Amount(tokens: 970))
    #expect(ledger.balance(Self.members[0]) == Amount(tokens: 1_000))
    #expect(ledger.balance(contract).isZero)
  }

  /// What is due after settling, by who took part.
  private func house(
    _ kind: String, _ options: ContractValue, fund: Amount = .zero,
    _ offers: [(side: String, price: String, opens: Bool)]
  ) throws -> (ledger: MemoryLedger, contract: Address, outcome: ContractValue) {
    let ledger = try Self.ledger()
    let contract = try ledger.deploy(
      try Self.source("auction_house"), by: Self.seller, [.text(kind), options, .integer(100), .integer(50)],
      value: fund)
    for (index, offer) in offers.enumerated() {
      let who = Self.members[index]
      let hash = SHA256.hash("\(offer.side)|\(who)|\(offer.price)|n\(index)").description
      try ledger.call(contract, "commit", [.text(offer.side), .text(hash)], by: who, value: Amount(tokens: 50))
    }
    ledger.advance(seconds: 100)
    for (index, offer) in offers.enumerated() where offer.opens {
      try ledger.call(contract, "open", [.text(offer.price), .text("n\(index)")], by: Self.members[index])
    }
    ledger.advance(seconds: 50)
    let outcome = try ledger.call(contract, "settle", by: Self.members[0])
    expectError("is settled") { try ledger.call(contract, "settle", by: Self.seller) }
    for who in Self.members + [Self.seller] { _ = try? ledger.call(contract, "withdraw", by: who) }
    #expect(ledger.balance(contract).isZero)
    return (ledger, contract, outcome)
  }

  private func gains(_ ledger: MemoryLedger, _ count: Int) -> [Int] {
    ([Self.seller] + Self.members.prefix(count)).map {
      Int(ledger.balance($0).units / Amount.unitsPerToken) - 1_000
    }
  }

  @Test func auctionHouseClearsByTheLedgersRules() throws {
    // Two units to the highest three of whom one does not open: the price is the best bid that loses.
    let sold = try house(
      "sealed", .record(["units": .integer(2)]),
      [("bid", "30", true), ("bid", "42", true), ("bid", "20", true), ("bid", "49", false)])
    #expect(gains(sold.ledger, 4) == [40 + 50, -20, -20, 0, -50])
    // McAfee: 9 and 7 meet 2 and 5, at the mean of nothing, so the last pair sets the prices: one trade, 7 for 5.
    let double = try house(
      "double", .record(["rule": .text("mcafee")]),
      [("bid", "9", true), ("bid", "7", true), ("ask", "2", true), ("ask", "5", true)])
    #expect(gains(double.ledger, 4) == [2, -7, 0, 5, 0])
    // The owner buys two from three, and its fund covers it.
    let bought = try house(
      "purchase", .record(["units": .integer(2)]), fund: Amount(tokens: 100),
      [("ask", "3", true), ("ask", "1", true), ("ask", "4", true)])
    #expect(gains(bought.ledger, 3) == [-8, 4, 4, 0])
    // Without the money nobody trades, and everybody gets back what it put in.
    let poor = try house(
      "purchase", .record(["units": .integer(2)]), fund: Amount(tokens: 7),
      [("ask", "3", true), ("ask", "1", true), ("ask", "4", true)])
    #expect(gains(poor.ledger, 3) == [0, 0, 0, 0])
    // PMS-AM as printed pays the seller more than the buyer gives: no trade.
    let printed = try house(
      "double", .record(["rule": .text("printed")]), [("bid", "9", true), ("ask", "2", true), ("ask", "8", true)])
    #expect(gains(printed.ledger, 3) == [0, 0, 0, 0])
  }

  @Test func auctionHouseRefuses() throws {
    let ledger = try Self.ledger()
    func deploy(_ kind: String, _ options: ContractValue) throws -> Address {
      try ledger.deploy(
        try Self.source("auction_house"), by: Self.seller, [.text(kind), options, .integer(100), .integer(50)])
    }
    expectError("sealed, purchase or double") { _ = try deploy("dutch", .null) }
    expectError("no option 'rule'") { _ = try deploy("sealed", .record(["rule": .text("mcafee")])) }
    expectError("one of") { _ = try deploy("double", .record(["rule": .text("best")])) }
    let contract = try deploy("sealed", .null)
    let hash = ContractValue.text(String(repeating: "0", count: 64))
    expectError("does not take that side") {
      try ledger.call(contract, "commit", [.text("ask"), hash], by: Self.members[0], value: Amount(tokens: 1))
    }
    expectError("needs a deposit") { try ledger.call(contract, "commit", [.text("bid"), hash], by: Self.members[0]) }
    expectError("opening is not over") { try ledger.call(contract, "settle", by: Self.seller) }
    expectError("nothing is due") { try ledger.call(contract, "withdraw", by: Self.seller) }
    expectError("after the deadline") {
      try ledger.call(contract, "open", [.text("1"), .text("n")], by: Self.members[0])
    }
  }

  @Test func voteEscrowRewardsLocksAndTakesBackFromThoseWhoLeave() throws {
    let ledger = try Self.ledger()
    let contract = try ledger.deploy(try Self.source("vote_escrow"), by: Self.seller)
    for member in Self.members[0...2] {
      try ledger.call(contract, "stake", by: member, value: Amount(tokens: 365))
    }
    try ledger.call(contract, "lock", [.integer(2), .integer(365)], by: Self.members[1])
    try ledger.call(contract, "lock", [.integer(3), .integer(14)], by: Self.members[2])
    expectError("InvalidLockPeriod") {
      try ledger.call(contract, "lock", [.integer(1), .integer(6)], by: Self.members[0])
    }
    expectError("only its owner") { try ledger.call(contract, "unstake", [.integer(1)], by: Self.members[1]) }
    #expect(try ledger.call(contract, "vote", [.integer(2)], by: Self.seller) == .amount(Amount(tokens: 365)))
    #expect(try ledger.call(contract, "vote", [.integer(3)], by: Self.seller) == .amount(Amount(tokens: 14)))
    try ledger.call(contract, "fund", by: Self.seller, value: Amount(tokens: 100))
    expectError("week has not ended") { try ledger.call(contract, "settle_week", by: Self.seller) }
    ledger.advance(seconds: 7 * Self.day)
    try ledger.call(contract, "settle_week", by: Self.seller)
    // floor(100 * 1460 / (1460 + 2555 + 1502)), and so on: the boosts of 0, 365 and 14 days.
    let total: UInt128 = 1460 + 2555 + 1502
    let plain = try Amount(tokens: 100).portion(1460, of: total)
    #expect(try ledger.call(contract, "claim", [.integer(1)], by: Self.members[0]) == .amount(plain))
    let boosted = try Amount(tokens: 100).portion(2555, of: total)
    let base = try boosted.portion(1460, of: 2555)
    #expect(try ledger.call(contract, "claim", [.integer(2)], by: Self.members[1]) == .amount(base))
    // Seven of fourteen days served: a quarter of the escrow is kept.
    let third = try Amount(tokens: 100).portion(1502, of: total)
    let thirdBase = try third.portion(1460, of: 1502)
    let kept = try (third - thirdBase).portion(49, of: 196)
    let paid = try Amount(tokens: 365) + thirdBase + kept
    #expect(try ledger.call(contract, "unstake", [.integer(3)], by: Self.members[2]) == .amount(paid))
    #expect(throws: ContractFailure.self) { try ledger.call(contract, "claim", [.integer(3)], by: Self.members[2]) }
    ledger.advance(seconds: 400 * Self.day)
    let last = try ledger.call(contract, "unstake", [.integer(2)], by: Self.members[1])
    #expect(last == .amount(try Amount(tokens: 365) + (boosted - base)))
  }

  @Test func raffleDrawsOneOfThoseWhoOpened() throws {
    let ledger = try Self.ledger()
    let contract = try ledger.deploy(
      try Self.source("raffle"), by: Self.seller, [.text("10"), .integer(100), .integer(100)])
    for (index, member) in Self.members.enumerated() {
      let hash = SHA256.hash("\(member)|secret\(index)").description
      expectError("a ticket costs 10") {
        try ledger.call(contract, "buy", [.text(hash)], by: member, value: Amount(tokens: 9))
      }
      try ledger.call(contract, "buy", [.text(hash)], by: member, value: Amount(tokens: 10))
    }
    ledger.advance(seconds: 100)
    for index in 0..<4 { try ledger.call(contract, "open", [.text("secret\(index)")], by: Self.members[index]) }
    expectError("not the secret") { try ledger.call(contract, "open", [.text("wrong")], by: Self.members[4]) }
    expectError("not yet") { try ledger.call(contract, "draw", by: Self.seller) }
    ledger.advance(seconds: 100)
    guard case .text(let winner) = try ledger.call(contract, "draw", by: Self.seller) else {
      Issue.record("nobody won")
      return
    }
    let name = String(decoding: winner, as: UTF8.self)
    #expect(Self.members[0..<4].map(\.description).contains(name))
    let address = try #require(Address(hexadecimal: name))
    #expect(ledger.balance(address) == Amount(tokens: 1_040))
    expectError("no prize") { try ledger.call(contract, "draw", by: Self.seller) }
  }

  @Test func raffleWithoutSecretsGivesTheMoneyBack() throws {
    let ledger = try Self.ledger()
    let contract = try ledger.deploy(
      try Self.source("raffle"), by: Self.seller, [.text("10"), .integer(100), .integer(100)])
    for member in Self.members {
      try ledger.call(contract, "buy", [.text("x")], by: member, value: Amount(tokens: 10))
    }
    ledger.advance(seconds: 200)
    #expect(try ledger.call(contract, "draw", by: Self.seller) == .null)
    for member in Self.members { #expect(ledger.balance(member) == Amount(tokens: 1_000)) }
  }

  @Test func subscriptionGivesBackWhatWasNotUsed() throws {
    let ledger = try Self.ledger()
    let contract = try ledger.deploy(try Self.source("subscription"), by: Self.seller, [.text("2")])
    let (reader, other) = (Self.members[0], Self.members[1])
    expectError("less than a day") {
      try ledger.call(contract, "subscribe", by: reader, value: Amount(tokens: 1))
    }
    try ledger.call(contract, "subscribe", by: reader, value: Amount(tokens: 20))
    try ledger.call(contract, "subscribe", by: other, value: Amount(tokens: 4))
    let access = { (who: Address) in
      try ledger.call(contract, "has_access", [.text(who.description)], by: Self.seller)
    }
    #expect(try access(reader) == .boolean(true) && (try access(Self.members[2])) == .boolean(false))
    expectError("only the provider") { try ledger.call(contract, "collect", by: other) }
    try ledger.call(contract, "set_price", [.text("5")], by: Self.seller)
    ledger.advance(seconds: 3 * Self.day + 10)
    #expect(try access(other) == .boolean(false))
    // Four days have begun, at the price that was paid.
    #expect(try ledger.call(contract, "cancel", by: reader) == .amount(Amount(tokens: 12)))
    #expect(try ledger.call(contract, "collect", by: Self.seller) == .amount(Amount(tokens: 12)))
    #expect(ledger.balance(contract).isZero)
  }

  @Test func tipJarIsSharedToTheLastUnit() throws {
    let ledger = try Self.ledger()
    let weights: [(String, ContractValue)] = zip(Self.members, [3, 2, 1, 1]).map {
      ($0.description, .integer(Int64($1)))
    }
    let record = ContractRecord(weights.map { .init(name: Array($0.0.utf8), value: $0.1) })
    let contract = try ledger.deploy(try Self.source("tip_jar"), by: Self.seller, [.record(record)])
    try ledger.call(contract, "tip", [.text("thanks")], by: Self.members[4], value: Amount(units: 100))
    expectError("only members") { try ledger.call(contract, "share", by: Self.members[4]) }
    try ledger.call(contract, "share", by: Self.members[3])
    #expect(ledger.balance(contract).isZero)
    let thousand = Amount(tokens: 1_000)
    let gains = try Self.members[0..<4].map { try ledger.balance($0) - thousand }
    // 42 6/7, 28 4/7, 14 2/7 twice: the two units left over go to the largest remainders.
    #expect(gains.map(\.units) == [43, 29, 14, 14])
    expectError("1 to 50 members") { try ledger.deploy(try Self.source("tip_jar"), by: Self.seller, [.list([])]) }
  }
}
