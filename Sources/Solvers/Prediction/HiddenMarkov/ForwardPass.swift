import Tensor

/// The forward recursion: the joint law of a step's state with everything observed up to it.
///
/// Each step's numbers are kept as they come from the predecessor, which was scaled to add to 1; their own sum is then
/// the probability of the step's symbol after all earlier ones. The division by that sum happens beside the next
/// step's sums, not before them.
///
/// Source: PMS-AM (32) and (33) with their indices corrected; Rabiner 1989, V.A.
enum ForwardPass {
  /// Which steps' numbers a pass leaves behind.
  enum Keeping {
    /// Each step's at its place.
    case all
    /// The last two, by turns: step t at t mod 2.
    case last
  }

  /// - Parameter alphas: room for the blocks of each step kept.
  /// - Returns: the log likelihood of the sequence.
  /// - Throws: `ZeroLikelihood`, `Cancelled`.
  static func run(
    _ model: PaddedModel, _ sequence: SymbolSequence, into alphas: LaneBuffer, keeping: Keeping,
    cancellation: Cancellation = .never
  ) throws -> Double {
    defer { withExtendedLifetime((model, alphas)) {} }
    let blocks = model.blocks
    let places = keeping == .all ? -1 : 1
    let checks = model.stepsBetweenChecks
    var likelihood = LogProduct()
    var inverse = 1.0
    for (step, symbol) in sequence.symbols.enumerated() {
      if step & checks == checks { try cancellation.check() }
      let emission = model.emission(of: symbol)
      let alpha = alphas.base + (step & places) * blocks
      let previous = UnsafePointer(alphas.base + ((step &- 1) & places) * blocks)
      var sum = StateLanes()
      for block in 0..<blocks {
        let predicted =
          step == 0 ? model.initial[block] : model.transition.combination(previous, block: block)
        let joint = predicted * (emission[block] * inverse)
        alpha[block] = joint
        sum += joint
      }
      let probability = sum.total
      // Below the normal numbers the inverse would not be finite.
      guard probability >= .leastNormalMagnitude else {
        throw ImpossibleSequence.error(model, sequence, vanishedAt: step)
      }
      likelihood.multiply(by: probability)
      inverse = 1 / probability
    }
    return likelihood.logarithm
  }
}
