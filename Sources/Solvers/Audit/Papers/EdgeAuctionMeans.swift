import Tensor

/// Both levels of TBCIM's market at a price of gas, on average over drawn markets: every server takes its best devices
/// at its best price, asks what they cost it, and the best set of servers is paid by VCG.
struct EdgeAuctionMeans {
  private(set) var welfare = 0.0
  private(set) var winners = 0.0
  /// What a winner is left with by VCG.
  private(set) var profit = 0.0
  /// (33) of a server.
  private(set) var revenue = 0.0
  /// Of the selected devices: how many samples, their mean EMD, and q of both.
  private(set) var samples = 0.0
  private(set) var distance = 0.0
  private(set) var quality = 0.0

  /// Markets drawn for each number of servers.
  private static let markets = 15

  /// The same markets at each price of gas.
  static func table(servers count: Int, gasPrices: [Double], _ trial: ClaimTrial) throws -> [EdgeAuctionMeans] {
    var stream = trial.stream("markets of \(count) servers")
    let drawn = (0..<markets).map { _ in (0..<count).map { _ in devices(&stream) } }
    return try gasPrices.map { price in
      var sums = Sums()
      for market in drawn { try sums.add(market, gasPrice: price, trial.cancellation) }
      return sums.means(markets: markets, servers: count)
    }
  }

  /// Three to ten devices, as the specification's experiments draw them.
  private static func devices(_ stream: inout RandomStream) -> [EdgeWorker] {
    (0..<3 + stream.integer(below: 8)).map { _ in
      EdgeWorker(
        samples: stream.uniform(500, 3000).rounded(), distance: stream.uniform(0.2, 1.6),
        sampleCost: stream.uniform(1e-7, 3e-7), computationPrice: stream.uniform(0.5e-9, 1.5e-9), power: 1, rate: 1e3,
        energyPrice: stream.uniform(1e-3, 4e-3))
    }
  }

  private struct Sums {
    var means = EdgeAuctionMeans()
    var profits = 0.0
    var withData = 0

    mutating func add(_ market: [[EdgeWorker]], gasPrice: Double, _ cancellation: Cancellation) throws {
      var (bids, sizes, distances) = ([Double](), [Double](), [Double]())
      let gas = try LedgerGas.cost(value: 3.48e-6, used: 7.68e4, price: gasPrice, workers: 1)
      for workers in market {
        try cancellation.check()
        let server = EdgeServer(workers: workers, gasPerWorker: gas)
        let leader = try server.leaderPrice(cancellation: cancellation)
        means.revenue += leader.revenue
        let chosen = leader.selected.map { workers[$0] }
        // A server without devices has nothing to sell.
        guard !chosen.isEmpty else { continue }
        let costs = try EdgeRevenue(workers: chosen, price: leader.price, gasPerWorker: gas, quality: server.quality)
        bids.append(costs.fees + costs.gas)
        sizes.append(chosen.reduce(0) { $0 + $1.samples })
        distances.append(chosen.reduce(0) { $0 + $1.distance } / Double(chosen.count))
      }
      guard !bids.isEmpty else {
        means.welfare += try DataQuality().utility(sizes: [], distances: []).value
        return
      }
      let bought = try SubsetSelection(DataSellers(sizes: sizes, distances: distances)).vickrey(bids: bids)
      means.welfare += bought.welfare
      means.winners += Double(bought.winners.count)
      guard !bought.winners.isEmpty else { return }
      withData += 1
      profits += bought.winners.reduce(0) { $0 + bought.payments[$1] - bids[$1] }
      let data = try DataQuality().utility(
        sizes: bought.winners.map { sizes[$0] }, distances: bought.winners.map { distances[$0] })
      means.samples += data.samples
      means.distance += data.meanDistance
      means.quality += data.quality
    }

    func means(markets: Int, servers: Int) -> EdgeAuctionMeans {
      var means = means
      means.profit = profits / max(1, means.winners)
      means.welfare /= Double(markets)
      means.winners /= Double(markets)
      means.revenue /= Double(markets * servers)
      let bought = Double(max(1, withData))
      means.samples /= bought
      means.distance /= bought
      means.quality /= bought
      return means
    }
  }
}
