import CLuaShim

/// A Swift object that scripts can hold.
public protocol ScriptObject: AnyObject, SendableMetatype {
  /// The name that the user sees (`federation`), and by which the machine knows the type.
  static var typeName: String { get }
  /// Roughly the bytes that stand behind the object, so that Lua's collector knows what it keeps alive.
  var memoryFootprint: Int { get }
}

extension ScriptObject {
  public var memoryFootprint: Int { 0 }
}

/// What a userdata owns: one strong reference to the object.
final class ObjectBox {
  let object: any ScriptObject
  init(_ object: any ScriptObject) { self.object = object }
}

/// How a type of Swift objects looks from Lua: its methods, its fields, how it prints.
struct ObjectType {
  let name: String
  let summary: String
  let methods: [Function]
  let fields: [Field]
  /// What `tostring` gives and what the prompt shows.
  let describe: (any ScriptObject) -> String
  /// What `#` gives, where that means something.
  let length: ((any ScriptObject) -> Int)?
  /// Fields that differ from object to object, such as those of a result.
  let dynamicFields: ((any ScriptObject) -> Record)?
  /// What numbers in brackets do, for types that are lists.
  let elements: ObjectElements?
  /// What the arithmetic operators do, for types that are numbers of a kind.
  let arithmetic: ObjectArithmetic?

  /// A field that scripts can read.
  struct Field {
    let name: String
    let summary: String
    let read: (any ScriptObject) throws -> LuaValue
  }

  init<Object: ScriptObject>(
    _ type: Object.Type, _ summary: String, methods: [Function] = [], fields: [TypedField<Object>] = [],
    length: ((Object) -> Int)? = nil, dynamicFields: ((Object) -> Record)? = nil, elements: ObjectElements? = nil,
    arithmetic: ObjectArithmetic? = nil, describe: @escaping (Object) -> String
  ) {
    name = Object.typeName
    self.summary = summary
    self.methods = methods
    self.fields = fields.map { field in
      Field(name: field.name, summary: field.summary) { object in
        guard let object = object as? Object else { return .none }
        return try field.read(object)
      }
    }
    self.describe = { ($0 as? Object).map(describe) ?? Object.typeName }
    self.length = length.map { length in { ($0 as? Object).map(length) ?? 0 } }
    self.dynamicFields = dynamicFields.map { fields in { ($0 as? Object).map(fields) ?? [:] } }
    self.elements = elements
    self.arithmetic = arithmetic
  }

  func install(in machine: LuaMachine) {
    func raw(_ name: String, _ body: @escaping (LuaStack) throws -> Int32) -> UnsafeMutableRawPointer {
      machine.register(NativeFunction(machine: machine, name: "\(self.name).\(name)", body: body))
    }
    let index = raw("__index") { stack in
      guard let object = stack.object(at: 1) else { throw released }
      if let elements, stack.kind(at: 2) == .number {
        stack.push(try elements.read(object, stack))
      } else {
        stack.push(try value(of: stack.value(at: 2), in: object))
      }
      return 1
    }
    let newIndex = raw("__newindex") { stack in
      if let elements, stack.kind(at: 2) == .number {
        guard let object = stack.object(at: 1) else { throw released }
        try elements.write(object, stack)
        return 0
      }
      let field = stack.description(at: 2)
      throw ScriptError.noSuchField("a \(name)'s field '\(field)' cannot be set", hint: nil)
    }
    let description = raw("__tostring") { stack in
      stack.push(stack.object(at: 1).map(describe) ?? "released \(name)")
      return 1
    }
    let equality = raw("__eq") { stack in
      stack.push(.boolean(stack.object(at: 1) === stack.object(at: 2)))
      return 1
    }
    let count = length.map { length in
      raw("__len") { stack in
        guard let object = stack.object(at: 1) else { throw released }
        stack.push(.integer(length(object)))
        return 1
      }
    }
    flnft_new_type(machine.state, name, index, newIndex, description, count, equality)
    if let arithmetic {
      for event in arithmetic.events {
        let operation = raw(event.rawValue) { stack in
          stack.push(try arithmetic.compute(event, stack))
          return 1
        }
        flnft_add_metamethod(machine.state, name, event.rawValue, operation)
      }
    }
    let stack = machine.stack
    for method in methods {
      stack.push(method.signature.shortName)
      method.push(to: machine)
      lua_rawset(machine.state, -3)
    }
    if !methods.contains(where: { $0.signature.shortName == Self.listing }) {
      let list = NativeFunction(machine: machine, name: "\(name):\(Self.listing)") { [unowned machine] stack in
        let help = Help(machine: machine)
        stack.push(.string(stack.object(at: 1).map { help.text(of: self, for: $0) } ?? help.text(of: self)))
        return 1
      }
      stack.push(Self.listing)
      flnft_push_function(machine.state, machine.register(list))
      lua_rawset(machine.state, -3)
    }
    stack.pop()
  }

  /// The method that every object has: what it offers, as a text.
  static let listing = "methods"

  private var released: ScriptError { .invalidParameter("this \(name) has been closed") }

  private func value(of key: LuaValue, in object: any ScriptObject) throws -> LuaValue {
    guard case .string(let key) = key else {
      throw ScriptError.noSuchField("a \(name) has no such field", hint: hint(for: "", in: object))
    }
    if let field = fields.first(where: { $0.name == key }) { return try field.read(object) }
    if let value = dynamicFields?(object)[key] { return value }
    throw ScriptError.noSuchField("a \(name) has no field or method '\(key)'", hint: hint(for: key, in: object))
  }

  private func hint(for key: String, in object: any ScriptObject) -> String {
    let names = memberNames(of: object)
    return Suggestion.question(for: key, among: names) ?? "it has: " + names.joined(separator: ", ")
  }

  /// Fields and methods, for completion and suggestions.
  func memberNames(of object: any ScriptObject) -> [String] {
    (fields.map(\.name) + (dynamicFields?(object).names ?? []) + methods.map(\.signature.shortName) + [Self.listing])
      .sorted()
  }
}

/// Elements of an object, by number: the object at 1 of the stack, the number at 2, what is written at 3.
struct ObjectElements: Sendable {
  let read: @Sendable (any ScriptObject, LuaStack) throws -> LuaValue
  let write: @Sendable (any ScriptObject, LuaStack) throws -> Void
}

/// Operators on an object: the operands at 1 and 2 of the stack, at least one of them an object of the type.
struct ObjectArithmetic: Sendable {
  var events = Event.field
  let compute: @Sendable (Event, LuaStack) throws -> LuaValue

  /// Lua's names of the operators; the minus sign before an operand is given it twice, and what an order answers counts
  /// as true or false.
  enum Event: String, CaseIterable {
    case add = "__add"
    case subtract = "__sub"
    case multiply = "__mul"
    case divide = "__div"
    case power = "__pow"
    case negate = "__unm"
    case floorDivide = "__idiv"
    case remainder = "__mod"
    case concatenate = "__concat"
    case less = "__lt"
    case lessOrEqual = "__le"

    static let field: [Event] = [.add, .subtract, .multiply, .divide, .power, .negate]

    /// As users write it.
    var symbol: String {
      switch self {
      case .add: "+"
      case .subtract, .negate: "-"
      case .multiply: "*"
      case .divide: "/"
      case .power: "^"
      case .floorDivide: "//"
      case .remainder: "%"
      case .concatenate: ".."
      case .less: "<"
      case .lessOrEqual: "<="
      }
    }
  }
}

/// A field of one Swift type.
struct TypedField<Object: ScriptObject> {
  let name: String
  let summary: String
  let read: (Object) throws -> LuaValue

  init(_ name: String, _ summary: String, _ read: @escaping (Object) throws -> LuaValue) {
    self.name = name
    self.summary = summary
    self.read = read
  }
}
