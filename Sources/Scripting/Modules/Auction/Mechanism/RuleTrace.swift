import CLuaShim
import Solvers
import Tensor

/// A mechanism's rule that was called once with symbols in the places of the reports: the derivatives of what everybody
/// gets and pays.
///
/// Rules that compare reports, sort them or count winners leave no trace; shares, lotteries and contests do.
final class RuleTrace {
  private let reports: [Formula]
  private let widths: [Int]
  private let coefficients: [Formula]
  private let payments: [Formula]
  private let outcome: Evaluator<Double>
  /// By participant: the derivatives of its coefficients and of its payment by each of its reports.
  private var slopes: [Int: Evaluator<Double>] = [:]

  /// - Throws: what the rule raises, also when it branches on a report; `InvalidParameter` for results that are no
  ///   allocations and payments of numbers.
  init(_ rule: LuaReference, groups: [RuleGroup], machine: LuaMachine) throws {
    let graph = FormulaGraph()
    let widths = groups.flatMap { Array(repeating: $0.width, count: $0.count) }
    let reports = (0..<widths.reduce(0, +)).map { graph.input("report \($0 + 1)") }
    (self.widths, self.reports) = (widths, reports)
    var arguments: [LuaValue] = []
    var next = 0
    for group in groups {
      let rows = (0..<group.count).map { place in
        reports[next + place * group.width..<next + (place + 1) * group.width].map { LuaValue.symbol($0) }
      }
      arguments.append(.list(group.isScalar ? rows.map { $0[0] } : rows.map { .list($0) }))
      next += group.count * group.width
    }
    let top = lua_gettop(machine.state)
    defer { lua_settop(machine.state, top) }
    try machine.callLeavingResults(rule, arguments, results: Int32(groups.count))
    var reader = TracedResults(graph: graph)
    for (place, group) in groups.enumerated() {
      try reader.add(try Argument.read(machine.stack, at: top + 1 + Int32(place)), group)
    }
    (coefficients, payments) = (reader.coefficients, reader.payments)
    outcome = Evaluator(try Program(reader.coefficients + reader.payments))
  }

  /// Whether the trace says what the rule itself answered.
  func agrees(with answer: MechanismOutcome, at reports: Profile) throws -> Bool {
    let found = try Self.run(outcome, at: reports.values, count: coefficients.count + payments.count)
    return zip(found, answer.coefficients.values + answer.payments).allSatisfy {
      abs($0 - $1) <= 1e-9 * max(1, abs($1))
    }
  }

  /// The derivatives of the product of a type and what is got, less the payment.
  func utilitySlopes(of participant: Int, type: [Double], at reports: Profile) throws -> [Double] {
    let first = widths[..<participant].reduce(0, +)
    let width = widths[participant]
    if slopes[participant] == nil {
      let own = Array(self.reports[first..<first + width])
      let parts = Array(coefficients[first..<first + width]) + [payments[participant]]
      slopes[participant] = Evaluator(try Program(try parts.flatMap { try $0.gradient(by: own) }))
    }
    guard let evaluator = slopes[participant] else { return [] }
    let found = try Self.run(evaluator, at: reports.values, count: (width + 1) * width)
    return (0..<width).map { own in
      (0..<width).reduce(-found[width * width + own]) { $0 + type[$1] * found[$1 * width + own] }
    }
  }

  private static func run(_ evaluator: Evaluator<Double>, at point: [Double], count: Int) throws -> [Double] {
    var results = [Double](repeating: 0, count: count)
    try point.withUnsafeBufferPointer { point in
      try results.withUnsafeMutableBufferPointer { try evaluator.evaluate(point, into: $0) }
    }
    return results
  }
}

/// What a rule returned for symbols, one group after another.
private struct TracedResults {
  let graph: FormulaGraph
  var coefficients: [Formula] = []
  var payments: [Formula] = []

  mutating func add(_ result: Argument, _ group: RuleGroup) throws {
    guard case .table(_, let fields) = result else { throw Self.noTrace }
    func field(_ name: String) -> Argument? { fields.first { $0.name == name }?.value }
    guard let allocation = field("allocation"), fields.allSatisfy({ Self.known.contains($0.name) }) else {
      throw Self.noTrace
    }
    var rows: [[Formula]] = []
    for entry in try list(allocation, count: group.count) {
      if case .table = entry {
        rows.append(try list(entry, count: group.width).map(number))
      } else {
        rows.append(Array(repeating: try number(entry), count: group.width))
      }
    }
    for row in rows { coefficients += zip(row, group.signs).map { $0 * $1 } }
    if let price = field("price") {
      let price = try number(price)
      for row in rows {
        var quantity = graph.constant(0)
        for (amount, sign) in zip(row, group.signs) { quantity = try quantity + amount * sign }
        payments.append(try price * quantity)
      }
    } else if let paid = field("payments") {
      payments += try list(paid, count: group.count).map(number)
    } else if let received = field("receipts") {
      payments += try list(received, count: group.count).map { try number($0) * -1 }
    } else {
      throw Self.noTrace
    }
  }

  private static let known: Set = ["allocation", "payments", "receipts", "price"]

  private static var noTrace: ScriptError {
    .invalidParameter("the rule's results are no allocations and payments of numbers")
  }

  private func list(_ argument: Argument, count: Int) throws -> [Argument] {
    guard case .table(let entries, _) = argument, entries.count == count else { throw Self.noTrace }
    return entries
  }

  private func number(_ argument: Argument) throws -> Formula {
    switch argument {
    case .number(let value): return graph.constant(value)
    case .integer(let value): return graph.constant(Double(value))
    case .other(let reference):
      let stack = reference.value.stack
      reference.value.push()
      defer { stack.pop() }
      guard let symbol = stack.object(at: -1) as? SymbolObject, symbol.formula.graph === graph else {
        throw Self.noTrace
      }
      return symbol.formula
    default: throw Self.noTrace
    }
  }
}
