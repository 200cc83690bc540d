import Tensor

/// Economies run again and again: scenarios of a sweep, each with several seeds of its own.
///
/// Runs of one number meet the same shocks in every scenario (common random numbers), so that differences between
/// scenarios are due to what differs between them. What comes out does not depend on the number of threads.
public struct EconomyEnsemble: Sendable {
  /// By scenario, then by run.
  public let tables: [[EconomyTable]]
  public let weeks: Int
  public let seed: UInt64

  /// - Parameters:
  ///   - runs: of each scenario, at least 1.
  ///   - progress: told how many agent-weeks' worth of runs are done, from any thread, as a part of all runs.
  /// - Throws: what a scenario refuses (`EconomyError`), `Cancelled`.
  public init(
    _ scenarios: [EconomyScenario], weeks: Int, runs: Int, seed: UInt64, threads: Int,
    cancellation: Cancellation = .never, progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws {
    guard let names = scenarios.first?.groups.map(\.name), weeks >= 0, runs >= 1 else {
      throw EconomyError.noParticipants("an ensemble needs a scenario, a run and no fewer than 0 weeks")
    }
    for scenario in scenarios {
      _ = try scenario.validate()
      guard scenario.groups.map(\.name) == names else {
        throw EconomyError.dimensionMismatch("the scenarios of a sweep need the same groups")
      }
    }
    let total = scenarios.count * runs
    let tables = try ParallelMembers.map(order: Array(0..<total), threads: threads, makeTools: {}) { job, _ in
      try Self.course(
        of: scenarios[job / runs], weeks: weeks, seed: seed, run: job % runs + 1, custom: [],
        cancellation: cancellation
      ) { week in progress(Double(job) + Double(week) / Double(max(1, weeks))) }
    }
    self.init(tables, scenarios: scenarios.count, runs: runs, weeks: weeks, seed: seed)
  }

  /// The same with behaviours that only one thread may ask.
  public init(
    _ scenarios: [EconomyScenario], custom: [(Observation) throws -> Decision], weeks: Int, runs: Int, seed: UInt64,
    cancellation: Cancellation = .never, progress: (Double) -> Void = { _ in }
  ) throws {
    var tables: [EconomyTable] = []
    for (place, scenario) in scenarios.enumerated() {
      for run in 0..<runs {
        let done = Double(place * runs + run)
        tables.append(
          try Self.course(
            of: scenario, weeks: weeks, seed: seed, run: run + 1, custom: custom, cancellation: cancellation
          ) { week in progress(done + Double(week) / Double(max(1, weeks))) })
      }
    }
    self.init(tables, scenarios: scenarios.count, runs: runs, weeks: weeks, seed: seed)
  }

  private init(_ tables: [EconomyTable], scenarios: Int, runs: Int, weeks: Int, seed: UInt64) {
    self.tables = (0..<scenarios).map { Array(tables[($0 * runs)..<(($0 + 1) * runs)]) }
    self.weeks = weeks
    self.seed = seed
  }

  private static func course(
    of scenario: EconomyScenario, weeks: Int, seed: UInt64, run: Int, custom: [(Observation) throws -> Decision],
    cancellation: Cancellation, progress: (Int) -> Void
  ) throws -> EconomyTable {
    var economy = try Economy(scenario, seed: seed, run: run)
    for week in 0..<weeks {
      try cancellation.check()
      try economy.advance(custom)
      progress(week + 1)
    }
    return economy.table
  }
}

/// What several runs of one scenario say of a measure, step by step.
public struct EconomyBand: Sendable, Equatable {
  public let mean: [Double]
  public let low: [Double]
  public let median: [Double]
  public let high: [Double]

  /// - Parameters:
  ///   - courses: of equal length.
  ///   - coverage: the part of the runs between low and high, 0.9 for the 5th to the 95th of a hundred.
  public init(_ courses: [[Double]], coverage: Double = 0.9) {
    let steps = courses.map(\.count).min() ?? 0
    let tail = (1 - min(max(coverage, 0), 1)) / 2
    var rows: [[Double]] = [[], [], [], []]
    for step in 0..<steps {
      let values = courses.map { $0[step] }.sorted()
      rows[0].append(values.reduce(0, +) / Double(values.count))
      for (row, share) in [(1, tail), (2, 0.5), (3, 1 - tail)] { rows[row].append(Quantile.value(share, of: values)) }
    }
    (mean, low, median, high) = (rows[0], rows[1], rows[2], rows[3])
  }
}
