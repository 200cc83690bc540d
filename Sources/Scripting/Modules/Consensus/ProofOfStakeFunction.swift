import Core
import Solvers

/// `consensus.proof_of_stake`.
enum ProofOfStakeFunction {
  static func function(_ context: RunContext) -> Function {
    let revenues = Parameter.numbers(
      "revenues", "what each server earned or staked", unit: "tokens", default: [Double](repeating: 1, count: 10),
      defaultText: "ten servers of equal revenue")
    let variant = Parameter<ProducerLottery>.choice(
      "variant", "in proportion to the revenue, or as TBCIM prints it, or that with nobody left out",
      default: .proportional)
    let blockTime = Parameter<Double>.number(
      "block_time", "from draw to draw", unit: "s", default: 5, domain: .between(1e-6, 1e9))
    let reward = Parameter<Double>.number(
      "reward", "what a block adds to its maker's revenue", unit: "tokens", default: 0, domain: .between(0, 1e12))
    let offline = Parameter.integers("offline", "servers that do not take part", default: [])
    let confirmations = Parameter<Int>.integer(
      "confirmations", "blocks that must follow until one counts as final", default: 1, domain: .between(0, 1000))
    let draws = Parameter<Int>.integer(
      "draws", "how many producers to draw", default: 1000, domain: .between(1, 200_000))
    return Function(
      Signature(
        "consensus.proof_of_stake", "Simulates servers of whom one is drawn, by what they earned, to make each block.",
        [revenues, variant, blockTime, draws, reward, offline, confirmations] + NetworkOption.parameters
          + LoadOption.parameters,
        result: """
          a consensus report with height, block_interval, throughput, orphans, forks, consensus_delay, agreement, \
          validity, liveness and more; drawn, chances, chance_of_nobody, empty_slots, revenues
          """,
        errors: ["InvalidParameter", "EmptyInput", "NotFinite", "NonFinite", "Negative"],
        source: "TBCIM II-A; proportional chances are the correction",
        example: "print(consensus.proof_of_stake{ revenues = { 5, 3, 2 }, variant = \"paper\", draws = 200 })")
    ) { arguments in
      let count = arguments[revenues].count
      let setup = try ProofOfStake(
        revenues: arguments[revenues], lottery: arguments[variant], slotTime: arguments[blockTime],
        reward: arguments[reward],
        offline: Set(try ConsensusModule.members(arguments[offline], of: count, option: "offline")),
        conditions: NetworkOption.conditions(arguments), load: LoadOption.load(arguments),
        confirmations: arguments[confirmations])
      var stream = context.nextStream(purpose: "consensus")
      let outcome = try setup.run(slots: arguments[draws], seed: stream.next(), cancellation: context.cancellation)
      return .object(
        ConsensusObject(
          "proof of stake among \(count) server\(count == 1 ? "" : "s"), \(arguments[variant].rawValue)",
          outcome.report,
          members: count,
          more: [
            "drawn": .integers(outcome.drawn), "chances": .numbers(outcome.chances),
            "chance_of_nobody": .number(outcome.chanceOfNobody), "empty_slots": .integer(outcome.emptySlots),
            "revenues": .numbers(outcome.revenues),
          ],
          notes: outcome.emptySlots > 0 ? ["nobody was drawn \(outcome.emptySlots) times"] : []))
    }
  }
}
