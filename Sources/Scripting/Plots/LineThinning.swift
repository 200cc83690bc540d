/// Leaves out the points of a long line that no eye could see.
enum LineThinning {
  /// Keeps of each pixel column the first, the lowest, the highest and the last point, which draws the same picture.
  /// Lines that are short, or that run backwards, stay as they are.
  static func thin(_ places: [PlotLayout.Place], columns: Int) -> [PlotLayout.Place] {
    kept(places, columns: columns).map { places[$0] }
  }

  /// Which points are kept, by their number.
  static func kept(_ places: [PlotLayout.Place], columns: Int) -> [Int] {
    guard columns > 0, places.count > 4 * columns else { return Array(places.indices) }
    guard zip(places, places.dropFirst()).allSatisfy({ $0.x <= $1.x }) else { return Array(places.indices) }
    var kept: [Int] = []
    var start = 0
    while start < places.count {
      let column = Int(places[start].x * Double(columns))
      var end = start + 1
      while end < places.count, Int(places[end].x * Double(columns)) == column { end += 1 }
      let range = start..<end
      let lowest = range.min { places[$0].y < places[$1].y } ?? start
      let highest = range.max { places[$0].y < places[$1].y } ?? start
      kept += Set([start, lowest, highest, end - 1]).sorted()
      start = end
    }
    return kept
  }
}
