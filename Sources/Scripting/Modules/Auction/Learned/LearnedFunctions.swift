import Core
import Solvers
import Tensor

/// Auctions that are trained instead of written.
enum LearnedFunctions {
  static func all(_ context: RunContext) -> [Function] {
    [ranet(context), reverseNetwork, learn(context), load, adam, multipliers]
  }

  private static let errors = [
    "EmptyInput", "LengthMismatch", "NonFinite", "Negative", "NonPositive", "OutOfRange", "TooManyBidders", "Diverged",
    "Interrupted",
  ]

  /// Trains with a bar on the terminal.
  private static func training<Trained>(
    _ settings: LearningSettings, of objective: String, _ context: RunContext,
    _ train: (LearningSettings, _ progress: (Double, LearningHistory) -> Void) throws -> Trained
  ) throws -> Trained {
    let bar = ProgressBar(context, unit: "iteration", total: settings.iterations)
    defer { bar.finish() }
    return try train(settings) { done, history in
      bar.note(history.note(objective: objective))
      bar.show(done: done * Double(settings.iterations))
    }
  }

  // MARK: Reverse auctions

  private static func ranet(_ context: RunContext) -> Function {
    let options = LearningOptions(LearningSettings())
    return Function(
      Signature(
        "auction.ranet", "Trains a reverse auction in which a buyer buys data: RANet.",
        ReverseAuctionOptions.all + options.all,
        result: "a reverse_auction to run, measure and save", errors: errors,
        source: "TBCIM III, algorithm 1, with its errors put right; docs/learned-auctions.md",
        example: """
          learned = auction.ranet{ sizes = { 2e4, 1.5e4, 1e4 }, emds = { 0.8, 0.5, 0.3 }, iterations = 50 }
          """)
    ) { arguments in
      let design = try ReverseAuctionOptions.design(arguments)
      let (network, history) = try training(options.settings(arguments, context), of: "objective", context) {
        try ReverseAuctionNetwork.trained(design, settings: $0, progress: $1, cancellation: context.cancellation)
      }
      return .object(ReverseAuctionObject(network, history: history))
    }
  }

  private static var reverseNetwork: Function {
    let allocation = Parameter<JSON>.json(
      "allocation_layers", "the network for chances: a list of { weights = rows, biases = list }")
    let payment = Parameter<JSON>.json("payment_layers", "the network for payments, likewise")
    return Function(
      Signature(
        "auction.reverse_network", "A reverse auction with given networks.",
        [allocation, payment] + ReverseAuctionOptions.all, result: "a reverse_auction", errors: errors,
        source: "TBCIM III-C",
        example: """
          auction.reverse_network{
            allocation_layers = { { weights = { { -1, 0.5 }, { 0.5, -1 } }, biases = { 0, 0 } } },
            payment_layers = { { weights = { { 0, 1 }, { 1, 0 } }, biases = { 0, 0 } } },
            sizes = { 2e4, 1e4 }, emds = { 0.8, 0.3 } }:run{ { 0.2, 0.6 } }
          """)
    ) { arguments in
      .object(
        ReverseAuctionObject(
          try ReverseAuctionNetwork(
            design: ReverseAuctionOptions.design(arguments),
            allocation: PerceptronText.network(arguments[allocation], "allocation_layers"),
            payment: PerceptronText.network(arguments[payment], "payment_layers"))))
    }
  }

  // MARK: Auctions of items

  /// The original's rates and sizes, for fewer iterations.
  private static var itemSettings: LearningSettings {
    var settings = LearningSettings()
    settings.hidden = [100, 100]
    settings.iterations = 5000
    settings.batch = 128
    settings.pool = 16_384
    settings.misreportSteps = 25
    settings.multiplierPeriod = 100
    settings.firstMultiplier = 5
    settings.penaltyGrowth = 1
    settings.learningRate = 2e-3
    settings.finalLearningRate = 1e-4
    return settings
  }

  private static func learn(_ context: RunContext) -> Function {
    let bidders = Parameter<Int>.integer("bidders", "how many", domain: .between(1, 64))
    let items = Parameter<Int>.integer("items", "how many", default: 1, domain: .between(1, 64))
    let valuation = Parameter<ItemAuctionDesign.Valuation>.choice(
      "valuation", "a bundle is worth the sum of its items, or the best of them", default: .additive)
    let options = LearningOptions(itemSettings)
    return Function(
      Signature(
        "auction.learn", "Trains an auction of items for revenue, values being uniform from 0 to 1: RegretNet.",
        [bidders, items, valuation] + options.all, result: "an item_auction to run, measure and save", errors: errors,
        source: "Dütting, Feng, Narasimhan, Parkes, Ravindranath, \"Optimal auctions through deep learning\", 2019",
        example: "sold = auction.learn{ bidders = 2, items = 2, iterations = 20, hidden = { 16, 16 } }")
    ) { arguments in
      let design = try ItemAuctionDesign(
        bidders: arguments[bidders], items: arguments[items], valuation: arguments[valuation])
      let (network, history) = try training(options.settings(arguments, context), of: "revenue", context) {
        try ItemAuctionNetwork.trained(design, settings: $0, progress: $1, cancellation: context.cancellation)
      }
      return .object(ItemAuctionObject(network, history: history))
    }
  }

  private static var load: Function {
    let path = Parameter<String>.string("path", "a file that a learned auction's save wrote")
    return Function(
      Signature(
        "auction.load_learned", "Reads a learned auction from its file.", [path],
        result: "a reverse_auction or an item_auction, without its history",
        errors: errors + ["FileError", "InvalidData", "MalformedJSON"],
        example: """
          auction.load_learned(auction.learn{ bidders = 1, iterations = 5, hidden = { 8 } }:save("auction.json"))
          """)
    ) { arguments in .object(try LearnedAuctionFile.load(arguments[path])) }
  }

  // MARK: The parts of training

  private static var adam: Function {
    let weights = Parameter.numbers("weights", "where they start")
    let gradients = Parameter.matrix("gradients", "one row per step")
    let rate = Parameter<Double>.number("learning_rate", "above 0", default: 1e-3)
    let mean = Parameter<Double>.number("mean_decay", "beta 1, at least 0 and below 1", default: 0.9)
    let square = Parameter<Double>.number("square_decay", "beta 2, at least 0 and below 1", default: 0.999)
    let epsilon = Parameter<Double>.number("epsilon", "above 0", default: 1e-8)
    return Function(
      Signature(
        "auction.adam", "Adam's steps on a list of weights, as training takes them.",
        [weights, gradients, rate, mean, square, epsilon], result: "a list, the weights after the steps",
        errors: ["LengthMismatch", "NonFinite", "NonPositive", "OutOfRange"], source: "Kingma and Ba 2015",
        example: "auction.adam{ weights = { 1, -2 }, gradients = { { 0.5, -0.1 }, { 0.4, 0.3 } } }")
    ) { arguments in
      let rows = arguments[gradients]
      return .numbers(
        try adamSteps(
          weights: arguments[weights], gradients: (0..<rows.rows).map { Array(rows.row($0)) },
          learningRate: arguments[rate],
          decay: (arguments[mean], arguments[square]), epsilon: arguments[epsilon]))
    }
  }

  private static var multipliers: Function {
    let multipliers = Parameter.numbers("multipliers", "lambda, one per bidder")
    let weight = Parameter<Double>.number("penalty_weight", "rho", default: 1)
    let regret = Parameter.numbers("regret", "one per bidder")
    let iteration = Parameter<Int>.integer("iteration", "which one it is")
    let period = Parameter<Int>.integer("period", "Q: iterations between updates, at least 1", default: 100)
    return Function(
      Signature(
        "auction.multipliers", "The multipliers of regret after an iteration: every Q of them they grow.",
        [multipliers, weight, regret, iteration, period], result: "a list",
        errors: ["LengthMismatch", "NonPositive"], source: "TBCIM algorithm 1",
        example: "auction.multipliers{ multipliers = { 1, 1 }, regret = { 0.1, 0 }, iteration = 100 }")
    ) { arguments in
      var lagrangian = AugmentedLagrangian(multipliers: arguments[multipliers], weight: arguments[weight])
      try lagrangian.update(regret: arguments[regret], iteration: arguments[iteration], period: arguments[period])
      return .numbers(lagrangian.multipliers)
    }
  }
}
