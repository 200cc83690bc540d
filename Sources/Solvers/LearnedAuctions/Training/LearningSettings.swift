/// How a learned auction is trained.
public struct LearningSettings: Equatable, Sendable {
  /// Units of each hidden layer, the same for both networks.
  public var hidden = [32, 32]
  public var iterations = 2000
  /// Profiles per iteration.
  public var batch = 64
  /// Profiles drawn beforehand, visited again and again; each keeps its misreports between visits.
  public var pool = 4096
  /// R: steps of gradient ascent on the misreports per iteration.
  public var misreportSteps = 10
  /// gamma: what a step of theirs multiplies the derivative by.
  public var misreportRate = 0.1
  /// Adam's rate, which falls geometrically from the first to the last iteration.
  public var learningRate = 3e-3
  public var finalLearningRate = 3e-4
  /// Q: iterations between updates of the multipliers.
  public var multiplierPeriod = 50
  public var firstMultiplier = 1.0
  /// rho, and what is added to it at every update.
  public var penaltyWeight = 1.0
  public var penaltyGrowth = 1.0
  public var penalty = AugmentedLagrangian.Penalty.sumOfSquares
  /// Whether a loss by misreporting counts as 0, not against the gains.
  public var clamp = true
  /// Iterations between entries of the history.
  public var reportPeriod = 10
  public var seed: UInt64 = 0
  /// At most so many work on a batch; what is learned does not depend on it.
  public var threads = 1

  public init() {}

  /// - Throws: `EmptyInput`, `NonFinite`, `Negative`, `NonPositive`, `OutOfRange`.
  public func check() throws {
    guard !hidden.isEmpty else { throw EdgeError.emptyInput("hidden layers") }
    let counts: KeyValuePairs = [
      "iterations": iterations, "batch": batch, "multiplier period": multiplierPeriod, "report period": reportPeriod,
    ]
    guard hidden.count <= 16 else {
      throw EdgeError.outOfRange("number of hidden layers", given: "\(hidden.count)", allowed: "from 1 to 16")
    }
    for (name, count) in counts where !(1...100_000_000).contains(count) {
      throw EdgeError.outOfRange(name, given: "\(count)", allowed: "from 1 to 100000000")
    }
    for width in hidden where !(1...4096).contains(width) {
      throw EdgeError.outOfRange("width of a hidden layer", given: "\(width)", allowed: "from 1 to 4096")
    }
    guard (0...10_000).contains(misreportSteps) else {
      throw EdgeError.outOfRange("misreport steps", given: "\(misreportSteps)", allowed: "from 0 to 10000")
    }
    guard (batch...10_000_000).contains(pool) else {
      throw EdgeError.outOfRange("pool", given: "\(pool)", allowed: "from one batch of \(batch) to 10000000 profiles")
    }
    try EdgeError.checkPositive(["learning rate": learningRate, "final learning rate": finalLearningRate])
    try EdgeError.checkNonNegative([
      "misreport rate": misreportRate, "first multiplier": firstMultiplier, "penalty weight": penaltyWeight,
      "penalty growth": penaltyGrowth,
    ])
  }

  /// The whole of a batch is held in memory, with every bidder's misreports apart.
  ///
  /// - Throws: `OutOfRange` when that would take more than 4 gigabytes.
  func checkRoom(bidders: Int, inputs: Int, outputs: Int) throws {
    let units = 2 * (2 * hidden.reduce(0) { $0 + $1 + 8 } + outputs + bidders + 16)
    let rows = 4 * inputs + 4 * outputs + units
    let numbers = Double(batch + 32) * Double(1 + bidders) * Double(rows) + 2 * Double(pool) * Double(inputs)
    guard numbers < 1e9 else {
      throw EdgeError.outOfRange(
        "room for a batch and the pool", given: "\(Int(numbers * 4e-6)) MB", allowed: "below 4000 MB")
    }
  }
}
