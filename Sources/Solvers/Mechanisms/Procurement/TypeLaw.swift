/// A joint law of finitely many types of several participants.
public struct TypeLaw: Sendable, Equatable {
  public let typeCounts: [Int]
  /// One per profile of types, the first participant's type slowest.
  public let probabilities: [Double]
  /// By how much the profile's number changes with each participant's type.
  private let strides: [Int]

  public var participants: Int { typeCounts.count }
  public var profileCount: Int { probabilities.count }

  /// - Throws: `EmptyInput`, `ShapeMismatch` when the probabilities do not cover the profiles, `NotFinite`;
  ///   `InvalidPrior` when they are negative or do not sum to 1.
  public init(typeCounts: [Int], probabilities: [Double]) throws {
    guard !typeCounts.isEmpty, typeCounts.allSatisfy({ $0 > 0 }) else {
      throw SolverError(.emptyInput, "there must be at least one participant, and each must have at least one type")
    }
    var profiles = 1
    for count in typeCounts {
      let (product, overflow) = profiles.multipliedReportingOverflow(by: count)
      profiles = overflow ? .max : product
    }
    guard probabilities.count == profiles else {
      throw SolverError(
        .shapeMismatch, "the prior covers \(probabilities.count) profiles of types, but there are \(profiles)")
    }
    guard probabilities.allSatisfy(\.isFinite) else {
      throw SolverError(.notFinite, "the probabilities of the prior must be finite numbers")
    }
    if let negative = probabilities.firstIndex(where: { $0 < 0 }) {
      throw ProcurementError(
        .invalidPrior, "entry \(negative + 1) of the prior is \(probabilities[negative]), below 0")
    }
    let sum = probabilities.reduce(0, +)
    guard abs(sum - 1) <= 1e-6 else {
      throw ProcurementError(.invalidPrior, "the probabilities of the prior must sum to 1, but sum to \(sum)")
    }
    self.typeCounts = typeCounts
    self.probabilities = probabilities
    strides = typeCounts.indices.map { typeCounts[($0 + 1)...].reduce(1, *) }
  }

  /// A participant's type in a profile.
  public func type(of participant: Int, in profile: Int) -> Int {
    profile / strides[participant] % typeCounts[participant]
  }

  /// Everybody's type in a profile.
  public func types(of profile: Int) -> [Int] { typeCounts.indices.map { type(of: $0, in: profile) } }

  /// The number of a profile of types.
  public func profile(_ types: [Int]) -> Int { zip(strides, types).reduce(0) { $0 + $1.0 * $1.1 } }

  /// The number of the profile that the others form, 0 to profileCount / typeCounts[participant] - 1.
  public func others(of participant: Int, in profile: Int) -> Int {
    let stride = strides[participant]
    return profile / (stride * typeCounts[participant]) * stride + profile % stride
  }

  /// The profile in which the others form profile number `others` and the participant has `type`.
  public func profile(of participant: Int, type: Int, others: Int) -> Int {
    let stride = strides[participant]
    return others / stride * stride * typeCounts[participant] + type * stride + others % stride
  }

  /// The probability of each type of a participant.
  public func marginal(of participant: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: typeCounts[participant])
    for (profile, probability) in probabilities.enumerated() { sums[type(of: participant, in: profile)] += probability }
    return sums
  }

  /// For each type of a participant, the law of the others' profile given that type.
  ///
  /// - Throws: `InvalidPrior` where a type never occurs, so that it has no belief.
  public func beliefs(of participant: Int) throws -> [[Double]] {
    let marginal = marginal(of: participant)
    if let never = marginal.firstIndex(where: { $0 <= 0 }) {
      throw ProcurementError(
        .invalidPrior, "type \(never + 1) of participant \(participant + 1) has probability 0, so it has no belief",
        hint: "leave the type out")
    }
    return marginal.indices.map { type in
      (0..<profileCount / marginal.count).map { others in
        probabilities[profile(of: participant, type: type, others: others)] / marginal[type]
      }
    }
  }
}
