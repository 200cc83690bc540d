import Testing

@testable import Core

@Suite struct ContractValueTests {
  static let values: [ContractValue] = [
    .null, .boolean(true), .boolean(false), .integer(0), .integer(.min), .integer(.max), .amount(.zero),
    .amount(.maximum), .text(""), .text("héllo"), .text([0, 255]), .list([]), .list([.null, .list([.integer(1)])]),
    .record([:]), .record(["b": .integer(1), "a": .record(["": .text("x")])]),
  ]

  @Test func everyValueHasOneEncoding() throws {
    for value in Self.values {
      let bytes = value.encoded
      #expect(try ContractValue(decoding: bytes) == value)
      #expect(bytes.count == value.encodedSize)
      for other in Self.values where other != value { #expect(other.encoded != bytes) }
    }
    #expect(try ContractValue.values(in: ContractValue.encode(Self.values)) == Self.values)
  }

  /// Whatever bytes decode, encode to the same bytes: no value has two encodings.
  @Test func changedBytesAreRefusedOrCanonical() throws {
    var generator = SystemRandomNumberGenerator()
    for value in Self.values {
      for _ in 0..<400 {
        var bytes = value.encoded
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8.random(in: 0...9, using: &generator), at: place)
        }
        guard let decoded = try? ContractValue(decoding: bytes) else { continue }
        #expect(decoded.encoded == bytes)
      }
    }
  }

  @Test func namesStandInOrderAndOnce() throws {
    let record: ContractRecord = ["b": .integer(1), "a": .integer(2), "b": .integer(3)]
    #expect(record.fields.map(\.name) == [Array("a".utf8), Array("b".utf8)])
    #expect(record["b"] == .integer(3) && record["c"] == .null)
    // The same fields the other way round.
    var swapped: [UInt8] = [7, 0, 0, 0, 2]
    for name in ["b", "a"] { swapped += [0, 0, 0, 1] + Array(name.utf8) + [0] }
    #expect(throws: ContractFailure.self) { try ContractValue(decoding: swapped) }
    var doubled: [UInt8] = [7, 0, 0, 0, 2]
    for name in ["a", "a"] { doubled += [0, 0, 0, 1] + Array(name.utf8) + [0] }
    #expect(throws: ContractFailure.self) { try ContractValue(decoding: doubled) }
  }

  @Test func boundsAreKept() throws {
    var value = ContractValue.integer(1)
    for _ in 1..<ContractLimits.depth { value = .list([value]) }
    try value.checkBounds()
    #expect(try ContractValue(decoding: value.encoded) == value)
    let deeper = ContractValue.list([value])
    #expect(throws: ContractFailure.self) { try deeper.checkBounds() }
    #expect(throws: ContractFailure.self) { try ContractValue(decoding: deeper.encoded) }
    let text = ContractValue.text([UInt8](repeating: 0, count: ContractLimits.text))
    try text.checkBounds()
    #expect(throws: ContractFailure.self) { try ContractValue.list([text, text, text, text]).checkBounds() }
    #expect(throws: ContractFailure.self) {
      try ContractValue.text([UInt8](repeating: 0, count: ContractLimits.text + 1)).checkBounds()
    }
    // A length that promises more than there is reserves nothing.
    #expect(throws: ContractFailure.self) { try ContractValue(decoding: [6, 255, 255, 255, 255]) }
  }

  @Test func failuresSayWhere() {
    let failure = ContractFailure(.contractError, "too late", line: 3)
    #expect(failure.kind == "ContractError" && failure.description == "ContractError: line 3: too late")
    for cause in ContractFailure.Cause.allCases { #expect(!cause.rawValue.isEmpty) }
  }
}
