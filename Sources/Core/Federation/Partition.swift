import Tensor

/// How the examples of a data set come to be spread over members.
public enum Partition: Sendable, Equatable {
  /// Independent and identically distributed: everybody gets an equal share (one more or less) of a random order.
  case identical
  /// Each class is split by shares from a symmetric Dirichlet distribution; the smaller the concentration, the fewer
  /// classes a member sees (Hsu, Qi, Brown, "Measuring the effects of non-identical data distribution for federated
  /// visual classification", 2019).
  case dirichlet(concentration: Double)

  /// The places of each member's examples: disjoint, at least one each, `sampleCount` in all.
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`.
  public func shares(
    labels: [UInt8], classes: Int, sampleCount: Int, members: Int, seed: UInt64
  ) throws -> [[Int32]] {
    let check = ArgumentCheck("partition")
    try check.nonEmpty(labels, "labels")
    if case .dirichlet(let concentration) = self {
      try check.finite(concentration, "concentration")
      try check.domain(concentration > 0, "concentration", given: concentration, allowed: "a number above 0")
    }
    try check.domain(
      (1...labels.count).contains(sampleCount), "samples", given: sampleCount, allowed: "1 to \(labels.count)")
    try check.domain(
      (1...sampleCount).contains(members), "members", given: members,
      allowed: "1 to \(sampleCount), the number of samples")
    var stream = RandomStream(seed: seed, purpose: "partition")
    let chosen = stream.permutation(labels.count)[..<sampleCount]
    switch self {
    case .identical:
      return (0..<members).map { member in
        Array(chosen[sampleCount * member / members..<sampleCount * (member + 1) / members])
      }
    case .dirichlet(let concentration):
      var shares = [[Int32]](repeating: [], count: members)
      for label in 0..<classes {
        let ofClass = chosen.filter { Int(labels[Int($0)]) == label }
        var bound = 0.0
        var first = 0
        for (member, part) in stream.dirichlet(count: members, concentration: concentration).enumerated() {
          bound += part
          let last = member == members - 1 ? ofClass.count : min(Int(bound * Double(ofClass.count)), ofClass.count)
          if last > first { shares[member] += ofClass[first..<last] }
          first = max(first, last)
        }
      }
      return Self.withoutEmptyHands(shares)
    }
  }

  /// Whoever got nothing gets one example from whoever has most: a member without data could not take part.
  private static func withoutEmptyHands(_ shares: [[Int32]]) -> [[Int32]] {
    var shares = shares
    for member in shares.indices where shares[member].isEmpty {
      var richest = 0
      for other in shares.indices where shares[other].count > shares[richest].count { richest = other }
      if let gift = shares[richest].popLast() { shares[member].append(gift) }
    }
    return shares
  }
}
