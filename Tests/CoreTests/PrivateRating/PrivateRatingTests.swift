import Tensor
import Testing

@testable import Core

@Suite("Secrets in shares, and ratings that stay private")
struct PrivateRatingTests {
  private func smallGroup() throws -> PrimeGroup {
    try PrimeGroup(prime: #require(Natural("2185628715626359919")), generator: Natural(4))
  }

  private func kind(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch { return (error as? SecrecyError)?.kind }
  }

  @Test func anyThresholdOfSharesRecovers() throws {
    var stream = RandomStream(seed: 1, purpose: "shamir")
    let sharing = ShamirSharing(try smallGroup().exponents)
    for _ in 0..<100 {
      let count = 1 + stream.integer(below: 8)
      let threshold = 1 + stream.integer(below: count)
      let secret = sharing.field.random(&stream)
      let shares = try sharing.split(secret, threshold: threshold, count: count, &stream)
      let mixed = stream.permutation(count).map { shares[Int($0)] }
      #expect(try sharing.recover(mixed, threshold: threshold) == (secret, true))
      #expect(
        kind { _ = try sharing.recover(Array(mixed.prefix(threshold - 1)), threshold: threshold) } == "NotEnoughShares")
    }
  }

  /// With one share less than needed, every secret of a small field is as likely as any other: exactly one polynomial
  /// through the shares belongs to each.
  @Test func fewerSharesSayNothing() throws {
    let field = try PrimeField(modulus: Natural(11))
    let sharing = ShamirSharing(field)
    var seen: [SecretShare: Set<Natural>] = [:]
    for secret in 0..<11 {
      for slope in 0..<11 {
        let share = try sharing.split(Natural(UInt(secret)), coefficients: [Natural(UInt(slope))], count: 2)[0]
        seen[share, default: []].insert(Natural(UInt(secret)))
      }
    }
    #expect(seen.count == 11)
    for secrets in seen.values { #expect(secrets.count == 11) }
  }

  @Test func averagesComeOutWithoutAKey() throws {
    var stream = RandomStream(seed: 2, purpose: "ratings")
    let group = try smallGroup()
    for _ in 0..<20 {
      let count = 2 + stream.integer(below: 5)
      let holders = try KeyHolders(count: count, threshold: 1 + stream.integer(below: count), in: group, &stream)
      var round = try RatingRound(RatingScheme(group: group, publicKey: holders.publicKey, maximum: 10))
      let ratings = (0..<3 + stream.integer(below: 5)).map { _ in stream.integer(below: 11) }
      for (rater, rating) in ratings.enumerated() {
        try round.add(round.scheme.encrypt(rating, &stream), from: "rater \(rater)")
      }
      let decryptors = stream.permutation(count).prefix(holders.threshold).map { Int($0) + 1 }
      let released = try round.release(by: decryptors, of: holders)
      #expect(released.sum == ratings.reduce(0, +) && released.count == ratings.count)
      #expect(kind { _ = try round.release(by: decryptors, of: holders) } == "WrongState")
    }
  }

  @Test func theLargeGroupWorksToo() throws {
    var stream = RandomStream(seed: 3, purpose: "ratings")
    let group = PrimeGroup.rfc3526Group14
    let holders = try KeyHolders(count: 3, threshold: 2, in: group, &stream)
    var round = try RatingRound(RatingScheme(group: group, publicKey: holders.publicKey, maximum: 5))
    for (rater, rating) in [5, 0, 3].enumerated() {
      try round.add(round.scheme.encrypt(rating, &stream), from: "\(rater)")
    }
    #expect(try round.release(by: [3, 1], of: holders).sum == 8)
  }

  /// Sums count modulo the group's order: one that could reach it is not opened.
  @Test func aGroupTooSmallForTheSumIsRefused() throws {
    var stream = RandomStream(seed: 5, purpose: "ratings")
    let group = try PrimeGroup(prime: Natural(47), generator: Natural(4))
    let holders = try KeyHolders(count: 3, threshold: 2, in: group, &stream)
    func released(_ ratings: [Int], upTo maximum: Int) throws -> Int {
      var round = try RatingRound(RatingScheme(group: group, publicKey: holders.publicKey, maximum: maximum))
      for (rater, rating) in ratings.enumerated() {
        try round.add(round.scheme.encrypt(rating, &stream), from: "rater \(rater)")
      }
      return try round.release(by: [1, 2], of: holders).sum
    }
    // The order is 23.
    #expect(try released([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], upTo: 2) == 22)
    #expect(try released([7, 7, 7], upTo: 7) == 21)
    #expect(kind { _ = try released([1, 1, 1], upTo: 8) } == "InvalidParameter")
    do {
      _ = try released([8, 8, 8, 8, 8], upTo: 10)
      Issue.record("a sum of 40 came out of a group of order 23")
    } catch let error as SecrecyError {
      #expect(error.kind == "InvalidParameter" && error.message.contains("order 51"), "\(error.message)")
    }
  }

  @Test func refusals() throws {
    var stream = RandomStream(seed: 4, purpose: "ratings")
    let group = try smallGroup()
    let holders = try KeyHolders(count: 3, threshold: 2, in: group, &stream)
    let scheme = try RatingScheme(group: group, publicKey: holders.publicKey, maximum: 10)
    var round = try RatingRound(scheme)
    #expect(kind { _ = try RatingRound(scheme, minimumRaters: 2) } == "InvalidParameter")
    #expect(kind { _ = try scheme.encrypt(11, &stream) } == "RatingOutOfRange")
    #expect(kind { _ = try scheme.encrypt(-1, &stream) } == "RatingOutOfRange")
    try round.add(scheme.encrypt(1, &stream), from: "a")
    #expect(kind { try round.add(scheme.encrypt(1, &stream), from: "a") } == "DuplicateVote")
    #expect(
      kind { try round.add(RatingCiphertext(mask: .zero, body: .one), from: "b") } == "InvalidParameter")
    try round.add(scheme.encrypt(2, &stream), from: "b")
    #expect(kind { _ = try round.release(by: [1, 2], of: holders) } == "TooFewRaters")
    try round.add(scheme.encrypt(3, &stream), from: "c")
    #expect(kind { _ = try round.release(by: [1], of: holders) } == "NotEnoughShares")
    #expect(kind { _ = try round.release(by: [1, 1], of: holders) } == "DuplicateShare")
    #expect(kind { _ = try round.release(by: [1, 4], of: holders) } == "UnknownParticipant")
    // A part that is not by the key gives a sum that nobody could have made.
    let total = scheme.total(round.ratings.map(\.ciphertext))
    let parts = holders.shares.map { scheme.partialDecryption(total, by: $0) }
    let forged = [parts[0], SecretShare(index: 2, value: group.power(Natural(12345)))]
    #expect(kind { _ = try scheme.sum(total, parts: forged, threshold: 2, raters: 3) } == "DecryptionFailed")
    #expect(round.result == nil)
  }
}
