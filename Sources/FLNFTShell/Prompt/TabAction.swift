import Scripting

/// What the Tab key does to a line: completes the word as far as it is certain, or lists what it may become.
struct TabAction: Equatable {
  /// The byte where the replacement starts; it ends at the cursor.
  var start: Int
  var replacement: String?
  var listing: String?

  private static let longestListing = 100

  init(line: String, cursor: Int, columns: Int, complete: (String, Int) -> Completion?) {
    start = cursor
    let before = Array(line.utf8.prefix(cursor))
    if String(decoding: before, as: UTF8.self).isBlank {
      // At the start of a line Tab indents.
      replacement = "  "
      return
    }
    guard let completion = complete(line, cursor), (0...cursor).contains(completion.start),
      let first = completion.candidates.first
    else { return }
    let word = String(decoding: before[completion.start...], as: UTF8.self)
    let common = completion.candidates.dropFirst().reduce(first) { TabAction.commonPrefix($0, $1) }
    if completion.candidates.count == 1 || (common.hasPrefix(word) && common.utf8.count > word.utf8.count) {
      start = completion.start
      replacement = common
    } else {
      listing =
        TabAction.explained(completion, columns: columns) ?? TabAction.list(completion.candidates, columns: columns)
    }
  }

  /// More would push what one is writing off the screen.
  private static let longestExplanation = 30

  /// A line for each candidate, with what it is; nil where nothing is known of any, or where they are many.
  static func explained(_ completion: Completion, columns: Int) -> String? {
    let names = completion.candidates.sorted()
    guard names.count <= longestExplanation, names.contains(where: { completion.notes[$0] != nil }) else { return nil }
    let width = names.map(\.count).max() ?? 0
    let listing = Listing(names, indent: "")
    return names.map { name in
      guard let note = completion.notes[name] else { return name + "\n" }
      let line = listing.row(name, note)
      return (line.count <= columns ? line : line.prefix(max(width, columns - 3)) + "...") + "\n"
    }.joined()
  }

  /// The candidates in columns, read downwards as `ls` does it.
  static func list(_ candidates: [String], columns: Int) -> String {
    let shown = Array(candidates.sorted().prefix(longestListing))
    let width = (shown.map(\.count).max() ?? 0) + 2
    let perRow = max(1, columns / max(width, 1))
    let rows = (shown.count + perRow - 1) / perRow
    var text = ""
    for row in 0..<rows {
      let cells = stride(from: row, to: shown.count, by: rows).map { shown[$0] }
      for cell in cells.dropLast() { text += cell + String(repeating: " ", count: width - cell.count) }
      text += (cells.last ?? "") + "\n"
    }
    if candidates.count > shown.count { text += "and \(candidates.count - shown.count) more\n" }
    return text
  }

  private static func commonPrefix(_ first: String, _ second: String) -> String {
    String(zip(first, second).prefix { $0 == $1 }.map(\.0))
  }
}
