import Solvers

/// The lower level of the two-level market as users see it.
enum EdgeMarketReport {
  static func result(_ market: EdgeMarket) -> ResultObject {
    let workers = market.server.workers
    /// A list over all workers of what only the selected have; the others have nothing.
    func spread(_ values: [Double]) -> [Double] {
      var all = [Double](repeating: 0, count: workers.count)
      for (worker, value) in zip(market.leader.selected, values) { all[worker] = value }
      return all
    }
    let works = Set(market.leader.selected)
    let resources = spread(market.work.map(\.resource))
    let fees = spread(market.work.map(\.fee))
    let profits = spread(market.work.map(\.profit))
    var fields: Record = [
      "price": .number(market.leader.price), "selected": .integers(market.leader.selected.map { $0 + 1 }),
      "takes_part": .booleans(workers.indices.map(works.contains)),
      "participation_price": .numbers(market.leader.participation), "resource": .numbers(resources),
      "fee": .numbers(fees), "profit": .numbers(profits), "revenue": .number(market.leader.revenue),
      "utility": .number(market.data.value), "fees": .number(market.fees), "gas": .number(market.gas),
      "samples": .number(market.data.samples), "mean_emd": .number(market.data.meanDistance),
      "quality": .number(market.data.quality), "rule": .string(market.rule.rawValue),
    ]
    var columns: [TextTable.Column] = [
      .init("worker", .integers(workers.indices.map { $0 + 1 })), .init("samples", .numbers(workers.map(\.samples))),
      .init("EMD", .numbers(workers.map(\.distance))), .init("agrees from", .numbers(market.leader.participation)),
      .init("works", .text(workers.indices.map { works.contains($0) ? "yes" : "no" })),
      .init("resource", .numbers(resources)), .init("fee", .numbers(fees)), .init("profit", .numbers(profits)),
    ]
    var notes = [
      "price \(NumberFormat.readable(market.leader.price)); the server is left with "
        + "\(NumberFormat.readable(market.leader.revenue)): data worth \(NumberFormat.readable(market.data.value)), "
        + "fees \(NumberFormat.readable(market.fees)), gas \(NumberFormat.readable(market.gas))"
    ]
    if let regret = market.regret {
      fields["max_regret"] = .number(regret.maximum)
      fields["leader_regret"] = .number(regret.leader)
      fields["worker_regret"] = .numbers(regret.workers)
      columns.append(.init("could gain", .numbers(regret.workers)))
      notes.append(verdict(on: regret, in: market))
    }
    return ResultObject(
      "lower level of the two-level market, rule \(market.rule.rawValue)", fields: fields,
      tables: [TextTable("", columns)], notes: notes, payload: market)
  }

  private static func verdict(on regret: EdgeRegret, in market: EdgeMarket) -> String {
    // What rounding may seem to gain, beside the money that is moved.
    let moved = abs(market.data.value) + market.fees + market.gas
    let largest = NumberFormat.readable(regret.maximum)
    if regret.maximum <= 1e-9 * moved { return "no one gains by departing: the largest gain found is \(largest)" }
    if regret.leader >= regret.maximum {
      return "the server gains \(largest) at a price of \(NumberFormat.readable(regret.leaderAlternative.price))"
    }
    let worker = regret.workers.firstIndex(of: regret.maximum) ?? 0
    return "no equilibrium: worker \(worker + 1) gains \(largest) by departing"
  }
}
