import Tensor
import Testing

@testable import Core

@Suite("Reed-Solomon shares")
struct ReedSolomonTests {
  private func random(_ count: Int, _ stream: inout RandomStream) -> [UInt8] {
    (0..<count).map { _ in UInt8(stream.integer(below: 256)) }
  }

  @Test func theFieldIsAField() {
    for left in 0..<256 {
      for right in 1..<256 {
        let (a, b) = (UInt8(left), UInt8(right))
        #expect(GaloisField256.quotient(GaloisField256.product(a, b), b) == a)
      }
    }
    // x^8 = x^4 + x^3 + x^2 + 1.
    #expect(GaloisField256.product(0x80, 2) == 0x1d)
  }

  @Test func anySharesRecover() throws {
    var stream = RandomStream(seed: 1, purpose: "reed-solomon")
    for _ in 0..<300 {
      let total = 1 + stream.integer(below: 20)
      let code = try ReedSolomonCode(dataShares: 1 + stream.integer(below: total), totalShares: total)
      let data = random(stream.integer(below: 60), &stream)
      let shares = code.encode(data)
      let some = stream.permutation(total).prefix(code.dataShares).map { shares[Int($0)] }
      let (recovered, isWrong) = try code.recover(some, length: data.count)
      #expect(recovered == data && !isWrong)
    }
  }

  @Test func wrongSharesAreNoticedAndCorrected() throws {
    var stream = RandomStream(seed: 2, purpose: "reed-solomon errors")
    for _ in 0..<300 {
      let total = 3 + stream.integer(below: 14)
      let code = try ReedSolomonCode(dataShares: 1 + stream.integer(below: total - 2), totalShares: total)
      let data = random(1 + stream.integer(below: 60), &stream)
      var shares = code.encode(data)
      let budget = (total - code.dataShares) / 2
      let hit = stream.permutation(total).prefix(stream.integer(below: budget + 1)).map { Int($0) }.sorted()
      for index in hit {
        // Some bytes of the share, at least one.
        var bytes = shares[index].bytes
        let place = stream.integer(below: bytes.count)
        bytes[place] ^= UInt8(1 + stream.integer(below: 255))
        shares[index] = .init(index: index, bytes: bytes)
      }
      let corrected = try code.correct(shares, length: data.count)
      #expect(corrected.data == data)
      #expect(corrected.wrong == hit)
      #expect(try code.recover(shares, length: data.count).isErrorDetected == !hit.isEmpty)
    }
  }

  @Test func tooManyWrongSharesAreSaidToBeSo() throws {
    let code = try ReedSolomonCode(dataShares: 4, totalShares: 7)
    var shares = code.encode(Array("hello, network".utf8))
    for index in [1, 5] {
      shares[index] = .init(index: index, bytes: shares[index].bytes.map { $0 ^ 0x55 })
    }
    #expect(throws: CodingError.self) { try code.correct(shares, length: 14) }
  }

  @Test func aHashTellsWhichSharesAreDamaged() throws {
    let data = Array("a model's weights, in shares".utf8)
    let coded = CodedData(data, code: try ReedSolomonCode(dataShares: 3, totalShares: 6))
    var shares = coded.shares
    for index in [0, 2, 5] {
      let bytes = shares[index].share.bytes.map { $0 ^ 1 }
      shares[index] = .init(share: .init(index: index, bytes: bytes), digest: shares[index].digest)
    }
    #expect(try coded.recover(from: shares) == data)
    shares[1] = .init(share: .init(index: 1, bytes: [0]), digest: shares[1].digest)
    #expect(throws: CodingError.self) { try coded.recover(from: shares) }
  }

  @Test func refusals() throws {
    func kind(_ body: () throws -> Void) -> String? {
      do {
        try body()
        return nil
      } catch { return (error as? CodingError)?.kind }
    }
    let code = try ReedSolomonCode(dataShares: 2, totalShares: 4)
    let shares = code.encode([1, 2, 3])
    #expect(kind { _ = try ReedSolomonCode(dataShares: 5, totalShares: 4) } == "InvalidCodeParameters")
    #expect(kind { _ = try ReedSolomonCode(dataShares: 0, totalShares: 4) } == "InvalidCodeParameters")
    #expect(kind { _ = try ReedSolomonCode(dataShares: 2, totalShares: 257) } == "InvalidCodeParameters")
    #expect(kind { _ = try code.recover([shares[0]], length: 3) } == "NotEnoughShares")
    #expect(kind { _ = try code.recover([shares[0], shares[0]], length: 3) } == "DuplicateShare")
    #expect(kind { _ = try code.recover(shares, length: 7) } == "DimensionMismatch")
    #expect(kind { _ = try code.recover(shares, length: .max) } == "DimensionMismatch")
    #expect(kind { _ = try code.recover(shares, length: -1) } == "InvalidParameter")
    #expect(
      kind { _ = try code.recover([.init(index: 4, bytes: [0, 0]), shares[0]], length: 3) } == "InvalidParameter")
  }
}
