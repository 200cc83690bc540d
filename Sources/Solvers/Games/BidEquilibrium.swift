import Tensor

/// The equilibrium of different providers, on one coordinate.
public struct BidEquilibrium: Equatable, Sendable {
  /// What each provider bids, in money; 0 for those whom the others price out.
  public let bids: [Double]
  /// What all bid together, in money.
  public let total: Double
  public let winProbability: [Double]
}

extension BidContest {
  /// The unique equilibrium of providers with different values and loads, found by its share function.
  ///
  /// Best replies in turn do not always converge; the share function does, to shares that add to one within 1e-12.
  ///
  /// - Parameters:
  ///   - values: v_j in money, above 0, per provider.
  ///   - loads: A_j, at least 0, per provider or one for all.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`; `NoCompetition` for a single provider.
  ///
  /// Source: theorem 2 of both papers, as corrected.
  public static func equilibrium(values: [Double], loads: [Double]) throws -> BidEquilibrium {
    let shape = try check(
      .each(.provider, "values of winning", values, .positive),
      .stretched(.provider, "loads", loads, .nonNegative))
    guard values.count > 1 else {
      throw SolverError(.noCompetition, "an equilibrium of bids needs at least 2 providers, but there is 1")
    }
    let each = (0..<shape[.provider]).map { loads.stretched($0) }
    let game = try equilibria(values: values, loads: each, scales: [1])
    return BidEquilibrium(
      bids: game.bids.elements, total: game.totals[0], winProbability: game.bids.elements.map { $0 / game.totals[0] })
  }

  /// The equilibrium with every member: provider j has the value v_j everywhere and the load scale_i load_j with
  /// member i. Unchecked.
  ///
  /// - Parameters:
  ///   - values: v_j, above 0, at least two.
  ///   - loads: one per provider.
  ///   - scales: one per member.
  /// - Returns: bids, members x providers, and their total per member.
  /// - Throws: `Interrupted` when the user has asked to stop.
  static func equilibria(
    values: [Double], loads: [Double], scales: [Double], cancellation: Cancellation = .never
  ) throws -> (bids: Matrix, totals: [Double]) {
    let providers = values.count
    let members = scales.count
    let function = ShareFunction(values: values)
    // Neighbouring members have neighbouring totals: each search starts where the last one ended.
    var guess = 0.5
    var totals = [Double](repeating: 0, count: members)
    let bids = try [Double](unsafeUninitializedCapacity: members * providers) { bids, filled in
      try loads.withUnsafeBufferPointer { loads in
        guard let bids = bids.baseAddress else { return }
        for member in 0..<members {
          try cancellation.check()
          totals[member] = function.solve(
            loads: loads, scale: scales[member], guess: &guess, bids: bids + member * providers)
          filled += providers
        }
      }
    }
    return (Matrix(rows: members, columns: providers, elements: bids), totals)
  }
}
