import Tensor

/// What TBCIM says of who produces a block, and of the check of updates against those sent before.
enum LedgerClaims {
  static func all(_ trial: ClaimTrial) throws -> [PaperClaim] {
    [try proportional(trial), try somebody(), try acceptance(trial), try meanOfHistory(trial), try attackers(trial)]
  }

  // MARK: Proof of stake

  private static func proportional(_ trial: ClaimTrial) throws -> PaperClaim {
    let revenues = [0.5, 0.3, 0.2]
    var stream = trial.stream("producers")
    var produced = [0, 0, 0]
    for _ in 0..<20_000 {
      let winner = try ProducerLottery.printedWinner(
        revenues: revenues, threshold: stream.uniform(), pick: stream.uniform())
      if let winner { produced[winner] += 1 }
    }
    var largest = 1.0
    for _ in 0..<200 {
      let ten = (0..<10).map { _ in stream.uniform() }
      let chances = try ProducerLottery.paperRedraw.chances(revenues: ten).servers
      largest = max(largest, (chances.max() ?? 0) * ten.reduce(0, +) / (ten.max() ?? 1))
    }
    func chance(_ lottery: ProducerLottery) throws -> Double { try lottery.chances(revenues: revenues).servers[0] }
    let share = Figure("its share", revenues[0])
    return PaperClaim(
      "B1", "TBCIM II-A, proof of stake", "a server produces blocks in proportion to its share",
      printed: Comparison(Figure("chance of a share of 0.5", try chance(.paperRedraw)), .equal, share),
      truth: "picked evenly above a random number; it should be by the shares",
      amendment: .correction(Comparison(Figure("drawn by shares", try chance(.proportional)), .equal, share)),
      figures: [
        Figure("drawn 20,000 times", Double(produced[0]) / Double(max(1, produced.reduce(0, +)))),
        Figure("largest of ten by its share, at most", largest),
      ])
  }

  private static func somebody() throws -> PaperClaim {
    func nobody(_ lottery: ProducerLottery) throws -> Double {
      try lottery.chances(revenues: [Double](repeating: 1, count: 10)).nobody
    }
    return PaperClaim(
      "B1b", "TBCIM II-A, proof of stake", "every round has a producer",
      printed: Comparison(Figure("nobody, ten equal servers", try nobody(.paper)), .atMost, Figure("never", 0)),
      truth: "nobody is eligible as often as the largest share is missed",
      amendment: .correction(
        Comparison(Figure("drawn by shares", try nobody(.proportional)), .atMost, Figure("never", 0))))
  }

  // MARK: The check of updates

  /// Updates of one device: a direction that stays, and noise.
  private static func updates(_ count: Int, _ trial: ClaimTrial) -> [[Double]] {
    var stream = trial.stream("updates")
    // Of two such updates the cosine is 0.3 on average: 1 / (1 + spread^2).
    let spread = (0.7 / 0.3).squareRoot()
    return (0..<count).map { _ in (0..<1000).map { _ in 1 + spread * stream.normal() } }
  }

  private static func acceptance(_ trial: ClaimTrial) throws -> PaperClaim {
    let sent = updates(8, trial)
    let (honest, history) = (sent[7], Array(sent.prefix(7)))
    let epsilon = Figure("epsilon", 0)
    return PaperClaim(
      "B2", "TBCIM II-A", "an honest update's mean cosine is at most epsilon",
      printed: Comparison(
        Figure("mean cosine, honest", try trial.rules.similarity(honest, history)), .atMost, epsilon),
      truth: "it is a similarity: at most epsilon is what gives attackers away",
      amendment: .correction(
        Comparison(
          Figure("mean cosine, reversed", try trial.rules.similarity(honest.map { -$0 }, history)), .atMost, epsilon)))
  }

  private static func meanOfHistory(_ trial: ClaimTrial) throws -> PaperClaim {
    let sent = updates(4, trial)
    let (update, history) = (sent[3], Array(sent.prefix(3)))
    let sum = try history.reduce(0) { $0 + (try trial.rules.similarity(update, [$1])) }
    let mean = Figure("mean of those sent", sum / 3)
    return PaperClaim(
      "B2b", "TBCIM II-A", "the sum of cosines by t - 1 is their mean",
      printed: Comparison(Figure("t = 6, three sent", sum / 5), .equal, mean),
      truth: "not after absences, nor at t = 1; divide by the number sent",
      amendment: .correction(
        Comparison(Figure("by their number", try trial.rules.similarity(update, history)), .equal, mean)))
  }

  private static func attackers(_ trial: ClaimTrial) throws -> PaperClaim {
    let sent = updates(8, trial)
    let (update, history) = (sent[7], Array(sent.prefix(7)))
    let reversed = (update: update.map { -$0 }, history: history.map { $0.map { -$0 } })
    let similarity = trial.rules.similarity
    let epsilon = Figure("epsilon", 0)
    return PaperClaim(
      "B3", "TBCIM II-A", "who poisons is found out by its earlier updates",
      printed: Comparison(
        Figure("mean cosine, reversed always", try similarity(reversed.update, reversed.history)), .atMost,
        epsilon), truth: "only who turns: not the constant, the repeated, the scaled",
      amendment: .condition(
        Comparison(Figure("who turns", try similarity(reversed.update, history)), .atMost, epsilon)),
      figures: [
        Figure("honest", try similarity(update, history)),
        Figure("replayed", try similarity(history[6], history)),
        Figure("scaled by 1e6", try similarity(update.map { 1e6 * $0 }, history)),
      ])
  }
}
