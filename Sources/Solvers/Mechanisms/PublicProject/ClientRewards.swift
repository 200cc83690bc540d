/// How a station divides its reward among its clients: by what each contributed, largest remainder, contributions below
/// 0 counting as 0. When nobody contributed anything, everybody gets the same.
///
/// Source: HCFL section III.B; the contributions are ours, the paper asks for "contribution" only.
public enum ClientRewards {
  /// Shapley values are exact here, over all coalitions, up to so many clients.
  public static let clientLimit = 12
  /// Accuracies and values are whole numbers (parts per million, say) of at most this size.
  public static let largestValue: Int128 = 1_000_000_000_000_000

  /// By the accuracy that is lost without a client. It pays nothing to who has a twin.
  ///
  /// - Throws: `NoParticipants`, `AmountOverflow`, `NegativeAmount`.
  public static func leaveOneOut(
    _ reward: Int128, full: Int128, without: [Int128]
  ) throws(ProjectError) -> [Int128] {
    try checkValues([full] + without)
    return try divided(reward, by: without.map { full - $0 })
  }

  /// By what a client alone reaches beyond the model that it began with.
  ///
  /// - Throws: as `leaveOneOut`.
  public static func localGain(_ reward: Int128, base: Int128, local: [Int128]) throws(ProjectError) -> [Int128] {
    try checkValues([base] + local)
    return try divided(reward, by: local.map { $0 - base })
  }

  /// By exact Shapley values, as whole multiples of 1 / n!.
  ///
  /// - Parameter values: of every coalition; client i is in it where bit i of its index is set, so that there are 2^n.
  /// - Throws: as `leaveOneOut`; `ShapeMismatch` when there are not 2^n values, `InvalidParameter` for more than 12
  ///   clients.
  public static func shapley(_ reward: Int128, values: [Int128]) throws(ProjectError) -> [Int128] {
    let clients = values.count.trailingZeroBitCount
    guard values.count >= 2, values.count == 1 << clients else {
      throw ProjectError(
        .shapeMismatch, "n clients have 2^n coalitions, but there are \(values.count) values",
        hint: "give the value of nobody first, then {1}, {2}, {1, 2}, {3}, ...")
    }
    guard clients <= clientLimit else {
      throw ProjectError(
        .invalidParameter, "Shapley values are computed for at most \(clientLimit) clients, not \(clients)",
        hint: "use leave-one-out")
    }
    try checkValues(values)
    var factorials: [Int128] = [1]
    for size in 1...clients { factorials.append(factorials[size - 1] * Int128(size)) }
    let contributions = (0..<clients).map { client in
      values.indices.reduce(into: Int128(0)) { sum, coalition in
        guard coalition >> client & 1 == 0 else { return }
        let size = coalition.nonzeroBitCount
        let orders = factorials[size] * factorials[clients - size - 1]
        sum += orders * (values[coalition | 1 << client] - values[coalition])
      }
    }
    return try divided(reward, by: contributions)
  }

  private static func divided(_ reward: Int128, by contributions: [Int128]) throws(ProjectError) -> [Int128] {
    guard !contributions.isEmpty else { throw ProjectError(.noParticipants, "the station has no clients") }
    let weights = contributions.map { max(0, $0) }
    guard weights.contains(where: { $0 > 0 }) else { return try CostShares.equal(reward, among: weights.count) }
    return try CostShares.weighted(reward, by: weights)
  }

  private static func checkValues(_ values: [Int128]) throws(ProjectError) {
    for value in values where value.magnitude > largestValue.magnitude {
      throw ProjectError(.amountOverflow, "accuracies must be at most \(largestValue) in size, but one is \(value)")
    }
  }
}
