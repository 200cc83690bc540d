import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension HiddenMarkovModel {
  public struct Path: Equatable, Sendable {
    /// The states, from 0, one for each step.
    public let states: [Int]
    /// The log of the joint probability of these states and the symbols.
    public let logProbability: Double
  }

  /// The likeliest states behind a sequence; among equals the lower number.
  ///
  /// - Throws: `EmptyInput`, `InvalidParameter`, `ZeroLikelihood`, `Cancelled`.
  ///
  /// Source: Viterbi, "Error bounds for convolutional codes", IEEE Transactions on Information Theory 13, 1967.
  public func likeliestPath(of symbols: [Int], cancellation: Cancellation = .never) throws -> Path {
    let sequence = try SymbolSequence(symbols, alphabet: self.symbols)
    try sequence.requireRoom(states: states)
    return try ViterbiDecoder.run(PaddedModel(self), sequence, cancellation: cancellation)
  }
}

/// The recursion of maxima, on probabilities that powers of two keep in range: they round nothing, and no logarithm is
/// taken before the end.
private enum ViterbiDecoder {
  typealias StateIndices = SIMD8<Int16>

  static func run(
    _ model: PaddedModel, _ sequence: SymbolSequence, cancellation: Cancellation
  ) throws -> HiddenMarkovModel.Path {
    defer { withExtendedLifetime(model) {} }
    let blocks = model.blocks
    let checks = model.stepsBetweenChecks
    let best = LaneBuffer(count: 2 * blocks)
    // Where each step's states came from; the first step's came from nowhere.
    let origins = UnsafeMutablePointer<StateIndices>.allocate(capacity: sequence.count * blocks)
    origins.initialize(repeating: StateIndices(), count: sequence.count * blocks)
    defer { origins.deallocate() }
    var exponent = 0
    var inverse = 1.0
    for (step, symbol) in sequence.symbols.enumerated() {
      if step & checks == checks { try cancellation.check() }
      let emission = model.emission(of: symbol)
      let current = best.base + (step & 1) * blocks
      let previous = UnsafePointer(best.base + ((step &- 1) & 1) * blocks)
      var largest = 0.0
      for block in 0..<blocks {
        var arrival = Arrival(value: model.initial[block], origin: SIMD8())
        if step > 0 {
          arrival = model.transition.likeliestArrival(previous, block: block)
          origins[step * blocks + block] = StateIndices(truncatingIfNeeded: arrival.origin)
        }
        let joint = arrival.value * (emission[block] * inverse)
        current[block] = joint
        let top = joint.largest
        largest = top > largest ? top : largest
      }
      guard largest >= .leastNormalMagnitude else {
        throw ImpossibleSequence.error(model, sequence, vanishedAt: step)
      }
      // 2^-k for the k of the largest, by its bits: the exponent's field mirrored at that of 1.
      let field = largest.bitPattern >> 52
      inverse = Double(bitPattern: (2046 - field) << 52)
      exponent += Int(field) - 1023
    }
    let last = (sequence.count - 1) & 1
    let ends = best.row(last, states: model.states)
    let top = ends.max() ?? 0
    // The last exponent was counted like all others, so that the last numbers must be scaled by it too.
    let logProbability = log(top * inverse) + Double(exponent) * log(2)
    let cameFrom = UnsafeRawPointer(origins).assumingMemoryBound(to: Int16.self)
    var state = ends.firstIndex(of: top) ?? 0
    var path = [Int](repeating: 0, count: sequence.count)
    for step in stride(from: sequence.count - 1, through: 0, by: -1) {
      path[step] = state
      state = Int(cameFrom[8 * blocks * step + state])
    }
    return HiddenMarkovModel.Path(states: path, logProbability: logProbability)
  }
}

/// How eight states are reached best: how probably, and from where.
private struct Arrival {
  var value: StateLanes
  var origin: SIMD8<Int64>

  /// The better of two in each lane, `self` among equals.
  @inline(__always)
  func orBetter(_ other: Arrival) -> Arrival {
    let isBetter = other.value .> value
    return Arrival(
      value: value.replacing(with: other.value, where: isBetter),
      origin: origin.replacing(with: other.origin, where: isBetter))
  }
}

extension LaneMatrix {
  /// For one block of columns, the row that is largest when each is multiplied by its weight; the first among equals.
  @inline(__always)
  fileprivate func likeliestArrival(_ weights: UnsafePointer<StateLanes>, block: Int) -> Arrival {
    var best = arrival(weights, tile: 0, block: block)
    for tile in 1..<max(blocks, 1) { best = best.orBetter(arrival(weights, tile: tile, block: block)) }
    return best
  }

  @inline(__always)
  private func arrival(_ weights: UnsafePointer<StateLanes>, tile: Int, block: Int) -> Arrival {
    let w = UnsafeRawPointer(weights + tile).assumingMemoryBound(to: Double.self)
    let r = rows + (8 * tile * blocks + block)
    let first = Int64(8 * tile)
    func from(_ row: Int) -> Arrival {
      Arrival(value: r[row * blocks] * w[row], origin: SIMD8(repeating: first + Int64(row)))
    }
    let low = from(0).orBetter(from(1)).orBetter(from(2).orBetter(from(3)))
    let high = from(4).orBetter(from(5)).orBetter(from(6).orBetter(from(7)))
    return low.orBetter(high)
  }
}
