/// The polytope of one player's mixtures, scaled so that the other player's best payoff is at most 1, as equations with
/// slacks (x >= 0, B'x + s = 1), solved for a set of basic variables.
///
/// Every pure strategy of either player is a label, and a variable of either player's tableau: of its own as a weight,
/// of the other's as a slack. A vertex bears the labels of its variables that are 0: strategies not played, and best
/// responses to it.
struct BestResponseTableau {
  /// The labels of this player's own strategies, and of the other's.
  let structural: Range<Int>
  let slack: Range<Int>
  private let width: Int
  private let height: Int
  private var entries: [Double]
  /// The label that is basic in each row.
  private var basis: [Int]

  /// - Parameter payoffs: the other player's, above 0, a stretch for each slack label.
  init(_ payoffs: [Double], structural: Range<Int>, slack: Range<Int>) {
    self.structural = structural
    self.slack = slack
    let labels = structural.count + slack.count
    width = labels + 1
    height = slack.count
    basis = Array(slack)
    entries = Array(repeating: 0, count: width * height)
    for row in 0..<height {
      for (place, label) in structural.enumerated() {
        entries[row * width + label] = payoffs[row * structural.count + place]
      }
      entries[row * width + slack.lowerBound + row] = 1
      entries[row * width + labels] = 1
    }
  }

  /// The row player's and the column player's, at their origins. Labels count the row player's strategies first.
  static func pair(of game: Bimatrix) -> (row: BestResponseTableau, column: BestResponseTableau) {
    let own = 0..<game.rows
    let other = game.rows..<game.rows + game.columns
    // Payoffs are in 0...1; the polytopes want them above 0.
    return (
      BestResponseTableau(game.columnPayoffs.map { $0 + 1 }, structural: own, slack: other),
      BestResponseTableau(game.rowPayoffs.map { $0 + 1 }, structural: other, slack: own)
    )
  }

  /// The basic labels as bits, for games of at most 62 labels.
  var basisBits: UInt64 { basis.reduce(0) { $0 | 1 << UInt64($1) } }

  /// The weights of the player's own strategies.
  var mixture: [Double] {
    var weights = [Double](repeating: 0, count: structural.count)
    for (row, label) in basis.enumerated() where structural.contains(label) {
      weights[label - structural.lowerBound] = entries[row * width + width - 1]
    }
    return weights
  }

  /// The labels of the vertex as bits: what is not basic, and what is basic at 0.
  var vertexLabels: UInt64 {
    let all = UInt64(1) << UInt64(width - 1) - 1
    return basis.enumerated().reduce(all) { labels, entry in
      let value = entries[entry.offset * width + width - 1]
      return value > Bimatrix.tolerance ? labels & ~(1 << UInt64(entry.element)) : labels
    }
  }

  /// Makes a label basic by the lexicographic rule, under which no basis comes again.
  /// - Parameter metTie: set where two rows allowed the same step, which shows the game degenerate.
  /// - Returns: the label that leaves.
  mutating func pivot(entering: Int, metTie: inout Bool) -> Int {
    let row = leavingRow(entering, &metTie)
    let leaving = basis[row]
    exchange(row: row, entering: entering)
    return leaving
  }

  /// The label that would leave.
  func leavingLabel(for entering: Int) -> Int {
    var metTie = false
    return basis[leavingRow(entering, &metTie)]
  }

  /// Solves the first system anew for other basic labels, with the largest pivots.
  mutating func solve(forBasis labels: UInt64) {
    var open = Set(0..<height)
    // Slacks that stay keep their rows.
    for row in 0..<height where labels >> UInt64(basis[row]) & 1 == 1 { open.remove(row) }
    for label in structural where labels >> UInt64(label) & 1 == 1 {
      guard let row = open.max(by: { abs(entries[$0 * width + label]) < abs(entries[$1 * width + label]) }) else {
        return
      }
      open.remove(row)
      exchange(row: row, entering: label)
    }
  }

  private mutating func exchange(row: Int, entering: Int) {
    let width = width
    let height = height
    entries.withUnsafeMutableBufferPointer { entries in
      let pivot = entries[row * width + entering]
      for place in 0..<width { entries[row * width + place] /= pivot }
      for other in 0..<height where other != row {
        let factor = entries[other * width + entering]
        if factor == 0 { continue }
        let (target, source) = (other * width, row * width)
        for place in 0..<width { entries[target + place] -= factor * entries[source + place] }
        // Exactly, so that a column of the basis stays one.
        entries[other * width + entering] = 0
      }
      entries[row * width + entering] = 1
    }
    basis[row] = entering
  }

  /// The row of the lexicographically smallest ratio. The polytope is bounded, so that some coefficient is positive;
  /// should rounding hide it, the largest one serves.
  private func leavingRow(_ entering: Int, _ metTie: inout Bool) -> Int {
    var best = -1
    var least = Double.infinity
    var isTie = false
    entries.withUnsafeBufferPointer { entries in
      for row in 0..<height {
        let coefficient = entries[row * width + entering]
        guard coefficient > Bimatrix.pivotTolerance else { continue }
        let ratio = entries[row * width + width - 1] / coefficient
        let margin = Self.margin(least)
        if ratio < least - margin {
          (best, least, isTie) = (row, ratio, false)
        } else if ratio <= least + margin {
          isTie = true
          least = Swift.min(least, ratio)
        }
      }
    }
    guard best >= 0 else {
      return (0..<height).max { entries[$0 * width + entering] < entries[$1 * width + entering] } ?? 0
    }
    guard isTie else { return best }
    metTie = true
    return rowOfTie(entering)
  }

  /// Among rows of the smallest ratio, the one that the columns of the first basis decide for.
  private func rowOfTie(_ entering: Int) -> Int {
    var candidates = (0..<height).filter { entries[$0 * width + entering] > Bimatrix.pivotTolerance }
    for column in [width - 1] + Array(slack) where candidates.count > 1 {
      let ratios = candidates.map { entries[$0 * width + column] / entries[$0 * width + entering] }
      let least = ratios.reduce(.infinity, Swift.min)
      candidates = zip(candidates, ratios).filter { $0.1 <= least + Self.margin(least) }.map(\.0)
    }
    return candidates[0]
  }

  /// Ratios that differ by less are taken for equal.
  @inline(__always)
  private static func margin(_ ratio: Double) -> Double {
    ratio < .infinity ? Bimatrix.pivotTolerance * Swift.max(1, abs(ratio)) : 0
  }
}
