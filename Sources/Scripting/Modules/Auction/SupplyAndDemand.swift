import Solvers

/// Sellers' asks from the lowest, buyers' bids from the highest, and where they cross.
enum SupplyAndDemand {
  static func plot(asks: [Double], bids: [Double], outcome: DoubleAuction.Outcome) -> Plot {
    let supply = asks.filter(\.isFinite).sorted()
    let demand = bids.filter(\.isFinite).sorted(by: >)
    var series = [
      Plot.Series(name: "demand (bids)", points: steps(demand)),
      Plot.Series(name: "supply (asks)", points: steps(supply)),
    ]
    let crossing = zip(demand, supply).prefix { $0 >= $1 }.count
    if crossing > 0 {
      // Any price here lets exactly those trade who gain by it.
      let low = max(supply[crossing - 1], crossing < demand.count ? demand[crossing] : -.infinity)
      let high = min(demand[crossing - 1], crossing < supply.count ? supply[crossing] : .infinity)
      let point = Plot.Point(
        x: Double(crossing), y: low / 2 + high / 2, interval: .init(lower: min(low, high), upper: max(low, high)))
      series.append(Plot.Series(name: "clearing point", mark: .scatter, points: [point]))
    }
    var rules = outcome.trades > 0 ? [Plot.Rule("trades", .vertical, at: Double(outcome.trades))] : []
    if let paid = mean(outcome.buyerPayments, of: outcome.winningBuyers) {
      rules.append(Plot.Rule("mean payment", .horizontal, at: paid))
    }
    if let received = mean(outcome.sellerReceipts, of: outcome.winningSellers) {
      rules.append(Plot.Rule("mean receipt", .horizontal, at: received))
    }
    return Plot(
      series: series, title: "supply and demand", xLabel: "quantity (units)", yLabel: "price (tokens)", rules: rules)
  }

  private static func steps(_ prices: [Double]) -> [Plot.Point] {
    prices.enumerated().flatMap { unit, price in
      [Plot.Point(x: Double(unit), y: price), Plot.Point(x: Double(unit + 1), y: price)]
    }
  }

  private static func mean(_ amounts: [Double], of winners: [Int]) -> Double? {
    let paid = winners.filter { amounts.indices.contains($0) }.map { amounts[$0] }
    return paid.isEmpty ? nil : paid.reduce(0, +) / Double(paid.count)
  }
}
