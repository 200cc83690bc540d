import Tensor

/// The name of an account, an auction or a chain: 1 to 64 bytes of UTF-8 without control characters or `|`.
///
/// Two labels are equal when their bytes are: the strings of Swift, which take composed and decomposed accents for
/// the same, would let two different names share a hash.
public struct Label: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let text: String

  /// `nil` when the text is no label.
  public init?(_ text: String) {
    guard (1...64).contains(text.utf8.count) else { return nil }
    // `|` separates the fields of a canonical bid.
    for scalar in text.unicodeScalars
    where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar == "|" {
      return nil
    }
    self.text = text
  }

  /// - Throws: `LedgerError.invalidParameter` that says what a label is.
  public init(checking text: String) throws(LedgerError) {
    guard let label = Label(text) else {
      throw .invalidParameter(
        "a name is 1 to 64 bytes of text without control characters or '|', not \"\(text.prefix(80))\"")
    }
    self = label
  }

  public static func == (left: Label, right: Label) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  public static func < (left: Label, right: Label) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(UInt8(0xff))
  }

  public var description: String { text }
}
