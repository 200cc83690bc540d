import Tensor

/// Providers who bid for one thing (a member's quality, or its freshness) round after round, without solving the game:
/// each picks its bid from a grid by a learner.
///
/// A bid q against the others' total D pays (v - q) q / (q + D) - A q, as in `BidContest`. The one equilibrium of
/// continuous bids is what the averages are held against.
public struct RepeatedMarket: Sendable {
  public struct Outcome: Sendable {
    public let report: LearningReport
    /// Per provider, the mean bid of all rounds, and of the second half.
    public let averageBids: [Double]
    public let lateBids: [Double]
    /// The equilibrium of bids that need not lie on the grid.
    public let equilibrium: BidEquilibrium
    /// At each checkpoint, the mean of all bids together since the last one.
    public let totalCurve: [Double]
  }

  private let values: [Double]
  private let loads: [Double]
  private let grid: [Double]

  /// - Parameters:
  ///   - values: v, what winning is worth to each provider, above 0; at least two.
  ///   - loads: A, per provider or one for all, at least 0.
  ///   - grid: the bids to choose from, at least 0; one of them above 0.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter`.
  public init(values: [Double], loads: [Double], grid: [Double]) throws {
    let shape = try check(
      .each(.provider, "values", values, .positive), .stretched(.provider, "loads", loads, .nonNegative),
      .each(.entry, "bids", grid, .nonNegative))
    try demand(values.count >= 2, "there must be at least two providers, but there is \(values.count)")
    try demand(grid.contains { $0 > 0 }, "at least one of the bids must be above 0")
    let largest = (values + loads + grid).reduce(0, max)
    try demand(
      largest <= 1e70, "values, loads and bids must be at most 1e70, but one is \(largest)")
    try demand(Set(grid).count == grid.count, "the bids must differ from each other")
    self.values = values
    self.loads = (0..<shape[.provider]).map { loads.stretched($0) }
    self.grid = grid
  }

  /// - Parameter rules: one per provider, or one for all.
  /// - Throws: `ShapeMismatch`, `InvalidParameter`, `NoCompetition`, `Cancelled`.
  public func run(
    rules: [LearningRule], rounds: Int, seed: UInt64, cancellation: Cancellation = .never
  ) throws -> Outcome {
    try demand(rounds >= 1, "the rounds must be at least 1, but are \(rounds)")
    guard rules.count == values.count || rules.count == 1 else {
      throw SolverError(
        .shapeMismatch, "the learners cover \(rules.count) providers, but there are \(values.count)")
    }
    let rules = rules.count == 1 ? Array(repeating: rules[0], count: values.count) : rules
    let equilibrium = try BidContest.equilibrium(values: values, loads: loads)
    var accounts = values.indices.map { provider in
      LearnerAccount(
        rules[provider], strategies: grid.count, range: payoffRange(of: provider), seed: seed, player: provider)
    }
    var checkpoints = Checkpoints()
    var noted: [Int] = []
    var totals: [Double] = []
    var (sinceNote, roundsSinceNote) = (0.0, 0)
    var late = [Double](repeating: 0, count: values.count)
    for round in 1...rounds {
      if round & 0x3f == 0 { try cancellation.check() }
      let bids = accounts.indices.map { grid[accounts[$0].choose()] }
      let total = bids.reduce(0, +)
      sinceNote += total
      roundsSinceNote += 1
      for provider in accounts.indices {
        // Summed anew where nearly all of the total is the provider's own, so that nothing cancels.
        let others =
          bids[provider] < 0.5 * total
          ? total - bids[provider] : bids.indices.reduce(0) { $1 == provider ? $0 : $0 + bids[$1] }
        accounts[provider].take(payoffs(of: provider, against: others))
        if round > rounds / 2 { late[provider] += bids[provider] }
      }
      if checkpoints.isDue(round) || round == rounds {
        noted.append(round)
        totals.append(sinceNote / Double(roundsSinceNote))
        (sinceNote, roundsSinceNote) = (0, 0)
        for provider in accounts.indices { accounts[provider].noteRegret() }
      }
    }
    let report = LearningReport(accounts, rules: rules, rounds: rounds, seed: seed, checkpoints: noted)
    return Outcome(
      report: report, averageBids: report.frequencies.map { Mixture.mean(grid, under: $0) },
      lateBids: late.map { $0 / Double(rounds - rounds / 2) }, equilibrium: equilibrium, totalCurve: totals)
  }

  /// What each bid of the grid would pay.
  private func payoffs(of provider: Int, against others: Double) -> [Double] {
    grid.map { bid in
      BidContest.objective(
        bid: bid, competitors: others, load: loads[provider], value: values[provider], variant: .corrected)
    }
  }

  /// What a bid can pay at least and at most: the whole grid against nobody and against everybody at their highest.
  private func payoffRange(of provider: Int) -> (low: Double, high: Double) {
    let highest = grid.reduce(0, max) * Double(values.count - 1)
    let extremes = payoffs(of: provider, against: 0) + payoffs(of: provider, against: highest)
    return (extremes.reduce(.infinity, min), extremes.reduce(-.infinity, max))
  }
}
