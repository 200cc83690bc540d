/// An argument of a function that is traced: tables of variables, and what else a script put there.
///
/// Read once from Lua, it can be handed to the function again with symbols, or with other numbers, in the places of its
/// variables.
indirect enum Argument: Equatable {
  /// A number that stands for the n-th variable.
  case variable(Int)
  case integer(Int)
  case number(Double)
  case boolean(Bool)
  case text(String)
  case table(list: [Argument], fields: [Field])
  /// A function, an object: handed on as it is.
  case other(Reference)
  case none

  struct Field: Equatable {
    let name: String
    let value: Argument
  }

  struct Reference: Equatable {
    let value: LuaReference
    static func == (left: Reference, right: Reference) -> Bool { left.value === right.value }
  }

  /// How deep tables may lie in tables: a table that holds itself has no end.
  private static let depthLimit = 16

  /// Reads a value as constants.
  /// - Throws: `InvalidParameter` for a table that holds itself.
  static func read(_ stack: LuaStack, at index: Int32, depth: Int = 0) throws -> Argument {
    switch stack.kind(at: index) {
    case .none: return .none
    case .boolean:
      if case .boolean(let value) = stack.value(at: index) { return .boolean(value) }
      return .none
    case .number:
      if case .integer(let value) = stack.value(at: index) { return .integer(value) }
      return .number(stack.number(at: index))
    case .string:
      if let text = stack.text(at: index) { return .text(text) }
      return .other(Reference(value: LuaReference(stack.machine, at: index)))
    case .userdata, .function, .thread: return .other(Reference(value: LuaReference(stack.machine, at: index)))
    case .table: return try readTable(stack, at: index, depth: depth)
    }
  }

  private static func readTable(_ stack: LuaStack, at index: Int32, depth: Int) throws -> Argument {
    guard depth < depthLimit else {
      throw ScriptError.invalidParameter("tables of variables may lie at most \(depthLimit) deep in each other")
    }
    let length = stack.length(at: index)
    var list = [Argument](repeating: .none, count: length)
    var fields: [Field] = []
    try stack.forEach(at: index) {
      if let place = stack.wholeNumber(at: -2), (1...max(length, 1)).contains(place), place <= length {
        list[place - 1] = try read(stack, at: stack.count, depth: depth + 1)
      } else if stack.kind(at: -2) == .string {
        let name = stack.displayText(at: -2)
        fields.append(Field(name: name, value: try read(stack, at: stack.count, depth: depth + 1)))
      }
    }
    return .table(list: list, fields: fields.sorted { $0.name < $1.name })
  }

  /// The same with every number a variable, and the numbers in the order of the variables.
  var variables: (argument: Argument, values: [Double]) {
    var values: [Double] = []
    func replace(_ argument: Argument) -> Argument {
      switch argument {
      case .integer(let value):
        values.append(Double(value))
        return .variable(values.count - 1)
      case .number(let value):
        values.append(value)
        return .variable(values.count - 1)
      case .table(let list, let fields):
        return .table(
          list: list.map(replace), fields: fields.map { Field(name: $0.name, value: replace($0.value)) })
      default: return argument
      }
    }
    let argument = replace(self)
    return (argument, values)
  }

  /// As Lua sees it, with the given values in the places of variables.
  func value(_ variables: [LuaValue]) -> LuaValue {
    switch self {
    case .variable(let place): variables[place]
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .boolean(let value): .boolean(value)
    case .text(let text): .string(text)
    case .other(let reference): .reference(reference.value)
    case .none: .none
    case .table(let list, let fields):
      .table(
        list: list.map { $0.value(variables) }, Record(fields.map { (name: $0.name, value: $0.value.value(variables)) })
      )
    }
  }

  /// What variables are called, such as `x.effort[2]`, in their order.
  func variableNames(_ name: String, count: Int) -> [String] {
    var names = [String](repeating: "", count: count)
    func visit(_ argument: Argument, _ name: String) {
      switch argument {
      case .variable(let place): names[place] = name
      case .table(let list, let fields):
        for (index, element) in list.enumerated() { visit(element, "\(name)[\(index + 1)]") }
        for field in fields { visit(field.value, "\(name).\(field.name)") }
      default: break
      }
    }
    visit(self, name)
    return names
  }
}
