extension Sequence where Element: Hashable {
  /// The first element that an earlier one equals; nil where all are different.
  public var firstRepeated: Element? {
    var seen: Set<Element> = []
    return first { !seen.insert($0).inserted }
  }
}
