import Testing

@testable import FLNFTKernel

/// Jupyter counts code points: neither bytes, nor units of UTF-16, nor what Swift calls characters.
@Suite struct CursorTests {
  @Test(arguments: [
    ("", [0]), ("abc", [0, 1, 2, 3]), ("é = 1", [0, 2, 3, 4, 5, 6]), ("😀x", [0, 4, 5]),
    // A letter with a combining accent, and a family: several code points each.
    ("e\u{301}x", [0, 1, 3, 4]), ("👩\u{200D}👧", [0, 4, 7, 11]), ("a\r\nb", [0, 1, 2, 3, 4]),
  ])
  func placesAreFound(text: String, bytes: [Int]) {
    for (position, byte) in bytes.enumerated() {
      #expect(CodePoints.byteOffset(of: position, in: text) == byte)
      #expect(CodePoints.position(ofByte: byte, in: text) == position)
    }
    #expect(CodePoints.byteOffset(of: 1000, in: text) == text.utf8.count)
    #expect(CodePoints.byteOffset(of: -1, in: text) == 0)
    #expect(CodePoints.position(ofByte: 1000, in: text) == bytes.count - 1)
  }
}
