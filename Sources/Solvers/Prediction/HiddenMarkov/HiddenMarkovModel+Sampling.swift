import Tensor

extension HiddenMarkovModel {
  /// Draws a sequence of states, and the symbols that they emit.
  ///
  /// - Throws: `InvalidParameter` for a length below 1, `Cancelled`.
  public func sample(
    length: Int, stream: inout RandomStream, cancellation: Cancellation = .never
  ) throws -> (states: [Int], symbols: [Int]) {
    try demand(length >= 1, "the length must be at least 1, but is \(length)")
    var states: [Int] = []
    var symbols: [Int] = []
    states.reserveCapacity(length)
    symbols.reserveCapacity(length)
    var state = Self.drawn(from: initial[...], &stream)
    for step in 0..<length {
      if step % 4096 == 4095 { try cancellation.check() }
      if step > 0 { state = Self.drawn(from: transition.row(state), &stream) }
      states.append(state)
      symbols.append(Self.drawn(from: emission.row(state), &stream))
    }
    return (states, symbols)
  }

  /// The place in a law at which a uniform deviate falls; never one of probability 0.
  private static func drawn(from law: ArraySlice<Double>, _ stream: inout RandomStream) -> Int {
    var rest = stream.uniform()
    var place = 0
    for (index, probability) in law.enumerated() where probability > 0 {
      place = index
      if rest < probability { break }
      rest -= probability
    }
    return place
  }
}
