import Solvers
import Tensor

/// A learned auction of several items that scripts hold, run and measure.
final class ItemAuctionObject: ScriptObject {
  static let typeName = "item_auction"
  let network: ItemAuctionNetwork
  /// How it was trained, if it was trained here.
  let history: LearningHistory

  init(_ network: ItemAuctionNetwork, history: LearningHistory = LearningHistory()) {
    self.network = network
    self.history = history
  }

  private static let small = "auction.learn{ bidders = 1, items = 2, iterations = 20, hidden = { 16 } }"

  static func type(_ context: RunContext) -> ObjectType {
    ObjectType(
      ItemAuctionObject.self, "a learned auction of several items, for revenue",
      methods: [run, evaluate(context), mechanism, plot, save],
      fields: [
        TypedField("bidders", "how many") { .integer($0.network.design.bidders) },
        TypedField("items", "how many") { .integer($0.network.design.items) },
        TypedField("valuation", "additive or unit_demand") { .string($0.network.design.valuation.rawValue) },
        TypedField("history", "a result with iteration, revenue, regret and multiplier as columns") {
          .object($0.history.result(objective: "revenue"))
        },
        TypedField("allocation", "the allocation network: a list of layers with weights and biases") {
          PerceptronText.value($0.network.allocation)
        },
        TypedField("payment", "the payment network") { PerceptronText.value($0.network.payment) },
      ],
      describe: { $0.text })
  }

  private var text: String {
    let design = network.design
    let title =
      "learned auction of \(design.items) items to \(design.bidders) bidders "
      + "(\(design.valuation == .additive ? "additive values" : "unit demand"))"
    guard !history.iterations.isEmpty else { return title }
    return "\(title)\n  after \(history.iterations.last ?? 0) iterations: \(history.note(objective: "revenue"))"
  }

  private static var run: Function {
    let reports = Parameter.matrix("reports", "one row per bidder: a value from 0 to 1 of each item", unit: "money")
    return .method(
      Signature(
        "item_auction:run", "Who gets which items, or chances of them, and who pays what.", [reports], list: "reports",
        result: "a result with allocation (a row per bidder) and payments",
        errors: ["LengthMismatch", "NonFinite", "OutOfRange"], source: "Dütting et al. 2019",
        example: "\(small):run{ { 0.3, 0.9 } }.payments")
    ) { (object: ItemAuctionObject, arguments) in
      let matrix = arguments[reports]
      let outcome = try object.network.outcome(reports: (0..<matrix.rows).map { Array(matrix.row($0)) })
      let design = object.network.design
      return .object(
        ResultObject(
          "learned auction",
          fields: [
            "allocation": .list(outcome.allocation.map { .numbers($0) }), "payments": .numbers(outcome.payments),
          ],
          tables: [
            TextTable(
              "",
              [.init("bidder", .integers(Array(1...design.bidders)))]
                + (0..<design.items).map { item in
                  .init("item \(item + 1)", .numbers(outcome.allocation.map { $0[item] }))
                } + [.init("pays", .numbers(outcome.payments))])
          ]))
    }
  }

  private static func evaluate(_ context: RunContext) -> Function {
    let profiles = Parameter<Int>.integer(
      "profiles", "values drawn that training has not seen", default: 2000, domain: .between(1, 1e7))
    let starts = Parameter<Int>.integer(
      "starts", "random misreports from which each bidder climbs", default: 10, domain: .between(1, 1e5))
    let steps = Parameter<Int>.integer("steps", "of gradient ascent from each", default: 100, domain: .between(1, 1e5))
    let seed = Parameter<Int>.integer("seed", "of the values", domain: .atLeast(0)).optional("the run's")
    return .method(
      Signature(
        "item_auction:evaluate", "Measures revenue and regret on values that training has not seen.",
        [profiles, starts, steps, seed],
        result: "a result with revenue, mean_regret, regret (by bidder; found, so a bound from below), largest_regret, "
          + "adjusted_revenue, item_wise_myerson and vcg",
        errors: ["OutOfRange", "Interrupted"],
        source: "Dütting et al. 2019; adjusted as in Rahme, Jelassi, Weinberg 2021",
        example: "\(small):evaluate{ profiles = 100, starts = 2, steps = 20 }")
    ) { (object: ItemAuctionObject, arguments) in
      let found = try object.network.evaluation(
        profiles: arguments[profiles], starts: arguments[starts], steps: arguments[steps],
        seed: arguments[seed].map { UInt64($0) } ?? context.seed, threads: context.threads,
        cancellation: context.cancellation)
      let design = object.network.design
      return .object(
        ResultObject(
          "learned auction on \(found.profiles) profiles",
          fields: [
            "profiles": .integer(found.profiles), "revenue": .number(found.revenue),
            "mean_regret": .number(found.meanRegret), "regret": .numbers(found.regret),
            "largest_regret": .number(found.largestRegret), "adjusted_revenue": .number(found.adjustedRevenue),
            "item_wise_myerson": .number(design.itemWiseRevenue), "vcg": .number(design.vickreyRevenue),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("revenue", .numbers([found.revenue])), .init("mean regret", .numbers([found.meanRegret])),
                .init("adjusted revenue", .numbers([found.adjustedRevenue])),
                .init("item-wise Myerson", .numbers([design.itemWiseRevenue])),
                .init("item-wise second price", .numbers([design.vickreyRevenue])),
              ])
          ],
          notes: design.valuation == .unitDemand
            ? ["item-wise prices are for additive bidders: with unit demand they are no benchmark"] : []))
    }
  }

  private static var mechanism: Function {
    .method(
      Signature(
        "item_auction:mechanism", "The auction as a mechanism, to run and to audit.", [],
        result: "a mechanism whose bidders report a value of each item, and get shares of them, or chances to get them",
        example: "\(small):mechanism():audit{ trials = 50 }")
    ) { (object: ItemAuctionObject, _) in .object(MechanismObject(LearnedItemMechanism(object.network))) }
  }

  private static var plot: Function {
    let what = Parameter<String>.string("what", "revenue, regret or multiplier").optional("revenue and regret")
    return .method(
      Signature(
        "item_auction:plot", "Draws the course of training.", [what], result: ChartOptions.result,
        errors: ["InvalidParameter"], example: "\(small):plot()")
    ) { (object: ItemAuctionObject, arguments) in
      let pictures = object.history.pictures(objective: "revenue")
      return .object(PlotObject(try Picture.chosen(arguments[what], of: pictures, for: "training")))
    }
  }

  private static var save: Function {
    let path = Parameter<String>.string("path", "the file to write, usually ending in .json")
    return .method(
      Signature(
        "item_auction:save", "Writes the auction to a file, from which auction.load_learned reads it.", [path],
        result: "the path", errors: ["FileError"], example: "\(small):save(\"auction.json\")")
    ) { (object: ItemAuctionObject, arguments) in
      try TextFile.write(LearnedAuctionFile.text(object.network), to: arguments[path])
      return .string(arguments[path])
    }
  }
}
