import Tensor
import Testing

@testable import Core

@Suite("Natural numbers of any size")
struct NaturalTests {
  @Test func textsAndBytesReadBack() throws {
    var stream = RandomStream(seed: 1, purpose: "naturals")
    let bound = try #require(Natural("123456789012345678901234567890123456789012345678901234567890"))
    for _ in 0..<500 {
      let number = Natural.random(below: bound, &stream)
      #expect(number < bound)
      #expect(Natural(number.description) == number)
      #expect(Natural(bytes: number.bytes) == number)
    }
    #expect(Natural("0") == .zero && Natural.zero.description == "0" && Natural.zero.bytes.isEmpty)
    for text in ["", "-1", "+1", " 1", "1x", "0x10"] { #expect(Natural(text) == nil) }
  }

  /// Against machine integers, where everything is known.
  @Test func arithmeticAgreesWithWords() throws {
    var stream = RandomStream(seed: 2, purpose: "naturals")
    for _ in 0..<500 {
      let (a, b, c) = (UInt(stream.next()), UInt(stream.next() >> 1), UInt(stream.next() >> 1) + 1)
      let (high, low) = a.multipliedFullWidth(by: b)
      #expect((Natural(a) * Natural(b)).description == (UInt128(high) << 64 | UInt128(low)).description)
      #expect((Natural(a) + Natural(b)).description == (UInt128(a) + UInt128(b)).description)
      #expect(Natural(a) % Natural(c) == Natural(a % c))
      #expect((Natural(a) < Natural(b)) == (a < b))
      #expect(Natural(a) - Natural(b) == Natural(a > b ? a - b : 0))
    }
  }

  @Test func group14IsWhatTheRFCSays() throws {
    let group = PrimeGroup.rfc3526Group14
    #expect(group.field.modulus.bitWidth == 2048)
    #expect(group.field.modulus.isProbablyPrime && group.order.isProbablyPrime)
    #expect(group.contains(group.generator))
    #expect(try PrimeGroup(prime: group.field.modulus, generator: Natural(4)) == group)
  }

  @Test func groupsThatAreNoneAreRefused() throws {
    for (prime, generator): (UInt, UInt) in [(24, 4), (13, 4), (23, 1), (23, 0), (23, 5), (23, 24), (0, 0), (5, 4)] {
      #expect(throws: SecrecyError.self) { try PrimeGroup(prime: Natural(prime), generator: Natural(generator)) }
    }
    #expect(throws: Never.self) { try PrimeGroup(prime: Natural(23), generator: Natural(4)) }
  }
}
