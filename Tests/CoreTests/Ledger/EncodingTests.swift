import Foundation
import Tensor
import Testing

@testable import Core

@Suite struct EncodingTests {
  /// One transaction of every kind.
  static func samples() throws -> [Transaction] {
    let key = try LedgerFixture.key("ann")
    let other = try LedgerFixture.key("bob")
    let token = SHA256.hash("token")
    let bid = try Bid(
      auction: "A1", bidder: "ann", qualityMicro: 5, freshnessMicro: 6, nonce: [UInt8](repeating: 3, count: 16))
    let sealed = try SealedBid.seal(bid, by: key, to: other.publicKey)
    let amount = Amount(units: 12_345)
    let time = Timestamp(microseconds: 77)
    let actions: [Action] = [
      .found(chain: "c", issuer: "i"), .openAccount(name: "zoë"), .issue(to: key.address, amount: .maximum),
      .transfer(to: other.address, amount: amount),
      .pay([Payment(to: key.address, amount: amount), Payment(to: other.address, amount: .zero)]), .pay([]),
      .mint(record: [1, 2, 3]), .transferToken(token, to: other.address), .declareAsk(token: token, micro: 9),
      .voteOnAsks(token: token, approvals: [true, false]), .voteOnTransfer(token: token, to: key.address),
      .openAuction("A1", deadline: time, settlementDeadline: time),
      .commitBid(sealed, side: .ask, token: token, deposit: .zero),
      .commitBid(sealed, side: .bid, token: nil, deposit: amount), .openBid(bid),
      .settle(
        Settlement(
          auction: "A1", purchases: [.init(buyer: key.address, payment: amount, tokens: [token])],
          receipts: [Payment(to: other.address, amount: amount)])),
      .reclaimDeposit(auction: "A1"),
      .openEscrow(beneficiary: other.address, arbiter: key.address, amount: amount, expiry: time),
      .releaseEscrow(token), .refundEscrow(token),
    ]
    let facets: [Action] = [
      .money(.burn(amount)), .money(.approve(spender: other.address, amount)),
      .money(.spend(from: key.address, to: other.address, .zero)),
      .money(.setGasPrice(amount, collector: other.address)),
      .token(.approve(token: token, other.address)), .token(.approve(token: token, nil)),
      .token(.setOperator(other.address, isAllowed: true)), .token(.burn(token: token)),
      .token(.setRoyalty(token: token, basisPoints: 500)),
      .token(.transferShare(token: token, to: other.address, micro: 7)), .token(.bindAsk(token: token)),
      .trade(.list(tokens: [token, token], price: amount, expiry: time)), .trade(.cancelListing(token)),
      .trade(.buy(listing: token, limit: .maximum)), .trade(.openSale(tokens: [], reserve: amount, deadline: time)),
      .trade(.raise(sale: token, amount)), .trade(.closeSale(token)),
      .collective(
        .found(
          name: "guild", members: [.init(address: key.address, weight: 3)],
          rule: .init(.heads, quorum: 2_000, votingPeriod: 5, timelock: 6))),
      .collective(
        .found(
          name: "network", members: [],
          rule: .init(
            .stakes(Chambers(quorum: 5_000, leastSuperStake: amount, ordinaryLimit: .maximum)), quorum: 2_000,
            votingPeriod: 5, timelock: 6))),
      .collective(.propose(by: other.address, [.transfer(to: key.address, amount: amount), .money(.burn(amount))])),
      .collective(.propose(by: other.address, [.collective(.setMembers([]))])),
      .collective(.vote(proposal: token, .abstain)), .collective(.execute(proposal: token)),
      .collective(.setMembers([.init(address: key.address, weight: 1)])),
      .collective(.punish(BrokenPromise(escrow: token, promised: 900_000, measured: 880_000, slopeNumerator: 3))),
      .collective(
        .propose(by: other.address, [.collective(.punish(BrokenPromise(escrow: token, promised: 1, measured: 0)))])),
      .stake(.stake(amount)), .stake(.lock(position: token, days: 7)), .stake(.unstake(position: token, amount)),
      .stake(.slash(position: token, severity: 5_000, reporters: [key.address])),
      .stake(.distribute(amount, weekStart: 19_000)),
      .contract(
        .deploy(
          name: "c", source: [1, 2], arguments: [.null, .list([.boolean(true), .integer(-2)])], deposit: amount)),
      .contract(
        .call(
          other.address, function: "f", arguments: [.record(["a": .text("b"), "c": .amount(amount)])], deposit: .zero)),
    ]
    return try (actions + facets).enumerated().map {
      try Transaction(
        chain: token, nonce: UInt64($0), gas: GasOffer(limit: 77, price: Amount(units: 5)), action: $1, signedBy: key)
    }
  }

  /// A proposal within a proposal is refused before it is read: bytes that nest for ever cost nothing.
  @Test func proposalsDoNotNest() throws {
    let key = try LedgerFixture.key("ann")
    var action = Action.transfer(to: key.address, amount: .zero)
    for _ in 0..<3 { action = .collective(.propose(by: key.address, [action])) }
    let transaction = try Transaction(chain: SHA256.hash("c"), nonce: 0, action: action, signedBy: key)
    #expect(throws: DecodingFailure.self) { try Transaction(decoding: transaction.encoded) }
  }

  @Test func everyKindReadsBack() throws {
    for transaction in try Self.samples() {
      let read = try Transaction(decoding: transaction.encoded)
      #expect(read == transaction)
      #expect(read.isSigned)
    }
  }

  private static let environment = ProcessInfo.processInfo.environment
  /// Inputs: 20,000, or a million with FLNFT_LONG_TESTS; FLNFT_SEED draws others.
  private static let inputs = environment["FLNFT_LONG_TESTS"] == nil ? 20_000 : 1_000_000
  private static let seed = environment["FLNFT_SEED"].flatMap(UInt64.init) ?? 6

  /// Any bytes: an error, or a transaction whose one encoding they are; and no bit is without a meaning.
  @Test func decodingIsTotalAndCanonical() throws {
    var stream = RandomStream(seed: Self.seed, purpose: "fuzz")
    let samples = try Self.samples()
    for transaction in samples {
      for _ in 0..<(Self.inputs * 9 / 10 / samples.count) {
        var bytes = transaction.encoded
        switch stream.next() % 4 {
        case 0: bytes[Int(stream.next() % UInt64(bytes.count))] ^= UInt8(1 << (stream.next() % 8))
        case 1: bytes.removeLast(1 + Int(stream.next() % UInt64(bytes.count)))
        case 2: bytes.append(UInt8(truncatingIfNeeded: stream.next()))
        default:
          let start = Int(stream.next() % UInt64(bytes.count))
          for index in start..<min(bytes.count, start + 8) { bytes[index] = UInt8(truncatingIfNeeded: stream.next()) }
        }
        guard bytes != transaction.encoded, let read = try? Transaction(decoding: bytes) else { continue }
        #expect(!read.isSigned)
        var writer = ByteWriter(tag: "FLNFT-TRANSACTION-v2")
        writer.write(read.chain.bytes)
        writer.write(read.sender.bytes)
        writer.write(read.nonce)
        writer.write(read.gas.limit)
        writer.write(read.gas.price)
        read.action.encode(into: &writer)
        writer.write(fixed: read.signature.bytes)
        #expect(writer.bytes == bytes)
      }
    }
    for _ in 0..<(Self.inputs / 10) {
      let noise = (0..<Int(stream.next() % 300)).map { _ in UInt8(truncatingIfNeeded: stream.next()) }
      #expect(throws: DecodingFailure.self) { try Transaction(decoding: noise) }
      #expect(throws: DecodingFailure.self) { try BlockHeader(decoding: noise) }
    }
  }

  @Test func labels() {
    for text in ["", "a|b", "a\nb", "\u{7f}", "\u{85}", String(repeating: "é", count: 33)] {
      #expect(Label(text) == nil)
    }
    for text in ["P1", "zoë", "two words", String(repeating: "é", count: 32)] { #expect(Label(text)?.text == text) }
    // Composed and decomposed accents are different bytes, hence different names.
    #expect(Label("\u{e9}") != Label("e\u{301}"))
  }

  /// Golden cases iisg/pub-bid_commitment-1 and -2.
  @Test func bidCommitmentIsTheSpecifications() throws {
    let nonce = "00112233445566778899aabbccddeeff"
    #expect(
      try bidCommitment(
        auction: "A1", bidder: "P1", qualityMicro: 35_800_000, freshnessMicro: 37_200_000, nonce: nonce
      ).description == "10cbbe38b4112dccf78932b1010c0ebca61308f5b1dc1f94790b9022f7ff465d")
    for (quality, freshness, badNonce) in [
      (-1, 0, nonce), (0, -1, nonce), (0, 0, "0011"), (0, 0, "zz" + nonce), (0, 0, ""),
      (.max, .max, nonce),
    ] as [(Int64, Int64, String)] {
      #expect(
        kind {
          _ = try bidCommitment(
            auction: "A1", bidder: "P1", qualityMicro: quality, freshnessMicro: freshness, nonce: badNonce)
        } == "InvalidParameter")
    }
    for (auction, bidder) in [("", "P1"), ("A1", ""), ("A|1", "P1"), ("A1", "P|1")] {
      #expect(
        kind {
          _ = try bidCommitment(auction: auction, bidder: bidder, qualityMicro: 1, freshnessMicro: 1, nonce: nonce)
        } == "InvalidParameter")
    }
  }
}
