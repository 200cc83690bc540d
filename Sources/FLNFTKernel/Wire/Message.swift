import Core

/// A message of the Jupyter protocol as it has come in.
struct Message: Sendable {
  /// Who sent it; the reply goes back under the same frames.
  var identities: [[UInt8]]
  /// The header as it was sent: replies carry it as that of their parent.
  var headerBytes: [UInt8]
  var header: JSON
  var content: JSON

  var type: String { header["msg_type"]?.string ?? "" }
  var parent: Parent { Parent(headerBytes: headerBytes) }
}

/// What a message answers to.
struct Parent: Hashable, Sendable {
  var headerBytes: [UInt8]

  /// For what the kernel says of its own accord.
  static let none = Parent(headerBytes: Array("{}".utf8))
}

extension JSON {
  /// A whole number however it was written: some front ends send floats.
  var wholeNumber: Int? {
    switch self {
    case .integer(let value): Int(value)
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }
}
