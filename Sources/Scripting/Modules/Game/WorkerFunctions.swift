import Solvers

/// The workers' side of the two-level market: what work costs them, and what they answer to a price.
enum WorkerFunctions {
  static var all: [Function] { [costs, gasCost, followerResponse, profit, participationPrice] }

  private static let errors = ["LengthMismatch", "NonFinite", "Negative", "NonPositive", "OutOfRange"]

  private static var costs: Function {
    let options = [WorkerOptions.sizes] + WorkerOptions.fixed + WorkerOptions.work
    let resource = Parameter<Double>.number("resource", "C, at least 0", unit: "GHz")
    return Function(
      Signature(
        "game.worker_costs", "What training costs each worker: for data, computation and communication.",
        options + [resource], result: "a table with data, computation and communication: lists, one entry per worker",
        errors: errors, source: "TBCIM (29)-(31)",
        example: """
          game.worker_costs{ sizes = { 1200, 800 }, sample_cost = 0.0002, computation_price = 3e-6, power = 0.8,
            rate = 50, energy_price = 0.02, resource = 1.7 }
          """)
    ) { arguments in
      let costs = try WorkerOptions.workers(arguments, options).map { try $0.costs(resource: arguments[resource]) }
      return .record([
        "data": .numbers(costs.map(\.data)), "computation": .numbers(costs.map(\.computation)),
        "communication": .numbers(costs.map(\.communication)),
      ])
    }
  }

  static let gasValue = Parameter<Double>.number(
    "gas_value", "a6, at least 0; printed is 3.48e-2", unit: "money", default: 3.48e-6)
  static let gasUsed = Parameter<Double>.number("gas_used", "g_e: by one worker, at least 0", default: 7.68e4)
  static let gasPrice = Parameter<Double>.number("gas_price", "p_g, at least 0", default: 0.01)

  private static var gasCost: Function {
    let workers = Parameter<Double>.number("workers", "|W|, at least 0", default: 1)
    return Function(
      Signature(
        "game.gas_cost", "a6 g_e p_g |W|: what an edge server pays the ledger for its workers.",
        [workers, gasPrice, gasUsed, gasValue], result: "a number, in money", errors: ["NonFinite", "Negative"],
        source: "TBCIM (32)", example: "game.gas_cost{ workers = 7, gas_price = 0.02 }")
    ) { arguments in
      .number(
        try LedgerGas.cost(
          value: arguments[gasValue], used: arguments[gasUsed], price: arguments[gasPrice], workers: arguments[workers])
      )
    }
  }

  private static var followerResponse: Function {
    let options = WorkerOptions.data + WorkerOptions.work
    return Function(
      Signature(
        "game.follower_response", "C* = p / (2 delta_l delta_g M beta kappa theta): each worker's best resource.",
        options + [WorkerOptions.price, WorkerOptions.largestResource], result: "a list, one entry per worker",
        errors: errors, source: "TBCIM (36)",
        example: """
          game.follower_response{ sizes = { 23, 26 }, emds = { 1.4, 0.8 }, computation_price = { 0.006, 0.009 },
            local_iterations = 2, rounds = 10, price = 0.3 }
          """)
    ) { arguments in
      .numbers(
        try WorkerOptions.workers(arguments, options).map {
          try $0.response(price: arguments[WorkerOptions.price], cap: arguments[WorkerOptions.largestResource])
        })
    }
  }

  private static var profit: Function {
    let resource = Parameter<Double>.number("resource", "C, at least 0").optional("each worker's best response")
    return Function(
      Signature(
        "game.worker_profit", "What each worker is left with at a price: its fee less its costs.",
        WorkerOptions.all + [WorkerOptions.price, resource, WorkerOptions.largestResource],
        result: "a table with resource, fee, data, computation, communication and profit: lists, one entry per worker",
        errors: errors, source: "TBCIM (34)",
        example: """
          game.worker_profit{ sizes = 23, emds = { 1.4, 0.8 }, sample_cost = 0.0097, computation_price = 0.006,
            local_iterations = 2, rounds = 10, power = 0.6, rate = 20, energy_price = 0.13, price = 0.4 }
          """)
    ) { arguments in
      let done = try WorkerOptions.workers(arguments).map {
        try $0.profit(
          price: arguments[WorkerOptions.price], resource: arguments[resource],
          cap: arguments[WorkerOptions.largestResource])
      }
      return .record([
        "resource": .numbers(done.map(\.resource)), "fee": .numbers(done.map(\.fee)),
        "data": .numbers(done.map(\.costs.data)), "computation": .numbers(done.map(\.costs.computation)),
        "communication": .numbers(done.map(\.costs.communication)), "profit": .numbers(done.map(\.profit)),
      ])
    }
  }

  private static var participationPrice: Function {
    Function(
      Signature(
        "game.participation_price", "The lowest price at which each worker loses nothing by working.",
        WorkerOptions.all + [WorkerOptions.largestResource], result: "a list, one entry per worker", errors: errors,
        source: "ours, from TBCIM (34) and (36), which let workers lose their fixed costs",
        example: """
          game.participation_price{ sizes = 23, emds = { 1.4, 0.8 }, sample_cost = 0.0097, computation_price = 0.006,
            local_iterations = 2, rounds = 10, power = 0.6, rate = 20, energy_price = 0.13 }
          """)
    ) { arguments in
      .numbers(
        try WorkerOptions.workers(arguments).map {
          try $0.participationPrice(cap: arguments[WorkerOptions.largestResource])
        })
    }
  }
}
