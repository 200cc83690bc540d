import Tensor

/// Who takes part in a round, in the schemes that PMS-AM is compared with (its section 6.2).
public enum ClientSelection {
  /// The places of the `count` largest scores, largest first, the lower place first among equals: the members with the
  /// largest losses (loss-based) or gradient norms (gradient-norm).
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter` unless `count` is 1 to the number of scores.
  public static func largest(_ scores: [Double], count: Int) throws -> [Int] {
    let check = ArgumentCheck("select clients")
    try check.nonEmpty(scores, "scores")
    try check.finite(scores, "scores")
    try check.domain((1...scores.count).contains(count), "m", given: count, allowed: "1 to \(scores.count)")
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    return Array(order.prefix(count))
  }

  /// `count` of the members, each set as likely as any other, in ascending order.
  /// - Throws: `InvalidParameter` unless `count` is 1 to the number of members.
  public static func random(members: Int, count: Int, stream: inout RandomStream) throws -> [Int] {
    try ArgumentCheck("select clients").domain(
      count >= 1 && count <= members, "m", given: count, allowed: "1 to \(members)")
    return stream.permutation(members).prefix(count).map { Int($0) }.sorted()
  }
}
