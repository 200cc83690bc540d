import CLuaShim

/// Aggregates as scripts name them: `{ price = "mean", dearest = { "price", "max" }, spread = function(list) ... end }`.
enum AggregateReader {
  private static let rules =
    "one of " + Aggregate.Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    + ", or a function"

  static func read(_ stack: LuaStack, _ index: Int32) throws -> [Aggregate] {
    guard stack.kind(at: index) == .table, stack.length(at: index) == 0 else {
      throw Mismatch("a table of aggregates by name", stack, index)
    }
    let table = stack.absolute(index)
    return try TableKey.sorted(stack, table, skippingListOf: 0).map { key in
      key.push(stack)
      let name = stack.description(at: -1)
      lua_rawget(stack.state, table)
      defer { stack.pop() }
      guard stack.kind(at: -1) == .table else {
        return Aggregate(name: name, column: name, rule: try rule(stack, stack.count, name))
      }
      let pair = stack.count
      lua_rawgeti(stack.state, pair, 1)
      defer { stack.pop() }
      guard let column = stack.text(at: -1) else {
        throw Mismatch("the name of a column", stack, -1, place: "['\(name)'][1]")
      }
      lua_rawgeti(stack.state, pair, 2)
      defer { stack.pop() }
      return Aggregate(name: name, column: column, rule: try rule(stack, stack.count, name))
    }
  }

  private static func rule(_ stack: LuaStack, _ index: Int32, _ name: String) throws -> Aggregate.Rule {
    if let word = stack.text(at: index).flatMap(Aggregate.Word.init) { return .word(word) }
    guard stack.kind(at: index) == .function else { throw Mismatch(rules, stack, index, place: "['\(name)']") }
    let function = LuaReference(stack.machine, at: index)
    let machine = stack.machine
    return .function { list in try machine.call(function, [list], results: 1).first ?? .none }
  }
}
