import Tensor

/// How much the players of the lower level could gain by departing from its solution, as far as a search finds.
///
/// No closed form is used: a worker's alternatives are searched over its resource, with leaving as one of them; the
/// price from which it agrees is bisected on the profit so found; and the server tries prices, each with the sets that
/// its rule allows, paying what the searched responses earn. A worker whom the server declines has no alternative;
/// where everyone willing works (`prefix`), an outsider's is to join.
public struct EdgeRegret: Equatable, Sendable {
  /// What the server could gain, in money.
  public let leader: Double
  /// The price of its best alternative, and who works at it.
  public let leaderAlternative: (price: Double, selected: [Int])
  /// What each worker could gain, in money.
  public let workers: [Double]

  public var maximum: Double { max(leader, workers.max() ?? 0) }

  public static func == (a: EdgeRegret, b: EdgeRegret) -> Bool {
    a.leader == b.leader && a.leaderAlternative == b.leaderAlternative && a.workers == b.workers
  }

  init(
    of solution: LeaderPrice, server: EdgeServer, rule: LeaderRule, work: [WorkerProfit], cancellation: Cancellation
  ) throws {
    var gains = [Double](repeating: 0, count: server.workers.count)
    var held = [Double?](repeating: nil, count: server.workers.count)
    for (worker, done) in zip(solution.selected, work) { held[worker] = done.profit }
    for (worker, player) in server.workers.enumerated() {
      try cancellation.check()
      let best = player.searchedResponse(to: solution.price).profit
      switch held[worker] {
      case let profit?: gains[worker] = max(0, best - profit, -profit)
      case nil: gains[worker] = rule == .prefix ? max(0, best) : 0
      }
    }
    workers = gains
    let alternative = try LeaderSearch(server: server, rule: rule, cancellation: cancellation)
      .best(around: solution.price)
    leader = max(0, alternative.revenue - solution.revenue)
    leaderAlternative = (alternative.price, alternative.selected)
  }
}

extension EdgeWorker {
  /// The resource that leaves most at a price, by doubling until it does not pay and then by search.
  func searchedResponse(to price: Double) -> WorkerProfit {
    var highest = 1.0
    while highest < 1e300, profit(at: price, resource: 2 * highest).profit > profit(at: price, resource: highest).profit
    {
      highest *= 2
    }
    let best = Search.overInterval(0...(2 * highest)) { profit(at: price, resource: $0).profit }.point
    // The profit is flat where it is best, which hides the last digits of the resource; the fee is not. Two points on
    // either side, some way off, tell on which the profit is higher.
    var (low, high) = (best * (1 - 1e-6), best * (1 + 1e-6))
    let reach = 0.01 * best
    for _ in 0..<40 {
      let middle = 0.5 * (low + high)
      let rises =
        profit(at: price, resource: middle + reach).profit > profit(at: price, resource: middle - reach).profit
      if rises { low = middle } else { high = middle }
    }
    return profit(at: price, resource: 0.5 * (low + high))
  }

  /// The lowest price at which the searched response leaves no loss, by bisection; nil when there is none.
  func searchedParticipationPrice() -> Double? {
    var high = 1e-12
    while searchedResponse(to: high).profit < 0 {
      high *= 4
      guard high < 1e150 else { return nil }
    }
    var low = 0.0
    for _ in 0..<100 {
      let middle = 0.5 * (low + high)
      if searchedResponse(to: middle).profit < 0 { low = middle } else { high = middle }
    }
    return high
  }
}

/// The server's alternatives, tried one by one.
struct LeaderSearch {
  struct Alternative {
    var price: Double
    var selected: [Int]
    var revenue: Double
  }

  let server: EdgeServer
  let rule: LeaderRule
  let cancellation: Cancellation

  /// The best of a grid of prices and of those at which workers begin to agree.
  func best(around price: Double) throws -> Alternative {
    var agreement: [Double] = []
    for worker in server.workers {
      try cancellation.check()
      agreement.append(worker.searchedParticipationPrice() ?? .infinity)
    }
    let highest = 2 * max(price, server.resourceValue, agreement.filter(\.isFinite).max() ?? 0)
    // Sets of many workers are too many to be tried at more than a few prices between those that matter.
    let steps = rule == .subset && server.workers.count > 14 ? 8 : 64
    let agreed = agreement.filter(\.isFinite).sorted()
    let stride = stride(from: 0, to: agreed.count, by: 1 + agreed.count / 256)
    let prices = (0...steps).map { highest * Double($0) / Double(steps) } + stride.map { agreed[$0] }
    var best = Alternative(price: 0, selected: [], revenue: -.infinity)
    for price in prices {
      try cancellation.check()
      try offer(price, agreement, &best)
    }
    return best
  }

  /// Tries the sets that may work at a price.
  private func offer(_ price: Double, _ agreement: [Double], _ best: inout Alternative) throws {
    let everyone = Array(server.workers.indices)
    let willing = everyone.filter { agreement[$0] <= price }
    switch rule {
    case .literal: keep(everyone, price, &best)
    case .fixedSet: if willing == everyone { keep(everyone, price, &best) }
    case .prefix: keep(willing, price, &best)
    case .subset: try keepBestSubset(of: willing, price, &best)
    }
  }

  private func keep(_ selected: [Int], _ price: Double, _ best: inout Alternative) {
    let revenue = selected.reduce(Tally()) { $0.adding(server.workers[$1], earning: worth(of: $1, at: price)) }
      .revenue(server)
    if revenue > best.revenue { best = Alternative(price: price, selected: selected, revenue: revenue) }
  }

  /// All sets of the willing, by going through the workers and leaving each out or taking it in.
  private func keepBestSubset(of willing: [Int], _ price: Double, _ best: inout Alternative) throws {
    let worths = willing.map { worth(of: $0, at: price) }
    var chosen: [Int] = []
    var record = best
    var tried = 0
    func extend(_ tally: Tally, from place: Int) throws {
      tried += 1
      if tried & 0xfff == 0 { try cancellation.check() }
      let revenue = tally.revenue(server)
      if revenue > record.revenue { record = Alternative(price: price, selected: chosen, revenue: revenue) }
      for next in place..<willing.count {
        chosen.append(willing[next])
        try extend(tally.adding(server.workers[willing[next]], earning: worths[next]), from: next + 1)
        chosen.removeLast()
      }
    }
    try extend(Tally(), from: 0)
    best = record
  }

  /// What a worker's searched response is worth to the server, less its fee and its gas.
  private func worth(of worker: Int, at price: Double) -> Double {
    let done = server.workers[worker].searchedResponse(to: price)
    return server.resourceValue * server.workers[worker].contribution(of: done.resource) - done.fee
      - server.gasPerWorker
  }

  private struct Tally {
    var workers = 0
    var samples = 0.0
    var distances = 0.0
    var earnings = 0.0

    func adding(_ worker: EdgeWorker, earning: Double) -> Tally {
      Tally(
        workers: workers + 1, samples: samples + worker.samples, distances: distances + worker.distance,
        earnings: earnings + earning)
    }

    func revenue(_ server: EdgeServer) -> Double {
      server.quality.utility(samples: samples, distances: distances, workers: workers, empty: server.empty) + earnings
    }
  }
}
