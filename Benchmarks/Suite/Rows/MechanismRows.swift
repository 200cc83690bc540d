import Solvers
import Tensor

extension BenchmarkRow {
  /// A million sellers and a million buyers, cleared by McAfee's rule, against nothing but sorting their asks and bids.
  static let doubleAuction = BenchmarkRow(name: "double-auction", unit: "CPU ms", better: .smaller) { _ in
    var stream = RandomStream(seed: 1, purpose: "benchmark auction")
    func draw() -> [Double] { (0..<1_000_000).map { _ in stream.uniform(0, 1) } }
    let (asks, bids) = (draw(), draw())
    return Contest(
      ours: {
        try CPUTime.seconds {
          let trades = try DoubleAuction.mcAfee(asks: asks, bids: bids).trades
          guard trades > 400_000 else { throw BenchmarkError("\(trades) trades among a million pairs") }
        } * 1000
      },
      peers: [
        Contestant(name: "sorting them") {
          CPUTime.seconds {
            let (ascending, descending) = (asks.sorted(), bids.sorted(by: >))
            precondition(ascending[0] < descending[0])
          } * 1000
        }
      ])
  }
}
