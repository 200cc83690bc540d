/// Places in a text: Jupyter counts Unicode code points, the session bytes of UTF-8.
enum CodePoints {
  /// The byte at which the code point `position` starts; the end where there are not so many.
  static func byteOffset(of position: Int, in text: String) -> Int {
    text.unicodeScalars.prefix(max(0, position)).reduce(0) { $0 + UTF8.width($1) }
  }

  /// How many code points start before a byte.
  static func position(ofByte offset: Int, in text: String) -> Int {
    var (bytes, count) = (0, 0)
    for scalar in text.unicodeScalars {
      guard bytes < offset else { break }
      bytes += UTF8.width(scalar)
      count += 1
    }
    return count
  }
}
