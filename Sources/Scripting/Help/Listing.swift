/// Names and what is said of them, in two columns.
public struct Listing {
  private let width: Int
  private let indent: String
  private let columns: Int?

  /// - Parameters:
  ///   - names: those that will be listed, for the width of their column.
  ///   - indent: what stands before each name.
  ///   - columns: of the terminal, where what is said goes on in a line of its own; nil for rows of one line.
  public init(_ names: some Sequence<String>, indent: String = "  ", columns: Int? = nil) {
    width = names.reduce(0) { max($0, $1.count) }
    self.indent = indent
    self.columns = columns
  }

  public func row(_ name: String, _ words: String) -> String {
    words.folded(behind: indent + name + String(repeating: " ", count: max(width - name.count, 0) + 2), to: columns)
  }
}

extension String {
  /// Fewer columns than this hold no text that one would like to read.
  private static let leastColumns = 20

  /// The text behind a heading, in lines that end at words and begin where the first does.
  ///
  /// - Parameter columns: the longest line, but for words that are longer; nil for one line.
  func folded(behind heading: String, to columns: Int?) -> String {
    guard let columns, columns - heading.count >= Self.leastColumns else { return heading + self }
    let margin = "\n" + String(repeating: " ", count: heading.count)
    var text = heading
    var column = heading.count
    for (index, word) in split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if index > 0 {
        let fits = column + 1 + word.count <= columns
        text += fits ? " " : margin
        column = fits ? column + 1 : heading.count
      }
      text += word
      column += word.count
    }
    return text
  }
}
