import CLuaShim

/// A table of functions under one global name.
struct Module {
  let name: String
  /// One line.
  let summary: String
  let functions: [Function]

  /// Makes the module a global. A name that it does not have is an error with a suggestion, not nil: `fl.fedration{}`
  /// should not end in "attempt to call a nil value".
  func install(in machine: LuaMachine) {
    let stack = machine.stack
    lua_createtable(machine.state, 0, Int32(functions.count))
    for function in functions {
      stack.push(function.signature.shortName)
      function.push(to: machine)
      lua_rawset(machine.state, -3)
    }
    lua_createtable(machine.state, 0, 1)
    machine.refuseOtherNames("module \(name)", than: functions.map(\.signature.shortName))
    lua_setmetatable(machine.state, -2)
    machine.setGlobal(name)
  }
}

extension LuaMachine {
  /// Makes reading any other name of a table an error; the table's metatable is on top of the stack.
  ///
  /// - Parameter owner: what the table is called in the error.
  func refuseOtherNames(_ owner: String, than names: [String]) {
    stack.push("__index")
    let lookUp = register(
      NativeFunction(machine: self, name: owner) { stack in
        let key = stack.description(at: 2)
        let near = Suggestion.clause(for: key, among: names)
        throw ScriptError.noSuchField(
          "\(owner) has no function '\(key)'\(near)",
          hint: near.isEmpty ? "it has: " + names.sorted().joined(separator: ", ") : nil)
      })
    flnft_push_function(state, lookUp)
    lua_rawset(state, -3)
  }

  /// Pops the value on top of the stack into a global, past any metatable of the globals.
  func setGlobal(_ name: String) {
    lua_rawgeti(state, flnft_registry_index(), lua_Integer(LUA_RIDX_GLOBALS))
    lua_rotate(state, -2, 1)
    stack.push(name)
    lua_rotate(state, -2, 1)
    lua_rawset(state, -3)
    stack.pop()
  }
}
