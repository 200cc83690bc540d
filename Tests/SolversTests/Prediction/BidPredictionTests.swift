import Foundation
import Tensor
import Testing

@testable import Solvers

/// Levels, laws of totals, baselines and their comparison.
@Suite struct BidPredictionTests {
  // MARK: Levels

  @Test func quantileEdgesShareTheBidsOut() throws {
    var stream = RandomStream(seed: 12, purpose: "edges")
    let bids = (0..<1200).map { _ in stream.gamma(shape: 2) }
    let edges = try BidLevels.edges(of: bids, levels: 6, rule: .quantile)
    #expect(edges.count == 5 && edges == edges.sorted())
    var counts = [Int](repeating: 0, count: 6)
    for level in try BidLevels.discretized(bids, edges: edges) { counts[level] += 1 }
    #expect(counts == Array(repeating: 200, count: 6))
    // Ties: three values make three levels at most, none of them empty.
    #expect(try BidLevels.edges(of: [1, 1, 1, 1, 2, 2, 5, 5], levels: 6, rule: .quantile) == [2, 5])
    #expect(try BidLevels.edges(of: [4, 1], levels: 6, rule: .quantile) == [4])
    #expect(try BidLevels.edges(of: [3, 3, 3], levels: 4, rule: .quantile).isEmpty)
  }

  @Test func equalWidthsAreEqual() throws {
    #expect(near(try BidLevels.edges(of: [10, 2, 0], levels: 5, rule: .equalWidth), [2, 4, 6, 8]))
    #expect(try BidLevels.edges(of: [1e308, -1e308], levels: 2, rule: .equalWidth) == [0])
    #expect(try BidLevels.edges(of: [7], levels: 1, rule: .equalWidth).isEmpty)
  }

  @Test func representativesStandForTheirLevel() throws {
    #expect(near(try BidLevels.representatives(of: [4, 6, 11, 35], edges: [10, 20, 30]), [5, 11, 25, 35]))
    #expect(near(try BidLevels.representatives(of: [12], edges: [10, 20]), [10, 12, 20]))
    #expect(try BidLevels.representatives(of: [1, 3], edges: []) == [2])
    let far = try BidLevels.representatives(of: [1e308, 1e308, 1e308], edges: [0])
    #expect(abs(far[1] / 1e308 - 1) < 1e-12)
  }

  // MARK: Totals

  @Test func totalsAreSumsOfIndependentBids() throws {
    let law = try TotalLaw(
      bids: [[1, 2], [10, 20], [0, 1]], probabilities: [[0.5, 0.5], [0.25, 0.75], [0.1, 0.9]])
    var expected: [Double: Double] = [:]
    for (a, p) in [(1.0, 0.5), (2, 0.5)] {
      for (b, q) in [(10.0, 0.25), (20, 0.75)] {
        for (c, r) in [(0.0, 0.1), (1, 0.9)] { expected[a + b + c, default: 0] += p * q * r }
      }
    }
    #expect(law.totals == expected.keys.sorted())
    #expect(near(law.probabilities, law.totals.map { expected[$0] ?? .nan }))
    #expect(abs(law.mean - (1.5 + 17.5 + 0.9)) < 1e-12)
  }

  @Test func mergingKeepsMassAndMean() throws {
    var stream = RandomStream(seed: 13, purpose: "totals")
    let bids = (0..<8).map { _ in (0..<6).map { _ in stream.uniform(0, 100) } }
    let laws = (0..<8).map { _ in stream.dirichlet(count: 6, concentration: 1) }
    let coarse = try TotalLaw(bids: bids, probabilities: laws, largestSupport: 50)
    #expect(coarse.totals.count <= 51)
    #expect(abs(coarse.probabilities.reduce(0, +) - 1) < 1e-12)
    let mean = zip(bids, laws).reduce(0) { $0 + zip($1.0, $1.1).reduce(0) { $0 + $1.0 * $1.1 } }
    #expect(abs(coarse.mean / mean - 1) < 1e-12)
    #expect(coarse.totals == coarse.totals.sorted())
  }

  @Test func totalsOfNoLawAreRefused() {
    func kind(_ bids: [[Double]], _ laws: [[Double]]) -> SolverErrorKind? {
      do {
        _ = try TotalLaw(bids: bids, probabilities: laws)
        return nil
      } catch { return (error as? SolverError)?.reason }
    }
    #expect(kind([], []) == .emptyInput)
    #expect(kind([[1]], []) == .shapeMismatch)
    #expect(kind([[1, 2]], [[1]]) == .shapeMismatch)
    #expect(kind([[1, 2]], [[0.5, 0.4]]) == .notStochastic)
    #expect(kind([[1, .nan]], [[0.5, 0.5]]) == .notFinite)
    #expect(kind([[1e308], [1e308]], [[1], [1]]) == .invalidParameter)
  }

  // MARK: Baselines

  private func history(_ levels: [Int], count: Int) throws -> BidHistory {
    try BidHistory(bids: levels.map { Double($0) + 0.5 }, edges: (1..<count).map(Double.init))
  }

  @Test func baselinesSayWhatTheyCounted() throws {
    let past = try history([0, 0, 1, 0, 0, 1, 2], count: 3)
    #expect(past.levels == [0, 0, 1, 0, 0, 1, 2])
    #expect(near(EmpiricalFrequency(past, smoothing: 1).forecast, [0.5, 0.3, 0.2]))
    // Two of three moves stay; the last level is 1.
    let staying = try history([0, 0, 0, 1], count: 3)
    #expect(near(LastValue(staying, smoothing: 0).forecast, [1, 4, 1].map { $0 / 6 }))
    var last = LastValue(staying, smoothing: 1)
    #expect(near(last.forecast, [0.25, 0.5, 0.25]))
    last.observe(2.5, level: 2)
    #expect(near(last.forecast, [0.25, 0.25, 0.5]))
    var chain = MarkovChain(past, smoothing: 0)
    // Level 2 was never left.
    #expect(near(chain.forecast, [4, 2, 1].map { $0 / 7 }))
    chain.observe(0.5, level: 0)
    #expect(near(chain.forecast, [0.5, 0.5, 0]))
    chain.observe(1.5, level: 1)
    #expect(near(chain.forecast, [0.5, 0, 0.5]))
  }

  /// x' = 2 + x / 2 + e: least squares finds it within six standard errors, sqrt((1 - 1/4) / n) of the slope.
  @Test func autoregressionFindsItsCoefficients() throws {
    var stream = RandomStream(seed: 14, purpose: "ar")
    var bids = [4.0]
    for _ in 0..<5000 { bids.append(2 + 0.5 * (bids.last ?? 0) + stream.normal()) }
    let fitted = Autoregression(try BidHistory(bids: bids, edges: [3, 5]), smoothing: 0)
    #expect(abs(fitted.slope - 0.5) < 6 * (0.75 / 5000).squareRoot())
    #expect(abs(fitted.deviation - 1) < 6 / (2.0 * 5000).squareRoot())
    let centre = fitted.intercept + fitted.slope * (bids.last ?? 0)
    func below(_ edge: Double) -> Double { 0.5 * erfc((centre - edge) / fitted.deviation / 2.0.squareRoot()) }
    #expect(near(fitted.forecast, [below(3), below(5) - below(3), 1 - below(5)]))
    // A history without noise is foretold with certainty.
    let ramp = Autoregression(try BidHistory(bids: (0..<20).map(Double.init), edges: [5, 19.5]), smoothing: 0)
    #expect(near(ramp.forecast, [0, 0, 1], 1e-6))
    let constant = Autoregression(try BidHistory(bids: [3, 3, 3, 3], edges: [2, 4]), smoothing: 0)
    #expect(constant.forecast == [0, 1, 0])
    let huge = Autoregression(try BidHistory(bids: [1e308, -1e308, 1e308, -1e308], edges: [0]), smoothing: 0.5)
    #expect(abs(huge.forecast.reduce(0, +) - 1) < 1e-12)
  }

  // MARK: Comparison

  private func score(_ name: PredictorName, _ comparison: PredictionComparison) throws -> PredictionComparison.Score {
    try #require(comparison.scores.first { $0.predictor == name })
  }

  @Test func everyoneWinsWhereTheWorldIsTheirs() throws {
    var stream = RandomStream(seed: 15, purpose: "worlds")
    func compared(_ levels: [Int], _ count: Int) throws -> PredictionComparison {
      try PredictionComparison(bids: levels.map { Double($0) + 0.5 }, edges: (1..<count).map(Double.init))
    }
    // Hidden states that stay long, with noisy symbols: the last symbol alone says too little.
    let hidden = try compared(try HiddenMarkovModel.separated().sample(length: 3000, stream: &stream).symbols, 4)
    let own = try score(.hiddenMarkov, hidden)
    for rival in hidden.scores where rival.predictor != .hiddenMarkov {
      let advantage = own.advantage(over: rival)
      #expect(advantage.nats > 2 * (advantage.standardError ?? .infinity), "\(rival.predictor)")
    }
    #expect(hidden.model?.states == 2)
    #expect(abs(try score(.uniform, hidden).logLoss - log(4)) < 1e-12)
    // Independent bids: nobody beats their frequencies by more than chance.
    let independent = try compared((0..<2000).map { _ in stream.uniform() < 0.7 ? 0 : 1 + stream.integer(below: 2) }, 3)
    let frequency = try score(.empiricalFrequency, independent)
    for rival in independent.scores {
      let advantage = rival.advantage(over: frequency)
      #expect(advantage.nats < 3 * (advantage.standardError ?? 0) + 1e-3, "\(rival.predictor)")
    }
    #expect(independent.model?.states == 1)
    // Bids that drift: the autoregression knows more than levels say.
    var bids = [50.0]
    for _ in 0..<1500 { bids.append(5 + 0.9 * (bids.last ?? 0) + stream.normal()) }
    let edges = try BidLevels.edges(of: bids, levels: 6, rule: .quantile)
    let drifting = try PredictionComparison(bids: bids, edges: edges)
    #expect(drifting.scores.min { $0.logLoss < $1.logLoss }?.predictor == .autoregression)
  }

  /// What comes later changes no earlier forecast.
  @Test func nobodySeesTheFuture() throws {
    var stream = RandomStream(seed: 16, purpose: "future")
    let bids = (0..<120).map { _ in stream.uniform(0, 3) }
    var options = PredictionComparison.Options()
    options.refit = 7
    options.heldOut = 0.3
    let base = try PredictionComparison(bids: bids, edges: [1, 2], options: options)
    #expect(base.trained == 84 && base.heldOut == 36)
    var other = bids
    for step in 110..<120 { other[step] = 3 - other[step] }
    let changed = try PredictionComparison(bids: other, edges: [1, 2], options: options)
    for (left, right) in zip(base.scores, changed.scores) {
      #expect(left.losses.prefix(26) == right.losses.prefix(26), "\(left.predictor)")
      #expect(left.predictor == .uniform || left.losses != right.losses)
    }
    // Learning anew before each bid is learning from all before it.
    options.refit = 1
    let fresh = try PredictionComparison(bids: bids, edges: [1, 2], predictors: [.markovChain], options: options)
    let past = try BidHistory(bids: Array(bids.prefix(119)), edges: [1, 2])
    let level = try BidLevels.discretized([bids[119]], edges: [1, 2])[0]
    let last = try #require(fresh.scores.first?.losses.last)
    #expect(abs(last + log(MarkovChain(past, smoothing: 0.5).forecast[level])) < 1e-12)
  }

  @Test func tooShortHistoriesAreRefused() throws {
    #expect(throws: SolverError.self) { try PredictionComparison(bids: [1, 2, 3], edges: [2]) }
    #expect(throws: SolverError.self) { try PredictionComparison(bids: [], edges: [2]) }
    #expect(throws: SolverError.self) { try PredictionComparison(bids: [1, 2, 3, 4, 5], edges: [2, 1]) }
    #expect(throws: SolverError.self) { try PredictionComparison(bids: [1, .nan, 3, 4, 5], edges: [2]) }
    #expect(throws: SolverError.self) { try PredictionComparison(bids: [1, 2, 3, 4, 5], edges: [2], predictors: []) }
    _ = try PredictionComparison(bids: [1, 2, 3, 4], edges: [])
  }
}
