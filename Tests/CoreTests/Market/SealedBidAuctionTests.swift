import Tensor
import Testing

@testable import Core

@Suite struct SealedBidAuctionTests {
  private func seconds(_ value: UInt64) -> Timestamp { Timestamp(microseconds: value * 1_000_000) }

  /// Two DAOs of three and two members, three buyers, an auctioneer with nothing.
  private struct Scene {
    let fixture: LedgerFixture
    let first: ModelDAO
    let second: ModelDAO
    let tokens: [Digest]
    var ledger: Ledger { fixture.ledger }

    init(path: String? = nil) throws {
      fixture = try LedgerFixture(["p1", "p2", "p3"], path: path)
      let now = fixture.ledger.clock
      first = try ModelDAO(named: "dao1", members: ["u1", "u2", "u3"], runSeed: LedgerFixture.seed)
      second = try ModelDAO(named: "dao2", members: ["u4", "u5"], runSeed: LedgerFixture.seed)
      for dao in [first, second] { try dao.openAccounts(on: fixture.ledger, at: now) }
      try fixture.ledger.perform([(.openAccount(name: "host"), try fixture["host"])], at: now)
      let ledger = fixture.ledger
      tokens = try [first, second].map {
        try $0.mint(model: "fl-nft", modelHash: SHA256.hash("m"), round: 3, on: ledger, at: now)
      }
    }

    func open() throws -> SealedBidAuction {
      try SealedBidAuction(
        named: "A", on: ledger, auctioneer: fixture["host"], deadline: Timestamp(microseconds: 60_000_000),
        settlementDeadline: Timestamp(microseconds: 90_000_000), at: ledger.clock)
    }

    var submissions: [SealedBidAuction.Submission] {
      get throws {
        [
          .ask(by: "dao1", key: first.key, price: 9.5, token: tokens[0]),
          .ask(by: "dao2", key: second.key, price: 10, token: tokens[1]),
          .bid(by: "p1", key: try fixture["p1"], quality: 4, freshness: 2.5),
          .bid(by: "p2", key: try fixture["p2"], quality: 3, freshness: 3, deposit: Amount(tokens: 50)),
          .bid(by: "p3", key: try fixture["p3"], quality: 1, freshness: 0.25),
        ]
      }
    }
  }

  /// The shared-cost rule worked by hand: the lowest ask wins and receives the next, 10; the two buyers who can carry
  /// half of it pay 5 each.
  @Test func lifeOfAnAuction() throws {
    let scene = try Scene()
    let now = scene.ledger.clock
    try scene.first.declareAsks([4, 5.5, 7], for: scene.tokens[0], on: scene.ledger, at: now)
    // u3's ask has one vote of the two others, fewer than 3/2.
    let tally = try scene.first.vote(
      [[true, true, true], [true, true, false], [true, true, true]], onAsksFor: scene.tokens[0], on: scene.ledger,
      at: now)
    #expect(tally.lines.map(\.isApproved) == [true, true, false])
    #expect(tally.lines.map(\.votes) == [2, 2, 1])
    #expect(tally.total.description == "9.5")

    var auction = try scene.open()
    #expect(kind { try auction.close(at: seconds(59)) } == "AuctionOpen")
    let sealed = try auction.submit(scene.submissions, at: seconds(30))
    #expect(sealed.count == 5)
    #expect(kind { _ = try auction.openBids(at: seconds(60)) } == "WrongStage")
    try auction.close(at: seconds(60))
    #expect(kind { _ = try auction.submit(scene.submissions, at: seconds(60)) } == "WrongStage")
    let opened = try auction.openBids(at: seconds(60))
    #expect(opened.asks.map(\.value) == [9.5, 10] && opened.bids.map(\.value) == [6.5, 6, 1.25])
    #expect(opened.bids.map(\.name) == ["p1", "p2", "p3"] && opened.discarded.isEmpty)

    let clearing = try auction.clear(at: seconds(61)) { asks, bids in
      #expect(asks == [9.5, 10] && bids == [6.5, 6, 1.25])
      return (buyerPayments: [5, 5, 0], sellerReceipts: [10, 0])
    }
    #expect(clearing.surplus.isZero && clearing.tokensSold == [scene.tokens[0]])
    try auction.settle(at: seconds(61))
    #expect(auction.stage == .settled)
    #expect(kind { try auction.settle(at: seconds(61)) } == "WrongStage")
    #expect(["p1", "p2", "p3", "dao1", "host"].map { scene.fixture.balance($0)?.tokens } == [95, 95, 100, 10, 0])
    #expect(
      scene.ledger.state.licence(token: scene.tokens[0], holder: try scene.fixture["p2"].address)?.payment
        == Amount(tokens: 5))

    // 10 in the ratio 4 : 5.5 : 0, to the last unit: 40/9.5 = 4.2105..., the unit left over to the larger remainder.
    let shares = try scene.first.share(clearing.totalReceipts, by: tally, on: scene.ledger, at: seconds(62))
    #expect(shares.map(\.description) == ["4.210526315789473684", "5.789473684210526316", "0"])
    #expect(scene.fixture.balance("dao1") == .zero)
    #expect(scene.fixture.balance("u2") == shares[1])
    let report = try scene.ledger.verify()
    #expect(report.isSound && report.supply == Amount(tokens: 300))
  }

  @Test func sameSeedSameBlocks() throws {
    func run() throws -> Digest? {
      let scene = try Scene()
      var auction = try scene.open()
      try auction.submit(scene.submissions, at: seconds(30))
      try auction.close(at: seconds(60))
      _ = try auction.openBids(at: seconds(60))
      return scene.ledger.head?.hash
    }
    let hash = try run()
    #expect(try run() == hash)
  }

  /// Envelopes that were tampered with before they were committed: each is discarded for its own reason, opens nothing
  /// and costs nothing.
  @Test func badEnvelopesDoNotCount() throws {
    let scene = try Scene()
    var auction = try scene.open()
    let host = try scene.fixture["host"]
    func bid(_ bidder: Label, _ micro: UInt64, auction: Label = "A") throws -> Bid {
      try Bid(
        auction: auction, bidder: bidder, qualityMicro: micro, freshnessMicro: 0,
        nonce: [UInt8](repeating: 7, count: 16))
    }
    func commit(_ name: Label, commitment: Digest, ciphertext: [UInt8], deposit: UInt64 = 10) throws {
      let key = try scene.fixture[name]
      var writer = ByteWriter(tag: "FLNFT-SEALED-BID-v1")
      writer.write("A" as Label)
      writer.write(commitment.bytes)
      writer.write(ciphertext)
      let sealed = SealedBid(
        auction: "A", commitment: commitment, ciphertext: ciphertext, signature: try key.sign(writer.bytes))
      try scene.ledger.perform(
        [(.commitBid(sealed, side: .bid, token: nil, deposit: Amount(tokens: deposit)), key)], at: scene.ledger.clock)
    }
    for name in ["q1", "q2", "q3", "q4"] as [Label] {
      let key = try scene.fixture[name]
      try scene.ledger.perform([(.openAccount(name: name), key)], at: scene.ledger.clock)
      try scene.ledger.perform(
        [(.issue(to: key.address, amount: Amount(tokens: 100)), scene.fixture.issuer)], at: scene.ledger.clock)
    }
    func box(_ text: [UInt8], by name: Label) throws -> [UInt8] {
      try SealedBox.seal(text, to: host.publicKey, by: scene.fixture[name], context: [])
    }
    let text = { (bid: Bid) in Array(bid.canonicalText.utf8) }
    // Not decryptable, another commitment, not canonical, another's bid, another auction's, beyond the deposit.
    try commit("p1", commitment: bid("p1", 1).commitment, ciphertext: [UInt8](repeating: 9, count: 100))
    try commit("p2", commitment: bid("p2", 2).commitment, ciphertext: box(text(bid("p2", 3)), by: "p2"))
    try commit("p3", commitment: SHA256.hash("A bid"), ciphertext: box(Array("A bid".utf8), by: "p3"))
    try commit("q1", commitment: bid("p9", 5).commitment, ciphertext: box(text(bid("p9", 5)), by: "q1"))
    try commit(
      "q2", commitment: bid("q2", 5, auction: "B").commitment,
      ciphertext: box(text(bid("q2", 5, auction: "B")), by: "q2"))
    try commit(
      "q3", commitment: bid("q3", 10_000_001).commitment, ciphertext: box(text(bid("q3", 10_000_001)), by: "q3"))
    try commit(
      "q4", commitment: bid("q4", 10_000_000).commitment, ciphertext: box(text(bid("q4", 10_000_000)), by: "q4"))

    try auction.close(at: seconds(60))
    let opened = try auction.openBids(at: seconds(60))
    #expect(
      opened.discarded.map(\.reason.kind) == [
        "UndecryptableBid", "CommitmentMismatch", "MalformedBid", "ReplayedBid", "ReplayedBid", "BidExceedsDeposit",
      ])
    #expect(opened.bids.map(\.name) == ["q4"])
    _ = try auction.clear(at: seconds(61)) { _, _ in (buyerPayments: [0], sellerReceipts: []) }
    try auction.settle(at: seconds(61))
    for name in ["p1", "p2", "p3", "q1", "q2", "q3", "q4"] as [Label] {
      #expect(scene.fixture.balance(name) == Amount(tokens: 100))
    }
  }

  /// The signature comes before the decryption: a bad one is reported although the box would not open either.
  @Test func signaturesComeFirst() throws {
    let (ann, bob) = (try LedgerFixture.key("ann"), try LedgerFixture.key("bob"))
    let bid = try Bid(
      auction: "A", bidder: "ann", qualityMicro: 1, freshnessMicro: 2, nonce: [UInt8](repeating: 7, count: 16))
    let sealed = try SealedBid.seal(bid, by: ann, to: bob.publicKey)
    #expect(try sealed.open(by: bob, bidder: ann.publicKey, named: "ann") == bid)
    #expect(throws: BidError.signatureInvalid(bidder: "ann")) {
      try sealed.open(by: bob, bidder: bob.publicKey, named: "ann")
    }
    let garbled = SealedBid(
      auction: "A", commitment: sealed.commitment, ciphertext: sealed.ciphertext.reversed(), signature: sealed.signature
    )
    #expect(throws: BidError.signatureInvalid(bidder: "ann")) {
      try garbled.open(by: bob, bidder: ann.publicKey, named: "ann")
    }
    let moved = SealedBid(
      auction: "B", commitment: sealed.commitment, ciphertext: sealed.ciphertext, signature: sealed.signature)
    #expect(!moved.isSigned(by: ann.publicKey))
  }

  @Test func rulesThatDoNotBalanceNeedMoney() throws {
    let scene = try Scene()
    var auction = try scene.open()
    try auction.submit(scene.submissions, at: seconds(30))
    try auction.close(at: seconds(60))
    _ = try auction.openBids(at: seconds(60))
    #expect(kind { _ = try auction.clear(at: seconds(61)) { _, _ in ([1], [0, 0]) } } == "ShapeMismatch")
    #expect(kind { _ = try auction.clear(at: seconds(61)) { _, _ in ([1, 1, 1], [0]) } } == "ShapeMismatch")
    #expect(kind { _ = try auction.clear(at: seconds(61)) { _, _ in ([1, .nan, 1], [0, 0]) } } == "NotFinite")
    #expect(auction.stage == .opened)
    _ = try auction.clear(at: seconds(61)) { _, _ in ([6.5, 0, 0], [10, 0]) }
    #expect(kind { try auction.settle(at: seconds(61)) } == "BudgetDeficit")
    _ = try auction.clear(at: seconds(61)) { _, _ in ([6.6, 6, 0], [10, 0]) }
    #expect(kind { try auction.settle(at: seconds(61)) } == "InvalidSettlement")
    #expect(auction.stage == .cleared)
    // Thirds: payments go up and the receipt down to the millionth, what is between stays with the auctioneer.
    let clearing = try auction.clear(at: seconds(61)) { _, bids in ([10.0 / 3 * 1.5, 10.0 / 3 * 1.5, 0], [10, 0]) }
    #expect(clearing.totalPayments == Amount(tokens: 10))
    let thirds = try auction.clear(at: seconds(61)) { _, _ in ([31.0 / 6, 31.0 / 6, 0], [31.0 / 3, 0]) }
    #expect(thirds.payments[0].amount.description == "5.166667")
    #expect(thirds.receipts[0].amount.description == "10.333333")
    #expect(thirds.surplus.description == "0.000001")
    try auction.settle(at: seconds(61))
    #expect(scene.fixture.balance("host")?.description == "0.000001")
    #expect(try scene.ledger.verify().isSound)
  }

  @Test func pricesThatAreNoMoneyCommitNothing() throws {
    let scene = try Scene()
    let auction = try scene.open()
    let head = scene.ledger.head
    let key = try scene.fixture["p1"]
    for price in [Double.nan, .infinity, -1] {
      #expect(
        kind { _ = try auction.submit([.bid(by: "p1", key: key, quality: price, freshness: 0)], at: seconds(30)) }
          == (price.isFinite ? "InvalidParameter" : "NotFinite"))
    }
    #expect(
      kind { _ = try auction.submit([.bid(by: "p1", key: key, quality: 1e12, freshness: 0)], at: seconds(30)) }
        == "AmountOverflow")
    // More than the bidder has: the whole batch is refused.
    #expect(
      kind {
        try auction.submit(
          scene.submissions.dropLast() + [.bid(by: "p3", key: scene.fixture["p3"], quality: 101, freshness: 0)],
          at: seconds(30))
      } == "InsufficientFunds")
    #expect(scene.ledger.head == head)
  }

  @Test func daosCheckTheirLists() throws {
    let scene = try Scene()
    let (dao, token, ledger) = (scene.first, scene.tokens[0], scene.ledger)
    #expect(kind { try dao.declareAsks([1], for: token, on: ledger, at: ledger.clock) } == "ShapeMismatch")
    #expect(kind { _ = try dao.vote([[true]], onAsksFor: token, on: ledger, at: ledger.clock) } == "ShapeMismatch")
    #expect(kind { try dao.share(.zero, weights: [1, 2], on: ledger, at: ledger.clock) } == "ShapeMismatch")
    #expect(kind { try dao.share(.zero, weights: [0, 0, 0], on: ledger, at: ledger.clock) } == "ZeroWeight")
    #expect(
      kind { try dao.share(Amount(units: 1), weights: [1, 1, 1], on: ledger, at: ledger.clock) } == "InsufficientFunds")
    #expect(kind { _ = try ModelDAO(named: "a|b", members: [], runSeed: 0) } == "InvalidParameter")
    let recipient = try scene.fixture["p1"].address
    #expect(
      kind {
        try dao.transfer(token, to: recipient, approvedBy: [true, false, false], on: ledger, at: ledger.clock)
      } == "TransferNotApproved")
    // Refused as a whole: the vote that was cast with it is not on record either.
    #expect(ledger.state.transferApprovals(token: token, recipient: recipient).isEmpty)
    try dao.transfer(token, to: recipient, approvedBy: [true, false, true], on: ledger, at: ledger.clock)
    #expect(ledger.state.token(token)?.owner == recipient)
  }

  /// PMS-AM, equation 34, for N = 1 (ours: nobody's approval is needed), 2 (one vote) and 4 (two votes).
  @Test(arguments: [(1, 0, true), (2, 0, false), (2, 1, true), (4, 1, false), (4, 2, true)])
  func asksNeedHalfOfTheMembers(members: Int, approving: Int, isApproved: Bool) throws {
    let fixture = try LedgerFixture([])
    let dao = try ModelDAO(named: "dao", members: (1...members).map { "u\($0)" }, runSeed: 1)
    let ledger = fixture.ledger
    try dao.openAccounts(on: ledger, at: ledger.clock)
    let token = try dao.mint(model: "m", modelHash: .zero, round: 0, on: ledger, at: ledger.clock)
    try dao.declareAsks([Double](repeating: 2, count: members), for: token, on: ledger, at: ledger.clock)
    // The first member's ask has the approval of itself, which does not count, and of the last `approving`.
    let ballots = (0..<members).map { voter in
      [Bool](repeating: false, count: members).enumerated().map { index, _ in
        index == 0 && (voter == 0 || voter >= members - approving)
      }
    }
    let tally = try dao.vote(ballots, onAsksFor: token, on: ledger, at: ledger.clock)
    #expect(tally.lines[0].isApproved == isApproved && tally.lines[0].votes == approving)
  }

  /// A DAO that bound itself to its members' vote and asks something else is passed over; the others trade.
  @Test func anAskThatWasNotVotedIsDiscarded() throws {
    let scene = try Scene()
    let now = scene.ledger.clock
    try scene.first.declareAsks([4, 5.5, 7], for: scene.tokens[0], on: scene.ledger, at: now)
    let yes = [true, true, true]
    let tally = try scene.first.vote([yes, yes, yes], onAsksFor: scene.tokens[0], on: scene.ledger, at: now)
    #expect(tally.total.description == "16.5")
    try scene.ledger.perform([(.token(.bindAsk(token: scene.tokens[0])), scene.first.key)], at: now)
    var auction = try scene.open()
    try auction.submit(scene.submissions, at: seconds(30))
    try auction.close(at: seconds(60))
    let opened = try auction.openBids(at: seconds(60))
    #expect(opened.asks.map(\.name) == ["dao2"] && opened.bids.count == 3)
    #expect(opened.discarded.map(\.bidder) == ["dao1"])
    #expect(opened.discarded.map(\.reason.kind) == ["AskNotVoted"])
  }
}
