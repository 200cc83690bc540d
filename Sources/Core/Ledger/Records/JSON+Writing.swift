import Tensor

extension JSON {
  /// On one line, without blanks, keys sorted.
  ///
  /// Doubles are the shortest decimals that read back as the same double, and keep a point or an exponent so that they
  /// stay doubles.
  ///
  /// - Throws: `JSONError.notFinite`, `Cancelled`.
  public func compact(cancellation: Cancellation = .never) throws -> String {
    try text(JSONWriter(style: .compact, cancellation: cancellation))
  }

  /// Indented by two blanks, keys sorted.
  ///
  /// - Throws: as above.
  public func pretty(cancellation: Cancellation = .never) throws -> String {
    try text(JSONWriter(style: .pretty, cancellation: cancellation))
  }

  /// The one form that is hashed: keys sorted by code point, no blanks, everything beyond ASCII as `\u` escapes.
  ///
  /// - Throws: `JSONError.notCanonical` when a double is in it: two machines could print it differently.
  public func canonical() throws -> [UInt8] {
    var writer = JSONWriter(style: .canonical)
    try writer.write(self)
    return writer.bytes
  }

  private func text(_ writer: JSONWriter) throws -> String {
    var writer = writer
    try writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// Writes a JSON value as text in one of three styles.
private struct JSONWriter {
  enum Style {
    case compact, pretty, canonical
  }

  let style: Style
  private let cancellation: Cancellation
  private(set) var bytes: [UInt8] = []
  private var depth = 0

  init(style: Style, cancellation: Cancellation = .never) {
    self.style = style
    self.cancellation = cancellation
  }

  mutating func write(_ value: JSON) throws {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .integer(let value): append(String(value))
    case .number(let value):
      guard style != .canonical else { throw JSONError.notCanonical("number with a fraction (\(value))") }
      guard value.isFinite else { throw JSONError.notFinite(value) }
      append(value.description)
    case .string(let value): write(string: value)
    case .array(let elements):
      try write(elements, between: ("[", "]")) { writer, element in try writer.write(element) }
    case .object(let members):
      let sorted = members.sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
      try write(sorted, between: ("{", "}")) { writer, member in
        writer.write(string: member.key)
        writer.append(writer.style == .pretty ? ": " : ":")
        try writer.write(member.value)
      }
    }
  }

  private mutating func write<Element>(
    _ elements: [Element], between brackets: (String, String), _ body: (inout JSONWriter, Element) throws -> Void
  ) throws {
    append(brackets.0)
    depth += 1
    for (index, element) in elements.enumerated() {
      try cancellation.check(at: index)
      if index > 0 { append(",") }
      breakLine()
      try body(&self, element)
    }
    depth -= 1
    if !elements.isEmpty { breakLine() }
    append(brackets.1)
  }

  private mutating func breakLine() {
    guard style == .pretty else { return }
    append("\n" + String(repeating: "  ", count: depth))
  }

  private mutating func write(string: String) {
    append("\"")
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": append("\\\"")
      case "\\": append("\\\\")
      case "\n": append("\\n")
      case "\r": append("\\r")
      case "\t": append("\\t")
      case "\u{8}": append("\\b")
      case "\u{c}": append("\\f")
      case " "..."~": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      default:
        if style == .canonical || scalar.value < 0x20 {
          for unit in String(scalar).utf16 { escape(unit) }
        } else {
          append(String(scalar))
        }
      }
    }
    append("\"")
  }

  private mutating func escape(_ unit: UInt16) {
    append("\\u" + Hexadecimal.encode([UInt8(unit >> 8), UInt8(unit & 0xff)]))
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }
}

extension Unicode.Scalar {
  fileprivate static func ~= (range: ClosedRange<Unicode.Scalar>, scalar: Unicode.Scalar) -> Bool {
    range.contains(scalar)
  }
}
