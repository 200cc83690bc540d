import Tensor
import Testing

@testable import Core

/// Every refusal, by its kind, each leaving the ledger as it was.
@Suite struct RefusalTests {
  private func seconds(_ value: UInt64) -> Timestamp { Timestamp(microseconds: value * 1_000_000) }

  private func expect(
    _ expected: String?, _ fixture: LedgerFixture, _ action: Action, by key: KeyPair, at time: Timestamp? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let (state, head) = (fixture.ledger.state, fixture.ledger.head)
    let actual = kind { try fixture.ledger.perform([(action, key)], at: time ?? fixture.ledger.clock) }
    #expect(actual == expected, sourceLocation: location)
    if expected != nil {
      #expect(fixture.ledger.state == state, sourceLocation: location)
      #expect(fixture.ledger.head == head, sourceLocation: location)
      #expect(fixture.ledger.state.digest == head?.stateDigest, sourceLocation: location)
    }
  }

  @Test func accounts() throws {
    let fixture = try LedgerFixture()
    let (ann, bob, dan) = (try fixture["ann"], try fixture["bob"], try fixture["dan"])
    expect("AlreadyFounded", try LedgerFixture(), .found(chain: "x", issuer: "y"), by: ann)
    expect("AccountExists", fixture, .openAccount(name: "anna"), by: ann)
    expect("NameTaken", fixture, .openAccount(name: "ann"), by: dan)
    expect("UnknownAccount", fixture, .transfer(to: ann.address, amount: .zero), by: dan)
    expect("UnknownAccount", fixture, .transfer(to: dan.address, amount: .zero), by: ann)
    expect("NotIssuer", fixture, .issue(to: ann.address, amount: .zero), by: ann)
    expect("AmountOverflow", fixture, .issue(to: ann.address, amount: .maximum), by: fixture.issuer)
    expect("InsufficientFunds", fixture, .transfer(to: bob.address, amount: Amount(tokens: 101)), by: ann)
    // The first payment would do, the second does not: neither happens.
    let payments = [
      Payment(to: bob.address, amount: Amount(tokens: 60)), Payment(to: bob.address, amount: Amount(tokens: 60)),
    ]
    expect("InsufficientFunds", fixture, .pay(payments), by: ann)
    // To oneself: nothing is lost or made.
    expect(nil, fixture, .transfer(to: ann.address, amount: Amount(tokens: 100)), by: ann)
    #expect(fixture.balance("ann") == Amount(tokens: 100))
  }

  @Test func signaturesNoncesAndChains() throws {
    let fixture = try LedgerFixture()
    let ledger = fixture.ledger
    let (ann, bob) = (try fixture["ann"], try fixture["bob"])
    let action = Action.transfer(to: bob.address, amount: Amount(units: 1))
    let state = ledger.state
    func refused(_ transactions: [Transaction], _ kindExpected: String, _ location: SourceLocation = #_sourceLocation) {
      #expect(kind { try ledger.append(transactions, at: ledger.clock) } == kindExpected, sourceLocation: location)
      #expect(ledger.state == state, sourceLocation: location)
    }
    for nonce in [0, 2, UInt64.max] {
      refused([try Transaction(chain: ledger.chain, nonce: nonce, action: action, signedBy: ann)], "WrongNonce")
    }
    // An account begins with nonce 0.
    let late = try Transaction(
      chain: ledger.chain, nonce: 1, action: .openAccount(name: "dan"), signedBy: fixture["dan"])
    refused([late], "WrongNonce")
    refused([try Transaction(chain: SHA256.hash("x"), nonce: 1, action: action, signedBy: ann)], "WrongChain")
    let good = try Transaction(chain: ledger.chain, nonce: 1, action: action, signedBy: ann)
    for index in good.encoded.count - 64..<good.encoded.count {
      var bytes = good.encoded
      bytes[index] ^= 4
      refused([try Transaction(decoding: bytes)], "InvalidSignature")
    }
    // Twice in a block, or a good one before a bad one: the whole block is refused.
    refused([good, good], "WrongNonce")
    #expect(throws: LedgerError.self) { try ledger.append([good, good], at: ledger.clock) }
    try ledger.append([good], at: ledger.clock)
    #expect(kind { try ledger.append([good], at: ledger.clock) } == "WrongNonce")
    #expect(kind { try ledger.append([], at: Timestamp(microseconds: 19)) } == "ClockWentBackwards")
  }

  @Test func refusalsNameTheTransaction() throws {
    let fixture = try LedgerFixture()
    let (ann, bob) = (try fixture["ann"], try fixture["bob"])
    let small = Action.transfer(to: bob.address, amount: Amount(units: 1))
    let large = Action.transfer(to: bob.address, amount: Amount(tokens: 1000))
    #expect(
      throws: LedgerError.refused(
        .insufficientFunds(
          account: "ann", balance: Amount(units: 100 * Amount.unitsPerToken - 1), needed: Amount(tokens: 1000)),
        position: 2)
    ) { try fixture.ledger.perform([(small, ann), (large, ann)], at: fixture.ledger.clock) }
  }

  @Test func models() throws {
    let fixture = try LedgerFixture(["dao", "u1", "u2", "u3", "out"])
    let (dao, u1, u2, u3, out) = (
      try fixture["dao"], try fixture["u1"], try fixture["u2"], try fixture["u3"], try fixture["out"]
    )
    let token = try fixture.mint(by: "dao", members: ["u1", "u2", "u3"])
    let bytes = try #require(fixture.ledger.state.token(token)).record
    expect("TokenExists", fixture, .mint(record: bytes), by: dao)
    expect("InvalidParameter", fixture, .mint(record: bytes), by: out)
    expect("InvalidParameter", fixture, .mint(record: bytes + [32]), by: dao)
    expect("InvalidParameter", fixture, .mint(record: [0xff, 0]), by: dao)
    #expect(kind { _ = try fixture.mint(by: "dao", members: ["u1", "nobody"]) } == "InvalidParameter")
    #expect(kind { _ = try fixture.mint(by: "dao", members: ["u1", "u1"]) } == "InvalidParameter")

    let nothing = SHA256.hash("nothing")
    expect("UnknownToken", fixture, .declareAsk(token: nothing, micro: 1), by: u1)
    expect("NotMember", fixture, .declareAsk(token: token, micro: 1), by: out)
    expect("InvalidParameter", fixture, .declareAsk(token: token, micro: Micro.maximum + 1), by: u1)
    expect(nil, fixture, .declareAsk(token: token, micro: 3), by: u1)
    expect("AlreadyVoted", fixture, .declareAsk(token: token, micro: 1), by: u1)
    expect("AsksMissing", fixture, .voteOnAsks(token: token, approvals: [true, true, true]), by: u1)
    #expect(throws: Refusal.asksMissing(declared: 1, members: 3)) { try fixture.ledger.state.askTally(of: token) }
    expect(nil, fixture, .declareAsk(token: token, micro: 4), by: u2)
    expect(nil, fixture, .declareAsk(token: token, micro: 5), by: u3)
    expect("InvalidParameter", fixture, .voteOnAsks(token: token, approvals: [true]), by: u1)
    expect(nil, fixture, .voteOnAsks(token: token, approvals: [true, true, false]), by: u1)
    expect("AlreadyVoted", fixture, .voteOnAsks(token: token, approvals: [true, true, true]), by: u1)
    expect("NotMember", fixture, .voteOnAsks(token: token, approvals: [true, true, true]), by: dao)

    expect("NotOwner", fixture, .transferToken(token, to: out.address), by: u1)
    expect("TransferNotApproved", fixture, .transferToken(token, to: out.address), by: dao)
    expect(nil, fixture, .voteOnTransfer(token: token, to: out.address), by: u1)
    expect("AlreadyVoted", fixture, .voteOnTransfer(token: token, to: out.address), by: u1)
    expect("TransferNotApproved", fixture, .transferToken(token, to: out.address), by: dao)
    expect(nil, fixture, .voteOnTransfer(token: token, to: out.address), by: u2)
    // Approved for one recipient, not for another.
    expect("TransferNotApproved", fixture, .transferToken(token, to: u1.address), by: dao)
    expect(nil, fixture, .transferToken(token, to: out.address), by: dao)
    expect("NotOwner", fixture, .transferToken(token, to: u1.address), by: dao)
    expect(nil, fixture, .transferToken(token, to: u1.address), by: out)

    expect("NotOwner", fixture, .transferToken(token, to: out.address), by: u2)
    expect(nil, fixture, .token(.setOperator(u2.address, isAllowed: true)), by: u1)
    expect(nil, fixture, .transferToken(token, to: out.address), by: u2)
    // An operator is one owner's: the next owner's models are none of his business.
    expect("NotOwner", fixture, .transferToken(token, to: u1.address), by: u2)
    expect(nil, fixture, .transferToken(token, to: u1.address), by: out)
    expect(nil, fixture, .token(.setOperator(u2.address, isAllowed: false)), by: u1)
    expect("NotOwner", fixture, .transferToken(token, to: out.address), by: u2)

    expect("InvalidParameter", fixture, .token(.setRoyalty(token: token, basisPoints: 10_001)), by: dao)
    expect(nil, fixture, .token(.setRoyalty(token: token, basisPoints: 10_000)), by: dao)
  }

  @Test func escrows() throws {
    let fixture = try LedgerFixture()
    let (ann, bob, cyd) = (try fixture["ann"], try fixture["bob"], try fixture["cyd"])
    let open = Action.openEscrow(
      beneficiary: bob.address, arbiter: cyd.address, amount: Amount(tokens: 40), expiry: seconds(5))
    expect(
      "InsufficientFunds", fixture,
      .openEscrow(beneficiary: bob.address, arbiter: cyd.address, amount: Amount(tokens: 101), expiry: seconds(5)),
      by: ann)
    for release in [true, false] {
      let nonce = try #require(fixture.ledger.state.account(ann.address)).nonce
      let escrow = LedgerIdentifier.escrow(depositor: ann.address, nonce: nonce)
      expect("UnknownEscrow", fixture, .releaseEscrow(escrow), by: ann)
      expect(nil, fixture, open, by: ann)
      expect("NotParty", fixture, .releaseEscrow(escrow), by: bob)
      if release {
        expect("NotParty", fixture, .refundEscrow(escrow), by: ann)
        expect(nil, fixture, .releaseEscrow(escrow), by: cyd)
      } else {
        expect("NotParty", fixture, .refundEscrow(escrow), by: ann, at: Timestamp(microseconds: 4_999_999))
        expect(nil, fixture, .refundEscrow(escrow), by: ann, at: seconds(5))
      }
      expect("EscrowClosed", fixture, .refundEscrow(escrow), by: cyd)
    }
    #expect(fixture.balance("ann") == Amount(tokens: 60))
    #expect(fixture.balance("bob") == Amount(tokens: 140))
  }

  @Test func auctions() throws {
    let fixture = try LedgerFixture(["auctioneer", "dao", "u1", "p1", "p2", "out"])
    let (host, dao, p1, p2, out) = (
      try fixture["auctioneer"], try fixture["dao"], try fixture["p1"], try fixture["p2"], try fixture["out"]
    )
    let token = try fixture.mint(by: "dao", members: ["u1"])
    let nonce = [UInt8](repeating: 1, count: 16)
    func bid(_ bidder: Label, _ micro: UInt64, auction: Label = "A") throws -> Bid {
      try Bid(auction: auction, bidder: bidder, qualityMicro: micro, freshnessMicro: 0, nonce: nonce)
    }
    func commit(_ bid: Bid, by key: KeyPair, _ side: BidSide = .bid, token: Digest? = nil, deposit: UInt64 = 10) throws
      -> Action
    {
      .commitBid(
        try SealedBid.seal(bid, by: key, to: host.publicKey), side: side, token: token, deposit: Amount(tokens: deposit)
      )
    }
    expect(
      "InvalidParameter", fixture, .openAuction("A", deadline: seconds(0), settlementDeadline: seconds(9)), by: host)
    expect(
      "InvalidParameter", fixture, .openAuction("A", deadline: seconds(5), settlementDeadline: seconds(5)), by: host)
    expect("UnknownAuction", fixture, try commit(bid("p1", 1), by: p1), by: p1)
    expect(nil, fixture, .openAuction("A", deadline: seconds(5), settlementDeadline: seconds(9)), by: host)
    expect("AuctionExists", fixture, .openAuction("A", deadline: seconds(5), settlementDeadline: seconds(9)), by: out)

    expect("InvalidParameter", fixture, try commit(bid("p1", 1), by: p1, token: token), by: p1)
    expect("InvalidParameter", fixture, try commit(bid("dao", 1), by: dao, .ask), by: dao)
    expect("UnknownToken", fixture, try commit(bid("dao", 1), by: dao, .ask, token: SHA256.hash("x")), by: dao)
    expect("NotOwner", fixture, try commit(bid("p1", 1), by: p1, .ask, token: token), by: p1)
    expect("InsufficientFunds", fixture, try commit(bid("p1", 1), by: p1, deposit: 101), by: p1)
    // An envelope signed by somebody else, also a copied one.
    expect("InvalidSignature", fixture, try commit(bid("p1", 1), by: p1), by: p2)

    let p1Bid = try bid("p1", 8_000_000)
    expect(nil, fixture, try commit(p1Bid, by: p1), by: p1)
    expect("DuplicateBid", fixture, try commit(bid("p1", 9), by: p1), by: p1)
    // p1's text under p2's signature commits to the same digest.
    expect("ReplayedBid", fixture, try commit(p1Bid, by: p2), by: p2)
    let p2Bid = try bid("p2", 11_000_000)
    expect(nil, fixture, try commit(p2Bid, by: p2), by: p2)
    let daoAsk = try bid("dao", 3_000_000)
    expect(nil, fixture, try commit(daoAsk, by: dao, .ask, token: token, deposit: 0), by: dao)

    expect("AuctionOpen", fixture, .openBid(p1Bid), by: host, at: Timestamp(microseconds: 4_999_999))
    let nothing = Settlement(auction: "A", purchases: [], receipts: [])
    expect("AuctionOpen", fixture, .settle(nothing), by: host)
    expect("LateBid", fixture, try commit(bid("out", 1), by: out), by: out, at: seconds(5))
    expect(nil, fixture, .transfer(to: host.address, amount: .zero), by: out, at: seconds(5))

    expect("UnknownBid", fixture, .openBid(try bid("out", 1)), by: host)
    expect("UnknownBid", fixture, .openBid(try bid("nobody", 1)), by: host)
    expect("NotBidder", fixture, .openBid(p1Bid), by: p2)
    expect("CommitmentMismatch", fixture, .openBid(try bid("p1", 8_000_001)), by: host)
    expect("BidExceedsDeposit", fixture, .openBid(p2Bid), by: host)
    func settle(_ payments: [(KeyPair, UInt64)], _ receipts: [(KeyPair, UInt64)], token: Digest? = nil) -> Action {
      .settle(
        Settlement(
          auction: "A",
          purchases: payments.map {
            .init(buyer: $0.0.address, payment: Amount(tokens: $0.1), tokens: token.map { [$0] } ?? [])
          },
          receipts: receipts.map { Payment(to: $0.0.address, amount: Amount(tokens: $0.1)) }))
    }
    expect("InvalidSettlement", fixture, settle([(p1, 5)], []), by: host)
    expect(nil, fixture, .openBid(p1Bid), by: host)
    expect("AlreadyOpened", fixture, .openBid(p1Bid), by: p1)
    expect("InvalidSettlement", fixture, settle([(p1, 5)], [], token: token), by: host)
    expect(nil, fixture, .openBid(daoAsk), by: dao)

    expect("NotAuctioneer", fixture, .settle(nothing), by: out)
    expect("InvalidSettlement", fixture, settle([(p1, 9)], []), by: host)
    expect("InvalidSettlement", fixture, settle([(p1, 4), (p1, 4)], []), by: host)
    expect("InvalidSettlement", fixture, settle([(p2, 1)], []), by: host)
    expect("InvalidSettlement", fixture, settle([(p1, 5)], [(dao, 2)]), by: host)
    expect("InvalidSettlement", fixture, settle([(p1, 5)], [(p1, 5)]), by: host)
    expect("InvalidSettlement", fixture, settle([(p1, 5)], [(dao, 3), (dao, 3)]), by: host)
    expect("InsufficientFunds", fixture, settle([(p1, 5)], [(dao, 106)]), by: host)
    expect("SettlementPending", fixture, .reclaimDeposit(auction: "A"), by: p2)
    expect("SettlementLate", fixture, settle([(p1, 5)], [(dao, 4)]), by: host, at: seconds(9))
    expect(nil, fixture, settle([(p1, 5)], [(dao, 4)], token: token), by: host)
    expect("AuctionSettled", fixture, .settle(nothing), by: host)
    expect("AuctionSettled", fixture, .openBid(p1Bid), by: host)
    expect("AuctionSettled", fixture, .reclaimDeposit(auction: "A"), by: p2)

    // Nothing is lost: p1 paid 5 of its 10 and has the rest back, p2 has its deposit back, one token stays behind.
    #expect(fixture.balance("p1") == Amount(tokens: 95))
    #expect(fixture.balance("p2") == Amount(tokens: 100))
    #expect(fixture.balance("dao") == Amount(tokens: 104))
    #expect(fixture.balance("auctioneer") == Amount(tokens: 101))
    #expect(fixture.ledger.state.licence(token: token, holder: p1.address)?.payment == Amount(tokens: 5))
    #expect(fixture.ledger.state.licence(token: token, holder: p2.address) == nil)
  }

  /// A seller that parts with its model sells it no more: neither at the opening nor at the settlement.
  @Test func anAskStandsWhileItsSellerHasTheModel() throws {
    let fixture = try LedgerFixture(["auctioneer", "dao", "u1", "p1"])
    let (host, dao, p1) = (try fixture["auctioneer"], try fixture["dao"], try fixture["p1"])
    let token = try fixture.mint(by: "dao", members: ["u1"])
    let nonce = [UInt8](repeating: 1, count: 16)
    let ask = try Bid(auction: "A", bidder: "dao", qualityMicro: 3_000_000, freshnessMicro: 0, nonce: nonce)
    let bid = try Bid(auction: "A", bidder: "p1", qualityMicro: 8_000_000, freshnessMicro: 0, nonce: nonce)
    let (sealedAsk, sealedBid) = (
      try SealedBid.seal(ask, by: dao, to: host.publicKey), try SealedBid.seal(bid, by: p1, to: host.publicKey)
    )
    expect(nil, fixture, .openAuction("A", deadline: seconds(5), settlementDeadline: seconds(9)), by: host)
    expect(nil, fixture, .commitBid(sealedAsk, side: .ask, token: token, deposit: .zero), by: dao)
    expect(nil, fixture, .commitBid(sealedBid, side: .bid, token: nil, deposit: Amount(tokens: 10)), by: p1)
    expect(nil, fixture, .voteOnTransfer(token: token, to: p1.address), by: try fixture["u1"])
    expect(nil, fixture, .transferToken(token, to: p1.address), by: dao)
    expect(nil, fixture, .openBid(bid), by: host, at: seconds(5))
    expect("NotOwner", fixture, .openBid(ask), by: host)
    expect(nil, fixture, .transferToken(token, to: dao.address), by: p1)
    expect(nil, fixture, .openBid(ask), by: host)
    expect(nil, fixture, .transferToken(token, to: p1.address), by: dao)
    func settle(tokens: [Digest], receipts: [Payment]) -> Action {
      .settle(
        Settlement(
          auction: "A", purchases: [.init(buyer: p1.address, payment: Amount(tokens: 5), tokens: tokens)],
          receipts: receipts))
    }
    let receipt = Payment(to: dao.address, amount: Amount(tokens: 5))
    expect("InvalidSettlement", fixture, settle(tokens: [token], receipts: []), by: host)
    expect("NotOwner", fixture, settle(tokens: [], receipts: [receipt]), by: host)
    expect(nil, fixture, settle(tokens: [], receipts: []), by: host)
  }

  /// Two payments of 5,000 units of gas each must be within somebody's means.
  @Test func pricesOfGas() throws {
    let fixture = try LedgerFixture()
    let cyd = try fixture["cyd"].address
    func price(_ text: String) throws -> Action { .money(.setGasPrice(try Amount(text), collector: cyd)) }
    expect("NotIssuer", fixture, try price("0"), by: try fixture["ann"])
    expect("GasPriceTooHigh", fixture, try price("0.010000000000000001"), by: fixture.issuer)
    expect("GasPriceTooHigh", fixture, .money(.setGasPrice(.maximum, collector: cyd)), by: fixture.issuer)
    expect(nil, fixture, try price("0.01"), by: fixture.issuer)
    #expect(fixture.ledger.state.chain?.gasPrice == (try Amount("0.01")))
  }

  @Test func depositsComeBackFromAnAuctionThatIsNeverSettled() throws {
    let fixture = try LedgerFixture(["auctioneer", "p1", "out"])
    let (host, p1, out) = (try fixture["auctioneer"], try fixture["p1"], try fixture["out"])
    let bid = try Bid(
      auction: "A", bidder: "p1", qualityMicro: 1, freshnessMicro: 1, nonce: [UInt8](repeating: 1, count: 16))
    let sealed = try SealedBid.seal(bid, by: p1, to: host.publicKey)
    expect(nil, fixture, .openAuction("A", deadline: seconds(5), settlementDeadline: seconds(9)), by: host)
    expect(nil, fixture, .commitBid(sealed, side: .bid, token: nil, deposit: Amount(tokens: 30)), by: p1)
    #expect(fixture.balance("p1") == Amount(tokens: 70))
    expect("SettlementPending", fixture, .reclaimDeposit(auction: "A"), by: p1, at: Timestamp(microseconds: 8_999_999))
    expect("NothingToReclaim", fixture, .reclaimDeposit(auction: "A"), by: out, at: seconds(9))
    expect(nil, fixture, .reclaimDeposit(auction: "A"), by: p1, at: seconds(9))
    expect("NothingToReclaim", fixture, .reclaimDeposit(auction: "A"), by: p1, at: seconds(9))
    #expect(fixture.balance("p1") == Amount(tokens: 100))
  }
}
