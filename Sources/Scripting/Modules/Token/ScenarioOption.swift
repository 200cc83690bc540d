import Core

/// A number of a scenario that users set, and sweep.
struct ScenarioOption: Sendable {
  let name: String
  let summary: String
  let unit: String?
  /// Whole numbers only.
  let isWhole: Bool
  let read: @Sendable (EconomyScenario) -> Double
  let write: @Sendable (inout EconomyScenario, Double) -> Void

  private init(
    _ name: String, _ summary: String, unit: String? = nil, _ path: WritableKeyPath<EconomyScenario, Double> & Sendable
  ) {
    (self.name, self.summary, self.unit, isWhole) = (name, summary, unit, false)
    read = { $0[keyPath: path] }
    write = { $0[keyPath: path] = $1 }
  }

  private init(
    _ name: String, _ summary: String, unit: String? = nil, _ path: WritableKeyPath<EconomyScenario, Int> & Sendable
  ) {
    (self.name, self.summary, self.unit, isWhole) = (name, summary, unit, true)
    read = { Double($0[keyPath: path]) }
    write = { $0[keyPath: path] = Int(exactly: $1) ?? 0 }
  }

  static let all: [ScenarioOption] = [
    ScenarioOption("rate_ppm", "a week's release of the mining pool", unit: "parts per million", \.emissionRate),
    ScenarioOption("tail_ppm_year", "minted a year", unit: "parts per million", \.tailInflation),
    ScenarioOption("burn_bps", "burned of net gas income", unit: "basis points", \.burn),
    ScenarioOption("keep_exponent", "of the premiums of who leaves a lock early; 0 as printed", \.exit.keepExponent),
    ScenarioOption(
      "principal_penalty_bps", "of the principal of who leaves early", unit: "basis points", \.exit.principalPenalty),
    ScenarioOption("severity_bps", "of a caught cheat's offence", unit: "basis points", \.severity),
    ScenarioOption("max_slash_bps", "of the stake, for the worst offence", unit: "basis points", \.slashing.maximum),
    ScenarioOption("reporter_bps", "of a cut, for the reporter", unit: "basis points", \.slashing.reporterShare),
    ScenarioOption("slash_burn_bps", "of the rest of a cut, burned", unit: "basis points", \.slashing.burn),
    ScenarioOption("detection", "the probability that a week's cheating is found", \.detection),
    ScenarioOption("inflated_claim", "how many times its work a cheat claims", \.inflatedClaim),
    ScenarioOption("committee_size", "global validators, at least 4", \.committeeSize),
    ScenarioOption("usage", "spent on gas in the first week", unit: "cash", \.usage),
    ScenarioOption("usage_growth", "of usage a year, as a logarithm", \.usageGrowth),
    ScenarioOption("usage_volatility", "standard deviation of a week's logarithmic change", \.usageVolatility),
    ScenarioOption("operating_cost", "of the network, a week", unit: "cash", \.operatingCost),
    ScenarioOption(
      "liquidity_cash", "in the liquidity pool at genesis; sets the first price", unit: "cash", \.liquidityCash),
    ScenarioOption("vesting_weeks", "over which seed and private sale become free", unit: "weeks", \.vestingWeeks),
  ]

  /// An option of the function, with the scenario's own value where it is left out.
  var parameter: Parameter<Double> {
    let value = read(EconomyScenario())
    let typeName = isWhole ? "a whole number" : "a number"
    return Parameter(
      name: name, summary: summary, typeName: typeName, unit: unit, domain: .finite, fallback: value,
      fallbackText: NumberFormat.shortest(value), choices: []
    ) { stack, index in
      guard stack.kind(at: index) == .number else { throw Mismatch(typeName, stack, index) }
      return try checked(stack.number(at: index)) { Mismatch(typeName, stack, index) }
    }
  }

  /// - Throws: what `refusal` makes unless the number is of the option's kind.
  func checked<Problem: Error>(_ value: Double, _ refusal: () -> Problem) throws -> Double {
    guard isWhole, value.isFinite else { return value }
    guard Int(exactly: value) != nil else { throw refusal() }
    return value
  }
}

/// Values to try in turn: every combination of them is a subset of the simulation.
struct Sweep: Sendable {
  var axes: [(option: ScenarioOption, values: [Double])] = []

  static var parameter: Parameter<Sweep> {
    let words = "a table of lists of numbers by option"
    return Parameter(
      name: "sweep", summary: "values to try, such as { burn_bps = { 0, 5000 } }: every combination is a subset",
      typeName: words, unit: nil, domain: nil, fallback: Sweep(), fallbackText: "{}", choices: []
    ) { stack, index in
      guard stack.kind(at: index) == .table else { throw Mismatch(words, stack, index) }
      var axes: [(option: ScenarioOption, values: [Double])] = []
      try stack.forEach(at: index) {
        let name = stack.kind(at: -2) == .string ? stack.displayText(at: -2) : stack.description(at: -2)
        guard let option = ScenarioOption.all.first(where: { $0.name == name }) else {
          let names = ScenarioOption.all.map(\.name)
          let near = Suggestion.clause(for: name, among: names)
          throw Mismatch(
            kind: "InvalidParameter", expected: "lists by the names of numeric options",
            given: "one by '\(name)'\(near)")
        }
        let values = try ListReader.numbers(stack, stack.count, expected: "a list of numbers")
        for value in values {
          _ = try option.checked(value) {
            Mismatch(kind: "InvalidParameter", expected: "whole numbers for '\(name)'", given: "\(value)")
          }
          guard value.isFinite else {
            throw Mismatch(kind: "NotFinite", expected: "finite numbers for '\(name)'", given: "\(value)")
          }
        }
        guard !values.isEmpty else {
          throw Mismatch(kind: "InvalidParameter", expected: "at least one value for '\(name)'", given: "none")
        }
        axes.append((option, values))
      }
      // Lua's tables have no order; the options' own is the same each time.
      let order = ScenarioOption.all.map(\.name)
      axes.sort { (order.firstIndex(of: $0.option.name) ?? 0) < (order.firstIndex(of: $1.option.name) ?? 0) }
      return Sweep(axes: axes)
    }
  }

  /// Every combination, the last option varying fastest.
  func subsets(of scenario: EconomyScenario) throws -> [(scenario: EconomyScenario, values: [Double])] {
    let count = axes.reduce(1.0) { $0 * Double($1.values.count) }
    guard count <= 10_000 else {
      throw ScriptError.invalidParameter(
        "option 'sweep' makes \(Int(clamping: Int64(min(count, 1e18)))) subsets; at most 10000 are run")
    }
    var subsets: [(scenario: EconomyScenario, values: [Double])] = [(scenario, [])]
    for axis in axes {
      subsets = subsets.flatMap { subset in
        axis.values.map { value in
          var scenario = subset.scenario
          axis.option.write(&scenario, value)
          return (scenario, subset.values + [value])
        }
      }
    }
    return subsets
  }
}
