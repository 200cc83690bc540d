import CLuaShim
import Core

/// The options of every simulated network: how long messages take, which get lost, when it falls apart.
enum NetworkOption {
  static var parameters: [any AnyParameter] { [latency, law, spread, loss, partitions] }

  private enum Law: String, CaseIterable {
    case constant, uniform, exponential
    case logNormal = "log_normal"
  }

  private static let latency = Parameter<Double>.number(
    "latency", "how long a message takes: its mean, in \"log_normal\" its median", unit: "s", default: 0.1,
    domain: .between(0, 1e6))
  private static let law = Parameter<Law>.choice("latency_law", "how latencies are distributed", default: .constant)
  private static let spread = Parameter<Double>.number(
    "spread", "of \"uniform\": how far from the mean; of \"log_normal\": the logarithm's standard deviation",
    default: 0, domain: .between(0, 1e6))
  private static let loss = Parameter<Double>.number(
    "loss", "how likely a message is lost", default: 0, domain: .fraction)
  private static let partitions = Parameter<[NetworkConditions.Partition]>(
    name: "partitions",
    summary: "times in which messages stay within groups: { from = 10, to = 50, groups = { { 1, 2 }, { 3, 4 } } }, ...",
    typeName: "a list of tables with from, to and groups", unit: "s", domain: nil, fallback: [], fallbackText: "none",
    choices: []
  ) { stack, index in
    try ListReader.elements(stack, index, expected: "a list of tables with from, to and groups") { place in
      guard stack.kind(at: place) == .table else { return nil }
      let fields = TableFields(stack, place)
      return NetworkConditions.Partition(
        from: try fields.number("from"), until: try fields.number("to"),
        groups: try fields.read("groups") { field in
          try ListReader.elements(stack, field, expected: "a list of lists of whole numbers") { group in
            try ListReader.elements(stack, group, expected: "a list of whole numbers") { member in
              stack.wholeNumber(at: member).flatMap { $0 >= 1 ? $0 - 1 : nil }
            }
          }
        })
    }
  }

  static func conditions(_ arguments: Arguments) throws -> NetworkConditions {
    let latency = arguments[latency]
    let law: DelayLaw =
      switch arguments[law] {
      case .constant: .constant(latency)
      case .uniform: .uniform(latency - arguments[spread], latency + arguments[spread])
      case .exponential: .exponential(latency)
      case .logNormal: .logNormal(median: latency, spread: arguments[spread])
      }
    return try NetworkConditions(delay: law, loss: arguments[loss], partitions: arguments[partitions])
  }
}

/// Named fields of a table inside an option.
struct TableFields {
  private let stack: LuaStack
  private let table: Int32

  init(_ stack: LuaStack, _ index: Int32) {
    self.stack = stack
    table = stack.absolute(index)
  }

  func number(_ name: String) throws -> Double {
    try read(name) { place in
      guard stack.kind(at: place) == .number else { throw Mismatch("a number", stack, place) }
      return stack.number(at: place)
    }
  }

  /// - Throws: a `Mismatch` that names the field.
  func read<Value>(_ name: String, _ body: (Int32) throws -> Value) throws -> Value {
    stack.push(name)
    lua_rawget(stack.state, table)
    defer { stack.pop() }
    do {
      return try body(stack.count)
    } catch var mismatch as Mismatch {
      mismatch.place = ".\(name)" + mismatch.place
      throw mismatch
    }
  }
}

/// The options of every load of transactions.
enum LoadOption {
  static var parameters: [any AnyParameter] { [rate, capacity] }

  private static let rate = Parameter<Double>.number(
    "rate", "transactions that come, evenly", unit: "1/s", default: 0.5, domain: .between(0, 1e9))
  private static let capacity = Parameter<Int>.integer(
    "capacity", "transactions that a block has room for", default: 10, domain: .between(0, 1e9))

  static func load(_ arguments: Arguments) throws -> TransactionLoad {
    try TransactionLoad(rate: arguments[rate], capacity: arguments[capacity])
  }
}
