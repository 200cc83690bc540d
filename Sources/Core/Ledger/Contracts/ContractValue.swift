/// A plain value that crosses between a contract and the ledger: an argument, a result, what stands in storage, what an
/// event carries.
///
/// It holds no reference, no function and no floating-point number, so that it means the same on every machine. Its
/// size is bounded (`ContractLimits`): a runtime hands out and takes only values that pass `checkBounds()`.
public indirect enum ContractValue: Hashable, Sendable {
  /// Nothing: an absent key of storage reads as it, and writing it deletes the key.
  case null
  case boolean(Bool)
  case integer(Int64)
  case amount(Amount)
  /// Bytes; where they are shown they are taken for UTF-8.
  case text([UInt8])
  case list([ContractValue])
  case record(ContractRecord)

  public static func text(_ text: String) -> ContractValue { .text(Array(text.utf8)) }
}

/// Named values, sorted by the bytes of their names, each name once.
public struct ContractRecord: Hashable, Sendable {
  public struct Field: Hashable, Sendable {
    public let name: [UInt8]
    public let value: ContractValue

    public init(name: [UInt8], value: ContractValue) {
      (self.name, self.value) = (name, value)
    }
  }

  public let fields: [Field]

  /// - Parameter fields: in any order; of several with the same name the last counts.
  public init(_ fields: [Field]) {
    var latest: [[UInt8]: ContractValue] = [:]
    for field in fields { latest[field.name] = field.value }
    self.fields = latest.map { Field(name: $0.key, value: $0.value) }.sorted {
      $0.name.lexicographicallyPrecedes($1.name)
    }
  }

  /// - Parameter fields: sorted by name, each name once, as a decoder has checked.
  init(sorted fields: [Field]) {
    self.fields = fields
  }

  /// The value of that name, `.null` where there is none.
  public subscript(name: String) -> ContractValue {
    fields.first { $0.name.elementsEqual(name.utf8) }?.value ?? .null
  }
}

extension ContractRecord: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, ContractValue)...) {
    self.init(elements.map { Field(name: Array($0.utf8), value: $1) })
  }
}
