import Tensor

/// What came of players who learnt.
public struct LearningReport: Sendable {
  public let rules: [LearningRule]
  public let rounds: Int
  public let seed: UInt64
  /// Per player, the mean of its mixtures over all rounds.
  public let averageStrategies: [[Double]]
  /// Per player, how often it played each strategy.
  public let frequencies: [[Double]]
  public let averageUtilities: [Double]
  /// The rounds at which regrets were noted.
  public let checkpoints: [Int]
  /// Per player, at each checkpoint, the regret of its mixtures a round, in units of utility: what the best single
  /// strategy would have paid more on average.
  public let regretCurves: [[Double]]
  /// Per player, at each checkpoint, what its rule promises; nil where it promises nothing.
  public let boundCurves: [[Double]?]
  /// Per player, what the best single strategy would have paid more on average than what was played.
  public let playedRegrets: [Double]

  /// How far the law of what was played is from a coarse correlated equilibrium.
  public var coarseCorrelatedGap: Double { playedRegrets.reduce(0, max) }
}

/// One player's account of a run.
struct LearnerAccount {
  private var learner: any Learner
  private var random: RandomStream
  private let low: Double
  private let range: Double
  /// What each strategy would have paid in all.
  private var totals: [Double]
  private var expectedTotal = 0.0
  private(set) var playedTotal = 0.0
  private var mixtureTotals: [Double]
  private var counts: [Int]
  private var mixture: [Double]
  private var rounds = 0
  private(set) var choice = 0
  private(set) var regretCurve: [Double] = []

  /// - Parameter range: the payoffs that may come, which the learner sees as 0...1.
  init(
    _ rule: LearningRule, strategies: Int, range: (low: Double, high: Double), seed: UInt64, player: Int
  ) {
    learner = rule.learner(strategies: strategies)
    random = RandomStream(seed: seed, purpose: "learner", client: player)
    low = range.low
    self.range = range.high - range.low
    totals = Array(repeating: 0, count: strategies)
    mixtureTotals = totals
    mixture = totals
    counts = Array(repeating: 0, count: strategies)
  }

  mutating func choose() -> Int {
    mixture = learner.strategy
    choice = random.choice(mixture)
    return choice
  }

  mutating func take(_ utilities: [Double]) {
    rounds += 1
    counts[choice] += 1
    playedTotal += utilities[choice]
    expectedTotal += Mixture.mean(utilities, under: mixture)
    for place in totals.indices {
      totals[place] += utilities[place]
      mixtureTotals[place] += mixture[place]
    }
    learner.learn(choice: choice, utilities: utilities.map { range > 0 ? ($0 - low) / range : 0 })
  }

  mutating func noteRegret() {
    regretCurve.append((totals.reduce(-Double.infinity, max) - expectedTotal) / Double(rounds))
  }

  var averageStrategy: [Double] { mixtureTotals.map { $0 / Double(rounds) } }
  var frequencies: [Double] { counts.map { Double($0) / Double(rounds) } }
  var averageUtility: Double { playedTotal / Double(rounds) }
  var playedRegret: Double { (totals.reduce(-Double.infinity, max) - playedTotal) / Double(rounds) }

  func boundCurve(at checkpoints: [Int]) -> [Double]? {
    let bounds = checkpoints.compactMap { rounds in
      learner.regretBound(rounds: rounds).map { $0 * range / Double(rounds) }
    }
    return bounds.count == checkpoints.count ? bounds : nil
  }
}

extension LearningReport {
  init(_ accounts: [LearnerAccount], rules: [LearningRule], rounds: Int, seed: UInt64, checkpoints: [Int]) {
    self.rules = rules
    self.rounds = rounds
    self.seed = seed
    self.checkpoints = checkpoints
    averageStrategies = accounts.map(\.averageStrategy)
    frequencies = accounts.map(\.frequencies)
    averageUtilities = accounts.map(\.averageUtility)
    regretCurves = accounts.map(\.regretCurve)
    boundCurves = accounts.map { $0.boundCurve(at: checkpoints) }
    playedRegrets = accounts.map(\.playedRegret)
  }
}
