import Tensor

/// One collection of ratings, from the first to the release of their average, which happens once.
///
/// Two averages whose raters differ by one would give that rater's score away; so there is one release for each round,
/// and none for fewer raters than agreed.
public struct RatingRound: Sendable {
  public let scheme: RatingScheme
  /// Below this many raters nothing is released; at least 3, or each of two would learn the other's score.
  public let minimumRaters: Int
  public private(set) var ratings: [(rater: String, ciphertext: RatingCiphertext)] = []
  public private(set) var result: Result?

  public struct Result: Sendable, Equatable {
    public let total: RatingCiphertext
    public let sum: Int
    public let count: Int

    public var average: Double { Double(sum) / Double(count) }
  }

  /// - Throws: `InvalidParameter` for fewer than 3 raters.
  public init(_ scheme: RatingScheme, minimumRaters: Int = 3) throws(SecrecyError) {
    guard minimumRaters >= 3 else {
      throw SecrecyError(
        .invalidParameter, "an average of fewer than 3 ratings gives them away; the least number is \(minimumRaters)")
    }
    self.scheme = scheme
    self.minimumRaters = minimumRaters
  }

  /// Takes a rating that was hidden by its rater.
  ///
  /// - Throws: `WrongState` after the release, `DuplicateVote`, `InvalidParameter` for what is no ciphertext of the group.
  public mutating func add(_ rating: RatingCiphertext, from rater: String) throws(SecrecyError) {
    try requireUnreleased()
    guard !ratings.contains(where: { $0.rater == rater }) else {
      throw SecrecyError(.duplicateVote, "'\(rater)' has rated already")
    }
    try scheme.group.check(rating.mask, "the first half of the rating")
    try scheme.group.check(rating.body, "the second half of the rating")
    ratings.append((rater, rating))
  }

  /// Opens the sum with the parts of some key holders.
  ///
  /// - Parameter decryptors: indices of key holders, from 1.
  /// - Throws: `WrongState` for a second release, `TooFewRaters`, `UnknownParticipant`, `DuplicateShare`,
  ///   `NotEnoughShares`, `DecryptionFailed`.
  public mutating func release(by decryptors: [Int], of holders: KeyHolders) throws(SecrecyError) -> Result {
    try requireUnreleased()
    guard ratings.count >= minimumRaters else {
      throw SecrecyError(
        .tooFewRaters, "there must be at least \(minimumRaters) raters, but there are \(ratings.count)")
    }
    let total = scheme.total(ratings.map(\.ciphertext))
    var parts: [SecretShare] = []
    for decryptor in decryptors {
      guard let share = holders.shares.first(where: { $0.index == decryptor }) else {
        throw SecrecyError(
          .unknownParticipant, "there is no key holder \(decryptor); they are 1 to \(holders.shares.count)")
      }
      guard !parts.contains(where: { $0.index == decryptor }) else {
        throw SecrecyError(.duplicateShare, "key holder \(decryptor) is named twice")
      }
      parts.append(scheme.partialDecryption(total, by: share))
    }
    let sum = try scheme.sum(total, parts: parts, threshold: holders.threshold, raters: ratings.count)
    let released = Result(total: total, sum: sum, count: ratings.count)
    result = released
    return released
  }

  private func requireUnreleased() throws(SecrecyError) {
    guard result == nil else {
      throw SecrecyError(
        .wrongState, "the average is released already", hint: "begin another round of ratings")
    }
  }
}
