extension BenchmarkRow {
  /// Every row, in the table's order.
  static let all: [BenchmarkRow] =
    training + roofline + [threads] + evaluation + starting + [memory] + calling + [equilibrium, closedForms]
    + growth + writtenGames + [doubleAuction, clarkeTax] + audits
    + finiteGames + hiddenMarkov + learnedAuctions + [economy] + ledgers
}
