import Testing

@testable import Tensor

@Suite struct RandomStreamTests {
  /// Known answers published with Random123 (kat_vectors, philox4x32 with 10 rounds).
  @Test func philoxKnownAnswers() {
    let ones = SIMD4<UInt32>(repeating: .max)
    #expect(
      RandomStream.philox(counter: .zero, key: .zero) == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      RandomStream.philox(counter: ones, key: SIMD2(repeating: .max))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      RandomStream.philox(
        counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: SIMD2(0xa409_3822, 0x299f_31d0))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func streamsOfDifferentUsesDiffer() {
    var first = RandomStream(seed: 7, purpose: "noise", round: 1, client: 2)
    var again = RandomStream(seed: 7, purpose: "noise", round: 1, client: 2)
    var other = RandomStream(seed: 7, purpose: "noise", round: 2, client: 1)
    let values = (0..<8).map { _ in first.next() }
    #expect(values == (0..<8).map { _ in again.next() })
    #expect(values != (0..<8).map { _ in other.next() })
  }

  /// Mean and variance of 200,000 deviates, within five standard errors.
  @Test func normalMoments() {
    var stream = RandomStream(seed: 3, purpose: "test")
    let count = 200_000
    let values = (0..<count).map { _ in stream.normal() }
    let mean = values.reduce(0, +) / Double(count)
    let variance = values.reduce(0) { $0 + $1 * $1 } / Double(count)
    #expect(abs(mean) < 5 / Double(count).squareRoot())
    #expect(abs(variance - 1) < 5 * (2 / Double(count)).squareRoot())
  }
}
