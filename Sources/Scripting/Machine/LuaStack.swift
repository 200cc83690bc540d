import CLuaShim
import Tensor

/// The stack of a Lua state, seen from Swift: pushing values and reading them, by calls that never raise.
struct LuaStack {
  unowned(unsafe) let machine: LuaMachine
  var state: LuaState { machine.state }

  init(machine: LuaMachine) { self.machine = machine }

  var count: Int32 { lua_gettop(state) }
  func absolute(_ index: Int32) -> Int32 { lua_absindex(state, index) }
  func pop(_ count: Int32 = 1) { flnft_pop(state, count) }

  // MARK: Pushing

  func push(_ value: LuaValue) {
    // Deep results come from our own functions, so a failure to grow the stack means that memory is gone.
    guard lua_checkstack(state, 4) != 0 else { return lua_pushnil(state) }
    switch value {
    case .none: lua_pushnil(state)
    case .boolean(let value): lua_pushboolean(state, value ? 1 : 0)
    case .integer(let value): lua_pushinteger(state, lua_Integer(value))
    case .number(let value): lua_pushnumber(state, value)
    case .string(let text): push(text)
    case .bytes(let bytes):
      bytes.withUnsafeBytes {
        _ = lua_pushlstring(state, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
      }
    case .numbers(let values): flnft_push_numbers(state, values, values.count)
    case .integers(let values): pushList(values.count) { lua_pushinteger(state, lua_Integer(values[$0])) }
    case .matrix(let matrix):
      pushList(matrix.rows) { row in
        matrix.row(row).withUnsafeBufferPointer { flnft_push_numbers(state, $0.baseAddress, $0.count) }
      }
    case .list(let values): pushList(values.count) { push(values[$0]) }
    case .record(let record):
      lua_createtable(state, 0, Int32(clamping: record.fields.count))
      setFields(record)
    case .table(let list, let record):
      pushList(list.count) { push(list[$0]) }
      setFields(record)
    case .object(let object): push(object)
    case .reference(let reference): reference.push()
    }
  }

  /// Writes the fields into the table on top.
  private func setFields(_ record: Record) {
    for (name, value) in record.fields {
      push(name)
      push(value)
      lua_rawset(state, -3)
    }
  }

  func push(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      _ = bytes.withMemoryRebound(to: CChar.self) { lua_pushlstring(state, $0.baseAddress, $0.count) }
    }
  }

  private func push(_ object: any ScriptObject) {
    let box = ObjectBox(object)
    flnft_push_object(state, Unmanaged.passRetained(box).toOpaque(), Swift.type(of: object).typeName)
    // Lua sees sixteen bytes; the collector must hear of what stands behind them.
    let kilobytes = object.memoryFootprint / 1024
    if kilobytes > 0 { flnft_collect_step(state, Int32(clamping: kilobytes)) }
  }

  private func pushList(_ count: Int, _ pushElement: (Int) -> Void) {
    lua_createtable(state, Int32(clamping: count), 0)
    for index in 0..<count {
      pushElement(index)
      lua_rawseti(state, -2, lua_Integer(index) + 1)
    }
  }

  // MARK: Reading

  func kind(at index: Int32) -> LuaKind { LuaKind(lua_type(state, index)) }

  func value(at index: Int32) -> LuaValue {
    switch kind(at: index) {
    case .none: .none
    case .boolean: .boolean(lua_toboolean(state, index) != 0)
    case .number: lua_isinteger(state, index) != 0 ? .integer(integer(at: index)) : .number(number(at: index))
    case .string: text(at: index).map { .string($0) } ?? .bytes(bytes(at: index))
    case .userdata: object(at: index).map { .object($0) } ?? .reference(LuaReference(machine, at: index))
    case .table, .function, .thread: .reference(LuaReference(machine, at: index))
    }
  }

  func number(at index: Int32) -> Double { lua_tonumberx(state, index, nil) }
  func integer(at index: Int32) -> Int { Int(lua_tointegerx(state, index, nil)) }

  /// The whole number at `index`, also when Lua holds it as a float; nil when it is none.
  func wholeNumber(at index: Int32) -> Int? {
    guard kind(at: index) == .number else { return nil }
    if lua_isinteger(state, index) != 0 { return integer(at: index) }
    return Int(exactly: number(at: index))
  }

  /// The bytes of a string, without converting numbers in place.
  func bytes(at index: Int32) -> [UInt8] {
    guard kind(at: index) == .string else { return [] }
    var length = 0
    guard let start = lua_tolstring(state, index, &length) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: length))
  }

  /// The text of a string; nil when it is none or no UTF-8.
  func text(at index: Int32) -> String? {
    guard kind(at: index) == .string else { return nil }
    var length = 0
    guard let start = lua_tolstring(state, index, &length) else { return nil }
    return String(validating: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
  }

  /// The text of a string for people: what is no UTF-8 is replaced.
  func displayText(at index: Int32) -> String {
    text(at: index) ?? String(decoding: bytes(at: index), as: UTF8.self)
  }

  func object(at index: Int32) -> (any ScriptObject)? {
    guard let pointer = flnft_object(state, index) else { return nil }
    return Unmanaged<ObjectBox>.fromOpaque(pointer).takeUnretainedValue().object
  }

  func length(at index: Int32) -> Int { Int(clamping: lua_rawlen(state, index)) }

  /// The text that `tostring` gives, with metamethods.
  func description(at index: Int32) -> String {
    flnft_push_description(state, index)
    defer { pop() }
    return displayText(at: -1)
  }

  /// Calls `body` with each key and value of the table at `index` on top of the stack (key at -2, value at -1).
  func forEach(at index: Int32, _ body: () throws -> Void) rethrows {
    let table = absolute(index)
    guard lua_checkstack(state, 8) != 0 else { return }
    let top = count
    lua_pushnil(state)
    while lua_next(state, table) != 0 {
      do { try body() } catch {
        lua_settop(state, top)
        throw error
      }
      pop()
    }
  }

  /// Pushes the raw field `name` of the table at `index`; false (and nothing pushed) when it is nil.
  func pushField(_ name: String, at index: Int32) -> Bool {
    let table = absolute(index)
    push(name)
    if lua_rawget(state, table) == LUA_TNIL {
      pop()
      return false
    }
    return true
  }
}

/// The types of Lua.
enum LuaKind: String {
  case none = "nil"
  case boolean, number, string, table, function, userdata, thread

  init(_ code: Int32) {
    switch code {
    case LUA_TBOOLEAN: self = .boolean
    case LUA_TNUMBER: self = .number
    case LUA_TSTRING: self = .string
    case LUA_TTABLE: self = .table
    case LUA_TFUNCTION: self = .function
    case LUA_TUSERDATA, LUA_TLIGHTUSERDATA: self = .userdata
    case LUA_TTHREAD: self = .thread
    default: self = .none
    }
  }
}
