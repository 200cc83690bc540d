/// What was found about one promise in some trials.
struct PropertyTally: Sendable {
  /// Trials that were looked at to the end.
  private(set) var trials = 0
  /// Trials in which the promise was broken.
  private(set) var violations = 0
  private(set) var worst: Worst?
  private var isBroken = false

  struct Worst: Sendable {
    let breach: Breach
    let found: AuditCase
    let trial: Int
  }

  mutating func add(_ breach: Breach, trial: Int, _ makeCase: () -> AuditCase) {
    isBroken = true
    guard breach.excess > worst?.breach.excess ?? 0 else { return }
    worst = Worst(breach: breach, found: makeCase(), trial: trial)
  }

  mutating func endTrial() {
    trials += 1
    if isBroken { violations += 1 }
    isBroken = false
  }

  /// The mechanism failed midway: what was found still counts, nothing else does.
  mutating func abandonTrial() {
    if isBroken { endTrial() }
  }

  /// Takes in the tally of a later chunk; of equal breaches the earlier stays.
  mutating func merge(_ later: PropertyTally) {
    trials += later.trials
    violations += later.violations
    if let other = later.worst, other.breach.excess > worst?.breach.excess ?? 0 { worst = other }
  }
}

/// Profiles at which the mechanism gave no outcome.
struct FailureTally: Sendable {
  private(set) var count = 0
  private(set) var first: MechanismFailure?

  mutating func add(_ failure: MechanismFailure, trial: Int) {
    count += 1
    if first == nil { first = failure }
  }

  mutating func merge(_ later: FailureTally) {
    count += later.count
    if first == nil { first = later.first }
  }
}

/// A mean of weighted numbers with the uncertainty that comes from having drawn them.
public struct WeightedMean: Equatable, Sendable {
  private var weight = 0.0
  private var sum = 0.0
  private var squares = 0.0
  public private(set) var count = 0

  public init() {}

  mutating func add(_ value: Double, weight: Double = 1) {
    self.weight += weight
    sum += weight * value
    squares += weight * value * value
    count += 1
  }

  mutating func merge(_ other: WeightedMean) {
    weight += other.weight
    sum += other.sum
    squares += other.squares
    count += other.count
  }

  public var mean: Double { weight > 0 ? sum / weight : 0 }

  /// The standard error of the mean, for numbers drawn with equal weights.
  public var standardError: Double {
    guard count > 1 else { return .infinity }
    let variance = max(0, squares / weight - mean * mean) * Double(count) / Double(count - 1)
    return (variance / Double(count)).squareRoot()
  }
}
