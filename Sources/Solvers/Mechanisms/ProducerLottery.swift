import Tensor

/// Who produces the next block, by chance and by what each server earned.
///
/// As printed, a number r is drawn, and one of the servers whose share of the revenue exceeds it is picked with equal
/// chances: nobody if no share does, which for ten equal servers happens nine times out of ten.
///
/// Source: TBCIM II-A, proof of stake.
public enum ProducerLottery: String, CaseIterable, Sendable {
  /// In proportion to the shares.
  case proportional
  /// As printed.
  case paper
  /// As printed, drawn again until there is somebody.
  case paperRedraw = "paper_redraw"
  /// The same, with those above r picked in proportion to their shares.
  case paperWeighted = "paper_weighted"

  /// Each server's chance, and that of nobody.
  ///
  /// With shares in ascending order, r falls between the share before and that of k with probability their difference,
  /// and k is then among all from k on.
  ///
  /// - Parameter revenues: what each server earned, at least 0; equal chances where nobody earned anything.
  /// - Throws: `EmptyInput`, `NonFinite`, `Negative`.
  public func chances(revenues: [Double]) throws -> (servers: [Double], nobody: Double) {
    let shares = try Self.shares(revenues)
    let largest = shares.max() ?? 0
    if self == .proportional { return (shares, 0) }
    let order = shares.indices.sorted { (shares[$0], $0) < (shares[$1], $1) }
    var chances = [Double](repeating: 0, count: shares.count)
    var above = shares.reduce(0, +)
    var (before, sum) = (0.0, 0.0)
    for (place, server) in order.enumerated() {
      let step = shares[server] - before
      switch self {
      case .paperWeighted:
        if step > 0, above > 0 { sum += step / above }
        chances[server] = shares[server] * sum
      default:
        sum += step / Double(shares.count - place)
        chances[server] = sum
      }
      above -= shares[server]
      before = shares[server]
    }
    if self == .paper { return (chances, 1 - largest) }
    return (chances.map { $0 / largest }, 0)
  }

  /// Whom the printed rule picks when r and u are drawn; nil for nobody.
  ///
  /// - Parameters:
  ///   - threshold: r, at least 0 and at most 1.
  ///   - pick: u, at least 0 and below 1: which of those above r, in the order of the servers.
  /// - Throws: `EmptyInput`, `NonFinite`, `Negative`, `OutOfRange`.
  public static func printedWinner(revenues: [Double], threshold: Double, pick: Double) throws -> Int? {
    let shares = try shares(revenues)
    try EdgeError.checkFinite(["threshold": threshold, "pick": pick])
    guard (0...1).contains(threshold) else {
      throw EdgeError.outOfRange("threshold", given: "\(threshold)", allowed: "from 0 to 1")
    }
    guard pick >= 0, pick < 1 else {
      throw EdgeError.outOfRange("pick", given: "\(pick)", allowed: "at least 0 and below 1")
    }
    let candidates = shares.indices.filter { shares[$0] > threshold }
    guard !candidates.isEmpty else { return nil }
    return candidates[min(candidates.count - 1, Int(pick * Double(candidates.count)))]
  }

  private static func shares(_ revenues: [Double]) throws -> [Double] {
    guard !revenues.isEmpty else { throw EdgeError.emptyInput("revenues") }
    for revenue in revenues { try EdgeError.checkNonNegative(["revenue": revenue]) }
    let largest = revenues.max() ?? 0
    guard largest > 0 else { return [Double](repeating: 1 / Double(revenues.count), count: revenues.count) }
    // By the largest first, so that no sum is infinite.
    let scaled = revenues.map { $0 / largest }
    let total = scaled.reduce(0, +)
    return scaled.map { $0 / total }
  }
}
