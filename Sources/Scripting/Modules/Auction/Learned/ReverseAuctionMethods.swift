import Solvers
import Tensor

/// What a learned reverse auction can be asked.
enum ReverseAuctionMethods {
  static func all(_ context: RunContext) -> [Function] {
    [run, regret, loss, climb, gridRegret, evaluate(context), mechanism, plot, save]
  }

  private static let errors = ["EmptyInput", "LengthMismatch", "NonFinite", "OutOfRange"]
  private static let bids = Parameter.matrix("bids", "one profile per row, one bid per seller", unit: "money")
  private static let misreports = Parameter.matrix(
    "misreports", "what each seller would say instead, alone: like bids", unit: "money")
  private static let kind = Parameter<ReverseAuctionDesign.Regret>.choice(
    "kind", "whose gain: the buyer's surplus (as printed), or the bidder's", default: .bidder)
  private static let clamp = Parameter<Bool>.boolean("clamp", "whether a loss counts as 0", default: true)
  private static let small = "auction.ranet{ sizes = { 2e4, 1e4 }, emds = { 0.8, 0.3 }, iterations = 20 }"

  private static func rows(_ matrix: Matrix) -> [[Double]] { (0..<matrix.rows).map { Array(matrix.row($0)) } }
  private static func matrix(_ rows: [[Double]]) -> LuaValue { .list(rows.map { .numbers($0) }) }

  private static var plot: Function {
    let what = Parameter<String>.string("what", "objective, regret or multiplier").optional("objective and regret")
    return .method(
      Signature(
        "reverse_auction:plot", "Draws the course of training.", [what], result: ChartOptions.result,
        errors: ["InvalidParameter"], example: "\(small):plot()")
    ) { (object: ReverseAuctionObject, arguments) in
      let pictures = object.history.pictures(objective: "objective")
      return .object(PlotObject(try Picture.chosen(arguments[what], of: pictures, for: "training")))
    }
  }

  private static var run: Function {
    .method(
      Signature(
        "reverse_auction:run", "What the auction does on profiles of bids.", [bids], list: "bids",
        result: "a result with allocation, scores, payments, bidder_utility (a row per profile), data_utility and "
          + "surplus", errors: errors, source: "TBCIM III-C",
        example: "\(small):run{ { 0.2, 0.6 } }.payments")
    ) { (object: ReverseAuctionObject, arguments) in
      let outcomes = try object.network.outcomes(bids: rows(arguments[bids]))
      return .object(
        ResultObject(
          "learned reverse auction",
          fields: [
            "allocation": matrix(outcomes.map(\.allocation)), "scores": matrix(outcomes.map(\.scores)),
            "payments": matrix(outcomes.map(\.payments)), "bidder_utility": matrix(outcomes.map(\.bidderUtility)),
            "data_utility": .numbers(outcomes.map(\.dataUtility)), "surplus": .numbers(outcomes.map(\.surplus)),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("profile", .integers(Array(1...max(1, outcomes.count)))),
                .init("winners", .numbers(outcomes.map { $0.allocation.reduce(0, +) })),
                .init("data utility", .numbers(outcomes.map(\.dataUtility))),
                .init("payments", .numbers(outcomes.map { $0.payments.reduce(0, +) })),
                .init("surplus", .numbers(outcomes.map(\.surplus))),
              ])
          ]))
    }
  }

  private static var regret: Function {
    .method(
      Signature(
        "reverse_auction:regret", "What sellers gain by given misreports.", [bids, misreports, kind, clamp],
        result: "a table with gain (a row per profile) and regret (its mean, by seller)", errors: errors,
        source: "TBCIM (2), (4)",
        example: "\(small):regret{ bids = { { 0.2, 0.6 } }, misreports = { { 0.3, 0.5 } } }.regret")
    ) { (object: ReverseAuctionObject, arguments) in
      let found = try object.network.regret(
        bids: rows(arguments[bids]), misreports: rows(arguments[misreports]), kind: arguments[kind],
        clamp: arguments[clamp])
      return .record(["gain": matrix(found.gain), "regret": .numbers(found.regret)])
    }
  }

  private static var loss: Function {
    let multipliers = Parameter.numbers("multipliers", "lambda, one per seller")
    let weight = Parameter<Double>.number("penalty_weight", "rho", default: 1)
    let penalty = Parameter<AugmentedLagrangian.Penalty>.choice(
      "penalty", "squared is each regret, or their sum, as (6) is printed", default: .sumOfSquares)
    let objective = Parameter<ReverseAuctionDesign.Objective>.choice(
      "objective", "the buyer's surplus, or social welfare"
    ).optional("the auction's own")
    return .method(
      Signature(
        "reverse_auction:loss", "The loss that training lowers, and its gradient by the weights.",
        [bids, misreports, multipliers, weight, kind, penalty, clamp, objective],
        result: "a table with loss, base, regret, surplus, allocation_gradient and payment_gradient (lists of layers)",
        errors: errors, source: "TBCIM (6), (7), corrected",
        example: """
          \(small):loss{ bids = { { 0.2, 0.6 } }, misreports = { { 0.3, 0.5 } }, multipliers = { 1, 1 } }.loss
          """)
    ) { (object: ReverseAuctionObject, arguments) in
      var design = object.network.design
      if let objective = arguments[objective] { design.objective = objective }
      let network = try ReverseAuctionNetwork(
        design: design, allocation: object.network.allocation, payment: object.network.payment)
      let loss = try network.loss(
        bids: rows(arguments[bids]), misreports: rows(arguments[misreports]),
        lagrangian: AugmentedLagrangian(
          multipliers: arguments[multipliers], weight: arguments[weight], penalty: arguments[penalty]),
        kind: arguments[kind], clamp: arguments[clamp])
      return .record([
        "loss": .number(loss.loss), "base": .number(loss.base), "regret": .numbers(loss.regret),
        "surplus": .number(loss.surplus), "allocation_gradient": PerceptronText.value(loss.allocationGradient),
        "payment_gradient": PerceptronText.value(loss.paymentGradient),
      ])
    }
  }

  private static var climb: Function {
    let steps = Parameter<Int>.integer("steps", "R: how many", default: 10, domain: .between(0, 100_000))
    let rate = Parameter<Double>.number("rate", "gamma: how far a step goes, at least 0", default: 0.1)
    return .method(
      Signature(
        "reverse_auction:climb", "Misreports after steps of gradient ascent on each seller's own gain.",
        [bids, misreports, steps, rate, kind], result: "a list of rows like bids", errors: errors + ["Negative"],
        source: "TBCIM algorithm 1",
        example: "\(small):climb{ bids = { { 0.2, 0.6 } }, misreports = { { 0.3, 0.5 } } }")
    ) { (object: ReverseAuctionObject, arguments) in
      matrix(
        try object.network.climbedMisreports(
          bids: rows(arguments[bids]), misreports: rows(arguments[misreports]), steps: arguments[steps],
          rate: arguments[rate], kind: arguments[kind]))
    }
  }

  private static let points = Parameter<Int>.integer(
    "points", "reports tried from the lowest bid to the highest", default: 101, domain: .between(2, 100_000))

  private static var gridRegret: Function {
    .method(
      Signature(
        "reverse_auction:grid_regret", "The mean of the largest gain that each seller finds on a grid of reports.",
        [bids, points, kind], result: "a list, one number per seller", errors: errors, source: "TBCIM (2), (4)",
        example: "\(small):grid_regret{ bids = { { 0.2, 0.6 } }, points = 21 }")
    ) { (object: ReverseAuctionObject, arguments) in
      .numbers(
        try object.network.gridRegret(
          bids: rows(arguments[bids]), points: arguments[points], kind: arguments[kind]))
    }
  }

  private static func evaluate(_ context: RunContext) -> Function {
    let profiles = Parameter<Int>.integer(
      "profiles", "costs drawn that training has not seen", default: 10_000, domain: .between(1, 1e7))
    let seed = Parameter<Int>.integer("seed", "of the costs", domain: .atLeast(0)).optional("the run's")
    let paper = Parameter<Bool>.boolean(
      "paper_regret", "whether to search for the printed regret too, which takes longer", default: false)
    return .method(
      Signature(
        "reverse_auction:evaluate",
        "Measures the auction on costs it has not seen, beside the exact auctions on the same costs.",
        [profiles, points, seed, paper],
        result: "a result with surplus, welfare, payment, winners, mean_regret, regret, largest_regret, loss_rate, "
          + "mean_loss, myerson, vcg and efficient (their surplus; welfare), share_of_myerson",
        errors: errors + ["NonPositive", "TooManyBidders", "Interrupted"], source: "TBCIM V; Myerson 1981",
        example: "\(small):evaluate{ profiles = 200, points = 21 }")
    ) { (object: ReverseAuctionObject, arguments) in
      .object(
        try ReverseAuctionReport.result(
          object.network, profiles: arguments[profiles], points: arguments[points],
          seed: arguments[seed].map { UInt64($0) } ?? context.seed, paper: arguments[paper], context))
    }
  }

  private static var mechanism: Function {
    .method(
      Signature(
        "reverse_auction:mechanism", "The auction as a mechanism, which sellers' costs alone decide.", [],
        result: "a mechanism, to run and to audit", example: "\(small):mechanism():audit{ trials = 50 }")
    ) { (object: ReverseAuctionObject, _) in .object(MechanismObject(LearnedReverseMechanism(object.network))) }
  }

  private static var save: Function {
    let path = Parameter<String>.string("path", "the file to write, usually ending in .json")
    return .method(
      Signature(
        "reverse_auction:save", "Writes the auction to a file, from which auction.load_learned reads it.", [path],
        result: "the path", errors: ["FileError"], example: "\(small):save(\"auction.json\")")
    ) { (object: ReverseAuctionObject, arguments) in
      try TextFile.write(LearnedAuctionFile.text(object.network), to: arguments[path])
      return .string(arguments[path])
    }
  }
}
