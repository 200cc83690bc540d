/// Names and what is said of them, in two columns.
public struct Listing {
  private let width: Int
  private let indent: String

  /// - Parameters:
  ///   - names: those that will be listed, for the width of their column.
  ///   - indent: what stands before each name.
  public init(_ names: some Sequence<String>, indent: String = "  ") {
    width = names.reduce(0) { max($0, $1.count) }
    self.indent = indent
  }

  public func row(_ name: String, _ words: String) -> String {
    indent + name + String(repeating: " ", count: max(width - name.count, 0) + 2) + words
  }
}
