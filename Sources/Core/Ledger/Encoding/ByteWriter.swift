/// Builds the canonical bytes that are hashed and signed: big-endian integers, length-prefixed strings and lists.
///
/// Every value has one encoding and every encoding one value, so that a digest commits to a meaning.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  /// - Parameter tag: what follows is for; keeps a signature of one kind from being taken for another.
  init(tag: String = "") {
    // Most of what is written fits, and never moves.
    bytes.reserveCapacity(256)
    bytes.append(contentsOf: tag.utf8)
  }

  mutating func write(_ value: some FixedWidthInteger & UnsignedInteger) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ value: Bool) {
    bytes.append(value ? 1 : 0)
  }

  mutating func write(_ value: Bytes32) {
    value.append(to: &bytes)
  }

  mutating func write(_ value: Amount) {
    write(value.units)
  }

  mutating func write(_ value: Timestamp) {
    write(value.microseconds)
  }

  mutating func write(_ value: Label) {
    write(Array(value.text.utf8))
  }

  /// Bytes of any length, preceded by their number.
  mutating func write(_ value: [UInt8]) {
    write(UInt32(truncatingIfNeeded: value.count))
    bytes.append(contentsOf: value)
  }

  /// Bytes whose number the format fixes.
  mutating func write(fixed value: some Sequence<UInt8>) {
    bytes.append(contentsOf: value)
  }

  /// A list, preceded by its length.
  mutating func write<Element>(list: [Element], _ element: (inout ByteWriter, Element) -> Void) {
    write(UInt32(truncatingIfNeeded: list.count))
    for item in list { element(&self, item) }
  }

  /// A value that may be absent, preceded by whether it is there.
  mutating func write<Value>(optional value: Value?, _ present: (inout ByteWriter, Value) -> Void) {
    write(value != nil)
    if let value { present(&self, value) }
  }
}
