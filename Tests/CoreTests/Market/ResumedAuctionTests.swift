import Tensor
import Testing

@testable import Core

/// An auction outlives the process that opened it.
@Suite struct ResumedAuctionTests {
  private func seconds(_ value: UInt64) -> Timestamp { Timestamp(microseconds: value * 1_000_000) }

  /// Runs an auction of one DAO and two buyers; `between` may exchange ledger and auction after each step.
  private func run(
    at path: String, between: (inout Ledger, inout SealedBidAuction) throws -> Void
  ) throws -> (state: Digest, blocks: UInt64) {
    let fixture = try LedgerFixture(["p1", "p2"], path: path)
    var ledger = fixture.ledger
    defer { ledger.close() }
    let dao = try ModelDAO(named: "dao", members: ["u1", "u2"], runSeed: LedgerFixture.seed)
    try dao.openAccounts(on: ledger, at: ledger.clock)
    try ledger.perform([(.openAccount(name: "host"), try fixture["host"])], at: ledger.clock)
    let token = try dao.mint(model: "fl-nft", modelHash: SHA256.hash("m"), round: 1, on: ledger, at: ledger.clock)
    var auction = try SealedBidAuction(
      named: "A", on: ledger, auctioneer: fixture["host"], deadline: seconds(60), settlementDeadline: seconds(90),
      at: ledger.clock)
    try between(&ledger, &auction)
    try auction.submit(
      [
        .ask(by: "dao", key: dao.key, price: 3, token: token),
        .bid(by: "p1", key: try fixture["p1"], quality: 4, freshness: 2),
      ], at: seconds(20))
    try between(&ledger, &auction)
    try auction.submit([.bid(by: "p2", key: try fixture["p2"], quality: 1, freshness: 1)], at: seconds(30))
    try between(&ledger, &auction)
    try auction.close(at: seconds(60))
    let opened = try auction.openBids(at: seconds(60))
    #expect(opened.asks.map(\.value) == [3] && opened.bids.map(\.value) == [6, 2])
    try between(&ledger, &auction)
    _ = try auction.clear(at: seconds(61)) { asks, bids in
      #expect(asks == [3] && bids == [6, 2])
      return ([3, 0], [3])
    }
    try auction.settle(at: seconds(62))
    try between(&ledger, &auction)
    #expect(auction.stage == .settled)
    #expect(kind(of: { try auction.settle(at: seconds(63)) }) == "WrongStage")
    let report = try ledger.verify()
    #expect(report.isSound)
    return (report.stateDigest, ledger.height)
  }

  @Test func anAuctionTakenUpAfterEveryStepEndsAsOneThatWasNot() throws {
    let folder = try TemporaryFolder()
    let straight = try run(at: folder.path("straight.sqlite")) { _, _ in }
    let path = folder.path("resumed.sqlite")
    var stages: [SealedBidAuction.Stage] = []
    let resumed = try run(at: path) { ledger, auction in
      ledger.close()
      ledger = try Ledger.open(path)
      auction = try SealedBidAuction(resuming: "A", on: ledger, auctioneer: LedgerFixture.key("host"))
      stages.append(auction.stage)
    }
    #expect(resumed == straight)
    #expect(stages == [.takingBids, .takingBids, .takingBids, .opened, .settled])
  }

  /// A bidder opened its own bid before the auctioneer came back: the others are opened then.
  @Test func whatBiddersOpenedThemselvesIsNotOpenedAgain() throws {
    let fixture = try LedgerFixture(["p1", "p2", "host"])
    let ledger = fixture.ledger
    let auction = try SealedBidAuction(
      named: "A", on: ledger, auctioneer: fixture["host"], deadline: seconds(60), settlementDeadline: seconds(90),
      at: ledger.clock)
    let bid = try Bid(
      auction: "A", bidder: "p1", qualityMicro: 5, freshnessMicro: 2, nonce: [UInt8](repeating: 7, count: 16))
    let sealed = try SealedBid.seal(bid, by: fixture["p1"], to: fixture["host"].publicKey)
    let commitment = Action.commitBid(sealed, side: .bid, token: nil, deposit: Amount(tokens: 1))
    try ledger.perform([(commitment, try fixture["p1"])], at: seconds(20))
    try auction.submit([.bid(by: "p2", key: fixture["p2"], quality: 1, freshness: 1)], at: seconds(30))
    try ledger.perform([(.openBid(bid), try fixture["p1"])], at: seconds(60))

    var resumed = try SealedBidAuction(resuming: "A", on: ledger, auctioneer: fixture["host"])
    #expect(resumed.stage == .closed && resumed.openedBids == nil)
    let opened = try resumed.openBids(at: seconds(61))
    #expect(opened.bids.map(\.name) == ["p1", "p2"])
    #expect(ledger.state.revealedBids.count == 2)
  }

  @Test func onlyItsAuctioneerTakesItUp() throws {
    let fixture = try LedgerFixture(["p1", "host"])
    let ledger = fixture.ledger
    _ = try SealedBidAuction(
      named: "A", on: ledger, auctioneer: fixture["host"], deadline: seconds(60), settlementDeadline: seconds(90),
      at: ledger.clock)
    #expect(
      kind(of: { _ = try SealedBidAuction(resuming: "A", on: ledger, auctioneer: fixture["p1"]) })
        == "NotAuctioneer")
    #expect(
      kind(of: { _ = try SealedBidAuction(resuming: "B", on: ledger, auctioneer: fixture["host"]) })
        == "UnknownAuction")
  }
}
