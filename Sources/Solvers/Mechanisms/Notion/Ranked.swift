/// A number with its place, for sorting without losing who it belongs to.
///
/// Sorting these side by side in memory is several times faster than sorting places by the numbers they point at.
struct Ranked: Comparable {
  let key: Double
  let index: Int

  @inline(__always)
  static func < (a: Ranked, b: Ranked) -> Bool { a.key < b.key || a.key == b.key && a.index < b.index }

  /// Places in the order of ascending keys, ties to the lower place.
  static func order(of keys: [Double]) -> [Int] {
    var ranked = keys.enumerated().map { Ranked(key: $1, index: $0) }
    ranked.sort()
    return ranked.map(\.index)
  }
}
