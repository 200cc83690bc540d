import Tensor
import Testing

@testable import Core

/// A DAO that wants to be held to its members' vote on the price (PMS-AM 34).
@Suite struct AskBindingTests {
  private struct Sale {
    let fixture: LedgerFixture
    let token: Digest
    let auctioneer: KeyPair

    /// Ann and bob made a model with dao; they ask 3 and 4 for it.
    init(isBound: Bool = true, votes: Bool = true) throws {
      fixture = try LedgerFixture(["ann", "bob", "dao", "house"])
      token = try fixture.mint(by: "dao", members: ["ann", "bob"])
      auctioneer = try fixture["house"]
      let (ledger, token, ann, bob) = (fixture.ledger, token, try fixture["ann"], try fixture["bob"])
      if votes {
        try ledger.perform(
          [
            (.declareAsk(token: token, micro: 3_000_000), ann), (.declareAsk(token: token, micro: 4_000_000), bob),
            (.voteOnAsks(token: token, approvals: [true, true]), ann),
            (.voteOnAsks(token: token, approvals: [true, true]), bob),
          ], at: ledger.clock)
      }
      if isBound { try ledger.perform([(.token(.bindAsk(token: token)), fixture["dao"])], at: ledger.clock) }
    }

    /// Commits an ask, waits, and has the auctioneer open it.
    func ask(_ micro: UInt64, by seller: Label = "dao") throws -> String? {
      let (ledger, key) = (fixture.ledger, try fixture[seller])
      let bid = try Bid(
        auction: "A", bidder: seller, qualityMicro: micro, freshnessMicro: 0, nonce: [UInt8](repeating: 1, count: 16))
      let end = Timestamp(microseconds: ledger.clock.microseconds + 10)
      try ledger.perform(
        [
          (.openAuction("A", deadline: end, settlementDeadline: Timestamp(microseconds: .max)), auctioneer),
          (
            .commitBid(
              try SealedBid.seal(bid, by: key, to: auctioneer.publicKey), side: .ask, token: token, deposit: .zero), key
          ),
        ], at: ledger.clock)
      let before = ledger.state
      let refused = kind { try ledger.perform([(.openBid(bid), auctioneer)], at: end) }
      if refused != nil { #expect(ledger.state.bid(auction: "A", bidder: key.address)?.opened == nil) }
      #expect(refused == nil || ledger.state.digest == before.digest)
      return refused
    }
  }

  @Test func theAskMustBeWhatWasVoted() throws {
    #expect(try Sale().ask(7_000_000) == nil)
    #expect(try Sale().ask(7_000_001) == "AskNotVoted")
    #expect(try Sale().ask(6_999_999) == "AskNotVoted")
    #expect(try Sale().ask(0) == "AskNotVoted")
  }

  /// Who did not ask for it is free, and before the vote nothing can be asked.
  @Test func onlyWhoAskedForItIsBound() throws {
    #expect(try Sale(isBound: false).ask(1) == nil)
    #expect(try Sale(votes: false).ask(7_000_000) == "AsksMissing")
    #expect(try Sale(isBound: false, votes: false).ask(1) == nil)
  }

  /// Who bought the model from its DAO asks what it likes.
  @Test func theNextOwnerIsFree() throws {
    let sale = try Sale()
    let (ledger, ann, bob) = (sale.fixture.ledger, try sale.fixture["ann"], try sale.fixture["bob"])
    try ledger.perform(
      [
        (.voteOnTransfer(token: sale.token, to: ann.address), ann),
        (.voteOnTransfer(token: sale.token, to: ann.address), bob),
        (.transferToken(sale.token, to: ann.address), sale.fixture["dao"]),
      ], at: ledger.clock)
    #expect(try sale.ask(1, by: "ann") == nil)
  }

  @Test func onlyTheMinterBinds() throws {
    let sale = try Sale(isBound: false)
    #expect(
      kind {
        try sale.fixture.ledger.perform(
          [(.token(.bindAsk(token: sale.token)), sale.fixture["ann"])], at: sale.fixture.ledger.clock)
      } == "NotOwner")
    #expect(
      kind {
        try sale.fixture.ledger.perform(
          [(.token(.bindAsk(token: .zero)), sale.fixture["dao"])], at: sale.fixture.ledger.clock)
      } == "UnknownToken")
  }
}
