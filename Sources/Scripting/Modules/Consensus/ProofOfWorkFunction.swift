import CLuaShim
import Core

/// `consensus.proof_of_work`.
enum ProofOfWorkFunction {
  static func function(_ context: RunContext) -> Function {
    let power = Parameter.numbers(
      "power", "each miner's share of the hash rate, relative to the others'",
      default: [Double](repeating: 1, count: 10),
      defaultText: "ten miners of equal power")
    let selfish = Parameter<Int>.integer(
      "selfish", "the miner that keeps its blocks back as Eyal and Sirer describe", domain: .atLeast(1)
    ).optional("nobody")
    let late = Parameter.integers("late", "miners that hear, and are heard, late", default: [])
    let lateness = Parameter<Double>.number(
      "lateness", "how late those are", unit: "s", default: 10, domain: .between(0, 1e6))
    let interval = Parameter<Double>.number(
      "interval", "the wanted time from block to block", unit: "s", default: 10, domain: .between(1e-6, 1e9))
    let window = Parameter<Int>.integer(
      "window", "after how many blocks the difficulty is adjusted", domain: .between(1, 1_000_000)
    ).optional("never")
    let changes = Parameter<[ProofOfWork.RateChange]>(
      name: "hash_rate_changes", summary: "{ time = 1000, factor = 2 }, ...: everybody's hash rate is multiplied",
      typeName: "a list of tables with time and factor", unit: nil, domain: nil, fallback: [], fallbackText: "none",
      choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: "a list of tables with time and factor") { place in
        guard stack.kind(at: place) == .table else { return nil }
        let fields = TableFields(stack, place)
        return ProofOfWork.RateChange(time: try fields.number("time"), factor: try fields.number("factor"))
      }
    }
    let confirmations = Parameter<Int>.integer(
      "confirmations", "blocks that must follow until one counts as final", default: 6, domain: .between(0, 1000))
    let blocks = Parameter<Int>.integer(
      "blocks", "how many to find, orphans among them", default: 1000, domain: .between(1, 200_000))
    return Function(
      Signature(
        "consensus.proof_of_work", "Simulates miners who find blocks by chance and go by the chain of most work.",
        [power, interval, window, blocks, confirmations, selfish, late, lateness, changes] + NetworkOption.parameters
          + LoadOption.parameters,
        result: """
          a consensus report with height, block_interval, throughput, orphans, orphan_rate, forks, consensus_delay, \
          agreement, validity, liveness and more; chances, each miner's share of the hash rate
          """,
        errors: ["InvalidParameter", "ZeroWeight", "NotFinite"],
        source: "Nakamoto 2008; Eyal and Sirer 2014; T^c of FL-NFT (11)",
        example: "print(consensus.proof_of_work{ power = { 0.4, 0.3, 0.3 }, selfish = 1, blocks = 500 })")
    ) { arguments in
      let count = arguments[power].count
      let lateMiners = Set(try ConsensusModule.members(arguments[late], of: count, option: "late"))
      let selfishMiner = try ConsensusModule.members(
        arguments[selfish].map { [$0] } ?? [], of: count, option: "selfish"
      ).first
      let miners = arguments[power].enumerated().map { index, power in
        ProofOfWork.Miner(
          power: power,
          behaviour: index == selfishMiner
            ? .selfish : lateMiners.contains(index) ? .late(arguments[lateness]) : .honest)
      }
      let setup = try ProofOfWork(
        miners: miners, difficulty: DifficultyRule(interval: arguments[interval], window: arguments[window]),
        conditions: NetworkOption.conditions(arguments), load: LoadOption.load(arguments),
        confirmations: arguments[confirmations], rateChanges: arguments[changes])
      var stream = context.nextStream(purpose: "consensus")
      let report = try setup.run(blocks: arguments[blocks], seed: stream.next(), cancellation: context.cancellation)
      return .object(
        ConsensusObject(
          "proof of work among \(count) miner\(count == 1 ? "" : "s")", report, members: count,
          more: ["chances": .numbers(setup.miners.map(\.power))]))
    }
  }
}
