/// One line of the table: what is measured, in what unit, and how.
struct BenchmarkRow: Sendable {
  /// Whether a larger or a smaller figure is the better one.
  enum Better: Sendable { case larger, smaller }

  let name: String
  let unit: String
  let better: Better
  /// Sets up what is measured, once, before the first run.
  let prepare: @Sendable (Peers) throws -> Contest
}

/// A row, set up: ours, and whoever does the same work here.
struct Contest {
  /// One run; a figure in the row's unit.
  let ours: () throws -> Double
  var peers: [Contestant] = []
}

struct Contestant {
  let name: String
  let measure: () throws -> Double
}
