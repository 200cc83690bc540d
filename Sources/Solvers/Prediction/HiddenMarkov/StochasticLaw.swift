/// Whether rows of numbers are probabilities.
enum StochasticLaw {
  /// - Throws: `NotFinite`, `NotStochastic`, naming the row and its sum.
  static func check(_ rows: [[Double]], _ name: String) throws {
    func place(_ row: Int) -> String {
      rows.count == 1 ? "the \(name) probabilities" : "row \(row + 1) of the \(name) probabilities"
    }
    for (row, law) in rows.enumerated() {
      if let wrong = law.firstIndex(where: { !$0.isFinite }) {
        throw SolverError(
          .notFinite, "entry \(wrong + 1) of \(place(row)) must be a finite number, but is \(law[wrong])")
      }
    }
    for (row, law) in rows.enumerated() {
      if let negative = law.firstIndex(where: { $0 < 0 }) {
        throw SolverError(
          .notStochastic, "entry \(negative + 1) of \(place(row)) must be at least 0, but is \(law[negative])")
      }
      let sum = law.reduce(0, +)
      guard abs(sum - 1) <= HiddenMarkovModel.sumTolerance else {
        throw SolverError(
          .notStochastic, "\(place(row)) must add to 1, but add\(rows.count == 1 ? "" : "s") to \(sum)",
          hint: abs(sum - 1) < 0.01 ? "divide the row by its sum" : nil)
      }
    }
  }

  /// Weights as a law; nil when they add to nothing.
  static func normalised(_ weights: [Double]) -> [Double]? {
    let sum = weights.reduce(0, +)
    return sum > 0 && sum.isFinite ? weights.map { $0 / sum } : nil
  }
}
