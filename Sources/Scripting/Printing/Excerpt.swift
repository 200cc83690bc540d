/// Which rows of a long table are shown: all, or the first and the last ones.
public struct Excerpt: Sendable, Equatable {
  public let head: Range<Int>
  public let tail: Range<Int>

  /// - Parameter most: how many rows are shown before their middle is left out.
  public init(of count: Int, most: Int) {
    let half = count <= most ? count : max(most / 2, 1)
    head = 0..<min(half, count)
    tail = max(count - half, head.upperBound)..<count
  }

  /// How many rows are left out between the two.
  public var omitted: Int { tail.lowerBound - head.upperBound }

  /// What stands in their place; nil where all are shown.
  public var omission: String? { omitted > 0 ? "... \(omitted) more rows" : nil }

  public var rows: [Int] { Array(head) + Array(tail) }
}
