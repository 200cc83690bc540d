extension Cancellation {
  /// The elements in the order of a comparison, unless the user asks to stop before they are.
  /// - Throws: `Cancelled`.
  @inlinable
  public func sorted<Element>(
    _ elements: [Element], by precedes: (Element, Element) -> Bool
  ) throws -> [Element] {
    var comparisons = 0
    return try elements.sorted { first, second in
      comparisons &+= 1
      try check(at: comparisons)
      return precedes(first, second)
    }
  }

  /// The same, ascending.
  @inlinable
  public func sorted<Element: Comparable>(_ elements: [Element]) throws -> [Element] {
    try sorted(elements, by: <)
  }
}
