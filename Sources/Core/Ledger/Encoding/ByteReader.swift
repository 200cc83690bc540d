import Tensor

/// Reads what `ByteWriter` wrote. Any bytes at all may be given: what is not canonical is an error, never a trap.
struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var remaining: Int { bytes.count - position }

  /// Whether these bytes come next; they stay to be read.
  func isNext(_ expected: [UInt8]) -> Bool { bytes[position...].starts(with: expected) }

  mutating func expect(tag: String) throws(DecodingFailure) {
    guard try take(tag.utf8.count).elementsEqual(tag.utf8) else {
      throw DecodingFailure(position: position, expected: "the tag \(tag)")
    }
  }

  mutating func read<Value: FixedWidthInteger & UnsignedInteger>(
    _ type: Value.Type
  ) throws(DecodingFailure) -> Value {
    var value: Value = 0
    for byte in try take(Value.bitWidth / 8) { value = value << 8 | Value(byte) }
    return value
  }

  mutating func readBool() throws(DecodingFailure) -> Bool {
    let byte = try read(UInt8.self)
    guard byte < 2 else { throw DecodingFailure(position: position - 1, expected: "0 or 1") }
    return byte == 1
  }

  mutating func readBytes32() throws(DecodingFailure) -> Bytes32 {
    guard let value = Bytes32(try take(Bytes32.count)) else {
      throw DecodingFailure(position: position, expected: "32 bytes")
    }
    return value
  }

  mutating func readAmount() throws(DecodingFailure) -> Amount {
    Amount(units: try read(UInt128.self))
  }

  mutating func readTimestamp() throws(DecodingFailure) -> Timestamp {
    Timestamp(microseconds: try read(UInt64.self))
  }

  mutating func readLabel() throws(DecodingFailure) -> Label {
    let start = position
    guard let text = String(validating: try readBytes(), as: UTF8.self), let label = Label(text) else {
      throw DecodingFailure(position: start, expected: "a name")
    }
    return label
  }

  mutating func readBytes() throws(DecodingFailure) -> [UInt8] {
    try read(fixed: Int(try read(UInt32.self)))
  }

  mutating func read(fixed count: Int) throws(DecodingFailure) -> [UInt8] { Array(try take(count)) }

  private mutating func take(_ count: Int) throws(DecodingFailure) -> ArraySlice<UInt8> {
    guard count <= remaining else { throw DecodingFailure(position: position, expected: "\(count) more bytes") }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func readList<Element>(
    _ element: (inout ByteReader) throws(DecodingFailure) -> Element
  ) throws(DecodingFailure) -> [Element] {
    let count = Int(try read(UInt32.self))
    // An element takes a byte at least: a length that promises more must not reserve memory for it.
    guard count <= remaining else { throw DecodingFailure(position: position, expected: "a list of \(count)") }
    var list: [Element] = []
    list.reserveCapacity(count)
    for _ in 0..<count { list.append(try element(&self)) }
    return list
  }

  mutating func readOptional<Value>(
    _ present: (inout ByteReader) throws(DecodingFailure) -> Value
  ) throws(DecodingFailure) -> Value? {
    try readBool() ? try present(&self) : nil
  }

  func expectEnd() throws(DecodingFailure) {
    guard remaining == 0 else { throw DecodingFailure(position: position, expected: "no more bytes") }
  }
}

/// Bytes that are not the encoding of what was to be read.
public struct DecodingFailure: Diagnosable, Equatable {
  /// The offset of the offending byte.
  public let position: Int
  public let expected: String

  public var kind: String { "MalformedBytes" }
  public var message: String { "byte \(position): expected \(expected)" }
}
