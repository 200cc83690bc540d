import Tensor

@testable import Solvers

/// A hidden Markov model's quantities by their definitions: sums and maxima over every path of states.
struct EnumeratedPaths {
  let paths: [(states: [Int], probability: Double)]
  let model: HiddenMarkovModel

  init(_ model: HiddenMarkovModel, _ symbols: [Int]) {
    self.model = model
    var paths: [(states: [Int], probability: Double)] = [([], 1)]
    for symbol in symbols {
      paths = paths.flatMap { path in
        (0..<model.states).map { state in
          let reached = path.states.last.map { model.transition[$0, state] } ?? model.initial[state]
          return (path.states + [state], path.probability * reached * model.emission[state, symbol])
        }
      }
    }
    self.paths = paths
  }

  var likelihood: Double { paths.reduce(0) { $0 + $1.probability } }
  var largest: Double { paths.map(\.probability).max() ?? 0 }

  /// The law of the state at a step given all symbols.
  func posterior(_ step: Int) -> [Double] {
    (0..<model.states).map { state in
      paths.reduce(0) { $0 + ($1.states[step] == state ? $1.probability : 0) } / likelihood
    }
  }

  /// How often each transition is to be expected, given all symbols.
  func expectedTransitions() -> Matrix {
    var counts = Matrix(rows: model.states, columns: model.states)
    for path in paths {
      for (state, next) in zip(path.states, path.states.dropFirst()) {
        counts[state, next] += path.probability / likelihood
      }
    }
    return counts
  }
}

extension HiddenMarkovModel {
  static func random(_ states: Int, _ symbols: Int, _ stream: inout RandomStream) throws -> HiddenMarkovModel {
    try drawn(states: states, symbols: symbols, stream: &stream)
  }

  /// Two states that stay with probability 0.95 and emit one of two pairs of symbols.
  static func separated() throws -> HiddenMarkovModel {
    try HiddenMarkovModel(
      initial: [0.5, 0.5], transition: Matrix(rows: 2, columns: 2, elements: [0.95, 0.05, 0.05, 0.95]),
      emission: Matrix(rows: 2, columns: 4, elements: [0.48, 0.48, 0.02, 0.02, 0.02, 0.02, 0.48, 0.48]))
  }
}

func near(_ left: [Double], _ right: [Double], _ tolerance: Double = 1e-12) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance }
}
