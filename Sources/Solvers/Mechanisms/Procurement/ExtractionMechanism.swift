import Tensor

/// Cremer and McLean's payments as a mechanism: a user reports one of its types, gets access, and pays by everybody's.
///
/// Truth is promised to be best for who believes as its type does, not whatever the others do: the audit's Bayesian
/// tests, with `law` as the prior, hold it to its promise.
public struct ExtractionMechanism: ConcurrentMechanism {
  public let name = "Cremer-McLean full extraction"
  public let participants: [Participant]
  public let users: CremerMcLean
  /// p_j(theta), what each user receives.
  private let payments: [[Double]]

  /// The law of types that users believe in.
  public var law: TypeLaw { users.law }

  /// - Throws: `Infeasible` when no payments extract all value; what `CremerMcLean.payments` throws.
  public init(
    _ users: CremerMcLean, extraction: Extraction = .interim, cancellation: Cancellation = .never
  ) throws {
    guard let payments = try users.payments(extraction, cancellation: cancellation).payments else {
      throw SolverError(
        .infeasible, "no payments extract all value from these types (\(extraction.rawValue))",
        hint: extraction == .exPost ? "try the interim form" : "post prices instead")
    }
    try self.init(users, payments: payments)
  }

  /// With payments of any origin, such as gradient descent's.
  ///
  /// - Parameter payments: a list for each user, the first user's type slowest.
  /// - Throws: `ShapeMismatch`, `NotFinite`.
  public init(_ users: CremerMcLean, payments: [[Double]]) throws {
    guard payments.count == users.users, payments.allSatisfy({ $0.count == users.law.profileCount }) else {
      throw SolverError(
        .shapeMismatch,
        "every one of \(users.users) users needs a payment at each of \(users.law.profileCount) profiles")
    }
    guard payments.joined().allSatisfy(\.isFinite) else {
      throw SolverError(.notFinite, "the payments must be finite numbers")
    }
    self.users = users
    self.payments = payments
    participants = try users.valuations.enumerated().map { user, valuations in
      // The type's number tells types of equal valuation apart.
      let types = valuations.enumerated().map { [$1, Double($0 + 1)] }
      return Participant(
        role: "user", index: user, space: try ReportSpace(types: types, named: ["valuation", "type"]))
    }
  }

  public func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    let types = try participants.indices.map { user in
      let type = Int(reports[user, 1]) - 1
      guard users.valuations[user].indices.contains(type) else {
        throw SolverError(.invalidParameter, "user \(user + 1) has no type \(reports[user, 1])")
      }
      return type
    }
    let profile = users.law.profile(types)
    for user in participants.indices {
      outcome.coefficients[user, 0] = 1
      outcome.payments[user] = -payments[user][profile]
    }
  }

  /// Everybody has access at no cost.
  public func optimalWelfare(_ types: Profile) throws -> Double? {
    (0..<types.count).reduce(0) { $0 + types[$1, 0] }
  }
}
