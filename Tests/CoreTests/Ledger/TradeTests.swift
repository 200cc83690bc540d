import Tensor
import Testing

@testable import Core

/// Listings at a price, and sales to the highest bid: each rule by itself.
@Suite struct TradeTests {
  private let fixture: LedgerFixture
  private var ledger: Ledger { fixture.ledger }
  /// Two models that ann owns, free of the DAO that made them.
  private let tokens: [Digest]

  init() throws {
    fixture = try LedgerFixture(["dao", "m1", "ann", "bob", "cyd"])
    let (dao, member) = (try fixture["dao"], try fixture["m1"])
    var tokens: [Digest] = []
    for round in 1...2 as ClosedRange<Int64> {
      let token = try fixture.mint(by: "dao", members: ["m1"], round: round)
      let ann = try fixture["ann"].address
      try fixture.ledger.perform(
        [(.voteOnTransfer(token: token, to: ann), member), (.transferToken(token, to: ann), dao)],
        at: fixture.ledger.clock)
      tokens.append(token)
    }
    self.tokens = tokens
  }

  private func at(_ seconds: UInt64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }

  private func take(_ action: TradeAction, by name: Label, at seconds: UInt64 = 1) throws {
    try ledger.perform([(.trade(action), try fixture[name])], at: at(seconds))
  }

  /// The identifier of an offer that ann makes.
  private func offer(_ action: TradeAction) throws -> Digest {
    let ann = try fixture["ann"].address
    let nonce = try #require(ledger.state.account(ann)).nonce
    try take(action, by: "ann")
    return LedgerIdentifier.offer(seller: ann, nonce: nonce)
  }

  private func expect(
    _ expected: String, _ action: TradeAction, by name: Label, at seconds: UInt64 = 1,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let state = ledger.state
    #expect(kind { try take(action, by: name, at: seconds) } == expected, sourceLocation: location)
    #expect(ledger.state == state, sourceLocation: location)
  }

  @Test func aListingIsBoughtOnceAtItsPrice() throws {
    let listing = try offer(.list(tokens: tokens, price: Amount(tokens: 30), expiry: at(50)))
    let before = try #require(fixture.balance("ann"))
    expect("InvalidParameter", .buy(listing: listing, limit: .maximum), by: "ann")
    expect("PriceAboveLimit", .buy(listing: listing, limit: Amount(tokens: 29)), by: "bob")
    expect("NotSeller", .cancelListing(listing), by: "bob")
    expect("ListingExpired", .buy(listing: listing, limit: .maximum), by: "bob", at: 50)
    try take(.buy(listing: listing, limit: Amount(tokens: 30)), by: "bob")
    #expect(fixture.balance("bob") == Amount(tokens: 70))
    #expect(try fixture.balance("ann") == before + Amount(tokens: 30))
    #expect(tokens.allSatisfy { ledger.state.token($0)?.owner == (try? fixture["bob"].address) })
    expect("ListingClosed", .buy(listing: listing, limit: .maximum), by: "cyd")
    expect("ListingClosed", .cancelListing(listing), by: "ann")
    #expect(try ledger.verify().isSound)
  }

  @Test func anOfferIsOfTokensThatOneOwns() {
    expect("InvalidParameter", .list(tokens: [], price: .zero, expiry: at(9)), by: "ann")
    expect("InvalidParameter", .list(tokens: [tokens[0], tokens[0]], price: .zero, expiry: at(9)), by: "ann")
    expect("InvalidParameter", .openSale(tokens: [tokens[0], tokens[0]], reserve: .zero, deadline: at(9)), by: "ann")
    expect("InvalidParameter", .list(tokens: tokens, price: .zero, expiry: at(1)), by: "ann")
    expect("NotOwner", .list(tokens: tokens, price: .zero, expiry: at(9)), by: "bob")
    let many = Array(repeating: tokens[0], count: 101)
    expect("InvalidParameter", .list(tokens: many, price: .zero, expiry: at(9)), by: "ann")
  }

  @Test func theHighestBidOfASaleWins() throws {
    let sale = try offer(.openSale(tokens: tokens, reserve: Amount(tokens: 10), deadline: at(50)))
    expect("TokenOnSale", .list(tokens: [tokens[0]], price: .zero, expiry: at(9)), by: "ann")
    expect("InvalidParameter", .raise(sale: sale, Amount(tokens: 10)), by: "ann")
    try expect("BidTooLow", .raise(sale: sale, Amount("9.9")), by: "bob")
    try take(.raise(sale: sale, Amount(tokens: 10)), by: "bob")
    // A hundredth more at least; who is outbid has his money back at once.
    try expect("BidTooLow", .raise(sale: sale, Amount("10.09")), by: "cyd")
    try take(.raise(sale: sale, Amount("10.1")), by: "cyd")
    #expect(fixture.balance("bob") == Amount(tokens: 100))
    #expect(try fixture.balance("cyd") == Amount("89.9"))
    expect("SaleOpen", .closeSale(sale), by: "ann", at: 49)
    try take(.closeSale(sale), by: "ann", at: 50)
    #expect(fixture.balance("ann") == (try Amount("110.1")))
    #expect(tokens.allSatisfy { ledger.state.token($0)?.owner == (try? fixture["cyd"].address) })
    expect("SaleClosed", .closeSale(sale), by: "ann", at: 51)
    expect("SaleClosed", .raise(sale: sale, Amount(tokens: 50)), by: "bob", at: 51)
    #expect(try ledger.verify().isSound)
  }

  @Test func whatNobodyWantsGoesBack() throws {
    let sale = try offer(.openSale(tokens: tokens, reserve: Amount(tokens: 10), deadline: at(50)))
    try take(.closeSale(sale), by: "bob", at: 50)
    #expect(tokens.allSatisfy { ledger.state.token($0)?.owner == (try? fixture["ann"].address) })
    #expect(tokens.allSatisfy { ledger.state.terms(of: $0).sale == nil })
  }
}
