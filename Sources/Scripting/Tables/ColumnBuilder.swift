/// Makes a column of values of one kind: whole numbers as long as there are no others, numbers, or words.
struct ColumnBuilder {
  private enum Kind {
    case integers, numbers, text
  }

  // Each list by itself, so that it grows where it stands; only that of the kind holds anything.
  private var kind = Kind.integers
  private var integers: [Int] = []
  private var numbers: [Double] = []
  private var words: [String] = []

  init() {}

  /// A column that begins with gaps, of the kind of the value that comes after them.
  init(gaps count: Int, before value: LuaValue) {
    guard count > 0 else { return }
    if ColumnBuilder.text(value) == nil {
      kind = .numbers
      numbers = Array(repeating: .nan, count: count)
    } else {
      kind = .text
      words = Array(repeating: "", count: count)
    }
  }

  var cells: TextTable.Column.Cells {
    switch kind {
    case .integers: .integers(integers)
    case .numbers: .numbers(numbers)
    case .text: .text(words)
    }
  }

  var count: Int { integers.count + numbers.count + words.count }

  /// Whether the value fits to those before.
  mutating func append(_ value: LuaValue) -> Bool {
    switch (kind, value) {
    case (.integers, .integer(let value)): integers.append(value)
    case (.integers, .number(let value)):
      becomeNumbers()
      numbers.append(value)
    case (.numbers, .integer(let value)): numbers.append(Double(value))
    case (.numbers, .number(let value)): numbers.append(value)
    case (.text, _):
      guard let text = ColumnBuilder.text(value) else { return false }
      words.append(text)
    default:
      guard count == 0, let text = ColumnBuilder.text(value) else { return false }
      kind = .text
      words.append(text)
    }
    return true
  }

  /// A gap: no number, or the empty word.
  mutating func appendGap() {
    if kind == .integers { becomeNumbers() }
    if kind == .text { words.append("") } else { numbers.append(.nan) }
  }

  private mutating func becomeNumbers() {
    kind = .numbers
    numbers = integers.map(Double.init)
    integers = []
  }

  private static func text(_ value: LuaValue) -> String? {
    switch value {
    case .string(let text): text
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    case .boolean(let value): value ? "true" : "false"
    default: nil
    }
  }
}
