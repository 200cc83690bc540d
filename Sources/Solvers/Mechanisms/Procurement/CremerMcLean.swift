import Tensor

/// Users with correlated types who pay for access to one model, all to the same extent (kappa = 1).
///
/// User j of type t values the model at w_j(t) and believes pi(. | t) of the others. Payments p_j(theta) are what the
/// user receives, so that they are mostly negative. Everything here is of finitely many types.
///
/// Source: Network3 equations 9, 12 and 13 and theorem 1, after Cremer and McLean, "Full extraction of the surplus in
/// Bayesian and dominant strategy auctions", Econometrica 56 (1988).
public struct CremerMcLean: Sendable, Equatable {
  /// w_j(t), a list for each user.
  public let valuations: [[Double]]
  public let law: TypeLaw
  /// For each user and type, the law of the others' types.
  let beliefs: [[[Double]]]
  /// The probability of each type.
  let marginals: [[Double]]

  public var users: Int { valuations.count }

  /// The most payments, users times profiles of types, that are solved for.
  public static let paymentLimit = 20_000
  /// Sums of valuations, and their squares, must stay finite.
  public static let largestValuation = 1e100

  /// - Parameter prior: the probability of each profile of types, the first user's type slowest.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`; `InvalidPrior` for what is no law, or a type that never
  ///   occurs; `InvalidParameter` for too many types.
  public init(valuations: [[Double]], prior: [Double]) throws {
    law = try TypeLaw(typeCounts: valuations.map(\.count), probabilities: prior)
    guard valuations.joined().allSatisfy(\.isFinite) else {
      throw SolverError(.notFinite, "the valuations must be finite numbers")
    }
    try demand(
      valuations.joined().allSatisfy { abs($0) <= Self.largestValuation },
      "the valuations must be at most \(Self.largestValuation) in size")
    try demand(
      prior.count * valuations.count <= Self.paymentLimit,
      "there are \(prior.count * valuations.count) payments, and at most \(Self.paymentLimit) are taken")
    self.valuations = valuations
    beliefs = try valuations.indices.map { [law] in try law.beliefs(of: $0) }
    marginals = valuations.indices.map { [law] in law.marginal(of: $0) }
  }

  /// sum_j w_j at a profile of types.
  func totalValue(_ profile: Int) -> Double {
    valuations.indices.reduce(0) { $0 + valuations[$1][law.type(of: $1, in: profile)] }
  }

  /// Where p_j(theta) stands among all payments: user by user, the first user's type slowest.
  func place(_ user: Int, _ profile: Int) -> Int { user * law.profileCount + profile }

  /// E[p_j(said, .) | t] as a sum over payments.
  func expectedPayment(of user: Int, type: Int, saying said: Int) -> [(variable: Int, factor: Double)] {
    beliefs[user][type].enumerated().map { others, probability in
      (place(user, law.profile(of: user, type: said, others: others)), probability)
    }
  }
}
