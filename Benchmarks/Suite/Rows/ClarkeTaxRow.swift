import Solvers

extension BenchmarkRow {
  /// The joint Clarke tax of a project with 9,000 owners, 1,000 stations and 1,000 models, in whole units, from the
  /// tables of bids, claims and shares, which are checked on the way.
  static let clarkeTax = BenchmarkRow(name: "clarke-tax", unit: "CPU s", better: .smaller) { _ in
    let (owners, stations, models) = (9_000, 1_000, 1_000)
    var state: UInt64 = 1
    func amounts(_ rows: Int, below bound: UInt64) -> MoneyTable<Int128> {
      MoneyTable(
        rows: rows, columns: models,
        elements: (0..<rows * models).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Int128((state >> 11) % bound)
        })
    }
    let bids = amounts(owners, below: 1_000_000_000_000)
    let claims = amounts(stations, below: 5_000_000_000_000)
    // One price for all models, divisible among both sides.
    func equalShares(_ rows: Int, _ share: Int128) -> MoneyTable<Int128> {
      MoneyTable(rows: rows, columns: models, elements: Array(repeating: share, count: rows * models))
    }
    let (costs, rewards) = (equalShares(owners, 300_000_000_000), equalShares(stations, 2_700_000_000_000))
    return Contest(
      ours: {
        try CPUTime.seconds {
          let tax = try ClarkeTax(
            ProjectReports(owners: bids, stations: claims), shares: ProjectShares(owners: costs, stations: rewards))
          guard tax.selected != nil, tax.total >= 0 else { throw BenchmarkError("no model was chosen") }
        }
      }, peers: [])
  }
}
