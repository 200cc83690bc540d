import CLuaShim
import Tensor

/// The functions of Lua's own libraries that a session replaces: output goes through the session, randomness comes from
/// the run's seed, `os.exit` ends the session in order, bytecode is not loaded.
enum StandardOverrides {
  static func install(in machine: LuaMachine, context: RunContext, exit: @escaping (Int32) -> Void) {
    replace(in: machine, library: nil, "print") { stack in
      var printer = ValuePrinter()
      printer.width = context.options.width
      let texts = (0..<stack.count).map { printer.plainText(stack, $0 + 1) }
      context.print(texts.joined(separator: "\t"))
      return 0
    }
    replace(in: machine, library: "os", "exit") { stack in
      let code: Int32 =
        switch stack.kind(at: 1) {
        case .number: Int32(truncatingIfNeeded: stack.wholeNumber(at: 1) ?? 1)
        case .boolean: lua_toboolean(stack.state, 1) != 0 ? 0 : 1
        default: 0
        }
      exit(code)
      throw Cancelled()
    }
    // The rest is Lua on top of the two lines above.
    let writer = NativeFunction(machine: machine, name: "io.write") { stack in
      context.emit(.output((0..<stack.count).map { stack.displayText(at: $0 + 1) }.joined()))
      return 0
    }
    run(
      """
      local emit = ...
      local write, load, output = io.write, load, io.output
      function io.write(...)
        if output() ~= io.stdout then return write(...) end
        for i = 1, select("#", ...) do
          local value = select(i, ...)
          local kind = type(value)
          if kind ~= "string" and kind ~= "number" then
            error(("bad argument #%d to 'write' (string expected, got %s)"):format(i, kind), 2)
          end
          emit(tostring(value))
        end
        return io.stdout
      end
      _G.load = function(chunk, name, mode, ...)
        if mode == "b" then return nil, "attempt to load a binary chunk (this machine loads text only)" end
        if select("#", ...) > 0 then return load(chunk, name, "t", (...)) end
        return load(chunk, name, "t")
      end
      string.dump = nil
      """, in: machine
    ) { flnft_push_function(machine.state, machine.register(writer)) }
    if context.options.ownsStandardFiles { StandardFiles.install(in: machine, context: context) }
    installPairs(machine)
    installRandom(machine, context)
    _ = flnft_remember_library(machine.state)
  }

  /// What copies of a script's functions can use: Lua's own libraries with the same `pairs` and `math.random`.
  static func installForCopies(in machine: LuaMachine) {
    run("string.dump = nil", in: machine) { lua_pushnil(machine.state) }
    installPairs(machine)
    installDraws(machine)
    _ = flnft_remember_library(machine.state)
  }

  private static func installPairs(_ machine: LuaMachine) {
    let metafield = NativeFunction(machine: machine, name: "metafield") { stack in
      if luaL_getmetafield(stack.state, 1, stack.displayText(at: 2)) == LUA_TNIL { stack.push(.none) }
      return 1
    }
    run(OrderedPairs.source, in: machine) { flnft_push_function(machine.state, machine.register(metafield)) }
  }

  // MARK: Randomness

  static func reseed(_ machine: LuaMachine, _ context: RunContext) {
    machine.random = RandomStream(seed: context.seed, purpose: "lua math.random")
  }

  private static func installRandom(_ machine: LuaMachine, _ context: RunContext) {
    reseed(machine, context)
    installDraws(machine)
    replace(in: machine, library: "math", "randomseed") { [unowned machine] stack in
      // A script that seeds itself stays reproducible; without a number there is no fresh entropy, but the run's seed.
      let number = stack.wholeNumber(at: 1).map { UInt64(bitPattern: Int64($0)) } ?? stack.number(at: 1).bitPattern
      machine.random = RandomStream(
        seed: stack.count == 0 ? context.seed : number, purpose: "lua math.random")
      return 0
    }
  }

  private static func installDraws(_ machine: LuaMachine) {
    replace(in: machine, library: "math", "random") { [unowned machine] stack in
      if stack.count == 0 {
        stack.push(.number(machine.random.uniform()))
        return 1
      }
      guard stack.count <= 2, let first = stack.wholeNumber(at: 1),
        let second = stack.count == 2 ? stack.wholeNumber(at: 2) : first
      else { throw ScriptError.invalidParameter("math.random takes nothing, or one or two whole numbers") }
      let low = stack.count == 2 ? first : 1
      if stack.count == 1, first == 0 {
        stack.push(.integer(Int(truncatingIfNeeded: machine.random.next())))
        return 1
      }
      guard low <= second else {
        throw ScriptError.invalidParameter("math.random: the interval from \(low) to \(second) is empty")
      }
      stack.push(.integer(Int.random(in: low...second, using: &machine.random)))
      return 1
    }
  }

  // MARK: Installing

  private static func replace(
    in machine: LuaMachine, library: String?, _ name: String, _ body: @escaping (LuaStack) throws -> Int32
  ) {
    let context = machine.register(NativeFunction(machine: machine, name: name, body: body))
    guard let library else {
      flnft_push_function(machine.state, context)
      machine.setGlobal(name)
      return
    }
    lua_rawgeti(machine.state, flnft_registry_index(), lua_Integer(LUA_RIDX_GLOBALS))
    if machine.stack.pushField(library, at: -1) {
      machine.stack.push(name)
      flnft_push_function(machine.state, context)
      lua_rawset(machine.state, -3)
      machine.stack.pop()
    }
    machine.stack.pop()
  }

  static func run(_ text: String, in machine: LuaMachine, pushArgument: () -> Void) {
    guard let chunk = try? machine.load(text, name: "=session") else { return }
    chunk.push()
    pushArgument()
    if flnft_pcall(machine.state, 1, 0) != LUA_OK { machine.stack.pop() }
  }
}
