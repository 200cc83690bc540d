import Solvers

/// The edge server's side: what it earns at a price, which price is best, and the market as a whole.
enum EdgeServerFunctions {
  static func all(_ context: RunContext) -> [Function] { [revenue, leaderPrice(context), market(context)] }

  private static let errors = ["LengthMismatch", "NonFinite", "Negative", "NonPositive", "OutOfRange"]
  private static let resourceValue = Parameter<Double>.number(
    "resource_value", "v: what a unit of C d / (kappa theta) is worth to the server, at least 0; printed is none",
    unit: "money", default: 0)
  private static let gas = Parameter<Double>.number(
    "gas_per_worker", "at least 0", unit: "money"
  ).optional("that of game.gas_cost")
  private static let empty = Parameter<DataQuality.Empty>.choice(
    "empty", "what having no workers is worth: 0, or what the formula says", default: .zero)
  private static let rule = Parameter<LeaderRule>.choice(
    "rule",
    "who works: all at the printed maximiser, which is 0 (literal); all, once all agree (fixed_set); whoever is willing "
      + "(prefix); those of them whom the server wants (subset)", default: .subset)

  private static func gas(_ arguments: Arguments) throws -> Double {
    if let given = arguments[gas] { return given }
    func standard(_ parameter: Parameter<Double>) -> Double { parameter.fallback ?? 0 }
    return try LedgerGas.cost(
      value: standard(WorkerFunctions.gasValue), used: standard(WorkerFunctions.gasUsed),
      price: standard(WorkerFunctions.gasPrice), workers: 1)
  }

  private static var revenue: Function {
    let payment = Parameter<Double>.number("payment", "what the task's buyer pays", unit: "money")
      .optional("the data's utility, as printed")
    let variant = GameOption.variant("the fees of (37), which divide by kappa theta where its square belongs")
    return Function(
      Signature(
        "game.edge_revenue", "pi = U + v x - fees - gas: what an edge server is left with at a price.",
        WorkerOptions.all + [WorkerOptions.price, gas] + DataQualityOptions.ofUtility
          + [resourceValue, payment, variant],
        result: "a table with utility, fees, gas, resource and revenue", errors: errors, source: "TBCIM (33), (37)",
        example: """
          game.edge_revenue{ sizes = { 23, 26 }, emds = { 1, 0.8 }, sample_cost = 0.009, computation_price = 0.003,
            local_iterations = 2, rounds = 10, power = 1.2, rate = 20, energy_price = 0.04, price = 0.1,
            data_rate = 0.01, quality_value = 10 }
          """)
    ) { arguments in
      let revenue = try EdgeRevenue(
        workers: WorkerOptions.workers(arguments), price: arguments[WorkerOptions.price], gasPerWorker: gas(arguments),
        quality: DataQualityOptions.quality(arguments), resourceValue: arguments[resourceValue],
        payment: arguments[payment], variant: arguments[variant])
      return .record([
        "utility": .number(revenue.utility), "fees": .number(revenue.fees), "gas": .number(revenue.gas),
        "resource": .number(revenue.resource), "revenue": .number(revenue.revenue),
      ])
    }
  }

  private static var serverOptions: [any AnyParameter] {
    WorkerOptions.all + [gas] + DataQualityOptions.ofUtility + [resourceValue, empty, rule]
  }

  private static func server(_ arguments: Arguments) throws -> EdgeServer {
    EdgeServer(
      workers: try WorkerOptions.workers(arguments), quality: DataQualityOptions.quality(arguments),
      gasPerWorker: try gas(arguments), resourceValue: arguments[resourceValue], empty: arguments[empty])
  }

  private static func leaderPrice(_ context: RunContext) -> Function {
    Function(
      Signature(
        "game.leader_price", "The edge server's best price, and who works at it.", serverOptions,
        result: "a table with price, selected (workers, from 1), revenue, participation (the lowest price of each "
          + "worker) and profits (of the selected)",
        errors: errors + ["EmptyInput", "Interrupted"],
        source: "TBCIM (33), (37), with the participation that they lack",
        example: """
          game.leader_price{ sizes = { 23, 26, 35 }, emds = { 1, 0.8, 1.1 }, sample_cost = 0.009,
            computation_price = 0.003, local_iterations = 2, rounds = 10, power = 1.2, rate = 20, energy_price = 0.04,
            data_rate = 0.01, quality_value = 10 }
          """)
    ) { arguments in
      let leader = try server(arguments).leaderPrice(rule: arguments[rule], cancellation: context.cancellation)
      return .record([
        "price": .number(leader.price), "selected": .integers(leader.selected.map { $0 + 1 }),
        "revenue": .number(leader.revenue), "participation": .numbers(leader.participation),
        "profits": .numbers(leader.profits),
      ])
    }
  }

  private static func market(_ context: RunContext) -> Function {
    Function(
      Signature(
        "game.edge_market",
        "Solves the lower level of the two-level market: price, who works, resources, fees, and who could gain by departing.",
        serverOptions,
        result: """
          a result with price, selected, revenue, utility, fees, gas, samples, mean_emd, quality, rule, max_regret, \
          leader_regret and, per worker, takes_part, participation_price, resource, fee, profit, worker_regret
          """,
        errors: errors + ["EmptyInput", "Interrupted"], source: "TBCIM IV-B and IV-C, corrected",
        example: """
          game.edge_market{ sizes = { 900, 1200, 800 }, emds = { 0.5, 0.8, 1.2 }, sample_cost = 2e-7,
            computation_price = 7e-10, power = 1, rate = 1000, energy_price = 0.002 }
          """)
    ) { arguments in
      .object(
        EdgeMarketReport.result(
          try EdgeMarket(try server(arguments), rule: arguments[rule], cancellation: context.cancellation)))
    }
  }
}
