import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Trains an auction's two networks: misreports climb, weights descend, multipliers grow with the regret that is left.
///
/// Source: TBCIM algorithm 1, resolved; Dütting, Feng, Narasimhan, Parkes and Ravindranath, "Optimal auctions through
/// deep learning", 2019.
final class AuctionTraining<Rule: AuctionRule> {
  typealias Number = Rule.Lanes.Number

  let settings: LearningSettings
  let batch: AuctionBatch<Rule>
  private(set) var iteration = 0
  private(set) var lagrangian: AugmentedLagrangian
  private(set) var regret: [Double]
  /// The mean of what the auctioneer wants small, over the last batch.
  private(set) var cost = 0.0
  private let inputs: Int
  private let truths: ProfileBuffer<Number>
  private let misreports: ProfileBuffer<Number>
  private var order: [Int32] = []
  private var next = 0
  private var pass = 0
  private var adam: Adam<Number>

  init(rule: Rule, settings: LearningSettings) throws {
    try settings.check()
    self.settings = settings
    inputs = rule.bidders * rule.reportWidth
    try settings.checkRoom(bidders: rule.bidders, inputs: inputs, outputs: rule.allocationOutputs)
    batch = AuctionBatch(
      rule: rule, profiles: settings.batch, allocationWidths: [inputs] + settings.hidden + [rule.allocationOutputs],
      paymentWidths: [inputs] + settings.hidden + [rule.bidders], threads: settings.threads)
    adam = Adam(count: batch.parameters.count)
    regret = [Double](repeating: 0, count: rule.bidders)
    lagrangian = AugmentedLagrangian(
      multipliers: [Double](repeating: settings.firstMultiplier, count: rule.bidders),
      weight: settings.penaltyWeight, penalty: settings.penalty)
    truths = ProfileBuffer(count: settings.pool * inputs, zero: 0)
    misreports = ProfileBuffer(count: settings.pool * inputs, zero: 0)
    fill(truths, purpose: "learned auction reports")
    fill(misreports, purpose: "learned auction misreports")
    startWeights()
  }

  private func fill(_ buffer: ProfileBuffer<Number>, purpose: String) {
    var stream = RandomStream(seed: settings.seed, purpose: purpose)
    let rule = batch.rule
    for index in 0..<buffer.count {
      let (low, high) = (rule.lows[index % inputs], rule.highs[index % inputs])
      buffer.base[index] = low + (high - low) * Number(stream.uniform())
    }
  }

  /// Uniform weights whose variance is 2 / (inputs + outputs), biases 0 (Glorot and Bengio 2010).
  private func startWeights() {
    for (network, layers) in [batch.allocation.layers, batch.payment.layers].enumerated() {
      for (place, layer) in layers.enumerated() {
        var stream = RandomStream(
          seed: settings.seed, purpose: "learned auction weights", round: place, client: network)
        let bound = (6 / Double(layer.inputs + layer.outputs)).squareRoot()
        for row in 0..<layer.outputs {
          for column in 0..<layer.inputs {
            batch.parameters.base[layer.place(row: row, column: column)] = Number(stream.uniform(-bound, bound))
          }
        }
      }
    }
    batch.refresh()
  }

  private var learningRate: Double {
    guard settings.iterations > 1 else { return settings.learningRate }
    let progress = Double(iteration) / Double(settings.iterations - 1)
    return settings.learningRate * pow(settings.finalLearningRate / settings.learningRate, progress)
  }

  private func drawBatch() {
    if next + settings.batch > order.count {
      var stream = RandomStream(seed: settings.seed, purpose: "learned auction order", round: pass)
      order = stream.permutation(settings.pool)
      pass += 1
      next = 0
    }
    for profile in 0..<settings.batch {
      let start = Int(order[next + profile]) * inputs
      batch.setTruth(profile, truths.base + start)
      batch.setMisreports(profile, misreports.base + start)
    }
  }

  /// One outer iteration.
  ///
  /// - Throws: `Diverged` when the loss is no number any more.
  func step() throws {
    drawBatch()
    batch.settleTruth()
    batch.climb(steps: settings.misreportSteps, rate: Number(settings.misreportRate))
    for profile in 0..<settings.batch {
      batch.readMisreports(profile, misreports.base + Int(order[next + profile]) * inputs)
    }
    batch.regret(clamp: settings.clamp, into: &regret)
    cost = batch.meanCost()
    guard cost.isFinite, regret.allSatisfy(\.isFinite) else { throw LearningDiverged(iteration: iteration) }
    batch.differentiate(coefficients: lagrangian.coefficients(regret), clamp: settings.clamp)
    adam.step(batch.parameters.base, gradient: batch.gradient.base, learningRate: learningRate)
    batch.refresh()
    if iteration > 0, iteration % settings.multiplierPeriod == 0 { try updateMultipliers() }
    next += settings.batch
    iteration += 1
  }

  private func updateMultipliers() throws {
    batch.settleTruth()
    batch.settleMisreports()
    var remaining = regret
    batch.regret(clamp: settings.clamp, into: &remaining)
    try lagrangian.update(regret: remaining, iteration: iteration, period: settings.multiplierPeriod)
    lagrangian.weight += settings.penaltyGrowth
  }
}

/// Training left the numbers behind.
public struct LearningDiverged: Diagnosable, Equatable {
  public let iteration: Int
  public var kind: String { "Diverged" }
  public var message: String { "the loss is no finite number any more after \(iteration) iterations" }
  public var hint: String? { "use a smaller learning_rate or misreport_rate" }
}
