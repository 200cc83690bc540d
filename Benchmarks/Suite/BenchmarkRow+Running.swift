extension BenchmarkRow {
  /// Runs ours and every peer in turn, so that whatever else the machine does meets all alike.
  ///
  /// Everybody has one run before those that count, to warm caches and compile. A peer that cannot do that run is
  /// left out.
  ///
  /// - Parameters:
  ///   - runs: how often each is measured; odd, so that the median is one of them.
  ///   - note: told about peers that are left out.
  func run(runs: Int, peers available: Peers, note: (String) -> Void) throws -> RowResult {
    let contest = try prepare(available)
    _ = try contest.ours()
    let peers = contest.peers.filter { peer in
      do {
        _ = try peer.measure()
        return true
      } catch {
        note("\(name): \(peer.name) is left out: \(error)")
        return false
      }
    }
    var ourRuns: [Double] = []
    var peerRuns = [[Double]](repeating: [], count: peers.count)
    for _ in 0..<runs {
      ourRuns.append(try contest.ours())
      for (place, peer) in peers.enumerated() { peerRuns[place].append(try peer.measure()) }
    }
    let ours = Self.median(ourRuns)
    let medians = zip(peers, peerRuns).map { (name: $0.name, median: Self.median($1)) }
    let best = medians.max { isBetter($1.median, than: $0.median) }
    return RowResult(
      name: name, unit: unit, ours: ours, peer: best?.median, peerName: best?.name,
      ratio: best.map { better == .larger ? ours / $0.median : $0.median / ours }, runs: runs)
  }

  private func isBetter(_ left: Double, than right: Double) -> Bool {
    better == .larger ? left > right : left < right
  }

  private static func median(_ figures: [Double]) -> Double {
    figures.sorted()[figures.count / 2]
  }
}
