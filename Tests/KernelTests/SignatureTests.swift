import Core
import Testing

@testable import FLNFTKernel

/// HMAC-SHA256 against RFC 4231, section 4, and what the kernel makes of it.
@Suite struct SignatureTests {
  private struct Vector {
    var key: [UInt8]
    var data: [UInt8]
    var code: String
  }

  private static let vectors = [
    Vector(
      key: .init(repeating: 0x0b, count: 20), data: .init("Hi There".utf8),
      code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    Vector(
      key: .init("Jefe".utf8), data: .init("what do ya want for nothing?".utf8),
      code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    Vector(
      key: .init(repeating: 0xaa, count: 20), data: .init(repeating: 0xdd, count: 50),
      code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    Vector(
      key: Array(1...25), data: .init(repeating: 0xcd, count: 50),
      code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    Vector(
      key: .init(repeating: 0xaa, count: 131),
      data: .init("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    Vector(
      key: .init(repeating: 0xaa, count: 131),
      data: .init(
        ("This is a test using a larger than block-size key and a larger than block-size data. "
          + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
      code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
  ]

  @Test func codesAreThoseOfTheStandard() {
    for vector in SignatureTests.vectors {
      #expect(Hexadecimal.encode(HMACSHA256.code(of: [vector.data], key: vector.key)) == vector.code)
      // In however many parts the message comes.
      let halves = [Array(vector.data.prefix(7)), Array(vector.data.dropFirst(7))]
      #expect(Hexadecimal.encode(HMACSHA256.code(of: halves, key: vector.key)) == vector.code)
    }
  }

  @Test func everyBitCounts() {
    let key = Array("key".utf8)
    let code = HMACSHA256.code(of: [Array("message".utf8)], key: key)
    #expect(HMACSHA256.isCode(code, of: [Array("message".utf8)], key: key))
    for bit in 0..<256 {
      var wrong = code
      wrong[bit / 8] ^= 1 << (bit % 8)
      #expect(!HMACSHA256.isCode(wrong, of: [Array("message".utf8)], key: key))
    }
    #expect(!HMACSHA256.isCode(Array(code.dropLast()), of: [Array("message".utf8)], key: key))
    #expect(!HMACSHA256.isCode([], of: [Array("message".utf8)], key: key))
  }
}
