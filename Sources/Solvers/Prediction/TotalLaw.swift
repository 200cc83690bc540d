import Tensor

/// The law of what several competitors bid together, each of them independently of the others.
public struct TotalLaw: Equatable, Sendable {
  /// Ascending.
  public let totals: [Double]
  public let probabilities: [Double]

  public var mean: Double { zip(totals, probabilities).reduce(0) { $0 + $1.0 * $1.1 } }

  /// Adds one competitor after the other. Whenever more than `largestSupport` different totals could come about,
  /// neighbours are merged into their mean, which leaves the mean of the law as it was.
  ///
  /// - Parameters:
  ///   - bids: for each competitor the bids that it may make.
  ///   - probabilities: of each of these bids; each competitor's add to 1 within 1e-9.
  ///   - largestSupport: at least 2.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `NotStochastic`, `InvalidParameter`.
  ///
  /// Source: ours, after PMS-AM 5.1, which adds up the likeliest bids instead.
  public init(bids: [[Double]], probabilities: [[Double]], largestSupport: Int = 4096) throws {
    try demand(
      (2...1_000_000).contains(largestSupport),
      "the largest support must be between 2 and 1000000, but is \(largestSupport)")
    guard !bids.isEmpty else {
      throw SolverError(.emptyInput, "the competitors' bids must have at least one entry, but none was given")
    }
    guard bids.count == probabilities.count else {
      throw SolverError(
        .shapeMismatch,
        "there are bids of \(bids.count) competitors, but probabilities of \(probabilities.count)")
    }
    for (number, (values, law)) in zip(bids, probabilities).enumerated() {
      let whose = "of competitor \(number + 1)"
      try check(
        .each(.entry, "bids \(whose)", values, .real), .each(.entry, "probabilities \(whose)", law, .real))
      try StochasticLaw.check([law], "bid \(whose)'s")
    }
    var atoms = [(total: 0.0, probability: 1.0)]
    for (values, law) in zip(bids, probabilities) {
      var sums: [(total: Double, probability: Double)] = []
      sums.reserveCapacity(atoms.count * values.count)
      for atom in atoms where atom.probability > 0 {
        for (bid, probability) in zip(values, law) where probability > 0 {
          sums.append((atom.total + bid, atom.probability * probability))
        }
      }
      atoms = Self.merged(sums.sorted { $0.total < $1.total }, into: largestSupport)
    }
    guard atoms.allSatisfy({ $0.total.isFinite }) else {
      throw SolverError(.invalidParameter, "the competitors' bids are too large to be added")
    }
    totals = atoms.map(\.total)
    self.probabilities = atoms.map(\.probability)
  }

  /// Joins equal totals, and then, if they are still too many, those in the same of so many equal parts of the range.
  private static func merged(
    _ atoms: [(total: Double, probability: Double)], into limit: Int
  ) -> [(total: Double, probability: Double)] {
    let distinct = joined(atoms) { $1.total - $0.total <= 1e-12 * max(abs($0.total), abs($1.total)) }
    guard distinct.count > limit, let least = distinct.first?.total, let largest = distinct.last?.total else {
      return distinct
    }
    let width = largest / Double(limit) - least / Double(limit)
    func part(_ total: Double) -> Double { ((total - least) / width).rounded(.down) }
    return joined(distinct) { part($0.total) == part($1.total) }
  }

  /// Replaces each run of neighbours, as `belong` finds them by the run's first, by its mean with its probability.
  private static func joined(
    _ atoms: [(total: Double, probability: Double)],
    while belong: ((total: Double, probability: Double), (total: Double, probability: Double)) -> Bool
  ) -> [(total: Double, probability: Double)] {
    var result: [(total: Double, probability: Double)] = []
    var first: (total: Double, probability: Double)?
    for atom in atoms {
      if let start = first, let last = result.last, belong(start, atom) {
        let probability = last.probability + atom.probability
        // Underflown probabilities may add to nothing; then any of their totals will do.
        let share = probability > 0 ? atom.probability / probability : 0
        result[result.count - 1] = (last.total + share * (atom.total - last.total), probability)
      } else {
        result.append(atom)
        first = atom
      }
    }
    return result
  }
}
