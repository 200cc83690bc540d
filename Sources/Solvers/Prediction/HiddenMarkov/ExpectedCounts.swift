import Tensor

/// How often a model is to be expected to have begun in each state, gone from one to another, and emitted each symbol,
/// given what was observed.
///
/// Transitions are counted without the factor that is the same in every step, their own probability; it comes in when
/// the counts are read.
final class ExpectedCounts {
  private let states: Int
  private let symbols: Int
  private let blocks: Int
  private let initial: LaneBuffer
  private let transitions: LaneBuffer
  private let emissions: LaneBuffer

  init(_ model: PaddedModel) {
    (states, symbols, blocks) = (model.states, model.symbols, model.blocks)
    initial = LaneBuffer(count: blocks)
    transitions = LaneBuffer(count: 8 * blocks * blocks)
    emissions = LaneBuffer(count: symbols * blocks)
  }

  func clear() {
    initial.clear()
    transitions.clear()
    emissions.clear()
  }

  // MARK: Counting

  @inline(__always)
  func addInitial(_ law: UnsafePointer<StateLanes>) {
    for block in 0..<blocks { initial.base[block] += law[block] }
  }

  @inline(__always)
  func addEmission(of symbol: Int32, _ law: UnsafePointer<StateLanes>) {
    let place = emissions.base + Int(symbol) * blocks
    for block in 0..<blocks { place[block] += law[block] }
  }

  /// Adds the outer product of what led to a step and what came of it.
  @inline(__always)
  func addTransitions(
    from source: UnsafePointer<StateLanes>, times scale: Double, to target: UnsafePointer<StateLanes>,
    times inverse: Double
  ) {
    for tile in 0..<blocks {
      let w = source[tile] * scale
      for block in 0..<blocks {
        let e = target[block] * inverse
        let row = transitions.base + (8 * tile * blocks + block)
        row[0] += e * w[0]
        row[blocks] += e * w[1]
        row[2 * blocks] += e * w[2]
        row[3 * blocks] += e * w[3]
        row[4 * blocks] += e * w[4]
        row[5 * blocks] += e * w[5]
        row[6 * blocks] += e * w[6]
        row[7 * blocks] += e * w[7]
      }
    }
  }

  // MARK: Maximising

  /// The model under which these counts are the likeliest, with `smoothing` added to each of them.
  ///
  /// A law of which nothing was counted stays as it was: every other would be as likely.
  func maximiser(of model: HiddenMarkovModel, smoothing: Double) -> HiddenMarkovModel {
    func law(_ counts: [Double], instead former: ArraySlice<Double>) -> [Double] {
      StochasticLaw.normalised(counts.map { $0 + smoothing }) ?? Array(former)
    }
    var transition = model.transition
    var emission = model.emission
    for state in 0..<states {
      let outer = transitions.row(state, states: states)
      let moves = law(zip(outer, model.transition.row(state)).map { $0 * $1 }, instead: model.transition.row(state))
      for next in 0..<states { transition[state, next] = moves[next] }
      let seen = (0..<symbols).map { emissions.base[$0 * blocks + state / 8][state % 8] }
      let emitted = law(seen, instead: model.emission.row(state))
      for symbol in 0..<symbols { emission[state, symbol] = emitted[symbol] }
    }
    return HiddenMarkovModel(
      checked: law(initial.row(0, states: states), instead: model.initial[...]), transition, emission)
  }
}
