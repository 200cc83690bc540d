import Tensor

/// The price of an edge server, and who works at it.
public struct LeaderPrice: Equatable, Sendable {
  /// p*, in money.
  public let price: Double
  /// Workers, ascending.
  public let selected: [Int]
  /// pi_s, in money.
  public let revenue: Double
  /// The lowest price at which each worker agrees.
  public let participation: [Double]
  /// Of the selected, in their order, in money.
  public let profits: [Double]
}

extension EdgeServer {
  /// The server's best price under a rule about who works.
  ///
  /// Among equals, to within 1e-12 of money, the smaller set stands, then the first in lexicographic order.
  ///
  /// - Throws: `EmptyInput`, `OutOfRange` (too many workers for `subset`; an EMD above 2), `NonFinite`, `Negative`,
  ///   `NonPositive`; `Interrupted`.
  ///
  /// Source: TBCIM (33), (37), with the participation that they lack.
  public func leaderPrice(
    rule: LeaderRule = .subset, cancellation: Cancellation = .never
  ) throws -> LeaderPrice {
    try check(rule)
    let participation = workers.map { $0.lowestPrice() }
    let chosen: Offer
    switch rule {
    case .literal, .fixedSet:
      let team = workers.indices.reduce(Team()) { $0.adding(workers[$1], participation: participation[$1]) }
      let price = max(resourceValue / 2, rule == .literal ? 0 : team.highestParticipation)
      chosen = Offer(price: price, selected: Array(workers.indices), revenue: revenue(of: team, price: price))
    case .prefix: chosen = bestPrefix(participation)
    case .subset: chosen = try bestSubset(participation, cancellation: cancellation)
    }
    return LeaderPrice(
      price: chosen.price, selected: chosen.selected, revenue: chosen.revenue, participation: participation,
      profits: chosen.selected.map {
        workers[$0].profit(at: chosen.price, resource: workers[$0].response(to: chosen.price)).profit
      })
  }

  private struct Offer {
    var price: Double
    var selected: [Int]
    var revenue: Double
  }

  /// A later set must be better by this much.
  private static let indifference = 1e-12

  private var nobody: Offer { Offer(price: 0, selected: [], revenue: revenue(of: Team(), price: 0)) }

  /// Everyone who is willing joins, so that the price decides who: of the k most willing ones it must stay between the
  /// k-th and the next participation price.
  private func bestPrefix(_ participation: [Double]) -> Offer {
    let order = workers.indices.sorted { (participation[$0], $0) < (participation[$1], $1) }
    var best = nobody
    var team = Team()
    for (place, worker) in order.enumerated() {
      team = team.adding(workers[worker], participation: participation[worker])
      let next = place + 1 < order.count ? participation[order[place + 1]] : .infinity
      let price = min(max(resourceValue / 2, participation[worker]), next)
      let offered = revenue(of: team, price: price)
      if offered > best.revenue + Self.indifference {
        best = Offer(price: price, selected: order[...place].sorted(), revenue: offered)
      }
    }
    return best
  }

  /// The server may decline the willing, so that every set is open to it, at the lowest price at which all agree.
  private func bestSubset(_ participation: [Double], cancellation: Cancellation) throws -> Offer {
    var best = nobody
    var tried = 0
    for size in workers.indices.map({ $0 + 1 }) {
      try Combinations.visit(workers.count, size, start: Team()) { team, worker in
        team.adding(workers[worker], participation: participation[worker])
      } each: { team, members in
        tried += 1
        if tried & 0xfff == 0 { try cancellation.check() }
        let price = max(resourceValue / 2, team.highestParticipation)
        let offered = revenue(of: team, price: price)
        if offered > best.revenue + Self.indifference {
          best = Offer(price: price, selected: members, revenue: offered)
        }
      }
    }
    return best
  }
}
