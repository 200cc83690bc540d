import CLuaShim
import Solvers

/// `auction.public_project`: HCFL's project as an object, with its prices, shares, taxes and rebates.
enum PublicProjectFunction {
  private static let owners = Parameter<Int>.integer("owners", "how many bid for models", domain: .between(1, 100_000))
  private static let stations = Parameter<Int>.integer(
    "stations", "how many claim for training them", domain: .between(1, 100_000))
  private static let prices = Parameter.numbers("prices", "the posted total payment for each model", unit: "money")
    .optional()
  private static var intervals: Parameter<[ClosedRange<Double>]?> {
    Parameter<[ClosedRange<Double>]>(
      name: "intervals", summary: "instead: posted bounds { low, high } of the total payment for each model",
      typeName: "a list of { low, high }", unit: "money", domain: nil, fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: "a list of { low, high }") { place -> ClosedRange<Double>? in
        guard stack.kind(at: place) == .table else { return nil }
        let ends = try ListReader.numbers(stack, place, expected: "{ low, high }")
        guard ends.count == 2, ends.allSatisfy(\.isFinite) else {
          throw Mismatch("{ low, high }, two finite numbers", stack, place)
        }
        guard ends[0] <= ends[1] else {
          throw Mismatch(
            kind: "EmptyInterval", expected: "{ low, high }, the lower first", given: ValueSketch.of(stack, place))
        }
        return ends[0]...ends[1]
      }
    }.optional()
  }
  private static let models = Parameter<Int>.integer(
    "models", "instead, as printed: for how many models the total payment lies between all claims and all bids",
    domain: .between(1, 10_000)
  ).optional()
  private static let beacon = Parameter<Double>.number(
    "beacon", "where between its bounds a total payment lies, 0 to 1", domain: .between(0, 1)
  ).optional("drawn afresh; the last to report is the beacon")
  private static let ownerWeights = Parameter.numbers(
    "owner_weights", "by which owners share a total payment, such as their capability"
  ).optional("equal shares")
  private static let stationWeights = Parameter.numbers(
    "station_weights", "by which stations share it, such as their contribution"
  ).optional("equal shares")
  private static let amounts = Parameter.numbers(
    "amounts", "the only amounts that may be reported on a model, so that everything can be gone through", unit: "money"
  ).optional("everything up to the largest")
  private static let rebate = Parameter<ProjectTerms.Rebate>.choice(
    "rebate", "what becomes of the taxes: they are kept, shared equally as printed, or given back by Cavallo's rule",
    default: ProjectTerms.Rebate.none)
  private static let value = Parameter<Double>.number(
    "largest_value", "the most that an owner may bid for a model", unit: "money", default: 1, domain: .positive)
  private static let cost = Parameter<Double>.number(
    "largest_cost", "the most that a station may claim for a model", unit: "money", default: 1, domain: .positive)

  static var function: Function {
    Function(
      Signature(
        "auction.public_project", "A public project with cost shares and a Clarke tax, as a mechanism.",
        [
          owners, stations, prices, intervals, models, beacon, ownerWeights, stationWeights, value, cost, amounts,
          ProjectOption.rule, rebate,
        ],
        result: "a mechanism whose participants report an amount for each model: owners, stations, then the beacon",
        errors: ProjectOption.errors + ["InvalidParameter", "EmptyInterval", "ZeroWeight"],
        source: "HCFL III.B, III.C; posting, the joint tax and Cavallo's rebates are corrections",
        example: "auction.public_project{ owners = 3, stations = 2, prices = { 1, 0.5 }, rule = \"printed\" }")
    ) { arguments in .object(MechanismObject(try PublicProjectMechanism(terms(arguments)))) }
  }

  private static func terms(_ arguments: Arguments) throws -> ProjectTerms {
    let given: ProjectTerms.Prices
    switch (arguments[prices], arguments[intervals], arguments[models]) {
    case (let prices?, nil, nil): given = .posted(prices)
    case (nil, let intervals?, nil): given = .interval(intervals)
    case (nil, nil, let models?): given = .claimed(models: models)
    default: throw ScriptError.invalidParameter("one of the options 'prices', 'intervals' and 'models' must be given")
    }
    if case .posted = given, arguments[beacon] != nil {
      throw ScriptError.invalidParameter("a beacon points into intervals; prices that are posted need none")
    }
    var terms = ProjectTerms(given, owners: arguments[owners], stations: arguments[stations])
    terms.beacon = arguments[beacon]
    if let weights = arguments[ownerWeights] {
      try checkCount(weights, arguments[owners], "owner")
      terms.ownerWeights = weights
    }
    if let weights = arguments[stationWeights] {
      try checkCount(weights, arguments[stations], "station")
      terms.stationWeights = weights
    }
    (terms.rule, terms.rebate) = (arguments[ProjectOption.rule], arguments[rebate])
    (terms.largestValue, terms.largestCost) = (arguments[value], arguments[cost])
    terms.amounts = arguments[amounts]
    return terms
  }

  private static func checkCount(_ weights: [Double], _ count: Int, _ side: String) throws {
    guard weights.count == count else {
      throw ScriptError.shapeMismatch("option '\(side)_weights' has \(weights.count) entries for \(count) \(side)s")
    }
  }
}
