import Tensor

/// A model laid out for vectors: states in blocks of eight, those past the last with probability 0.
final class PaddedModel {
  let states: Int
  let symbols: Int
  let blocks: Int
  private let tables: [LaneBuffer]
  let initial: UnsafePointer<StateLanes>
  /// From the row's state to the column's.
  let transition: LaneMatrix
  /// To the row's state from the column's.
  let reversed: LaneMatrix
  private let emission: UnsafePointer<StateLanes>

  init(_ model: HiddenMarkovModel) {
    (states, symbols) = (model.states, model.symbols)
    let (states, blocks) = (model.states, Self.blocks(of: model.states))
    self.blocks = blocks
    func table(rows: Int, paddedTo padded: Int, _ entry: (Int, Int) -> Double) -> LaneBuffer {
      let table = LaneBuffer(count: padded * blocks)
      for row in 0..<rows {
        for state in 0..<states { table.base[row * blocks + state / 8][state % 8] = entry(row, state) }
      }
      return table
    }
    let initial = table(rows: 1, paddedTo: 1) { model.initial[$1] }
    let transition = table(rows: states, paddedTo: 8 * blocks) { model.transition[$0, $1] }
    let reversed = table(rows: states, paddedTo: 8 * blocks) { model.transition[$1, $0] }
    let emission = table(rows: symbols, paddedTo: symbols) { model.emission[$1, $0] }
    tables = [initial, transition, reversed, emission]
    self.initial = UnsafePointer(initial.base)
    self.transition = LaneMatrix(blocks: blocks, rows: UnsafePointer(transition.base))
    self.reversed = LaneMatrix(blocks: blocks, rows: UnsafePointer(reversed.base))
    self.emission = UnsafePointer(emission.base)
  }

  static func blocks(of states: Int) -> Int { (states + 7) / 8 }

  /// The probabilities of a symbol in every state.
  @inline(__always)
  func emission(of symbol: Int32) -> UnsafePointer<StateLanes> { emission + Int(symbol) * blocks }

  /// A power of two less one, such that so many steps take about a millisecond: when to look for an interruption.
  var stepsBetweenChecks: Int {
    var steps = 1 << 15
    while steps > 1, steps * blocks * blocks > 1 << 15 { steps /= 2 }
    return steps - 1
  }
}
