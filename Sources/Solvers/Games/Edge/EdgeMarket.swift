import Tensor

/// The lower level, solved: the price, who works at it, what everyone is left with, and who could gain by departing.
public struct EdgeMarket: Equatable, Sendable {
  public let server: EdgeServer
  public let rule: LeaderRule
  public let leader: LeaderPrice
  /// What each of the selected does and is left with, in their order.
  public let work: [WorkerProfit]
  /// What the selected workers' data are worth.
  public let data: DataUtility
  /// What the server earns and pays at its price.
  public var fees: Double { work.reduce(0) { $0 + $1.fee } }
  public var gas: Double { server.gasPerWorker * Double(leader.selected.count) }
  /// The best departures that a search found; nil when it was not asked for.
  public let regret: EdgeRegret?

  /// - Parameter verified: whether to search for departures.
  /// - Throws: what `EdgeServer.leaderPrice` throws.
  public init(
    _ server: EdgeServer, rule: LeaderRule = .subset, verified: Bool = true, cancellation: Cancellation = .never
  ) throws {
    self.server = server
    self.rule = rule
    let leader = try server.leaderPrice(rule: rule, cancellation: cancellation)
    self.leader = leader
    let selected = leader.selected.map { server.workers[$0] }
    work = selected.map { $0.profit(at: leader.price, resource: $0.response(to: leader.price)) }
    data = try server.quality.utility(
      sizes: selected.map(\.samples), distances: selected.map(\.distance), empty: server.empty)
    regret =
      verified
      ? try EdgeRegret(of: leader, server: server, rule: rule, work: work, cancellation: cancellation) : nil
  }
}
