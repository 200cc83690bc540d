import CLuaShim
import Solvers

/// A group of participants as a script declares it: `{ bidders = 3, 0, 1 }`, `{ sellers = 2, 0, 10, cost = true }`,
/// `{ owners = 4, types = { 1, 2, 5 } }`, `{ clients = 3, fields = { { "cost", 0, 1, cost = true }, ... } }`.
struct GroupOption {
  static let words = "a group such as { bidders = 3, 0, 1 }, or a list of such groups"
  private static let names = ["cost", "types", "items", "fields"]

  var role = ""
  var count = 0
  var bounds: ClosedRange<Double>?
  var types: [[Double]]?
  var items = 1
  var isCost = false
  var fields: [FieldOption] = []

  static var reports: Parameter<[GroupOption]?> {
    Parameter<[GroupOption]>(
      name: "reports", summary: "who reports what, where bidders, buyers, sellers or members do not say it all",
      typeName: words, unit: nil, domain: nil, fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in
      guard stack.kind(at: index) == .table else { throw Mismatch(words, stack, index) }
      let first = LuaKind(lua_rawgeti(stack.state, index, 1))
      stack.pop()
      let groups =
        first == .table
        ? try ListReader.elements(stack, index, expected: words) { try GroupOption(stack, $0) }
        : [try GroupOption(stack, index)]
      guard !groups.isEmpty else { throw Mismatch(words, stack, index) }
      return groups
    }.optional("from the counts")
  }

  init(role: String, count: Int, bounds: ClosedRange<Double>, isCost: Bool) {
    self.role = role
    self.count = count
    self.bounds = bounds
    self.isCost = isCost
  }

  private init(_ stack: LuaStack, _ index: Int32) throws {
    guard stack.kind(at: index) == .table else { throw Mismatch(Self.words, stack, index) }
    let table = stack.absolute(index)
    if stack.length(at: table) > 0 { bounds = try Self.bounds(stack, table) }
    try stack.forEach(at: table) {
      guard stack.kind(at: -2) == .string else { return }
      let key = stack.displayText(at: -2)
      let value = stack.count
      do {
        switch key {
        case "cost": isCost = try Self.flag(stack, value)
        case "types": types = try Self.types(stack, value)
        case "items": items = try Self.count(stack, value, most: 1000)
        case "fields":
          fields = try ListReader.elements(stack, value, expected: FieldOption.words) { try FieldOption(stack, $0) }
        default: try readRole(key, stack, value)
        }
      } catch var mismatch as Mismatch {
        mismatch.place = ".\(key)" + mismatch.place
        throw mismatch
      }
    }
    guard !role.isEmpty else {
      throw ScriptError.invalidParameter(
        "a group of participants says how many there are of which role", hint: "for instance { bidders = 3, 0, 1 }")
    }
  }

  /// Any other name is a role, and its number how many there are.
  private mutating func readRole(_ key: String, _ stack: LuaStack, _ value: Int32) throws {
    let near = Suggestion.clause(for: key, among: Self.names)
    if !near.isEmpty, stack.kind(at: value) != .number {
      throw ScriptError.invalidParameter("a group has no option '\(key)'\(near)")
    }
    guard role.isEmpty else {
      throw ScriptError.invalidParameter(
        "a group has one role, but is given '\(role)s' and '\(key)'",
        hint: "give a list of groups: reports = { { buyers = 2, 0, 1 }, { sellers = 2, 0, 1, cost = true } }")
    }
    count = try Self.count(stack, value, most: 10_000)
    role = Self.singular(key)
  }

  static func singular(_ name: String) -> String {
    name.count > 1 && name.hasSuffix("s") ? String(name.dropLast()) : name
  }

  // MARK: Readers

  static func bounds(_ stack: LuaStack, _ index: Int32) throws -> ClosedRange<Double> {
    let ends = try ListReader.numbers(stack, index, expected: "{ low, high }")
    guard ends.count == 2, ends[0] < ends[1], (ends[1] - ends[0]).isFinite else {
      throw Mismatch("{ low, high }, two finite numbers in this order", stack, index)
    }
    return ends[0]...ends[1]
  }

  /// Numbers, or lists of them for reports of several numbers.
  static func types(_ stack: LuaStack, _ index: Int32) throws -> [[Double]] {
    let words = "a list of numbers, or of lists of numbers"
    let types: [[Double]] = try ListReader.elements(stack, index, expected: words) { element in
      switch stack.kind(at: element) {
      case .number: [stack.number(at: element)]
      case .table: try ListReader.numbers(stack, element, expected: words)
      default: nil
      }
    }
    guard !types.isEmpty else { throw Mismatch("at least one type", stack, index) }
    return types
  }

  private static func count(_ stack: LuaStack, _ index: Int32, most: Int) throws -> Int {
    guard let count = stack.wholeNumber(at: index), (1...most).contains(count) else {
      throw Mismatch("a whole number between 1 and \(most)", stack, index)
    }
    return count
  }

  private static func flag(_ stack: LuaStack, _ index: Int32) throws -> Bool {
    guard stack.kind(at: index) == .boolean else { throw Mismatch("true or false", stack, index) }
    return lua_toboolean(stack.state, index) != 0
  }

  // MARK: Groups

  func group() throws -> RuleGroup {
    let sign = isCost ? -1.0 : 1.0
    if !fields.isEmpty {
      return RuleGroup(
        role: role, count: count, space: ReportSpace(fields.map(\.field)),
        signs: fields.map { $0.isPrivate ? ($0.isCost ? -1 : 1) : 0 })
    }
    let width = types?.first?.count ?? items
    let word = isCost ? "cost" : "value"
    let names = width == 1 ? [word] : (1...max(1, width)).map { "\(word) \($0)" }
    let space =
      try types.map { try ReportSpace(types: $0, named: names) }
      ?? ReportSpace(names.map { ReportSpace.Field($0, bounds ?? 0...1) })
    return RuleGroup(role: role, count: count, space: space, signs: names.map { _ in sign })
  }
}

/// One number of a report as a script declares it: `{ "size", 10, 1000, private = false }`.
struct FieldOption {
  static let words = "a list of fields such as { \"size\", 10, 1000, private = false }"

  private(set) var name = ""
  private(set) var bounds = 0.0...1.0
  private(set) var isPrivate = true
  private(set) var isCost = false

  var field: ReportSpace.Field { ReportSpace.Field(name, bounds, isPrivate: isPrivate) }

  init?(_ stack: LuaStack, _ index: Int32) throws {
    guard stack.kind(at: index) == .table, stack.length(at: index) == 3 else { return nil }
    let table = stack.absolute(index)
    var ends: [Double] = []
    for place in 1...3 {
      let kind = LuaKind(lua_rawgeti(stack.state, table, lua_Integer(place)))
      defer { stack.pop() }
      if place == 1 {
        guard kind == .string, let text = stack.text(at: -1) else { return nil }
        name = text
      } else {
        guard kind == .number else { return nil }
        ends.append(stack.number(at: -1))
      }
    }
    guard ends[0] < ends[1], (ends[1] - ends[0]).isFinite else {
      throw Mismatch("a field with two finite bounds, the lower first", stack, index)
    }
    bounds = ends[0]...ends[1]
    try stack.forEach(at: table) {
      guard stack.kind(at: -2) == .string else { return }
      let key = stack.displayText(at: -2)
      guard ["private", "cost"].contains(key), stack.kind(at: -1) == .boolean else {
        throw ScriptError.invalidParameter(
          "a field has no option '\(key)' with such a value", hint: "private = false, or cost = true")
      }
      let flag = lua_toboolean(stack.state, -1) != 0
      if key == "private" { isPrivate = flag } else { isCost = flag }
    }
  }
}
