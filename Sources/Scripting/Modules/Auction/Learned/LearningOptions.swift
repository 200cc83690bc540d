import Solvers
import Tensor

/// How a learned auction is trained, as options.
struct LearningOptions {
  let hidden: Parameter<[Int]>
  let iterations: Parameter<Int>
  let batch: Parameter<Int>
  let pool: Parameter<Int>
  let misreportSteps: Parameter<Int>
  let misreportRate: Parameter<Double>
  let learningRate: Parameter<Double>
  let finalLearningRate: Parameter<Double>
  let multiplierPeriod: Parameter<Int>
  let firstMultiplier: Parameter<Double>
  let penaltyWeight: Parameter<Double>
  let penaltyGrowth: Parameter<Double>
  let penalty: Parameter<AugmentedLagrangian.Penalty>
  let clamp: Parameter<Bool>
  let reportPeriod: Parameter<Int>
  let seed = Parameter<Int>.integer("seed", "of the drawing", domain: .atLeast(0)).optional("the run's")

  init(_ standard: LearningSettings) {
    hidden = .integers("hidden", "units of each hidden layer of both networks", default: standard.hidden)
    iterations = .integer(
      "iterations", "how many steps of the weights", default: standard.iterations, domain: .between(1, 1e8))
    batch = .integer("batch", "profiles per iteration", default: standard.batch, domain: .between(1, 1e6))
    pool = .integer(
      "pool", "profiles drawn beforehand, at least one batch", default: standard.pool, domain: .between(1, 1e7))
    misreportSteps = .integer(
      "misreport_steps", "R: steps of the misreports per iteration", default: standard.misreportSteps,
      domain: .between(0, 10_000))
    misreportRate = .number("misreport_rate", "gamma: how far a step goes", default: standard.misreportRate)
    learningRate = .number("learning_rate", "Adam's rate in the first iteration", default: standard.learningRate)
    finalLearningRate = .number("final_learning_rate", "and in the last", default: standard.finalLearningRate)
    multiplierPeriod = .integer(
      "multiplier_period", "Q: iterations between updates of the multipliers", default: standard.multiplierPeriod,
      domain: .between(1, 1e8))
    firstMultiplier = .number("first_multiplier", "lambda at first, at least 0", default: standard.firstMultiplier)
    penaltyWeight = .number("penalty_weight", "rho at first, at least 0", default: standard.penaltyWeight)
    penaltyGrowth = .number(
      "penalty_growth", "what is added to rho at every update, at least 0", default: standard.penaltyGrowth)
    penalty = .choice(
      "penalty", "squared is each regret, or their sum, as (6) is printed", default: standard.penalty)
    clamp = .boolean("clamp", "whether a misreport that loses counts as 0", default: standard.clamp)
    reportPeriod = .integer(
      "report_period", "iterations between rows of the history", default: standard.reportPeriod,
      domain: .between(1, 1e8))
  }

  var all: [any AnyParameter] {
    [
      iterations, batch, misreportSteps, misreportRate, hidden, pool, learningRate, finalLearningRate,
      multiplierPeriod, firstMultiplier, penaltyWeight, penaltyGrowth, penalty, clamp, reportPeriod, seed,
    ]
  }

  func settings(_ arguments: Arguments, _ context: RunContext) -> LearningSettings {
    var settings = LearningSettings()
    settings.hidden = arguments[hidden]
    settings.iterations = arguments[iterations]
    settings.batch = arguments[batch]
    settings.pool = arguments[pool]
    settings.misreportSteps = arguments[misreportSteps]
    settings.misreportRate = arguments[misreportRate]
    settings.learningRate = arguments[learningRate]
    settings.finalLearningRate = arguments[finalLearningRate]
    settings.multiplierPeriod = arguments[multiplierPeriod]
    settings.firstMultiplier = arguments[firstMultiplier]
    settings.penaltyWeight = arguments[penaltyWeight]
    settings.penaltyGrowth = arguments[penaltyGrowth]
    settings.penalty = arguments[penalty]
    settings.clamp = arguments[clamp]
    settings.reportPeriod = arguments[reportPeriod]
    settings.seed = arguments[seed].map { UInt64($0) } ?? context.seed
    settings.threads = context.threads
    return settings
  }
}

/// A history of training as users see it.
extension LearningHistory {
  func result(objective name: String) -> ResultObject {
    ResultObject(
      "training",
      fields: [
        "iteration": .integers(iterations), name: .numbers(objective), "regret": .numbers(regret),
        "multiplier": .numbers(multiplier),
      ],
      tables: [
        TextTable(
          "",
          [
            .init("iteration", .integers(iterations)), .init(name, .numbers(objective)),
            .init("mean regret", .numbers(regret)), .init("multiplier", .numbers(multiplier)),
          ])
      ], pictures: pictures(objective: name))
  }

  /// What was gained and what could still be gained by lying, over the iterations.
  func pictures(objective name: String) -> [Picture] {
    func curve(_ name: String, _ values: [Double]) -> Plot {
      let points = zip(iterations, values).map { Plot.Point(x: Double($0), y: $1) }
      return Plot(series: [.init(name: "", points: points)], title: name, xLabel: "iteration", yLabel: name)
    }
    let (gained, left) = (curve(name, objective), curve("mean regret", regret))
    return [
      Picture("training", Plot(.facets([gained, left], columns: 2), title: "training")), Picture(name, gained),
      Picture("regret", left), Picture("multiplier", curve("multiplier", multiplier)),
    ]
  }

  /// The last entry in a few words, for the progress bar.
  func note(objective name: String) -> String {
    guard let value = objective.last, let regret = regret.last else { return "" }
    return "\(name) \(NumberFormat.fixed(value, 4)), regret \(NumberFormat.fixed(regret, 4))"
  }
}
