import Tensor

// One byte says what follows: 0 null, 1 false, 2 true, 3 an integer (8 bytes, two's complement), 4 an amount
// (16 bytes), 5 text, 6 a list, 7 a record (pairs of name and value, in order). Lengths are 4 bytes; all is big-endian.
extension ContractValue {
  enum Tag {
    static let null: UInt8 = 0
    static let no: UInt8 = 1
    static let yes: UInt8 = 2
    static let integer: UInt8 = 3
    static let amount: UInt8 = 4
    static let text: UInt8 = 5
    static let list: UInt8 = 6
    static let record: UInt8 = 7
  }

  /// The canonical bytes: equal values, and only they, have equal bytes.
  public var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.write(self)
    return writer.bytes
  }

  /// Reads what `encoded` gave. Any bytes may be given.
  ///
  /// - Throws: `ContractFailure` of cause `.invalidValue` for bytes that are no value in canonical form or break a bound.
  public init(decoding bytes: [UInt8]) throws(ContractFailure) {
    guard bytes.count <= ContractLimits.value else { throw Self.tooLarge(bytes.count) }
    do {
      var reader = ByteReader(bytes)
      let value = try reader.readContractValue()
      try reader.expectEnd()
      self = value
    } catch {
      throw ContractFailure(.invalidValue, "these bytes are no value: \(error.message)")
    }
  }

  /// Reads values that stand one behind the other, each as `encoded` gave it.
  ///
  /// - Throws: `ContractFailure` of cause `.invalidValue`.
  public static func values(in bytes: [UInt8]) throws(ContractFailure) -> [ContractValue] {
    var reader = ByteReader(bytes)
    var values: [ContractValue] = []
    do {
      while reader.remaining > 0 { values.append(try reader.readContractValue()) }
    } catch {
      throw ContractFailure(.invalidValue, "these bytes are no values: \(error.message)")
    }
    return values
  }

  /// The canonical bytes of values, one behind the other.
  public static func encode(_ values: [ContractValue]) -> [UInt8] {
    var writer = ByteWriter()
    for value in values { writer.write(value) }
    return writer.bytes
  }

  /// The number of bytes of `encoded`.
  public var encodedSize: Int {
    switch self {
    case .null, .boolean: 1
    case .integer: 9
    case .amount: 17
    case .text(let bytes): 5 + bytes.count
    case .list(let items): items.reduce(5) { $0 + $1.encodedSize }
    case .record(let record): record.fields.reduce(5) { $0 + 4 + $1.name.count + $1.value.encodedSize }
    }
  }

  /// - Throws: `ContractFailure` of cause `.invalidValue` when a bound of `ContractLimits` is broken.
  public func checkBounds() throws(ContractFailure) {
    try checkBounds(depth: 1)
    let size = encodedSize
    guard size <= ContractLimits.value else { throw Self.tooLarge(size) }
  }

  private func checkBounds(depth: Int) throws(ContractFailure) {
    guard depth <= ContractLimits.depth else {
      throw ContractFailure(.invalidValue, "a value may be \(ContractLimits.depth) lists and records deep")
    }
    switch self {
    case .null, .boolean, .integer, .amount: return
    case .text(let bytes): try Self.checkText(bytes)
    case .list(let items):
      for item in items { try item.checkBounds(depth: depth + 1) }
    case .record(let record):
      for field in record.fields {
        try Self.checkText(field.name)
        try field.value.checkBounds(depth: depth + 1)
      }
    }
  }

  private static func checkText(_ bytes: [UInt8]) throws(ContractFailure) {
    guard bytes.count <= ContractLimits.text else {
      throw ContractFailure(.invalidValue, "a text may have \(ContractLimits.text) bytes, not \(bytes.count)")
    }
  }

  private static func tooLarge(_ size: Int) -> ContractFailure {
    ContractFailure(.invalidValue, "a value may take \(ContractLimits.value) bytes, not \(size)")
  }
}

extension ByteWriter {
  mutating func write(_ value: ContractValue) {
    switch value {
    case .null: write(ContractValue.Tag.null)
    case .boolean(let flag): write(flag ? ContractValue.Tag.yes : ContractValue.Tag.no)
    case .integer(let integer):
      write(ContractValue.Tag.integer)
      write(UInt64(bitPattern: integer))
    case .amount(let amount):
      write(ContractValue.Tag.amount)
      write(amount)
    case .text(let bytes):
      write(ContractValue.Tag.text)
      write(bytes)
    case .list(let items):
      write(ContractValue.Tag.list)
      write(list: items) { $0.write($1) }
    case .record(let record):
      write(ContractValue.Tag.record)
      write(list: record.fields) {
        $0.write($1.name)
        $0.write($1.value)
      }
    }
  }
}

extension ByteReader {
  /// A value within the bounds of `ContractLimits`, save that of its whole size, which whoever reads bytes knows.
  ///
  /// - Throws: `DecodingFailure`, whose position counts from the value's first byte where the value itself is wrong.
  mutating func readContractValue() throws(DecodingFailure) -> ContractValue {
    try readContractValue(depth: 1, end: remaining)
  }

  /// - Parameter end: how many bytes remained at the start of the outermost value.
  private mutating func readContractValue(depth: Int, end: Int) throws(DecodingFailure) -> ContractValue {
    let position = end - remaining
    guard depth <= ContractLimits.depth else {
      throw DecodingFailure(position: position, expected: "a value at most \(ContractLimits.depth) deep")
    }
    switch try read(UInt8.self) {
    case ContractValue.Tag.null: return .null
    case ContractValue.Tag.no: return .boolean(false)
    case ContractValue.Tag.yes: return .boolean(true)
    case ContractValue.Tag.integer: return .integer(Int64(bitPattern: try read(UInt64.self)))
    case ContractValue.Tag.amount: return .amount(try readAmount())
    case ContractValue.Tag.text: return .text(try readContractText(end: end))
    case ContractValue.Tag.list:
      return .list(
        try readList { (reader) throws(DecodingFailure) in
          try reader.readContractValue(depth: depth + 1, end: end)
        })
    case ContractValue.Tag.record: return .record(try readContractRecord(depth: depth, end: end))
    default: throw DecodingFailure(position: position, expected: "the tag of a value")
    }
  }

  private mutating func readContractRecord(depth: Int, end: Int) throws(DecodingFailure) -> ContractRecord {
    let position = end - remaining
    let fields = try readList { (reader) throws(DecodingFailure) in
      ContractRecord.Field(
        name: try reader.readContractText(end: end),
        value: try reader.readContractValue(depth: depth + 1, end: end))
    }
    for (field, next) in zip(fields, fields.dropFirst()) {
      guard field.name.lexicographicallyPrecedes(next.name) else {
        throw DecodingFailure(position: position, expected: "names in order, each once")
      }
    }
    return ContractRecord(sorted: fields)
  }

  private mutating func readContractText(end: Int) throws(DecodingFailure) -> [UInt8] {
    let position = end - remaining
    let bytes = try readBytes()
    guard bytes.count <= ContractLimits.text else {
      throw DecodingFailure(position: position, expected: "a text of at most \(ContractLimits.text) bytes")
    }
    return bytes
  }
}
