/// A text of many megabytes as a screen can take it: its beginning, its end, and how much is left out between them.
enum LongText {
  /// Texts up to this many bytes are shown whole: a pager is good company through a million.
  static let most = 1_000_000
  /// What is kept of each end of a longer one, in bytes.
  private static let end = 20_000

  static func cut(_ text: String) -> String {
    let bytes = text.utf8
    guard bytes.count > most else { return text }
    let head = text[..<scalarStart(bytes.index(bytes.startIndex, offsetBy: end), in: text)]
    let tail = text[scalarStart(bytes.index(bytes.endIndex, offsetBy: -end), in: text)...]
    let omitted = bytes.count - head.utf8.count - tail.utf8.count
    return "\(head)\n... \(omitted) bytes are left out here; print(_) shows all of the last value ...\n\(tail)"
  }

  /// The place itself, or that of the scalar it stands within.
  private static func scalarStart(_ index: String.Index, in text: String) -> String.Index {
    var index = index
    // What goes on a scalar begins with the bits 10.
    while index > text.startIndex, index < text.endIndex, text.utf8[index] & 0xC0 == 0x80 {
      index = text.utf8.index(before: index)
    }
    return index
  }
}
