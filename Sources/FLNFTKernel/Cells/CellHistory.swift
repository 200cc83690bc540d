/// The cells of this run of the kernel, as front ends ask for them.
struct CellHistory {
  struct Entry: Equatable {
    /// The cell's number, from 1.
    var number: Int
    var input: String
    var output: String?
  }

  /// There is one session: what was typed before the kernel started is in the notebooks.
  static let session = 1
  private static let capacity = 10_000

  private(set) var entries: [Entry] = []
  /// The number of the last cell that was stored.
  private(set) var count = 0

  mutating func begin() -> Int {
    count += 1
    return count
  }

  mutating func store(_ input: String, output: String?) {
    entries.append(Entry(number: count, input: input, output: output))
    if entries.count > CellHistory.capacity { entries.removeFirst(entries.count - CellHistory.capacity) }
  }

  /// The last `count` cells, oldest first.
  func tail(_ count: Int?) -> [Entry] { Array(entries.suffix(max(0, count ?? entries.count))) }

  /// The cells from `start` up to but not with `stop`.
  ///
  /// - Parameter session: 0 is this one, negative numbers count back.
  func range(session: Int, start: Int, stop: Int?) -> [Entry] {
    guard session == 0 || session == CellHistory.session else { return [] }
    return entries.filter { $0.number >= start && $0.number < stop ?? .max }
  }

  /// The last cells that match a pattern as a whole, each once when `unique`, at its latest place.
  func search(_ pattern: String, count: Int?, unique: Bool) -> [Entry] {
    let glob = GlobPattern(pattern)
    var seen: Set<String> = []
    var found: [Entry] = []
    for entry in entries.reversed() where glob.matches(entry.input) {
      if found.count >= max(0, count ?? .max) { break }
      if unique, !seen.insert(entry.input).inserted { continue }
      found.append(entry)
    }
    return found.reversed()
  }
}

/// A pattern in which `*` is any text and `?` any character.
struct GlobPattern {
  private let pattern: [Unicode.Scalar]

  init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

  /// Whether the whole text matches; at most the product of both lengths in steps.
  func matches(_ text: String) -> Bool {
    let text = Array(text.unicodeScalars)
    var (place, next) = (0, 0)
    // Where the last star stands, and up to where it reaches.
    var star: (pattern: Int, text: Int)?
    while place < text.count {
      if next < pattern.count, pattern[next] == "*" {
        star = (next, place)
        next += 1
      } else if next < pattern.count, pattern[next] == "?" || pattern[next] == text[place] {
        place += 1
        next += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        place = last.text + 1
        next = last.pattern + 1
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == "*" }
  }
}
