import CLuaShim
import Solvers
import Synchronization
import Tensor

/// A mechanism's rule that was called once with symbols in the places of the reports: the derivatives of what everybody
/// gets and pays.
///
/// Rules that compare reports, sort them or count winners leave no trace; shares, lotteries and contests do.
final class RuleTrace {
  private let formulas: TracedFormulas
  private let outcome: Evaluator<Double>
  /// By participant: the derivatives of its coefficients and of its payment by each of its reports.
  private var slopes: [Int: Evaluator<Double>] = [:]

  /// - Throws: what the rule raises, also when it branches on a report; `InvalidParameter` for results that are no
  ///   allocations and payments of numbers.
  init(_ rule: LuaReference, groups: [RuleGroup], machine: LuaMachine) throws {
    let graph = FormulaGraph()
    let widths = groups.flatMap { Array(repeating: $0.width, count: $0.count) }
    let reports = (0..<widths.reduce(0, +)).map { graph.input("report \($0 + 1)") }
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
    formulas = try TracedFormulas(
      reports: reports, widths: widths, coefficients: reader.coefficients, payments: reader.payments)
    outcome = Evaluator(formulas.outcome)
  }

  private init(_ formulas: TracedFormulas) {
    self.formulas = formulas
    outcome = Evaluator(formulas.outcome)
  }

  /// The same trace with room of its own, for another thread.
  func detached() -> RuleTrace { RuleTrace(formulas) }

  /// Whether the trace says what the rule itself answered.
  func agrees(with answer: MechanismOutcome, at reports: Profile) throws -> Bool {
    let count = answer.coefficients.values.count + answer.payments.count
    let found = try Self.run(outcome, at: reports.values, count: count)
    return zip(found, answer.coefficients.values + answer.payments).allSatisfy {
      abs($0 - $1) <= 1e-9 * max(1, abs($1))
    }
  }

  /// The derivatives of the product of a type and what is got, less the payment.
  func utilitySlopes(of participant: Int, type: [Double], at reports: Profile) throws -> [Double] {
    let width = formulas.widths[participant]
    if slopes[participant] == nil { slopes[participant] = Evaluator(try formulas.slopes(of: participant)) }
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

/// A trace's formulas and what is compiled of them, which several threads may share.
private final class TracedFormulas: @unchecked Sendable {
  let widths: [Int]
  let outcome: Program
  /// Derivatives are new nodes of the graph that all formulas stand in: one thread at a time adds them.
  private let lock = Mutex(())
  private let reports: [Formula]
  private let coefficients: [Formula]
  private let payments: [Formula]
  private var programs: [Int: Program] = [:]

  init(reports: [Formula], widths: [Int], coefficients: [Formula], payments: [Formula]) throws {
    (self.reports, self.widths, self.coefficients, self.payments) = (reports, widths, coefficients, payments)
    outcome = try Program(coefficients + payments)
  }

  /// The derivatives of a participant's coefficients and of its payment by each of its reports.
  func slopes(of participant: Int) throws -> Program {
    try lock.withLock { _ in
      if let program = programs[participant] { return program }
      let first = widths[..<participant].reduce(0, +)
      let own = Array(reports[first..<first + widths[participant]])
      let parts = Array(coefficients[first..<first + widths[participant]]) + [payments[participant]]
      let program = try Program(try parts.flatMap { try $0.gradient(by: own) })
      programs[participant] = program
      return program
    }
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
