import Core
import Solvers
import Tensor

/// `fl.contributions`: what each member adds, by a function that says what a coalition is worth.
enum ContributionMethods {
  static func contributions(_ context: RunContext) -> Function {
    let players = Parameter<Int>.integer("players", "n: how many members there are", domain: .between(1, 10_000))
    let value = Parameter<LuaReference>.function(
      "value", "v: takes a list of members, ascending from 1, perhaps empty; gives what they are worth together")
    let method = Parameter<ContributionMethod>.choice("method", "how to share out")
      .optional("\"shapley\" up to \(CoalitionGame.exactPlayerLimit) players, beyond \"truncated_monte_carlo\"")
    let emptyValue = Parameter<Double>.number(
      "empty_value", "v of nobody, such as the accuracy before the round", domain: .finite
    ).optional("asked of value")
    let permutations = Parameter<Int>.integer(
      "permutations", "orders of the members that are drawn at most", default: 1000, domain: .between(1, 10_000_000))
    let truncation = Parameter<Double>.number(
      "truncation", "an order ends once v is this close to v of all; 0 goes to the end", domain: .nonNegative
    ).optional("0.01, for gtg 0.001")
    let roundTruncation = Parameter<Double>.number(
      "round_truncation", "gtg gives 0 to all when all together add no more than this", default: 0.01,
      domain: .nonNegative)
    let convergence = Parameter<Double>.number(
      "convergence", "drawing ends when the values change by less than this part", default: 0.05,
      domain: .nonNegative)
    let seed = Parameter<Int>.integer("seed", "its own seed", domain: .nonNegative).optional("the run's")
    return Function(
      Signature(
        "fl.contributions", "What each member contributes to what all are worth together.",
        [
          players, value, method, emptyValue, permutations, truncation, roundTruncation, convergence, seed,
        ],
        result: "a result with player, value, standard_error and share as columns; evaluations, efficiency_gap, ...",
        errors: ["ShapeMismatch", "NotFinite", "InvalidParameter", "Interrupted"],
        source: "Shapley 1953; HCFL 3.7; Ghorbani and Zou 2019; Liu et al. 2022 (GTG-Shapley); Banzhaf 1965",
        example: "fl.contributions{ players = 3, value = function(members) return #members >= 2 and 1 or 0 end }")
    ) { arguments in
      let bar = CoalitionBar(context)
      defer { bar.finish() }
      var game = try CoalitionGame(
        players: arguments[players], emptyValue: arguments[emptyValue], cancellation: context.cancellation,
        progress: bar.show, value: evaluator(arguments[value], arguments.stack.machine))
      let method =
        arguments[method] ?? (arguments[players] <= CoalitionGame.exactPlayerLimit ? .shapley : .truncatedMonteCarlo)
      let options = try SamplingOptions(
        truncation: arguments[truncation] ?? (method == .gtg ? 0.001 : 0.01), convergence: arguments[convergence],
        maximumPermutations: arguments[permutations])
      let random = RandomStream(
        seed: arguments[seed].map { UInt64($0) } ?? context.seed, purpose: "contributions")
      let report = try measured(
        &game, by: method, options: options, roundTruncation: arguments[roundTruncation], random: random)
      return .object(report.result(players: report.values.indices.map { $0 + 1 }))
    }
  }

  private static func measured(
    _ game: inout CoalitionGame, by method: ContributionMethod, options: SamplingOptions, roundTruncation: Double,
    random: RandomStream
  ) throws -> ContributionReport {
    switch method {
    case .shapley: try game.shapleyValue()
    case .banzhaf: try game.banzhafValue()
    case .leaveOneOut: try game.leaveOneOut()
    case .localGain: try game.localGain()
    case .truncatedMonteCarlo: try game.truncatedMonteCarlo(options: options, random: random)
    case .gtg: try game.gtgShapley(options: options, roundTruncation: roundTruncation, random: random)
    }
  }

  /// `federation:contributions`: the game of the last round's updates.
  static func ofFederation(
    _ federation: Federation, method: ContributionMethod?, permutations: Int, context: RunContext
  ) throws -> LuaValue {
    let bar = CoalitionBar(context)
    defer { bar.finish() }
    var (members, game) = try federation.contributionGame(cancellation: context.cancellation, progress: bar.show)
    let method = method ?? (members.count <= CoalitionGame.exactPlayerLimit ? .shapley : .gtg)
    let options = try SamplingOptions(
      truncation: method == .gtg ? 0.001 : 0.01, maximumPermutations: permutations)
    let random = RandomStream(seed: context.seed, purpose: "contributions", round: federation.round)
    // Truncating a whole round at 1 % would call every late round worthless.
    let report = try measured(&game, by: method, options: options, roundTruncation: 0.001, random: random)
    return .object(report.result(players: members.map { $0 + 1 }))
  }

  /// A function of Lua as one of Swift.
  private static func evaluator(_ function: LuaReference, _ machine: LuaMachine) -> ([Int]) throws -> Double {
    { members in
      let numbers = members.map { $0 + 1 }
      let values = try machine.call(function, [.integers(numbers)], results: 1)
      switch values.first ?? .none {
      case .integer(let value): return Double(value)
      case .number(let value): return value
      default:
        throw ScriptError.invalidParameter(
          "the function 'value' must return a number, but for the members "
            + "{\(numbers.map(String.init).joined(separator: ", "))} it did not")
      }
    }
  }

  /// A bar that learns how much there is to do when it is first told.
  private final class CoalitionBar {
    private let context: RunContext
    private var bar: ProgressBar?

    init(_ context: RunContext) { self.context = context }

    func show(_ progress: ContributionProgress) {
      let bar = bar ?? ProgressBar(context, unit: "coalition", total: progress.planned)
      self.bar = bar
      bar.show(done: Double(progress.evaluations))
    }

    func finish() { bar?.finish() }
  }
}

extension ContributionReport {
  /// A bar for each value, with its standard error where it was sampled.
  private func plot(players: [Int], errors: [Double]?) -> Plot {
    let points = values.indices.map { index in
      let error = permutations == nil ? nil : errors?[index]
      return Plot.Point(
        x: Double(players[index]), y: values[index],
        interval: error.map { .init(lower: values[index] - $0, upper: values[index] + $0) })
    }
    return Plot(
      series: [.init(name: "", mark: .bar, points: points)], title: "contributions by \(method.rawValue)",
      xLabel: "player", yLabel: "value")
  }

  /// As scripts see it. Exact values have standard errors of 0; a single sample has none.
  fileprivate func result(players: [Int]) -> ResultObject {
    let errors = permutations == nil ? values.map { _ in 0 } : standardErrors
    var columns: [TextTable.Column] = [.init("player", .integers(players)), .init("value", .numbers(values))]
    if permutations != nil, let errors { columns.append(.init("standard error", .numbers(errors))) }
    columns.append(.init("share", .numbers(shares)))
    var notes = ["evaluations: \(evaluations), efficiency gap: \(NumberFormat.readable(efficiencyGap))"]
    if let permutations, let converged {
      notes.append("permutations: \(permutations), \(converged ? "converged" : "not converged")")
    }
    return ResultObject(
      "contributions by \(method.rawValue)",
      fields: [
        "method": .string(method.rawValue), "player": .integers(players), "value": .numbers(values),
        "standard_error": errors.map { .numbers($0) } ?? .none, "share": .numbers(shares),
        "evaluations": .integer(evaluations), "efficiency_gap": .number(efficiencyGap),
        "empty_value": .number(emptyValue), "grand_value": .number(grandValue),
        "permutations": permutations.map { .integer($0) } ?? .none,
        "converged": converged.map { .boolean($0) } ?? .none,
      ], tables: [TextTable("", columns)], notes: notes,
      pictures: [Picture("contributions", plot(players: players, errors: errors))])
  }
}
