import Tensor

/// The global validators of an epoch, by pledge, reputation and contribution.
///
/// Source: Network3 4.3.2: score = (2 pledge/sum + reputation/sum + contribution/sum) / 4. Scores are compared as exact
/// fractions, whose terms reach four times 128 bits.
public struct Committee: Sendable, Equatable {
  public struct Candidate: Sendable, Equatable {
    public var id: String
    public var pledge: Amount
    public var reputation: UInt128
    public var contribution: UInt128

    public init(id: String, pledge: Amount, reputation: UInt128, contribution: UInt128) {
      self.id = id
      self.pledge = pledge
      self.reputation = reputation
      self.contribution = contribution
    }
  }

  /// What pledge, reputation and contribution count, as whole numbers.
  public struct Weights: Sendable, Equatable {
    public var pledge: UInt128
    public var reputation: UInt128
    public var contribution: UInt128

    public static let printed = Weights(pledge: 2, reputation: 1, contribution: 1)

    public init(pledge: UInt128, reputation: UInt128, contribution: UInt128) {
      self.pledge = pledge
      self.reputation = reputation
      self.contribution = contribution
    }
  }

  public static let leastSize = 4

  /// Best first.
  public let members: [String]
  /// Of all candidates, best first.
  public let scores: [Double]
  /// All candidates, best first.
  public let ranking: [String]

  /// Ties go to the larger pledge, then to the lower id. A quality of which nobody has any counts nothing.
  ///
  /// - Throws: `EconomyError.committeeTooSmall` for fewer than four seats or fewer candidates than seats,
  ///   `.duplicateID`, `.zeroWeight` when the weights sum to zero.
  public init(size: Int, candidates: [Candidate], weights: Weights = .printed) throws(EconomyError) {
    guard size >= Self.leastSize else {
      throw .committeeTooSmall(given: size, needed: Self.leastSize, what: "a committee")
    }
    guard candidates.count >= size else {
      throw .committeeTooSmall(given: candidates.count, needed: size, what: "a choice of \(size)")
    }
    if let twice = candidates.lazy.map(\.id).firstRepeated { throw .duplicateID(twice, what: "candidates") }
    let factors = [weights.pledge, weights.reputation, weights.contribution].map { Natural(wide: $0) }
    let factorSum = factors.reduce(.zero, +)
    guard !factorSum.isZero else { throw .zeroWeight("the three weights") }

    let qualities = candidates.map { candidate in
      [
        Natural(wide: candidate.pledge.units), Natural(wide: candidate.reputation),
        Natural(wide: candidate.contribution),
      ]
    }
    let sums = (0..<3).map { quality in qualities.reduce(Natural.zero) { $0 + $1[quality] } }.map { max($0, .one) }
    // All over one denominator, the product of the sums.
    let numerators = qualities.map { quality in
      factors[0] * quality[0] * sums[1] * sums[2] + factors[1] * quality[1] * sums[0] * sums[2]
        + factors[2] * quality[2] * sums[0] * sums[1]
    }
    let order = candidates.indices.sorted { left, right in
      if numerators[left] != numerators[right] { return numerators[left] > numerators[right] }
      let (a, b) = (candidates[left], candidates[right])
      return a.pledge != b.pledge ? a.pledge > b.pledge : a.id < b.id
    }
    ranking = order.map { candidates[$0].id }
    members = Array(ranking.prefix(size))
    let denominator = factorSum * sums[0] * sums[1] * sums[2]
    scores = order.map { Self.ratio(numerators[$0], denominator) }
  }

  /// The nearest double but for the last bits: a fraction below 1 or 1 itself, in 2^-62.
  private static func ratio(_ numerator: Natural, _ denominator: Natural) -> Double {
    Double((numerator * Natural(1 << 62)).quotient(by: denominator).word ?? .max) * 0x1p-62
  }
}
