import Tensor

/// The printed loss of payments that are to be learned, as an exact expectation.
public struct ExtractionLoss: Sendable, Equatable {
  /// E[(sum_j w_j + p_j)^2].
  public let budget: Double
  /// sum_j E_t max(0, -(w_j(t) + E[p_j | t])).
  public let participation: Double
  /// sum_j E_t E_s max(0, E[p_j(s, .) | t] - E[p_j(t, .) | t]).
  public let truth: Double
  /// By p_j(theta), in the order of the payments.
  public let gradient: [Double]

  public var total: Double { budget + participation + truth }
}

extension CremerMcLean {
  /// The loss at some payments with its subgradient, in which a hinge at 0 counts as flat.
  ///
  /// - Parameter payments: p_j(theta), user by user, the first user's type slowest.
  /// - Throws: `ShapeMismatch`, `NotFinite`.
  /// Source: Network3 equation 13.
  public func loss(_ payments: [Double]) throws -> ExtractionLoss {
    try checkPayments(payments)
    return lossOfChecked(payments)
  }

  /// The losses of plain gradient descent, before the first step and after each, and where it ends.
  ///
  /// It is slow: prefer the linear programme, except where there are too many types for it.
  ///
  /// - Parameters:
  ///   - rate: the length of a step in gradients, at least 0.
  ///   - steps: at least 0.
  /// - Throws: `ShapeMismatch`, `NotFinite`, `InvalidParameter`; `Cancelled`.
  /// Source: Network3 equation 13.
  public func descent(
    from payments: [Double], rate: Double, steps: Int, cancellation: Cancellation = .never
  ) throws -> (losses: [Double], payments: [Double]) {
    try checkPayments(payments)
    try check(.scalar("rate", rate, .nonNegative), .scalar("steps", Double(steps), .count))
    var payments = payments
    var loss = lossOfChecked(payments)
    var losses = [loss.total]
    for _ in 0..<steps {
      try cancellation.check()
      for index in payments.indices { payments[index] -= rate * loss.gradient[index] }
      loss = lossOfChecked(payments)
      losses.append(loss.total)
    }
    return (losses, payments)
  }

  private func checkPayments(_ payments: [Double]) throws {
    guard payments.count == users * law.profileCount else {
      throw SolverError(
        .shapeMismatch,
        "\(users) users with \(law.profileCount) profiles of types have \(users * law.profileCount) payments, "
          + "but there are \(payments.count)")
    }
    guard payments.allSatisfy(\.isFinite) else { throw SolverError(.notFinite, "the payments must be finite numbers") }
  }

  private func lossOfChecked(_ payments: [Double]) -> ExtractionLoss {
    var gradient = [Double](repeating: 0, count: payments.count)
    var budget = 0.0
    for profile in 0..<law.profileCount {
      let probability = law.probabilities[profile]
      let gap = (0..<users).reduce(totalValue(profile)) { $0 + payments[place($1, profile)] }
      budget += probability * gap * gap
      for user in 0..<users { gradient[place(user, profile)] += 2 * probability * gap }
    }
    var participation = 0.0
    var truth = 0.0
    for user in 0..<users {
      for type in 0..<law.typeCounts[user] {
        let frequency = marginals[user][type]
        let honest = expectedPayment(of: user, type: type, saying: type)
        let received = honest.reduce(0) { $0 + $1.factor * payments[$1.variable] }
        let loss = -(valuations[user][type] + received)
        if loss > 0 {
          participation += frequency * loss
          for term in honest { gradient[term.variable] -= frequency * term.factor }
        }
        for said in 0..<law.typeCounts[user] where said != type {
          let lying = expectedPayment(of: user, type: type, saying: said)
          let gain = lying.reduce(0) { $0 + $1.factor * payments[$1.variable] } - received
          guard gain > 0 else { continue }
          let weight = frequency * marginals[user][said]
          truth += weight * gain
          for term in lying { gradient[term.variable] += weight * term.factor }
          for term in honest { gradient[term.variable] -= weight * term.factor }
        }
      }
    }
    return ExtractionLoss(budget: budget, participation: participation, truth: truth, gradient: gradient)
  }
}
