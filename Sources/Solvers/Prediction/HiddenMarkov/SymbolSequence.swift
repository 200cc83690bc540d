/// What was observed, checked against a model's alphabet.
struct SymbolSequence {
  let symbols: [Int32]

  var count: Int { symbols.count }

  /// - Throws: `EmptyInput`; `InvalidParameter` for a symbol outside 0..<alphabet.
  init(_ observed: [Int], alphabet: Int, number: Int? = nil) throws {
    let name = number.map { "sequence \($0 + 1)" } ?? "the sequence"
    guard !observed.isEmpty else {
      throw SolverError(.emptyInput, "\(name) must have at least one symbol, but has none")
    }
    if let step = observed.firstIndex(where: { $0 < 0 || $0 >= alphabet }) {
      // Wrapping: the largest number has no successor, and is to be named all the same.
      throw SolverError(
        .invalidParameter,
        "step \(step + 1) of \(name) must be a symbol between 1 and \(alphabet), but is \(observed[step] &+ 1)")
    }
    symbols = observed.map { Int32(truncatingIfNeeded: $0) }
  }

  /// - Throws: `EmptyInput`, `InvalidParameter`, also when all sequences together are too long to be held.
  static func checked(_ sequences: [[Int]], alphabet: Int) throws -> [SymbolSequence] {
    guard !sequences.isEmpty else {
      throw SolverError(.emptyInput, "the sequences must have at least one entry, but none was given")
    }
    return try sequences.enumerated().map { number, sequence in
      try SymbolSequence(sequence, alphabet: alphabet, number: sequences.count == 1 ? nil : number)
    }
  }

  /// Numbers for every step and state are kept at once; more than 2 GB of them is refused.
  ///
  /// - Throws: `InvalidParameter`.
  func requireRoom(states: Int) throws {
    let (numbers, overflow) = count.multipliedReportingOverflow(by: states)
    try demand(
      !overflow && numbers <= 1 << 28,
      "a sequence of \(count) symbols is too long for \(states) states: their product must be at most 2^28")
  }
}
