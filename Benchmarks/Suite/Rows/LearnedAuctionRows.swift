import Solvers
import Tensor

extension BenchmarkRow {
  /// One outer step of a learned auction, all misreport steps included, on one thread; and the best of all sets of 20
  /// sellers.
  static let learnedAuctions = [
    reverseAuction("ranet-10", misreportSteps: 10, hidden: 32, steps: 200),
    reverseAuction("ranet-25", misreportSteps: 25, hidden: 32, steps: 100),
    reverseAuction("ranet-10-wide", misreportSteps: 10, hidden: 100, steps: 40),
    reverseAuction("ranet-25-wide", misreportSteps: 25, hidden: 100, steps: 20),
    itemAuction, itemAuction(bidders: 3, items: 10), itemAuction(bidders: 5, items: 10), twoThreads, optimalSubset,
  ]

  /// Five sellers, batches of 128; both networks have two hidden layers of `hidden` units, as the peer's have.
  private static func reverseAuction(_ name: String, misreportSteps: Int, hidden: Int, steps: Int) -> BenchmarkRow {
    BenchmarkRow(name: name, unit: "steps/s", better: .larger) { peers in
      let design = ReverseAuctionDesign(
        sellers: try DataSellers(
          sizes: [14_000, 12_000, 10_000, 8_000, 16_000], distances: [0.6, 0.4, 0.3, 0.2, 1], valueScale: 10))
      var settings = LearningSettings()
      settings.hidden = [hidden, hidden]
      settings.batch = 128
      settings.misreportSteps = misreportSteps
      settings.iterations = steps
      return Contest(
        ours: {
          let seconds = try CPUTime.seconds { _ = try ReverseAuctionNetwork.trained(design, settings: settings) }
          return Double(steps) / seconds
        },
        peers: try peers.contestants(name, size: steps) { Double(steps) / $0 })
    }
  }

  /// Two bidders, two items, batches of 128, 25 misreport steps, two hidden layers of 100: the original's sizes.
  private static let itemAuction = BenchmarkRow(name: "regretnet-2x2", unit: "CPU ms", better: .smaller) { peers in
    let design = try ItemAuctionDesign(bidders: 2, items: 2)
    let steps = 40
    var settings = LearningSettings()
    settings.hidden = [100, 100]
    settings.batch = 128
    settings.misreportSteps = 25
    settings.iterations = steps
    return Contest(
      ours: {
        try CPUTime.seconds { _ = try ItemAuctionNetwork.trained(design, settings: settings) } / Double(steps) * 1000
      },
      peers: try peers.contestants("regretnet-2x2", size: steps) { $0 / Double(steps) * 1000 })
  }

  /// The larger of the original's settings, without a peer, with the 10 misreport steps that `examples/papers/regretnet.lua`
  /// trains them with.
  private static func itemAuction(bidders: Int, items: Int) -> BenchmarkRow {
    BenchmarkRow(name: "regretnet-\(bidders)x\(items)", unit: "CPU ms", better: .smaller) { _ in
      let design = try ItemAuctionDesign(bidders: bidders, items: items)
      let settings = large(steps: 30)
      return Contest(ours: {
        try CPUTime.seconds { _ = try ItemAuctionNetwork.trained(design, settings: settings) } / 30 * 1000
      })
    }
  }

  private static func large(steps: Int) -> LearningSettings {
    var settings = LearningSettings()
    settings.hidden = [100, 100]
    settings.batch = 128
    settings.misreportSteps = 10
    settings.iterations = steps
    return settings
  }

  /// By the wall clock: says something where two cores are idle.
  private static let twoThreads = BenchmarkRow(
    name: "learned-two-threads", unit: "times as quick", better: .larger
  ) { _ in
    let design = try ItemAuctionDesign(bidders: 5, items: 10)
    var settings = large(steps: 60)
    func seconds(_ threads: Int) throws -> Double {
      settings.threads = threads
      let clock = ContinuousClock()
      let time = try clock.measure { _ = try ItemAuctionNetwork.trained(design, settings: settings) }
      return time / .seconds(1)
    }
    return Contest(ours: { try seconds(1) / seconds(2) })
  }

  /// What all sets of 20 sellers are worth, the best of them, and VCG's payments.
  private static let optimalSubset = BenchmarkRow(name: "optimal-subset-20", unit: "CPU ms", better: .smaller) { _ in
    var stream = RandomStream(seed: 1, purpose: "benchmark sellers")
    let sellers = try DataSellers(
      sizes: (0..<20).map { _ in stream.uniform(5_000, 20_000) },
      distances: (0..<20).map { _ in stream.uniform(0.1, 1.5) })
    let bids = (0..<20).map { _ in stream.uniform(0, 0.05) }
    return Contest(ours: {
      try CPUTime.seconds { _ = try SubsetSelection(sellers).vickrey(bids: bids) } * 1000
    })
  }
}
