import CLuaShim
import Tensor

/// Owns one Lua state and everything that Swift lends to it.
///
/// Confined to one thread, the one that made it; the only thing that other threads may use is `cancellation`. Every
/// raise of a Lua error happens in C: functions of Swift return, and the shim raises on their behalf.
public final class LuaMachine {
  /// The state, or the coroutine of it, that runs now.
  private(set) var state: LuaState
  private let machine: OpaquePointer
  /// True from Ctrl-C until the machine is idle again; any thread may ask.
  public let cancellation: Cancellation
  private(set) var isClosed = false
  private var functions: [NativeFunction] = []
  private var types: [String: ObjectType] = [:]
  let memoryLimit: Int
  /// Whether functions of another machine were copied here; what they return is made plain.
  var holdsCopies = false
  /// Behind math.random.
  var random = RandomStream(seed: 0, purpose: "lua math.random")
  /// What users see, for help and completion.
  private(set) var modules: [Module] = []
  private(set) var words: [Function] = []

  /// - Parameter memoryLimit: how many bytes Lua itself may hold (tensors and ledgers are Swift's), 0 for no bound.
  /// - Throws: `ScriptError.outOfMemory` when there is no memory for a state.
  public init(memoryLimit: Int = 0) throws {
    guard
      let machine = flnft_machine_open(
        max(0, memoryLimit),
        { state, context in
          guard let state, let context else { return 0 }
          return Unmanaged<NativeFunction>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.call(on: state) }
        },
        { object in
          guard let object else { return }
          Unmanaged<ObjectBox>.fromOpaque(object).release()
        }),
      let state = flnft_machine_state(machine)
    else { throw ScriptError.outOfMemory }
    self.machine = machine
    nonisolated(unsafe) let asked = machine
    cancellation = Cancellation { flnft_interrupt_requested(asked) }
    self.state = state
    self.memoryLimit = memoryLimit
  }

  deinit { close() }

  /// Ends the state: every object that scripts hold is released. References that Swift still has become empty.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    flnft_machine_close(machine)
    // Functions hold on to the machine that they were declared for.
    functions = []
    types = [:]
    modules = []
    words = []
  }

  /// Runs `body` with `state` as the coroutine whose stack Swift sees.
  @inline(__always)
  func onStack<Result>(of state: LuaState, _ body: () -> Result) -> Result {
    let outer = self.state
    self.state = state
    defer { self.state = outer }
    return body()
  }

  /// The bytes that Lua holds now.
  public var memoryInUse: Int { flnft_machine_bytes(machine) }

  // MARK: Interrupts

  /// Whether the third Ctrl-C within seconds ends the process.
  var endsProcessOnThirdInterrupt: Bool {
    get { !flnft_interrupt_spares_process(machine) }
    set { flnft_interrupt_spare_process(machine, !newValue) }
  }

  /// Runs `body` with Ctrl-C directed at this machine.
  func interruptible<Result>(_ body: () throws -> Result) rethrows -> Result {
    flnft_interrupt_arm(machine)
    defer { flnft_interrupt_disarm(machine) }
    return try body()
  }

  /// Lets Ctrl-C stop copies too, while the calling thread works with them.
  func enterCopies() { flnft_interrupt_enter(machine) }
  func leaveCopies() { flnft_interrupt_leave(machine) }

  // MARK: Functions and types

  /// Keeps a function alive as long as the state, and gives the stable address by which C knows it.
  func register(_ function: NativeFunction) -> UnsafeMutableRawPointer {
    functions.append(function)
    return Unmanaged.passUnretained(function).toOpaque()
  }

  func function(at index: Int32) -> NativeFunction? {
    guard let context = flnft_function_context(state, index) else { return nil }
    return Unmanaged<NativeFunction>.fromOpaque(context).takeUnretainedValue()
  }

  /// Makes a type of Swift objects known to Lua; types are registered once, before the first object is pushed.
  func register(_ type: ObjectType) {
    types[type.name] = type
    type.install(in: self)
  }

  /// Makes a module a global table.
  func register(_ module: Module) {
    modules.append(module)
    module.install(in: self)
  }

  /// Makes functions globals of their own. A function that has parts (`help` has `help.search`) becomes a table that can
  /// be called.
  func register(words functions: [Function]) {
    for word in functions where word.signature.moduleName.isEmpty {
      words.append(word)
      let parts = functions.filter { $0.signature.moduleName == word.signature.name }
      if parts.isEmpty {
        word.push(to: self)
      } else {
        words += parts
        pushCallable(word, parts)
      }
      setGlobal(word.signature.name)
    }
  }

  private func pushCallable(_ word: Function, _ parts: [Function]) {
    lua_createtable(state, 0, Int32(parts.count))
    for part in parts {
      stack.push(part.signature.shortName)
      part.push(to: self)
      lua_rawset(state, -3)
    }
    lua_createtable(state, 0, 2)
    stack.push("__call")
    // Lua hands over the table itself first.
    word.push(to: self, skippingFirstArgument: true)
    lua_rawset(state, -3)
    refuseOtherNames(word.signature.name, than: parts.map(\.signature.shortName))
    lua_setmetatable(state, -2)
  }

  func type(named name: String) -> ObjectType? { types[name] }

  var documentedTypes: [ObjectType] { types.values.sorted { $0.name < $1.name } }

  // MARK: Running Lua

  /// Compiles a chunk.
  /// - Throws: `ScriptError.syntax` with Lua's message.
  func load(_ text: String, name: String) throws -> LuaReference {
    let top = lua_gettop(state)
    defer { lua_settop(state, top) }
    var text = text
    let status = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { flnft_load(state, $0.baseAddress, $0.count, name) }
    }
    guard status == LUA_OK else { throw ScriptError.syntax(stack.text(at: -1) ?? "malformed program") }
    return LuaReference(self, at: -1)
  }

  /// Calls a Lua function and gives its results.
  /// - Throws: `LuaFailure` for an error that Lua raised.
  @discardableResult
  func call(_ function: LuaReference, _ arguments: [LuaValue] = [], results: Int32? = nil) throws -> [LuaValue] {
    let top = lua_gettop(state)
    defer { lua_settop(state, top) }
    try callLeavingResults(function, arguments, results: results)
    return (top..<lua_gettop(state)).map { stack.value(at: $0 + 1) }
  }

  /// Calls a Lua function and leaves its results on the stack.
  func callLeavingResults(_ function: LuaReference, _ arguments: [LuaValue] = [], results: Int32? = nil) throws {
    guard lua_checkstack(state, Int32(arguments.count) + 8) != 0 else { throw ScriptError.outOfMemory }
    let top = lua_gettop(state)
    function.push()
    for argument in arguments { stack.push(argument) }
    let status = flnft_pcall(state, Int32(arguments.count), results ?? flnft_multiple_results())
    if status != LUA_OK { throw LuaFailure(popping: stack) }
    guard holdsCopies else { return }
    if flnft_uncover_results(state, lua_gettop(state) - top) != LUA_OK { throw LuaFailure(popping: stack) }
    _ = flnft_copies_are_faithful(state)
  }

  var stack: LuaStack { LuaStack(machine: self) }
}

typealias LuaState = OpaquePointer
