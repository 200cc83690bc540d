import Core

/// What is known in closed form, to hold simulations against, and blocks that fill up.
enum ConsensusTheoryFunctions {
  static func all(_ context: RunContext) -> [Function] { [orphanRate, selfishShare, blockFilling(context)] }

  private static var orphanRate: Function {
    let latency = Parameter<Double>.number("latency", "until everybody hears of a block", unit: "s", domain: .money)
    let interval = Parameter<Double>.number(
      "interval", "mean time from find to find", unit: "s", domain: .positive)
    return Function(
      Signature(
        "consensus.orphan_rate", "The share of blocks that are orphaned among many small miners.", [latency, interval],
        result: "a number from 0 to 1", source: "Sompolinsky and Zohar 2015",
        example: "consensus.orphan_rate{ latency = 2, interval = 10 }")
    ) { arguments in
      .number(ProofOfWorkTheory.orphanRate(delay: arguments[latency], interval: arguments[interval]))
    }
  }

  private static var selfishShare: Function {
    let power = Parameter<Double>.number("power", "its share of the hash rate", domain: .between(0, 0.4999))
    let reach = Parameter<Double>.number(
      "reach", "the share of the others that takes its block in a tie", default: 0, domain: .between(0, 1))
    return Function(
      Signature(
        "consensus.selfish_share", "The share of the chain that a selfish miner has.", [power, reach],
        result: "a number from 0 to 1", source: "Eyal and Sirer 2014 (8)",
        example: "consensus.selfish_share{ power = 0.4 }")
    ) { arguments in
      .number(ProofOfWorkTheory.selfishShare(power: arguments[power], reach: arguments[reach]))
    }
  }

  private static func blockFilling(_ context: RunContext) -> Function {
    let rates = Parameter.numbers("rates", "transactions that come", unit: "1/s", scalar: true)
    let blockTime = Parameter<Double>.number(
      "block_time", "from block to block", unit: "s", default: 5, domain: .positive)
    let capacity = Parameter<Int>.integer(
      "capacity", "transactions that a block has room for", default: 10, domain: .between(0, 1e9))
    let blocks = Parameter<Int>.integer("blocks", "how many are filled", default: 4000, domain: .between(1, 1_000_000))
    let arrivals = Parameter<BlockFilling.Arrivals>.choice(
      "arrivals", "transactions come evenly, or at random", default: .even)
    return Function(
      Signature(
        "consensus.block_filling", "How many transactions blocks hold that come at fixed times, for each rate.",
        [rates, blockTime, capacity, blocks, arrivals],
        result: "a result with rates, mean, fluid, queue (what waits in the end) and queue_growth (per block)",
        errors: ["InvalidParameter"], source: "HCFL figure 6",
        example: "print(consensus.block_filling{ rates = { 0.5, 1, 2, 4 }, arrivals = \"poisson\" })")
    ) { arguments in
      var stream = context.nextStream(purpose: "block filling")
      let fillings = try arguments[rates].map { rate in
        try context.cancellation.check()
        return try BlockFilling(
          rate: rate, blockTime: arguments[blockTime], capacity: arguments[capacity], blocks: arguments[blocks],
          arrivals: arguments[arrivals], seed: stream.next())
      }
      let means = fillings.map(\.meanTransactions)
      let (fluid, growth) = (fillings.map(\.fluid), fillings.map(\.queueGrowth))
      let queues = fillings.map { $0.queue.last ?? 0 }
      return .object(
        ResultObject(
          "transactions per block, one every \(NumberFormat.shortest(arguments[blockTime])) s",
          fields: [
            "rates": .numbers(arguments[rates]), "mean": .numbers(means), "fluid": .numbers(fluid),
            "queue": .integers(queues), "queue_growth": .numbers(growth),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("rate 1/s", .numbers(arguments[rates])), .init("transactions per block", .numbers(means)),
                .init("as a fluid", .numbers(fluid)), .init("waiting in the end", .integers(queues)),
              ])
          ]))
    }
  }
}
