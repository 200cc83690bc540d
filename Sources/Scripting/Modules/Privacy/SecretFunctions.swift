import Core
import Tensor

/// Secrets in shares, and ratings of which only the average is ever known.
enum SecretFunctions {
  static func all(_ context: RunContext) -> [Function] {
    [split(context), recover, privateAverage(context)]
  }

  /// q of the group of 61 bits that the examples use; p = 2q + 1.
  private static let modulus = Parameter.natural("modulus", "a prime above the secret and the number of shares")

  private static func split(_ context: RunContext) -> Function {
    let secret = Parameter.natural("secret", "below the modulus")
    let count = Parameter<Int>.integer("shares", "how many to deal", domain: .between(1, 100_000))
    let threshold = Parameter<Int>.integer("threshold", "how many of them are needed", domain: .between(1, 10_000))
      .optional("one more than there are coefficients")
    let coefficients = Parameter.naturals("coefficients", "of x, x^2, ... instead of random ones").optional("random")
    return Function(
      Signature(
        "ledger.split_secret", "Splits a secret in shares of which any few give it back and fewer say nothing.",
        [secret, count, threshold, coefficients, modulus],
        result: "a table with threshold and shares, pairs of an index and a text of digits",
        errors: ["InvalidParameter", "NotEnoughShares"], source: "Shamir 1979; Network3 figure 4",
        example: "ledger.split_secret{ secret = 1234, shares = 5, threshold = 3, modulus = \"1092814357813179959\" }")
    ) { arguments in
      let sharing = ShamirSharing(try PrimeField(modulus: arguments[modulus]))
      let needed: Int
      let shares: [SecretShare]
      switch (arguments[coefficients], arguments[threshold]) {
      case (let coefficients?, let threshold) where threshold == nil || threshold == coefficients.count + 1:
        needed = coefficients.count + 1
        shares = try sharing.split(arguments[secret], coefficients: coefficients, count: arguments[count])
      case (nil, let threshold?):
        needed = threshold
        var stream = context.nextStream(purpose: "secret shares")
        shares = try sharing.split(arguments[secret], threshold: threshold, count: arguments[count], &stream)
      case (nil, nil):
        throw ScriptError.invalidParameter("either option 'threshold' or option 'coefficients' must be given")
      default:
        throw ScriptError.invalidParameter("option 'threshold' must be one more than there are coefficients")
      }
      return .record([
        "threshold": .integer(needed),
        "shares": .list(shares.map { .list([.integer($0.index), .natural($0.value)]) }),
      ])
    }
  }

  private static var recover: Function {
    let shares = Parameter.secretShares(
      "shares", "pairs of an index and a value; those beyond the threshold are checked")
    let threshold = Parameter<Int>.integer("threshold", "how many are needed", domain: .between(1, 10_000))
    return Function(
      Signature(
        "ledger.recover_secret", "Gives a secret back from enough of its shares.", [shares, threshold, modulus],
        result: "a table with secret, a text of digits, and consistent: whether all shares belong together",
        errors: ["InvalidParameter", "NotEnoughShares", "DuplicateShare"], source: "Shamir 1979",
        example: "ledger.recover_secret{ shares = { { 1, 7 }, { 3, 2 } }, threshold = 2, modulus = 11 }.secret")
    ) { arguments in
      let recovered = try ShamirSharing(PrimeField(modulus: arguments[modulus])).recover(
        arguments[shares], threshold: arguments[threshold])
      return .record(["secret": .natural(recovered.secret), "consistent": .boolean(recovered.isConsistent)])
    }
  }

  // MARK: Ratings

  private static func privateAverage(_ context: RunContext) -> Function {
    let ratings = Parameter.integers("ratings", "one of each rater, from 0 to maximum")
    let maximum = Parameter<Int>.integer("maximum", "the best rating", default: 10, domain: .between(1, 1_000_000))
    let holders = Parameter<Int>.integer(
      "key_holders", "among whom the key is split", default: 5, domain: .between(1, 30))
    let threshold = Parameter<Int>.integer(
      "threshold", "how many of them open the sum", default: 3, domain: .between(1, 30))
    let decryptors = Parameter.integers("decryptors", "which of them take part").optional("the first that are enough")
    let minimum = Parameter<Int>.integer(
      "min_raters", "below it nothing is opened", default: 3, domain: .between(3, 1_000_000))
    let prime = Parameter.natural("prime", "p, a safe prime").optional("RFC 3526, group 14, of 2048 bits")
    let generator = Parameter.natural("generator", "g").optional("4")
    let secret = Parameter.natural("secret", "a key that a dealer knows, for reproducing published cases")
      .optional("made by the holders together, known to nobody")
    let coefficients = Parameter.naturals("coefficients", "of the polynomial that shares that key").optional("none")
    let randomness = Parameter.naturals("randomness", "each rater's random number, for the same").optional("random")
    return Function(
      Signature(
        "ledger.private_average", "The average of ratings that nobody can read, opened by key holders together.",
        [
          ratings, maximum, holders, threshold, decryptors, minimum, prime, generator, secret, coefficients, randomness,
        ],
        result:
          "a table with sum, count, average, and public_key, mask and body (the total under it) as texts of digits",
        errors: [
          "InvalidParameter", "NotEnoughShares", "RatingOutOfRange", "TooFewRaters", "DuplicateShare",
          "UnknownParticipant", "DecryptionFailed", "DimensionMismatch",
        ], source: "Network3 figure 4; specification 2.9",
        example: """
          ledger.private_average{ ratings = { 3, 8, 4, 1, 8 }, decryptors = { 5, 2, 3 },
            prime = "2185628715626359919" }.average
          """)
    ) { arguments in
      var stream = context.nextStream(purpose: "private average")
      let group =
        if let prime = arguments[prime] {
          try PrimeGroup(prime: prime, generator: arguments[generator] ?? Natural(4))
        } else { PrimeGroup.rfc3526Group14 }
      let keys =
        if let secret = arguments[secret] {
          try KeyHolders(
            dealing: secret, coefficients: arguments[coefficients] ?? [], count: arguments[holders], in: group)
        } else {
          try KeyHolders(count: arguments[holders], threshold: arguments[threshold], in: group, &stream)
        }
      let scheme = try RatingScheme(group: group, publicKey: keys.publicKey, maximum: arguments[maximum])
      var round = try RatingRound(scheme, minimumRaters: arguments[minimum])
      let given = arguments[randomness]
      if let given, given.count != arguments[ratings].count {
        throw ScriptError.invalidParameter(
          "option 'randomness' has \(given.count) numbers for \(arguments[ratings].count) ratings")
      }
      for (rater, rating) in arguments[ratings].enumerated() {
        try context.cancellation.check()
        let ciphertext = try scheme.encrypt(
          rating, randomness: given.map { $0[rater] } ?? group.exponents.random(&stream))
        try round.add(ciphertext, from: "rater \(rater + 1)")
      }
      let released = try round.release(by: arguments[decryptors] ?? Array(1...keys.threshold), of: keys)
      return .record([
        "sum": .integer(released.sum), "count": .integer(released.count), "average": .number(released.average),
        "public_key": .natural(keys.publicKey), "mask": .natural(released.total.mask),
        "body": .natural(released.total.body),
      ])
    }
  }
}
