import Tensor

/// The backward recursion, and what it yields together with the forward one: each step's law over states given the
/// whole sequence, and how often each transition and emission is to be expected.
///
/// Each step's numbers are scaled by the sum of their successor's, so that no scale is handed over from the forward
/// pass, and none can overflow.
///
/// Source: Rabiner 1989, III.A to III.C and V.A.
enum BackwardPass {
  /// Turns the forward pass's numbers into the states' laws given the whole sequence, in place.
  ///
  /// - Parameters:
  ///   - alphas: what `ForwardPass` left, keeping all.
  ///   - counts: to which the sequence's expected counts are added, where they are wanted.
  /// - Throws: `ZeroLikelihood` for an underflow, `Cancelled`.
  static func run(
    _ model: PaddedModel, _ sequence: SymbolSequence, over alphas: LaneBuffer, adding counts: ExpectedCounts?,
    workspace: Workspace, cancellation: Cancellation = .never
  ) throws {
    defer { withExtendedLifetime((model, alphas, counts, workspace)) {} }
    let blocks = model.blocks
    let checks = model.stepsBetweenChecks
    let (evidence, messages) = (workspace.evidence.base, workspace.messages.base)
    for block in 0..<blocks { messages[block] = StateLanes(repeating: 1) }
    var inverse = 1.0
    for step in stride(from: sequence.count - 1, through: 0, by: -1) {
      if step & checks == checks { try cancellation.check() }
      let alpha = alphas.base + step * blocks
      let symbol = sequence.symbols[step]
      // `messages` holds how well each state explains the later symbols, `inverse` scales it.
      var sum = StateLanes()
      for block in 0..<blocks {
        messages[block] *= inverse
        sum += alpha[block] * messages[block]
      }
      let mass = sum.total
      guard mass >= .leastNormalMagnitude else {
        throw ImpossibleSequence.error(model, sequence, vanishedAt: step)
      }
      let scale = 1 / mass
      if let counts, step + 1 < sequence.count {
        // Scaled apart: the product of both scales need not be a finite number.
        counts.addTransitions(from: UnsafePointer(alpha), times: scale, to: UnsafePointer(evidence), times: inverse)
      }
      let emission = model.emission(of: symbol)
      var evidenceSum = StateLanes()
      for block in 0..<blocks {
        let explained = messages[block] * emission[block]
        evidence[block] = explained
        evidenceSum += explained
        alpha[block] *= messages[block] * scale
      }
      counts?.addEmission(of: symbol, UnsafePointer(alpha))
      guard step > 0 else { break }
      let total = evidenceSum.total
      guard total >= .leastNormalMagnitude else {
        throw ImpossibleSequence.error(model, sequence, vanishedAt: step)
      }
      inverse = 1 / total
      for block in 0..<blocks {
        messages[block] = model.reversed.combination(UnsafePointer(evidence), block: block)
      }
    }
    counts?.addInitial(UnsafePointer(alphas.base))
  }

  /// Room for one step's numbers.
  struct Workspace {
    fileprivate let evidence: LaneBuffer
    fileprivate let messages: LaneBuffer

    init(_ model: PaddedModel) {
      evidence = LaneBuffer(count: model.blocks)
      messages = LaneBuffer(count: model.blocks)
    }
  }
}
