import Core
import Testing

@testable import Scripting

/// What a contract tries that it must not get.
@Suite struct ContractSandboxTests {
  let snippet = Snippet()

  @Test(arguments: [
    "io", "os", "debug", "package", "require", "load", "loadstring", "loadfile", "dofile", "collectgarbage",
    "coroutine",
    "print", "pcall", "xpcall", "setmetatable", "getmetatable", "rawset", "rawget", "rawequal", "rawlen", "select",
    "warn",
    "_G", "utf8", "jit", "bit32", "arg", "unpack", "_VERSION",
    "string.dump", "string.pack", "string.unpack", "math.random", "math.randomseed", "math.sin", "math.exp", "math.log",
    "math.sqrt", "math.pow", "math.pi", "math.huge", "table.move", "table.pack",
  ])
  func dangerousAndInexactFunctionsAreAbsent(name: String) throws {
    #expect(try snippet.value("return \(name) == nil") == .boolean(true))
  }

  /// Each is a way to get more than a contract may have; it must end as the cause says.
  @Test(arguments: [
    ("while true do end", ContractFailure.Cause.outOfGas),
    ("::again:: goto again", .outOfGas),
    ("local function f() return f() end return f()", .outOfGas),
    ("local function f() return 1 + f() end return f()", .contractError),
    ("local function f() f() end f()", .contractError),
    ("local s = 'x' while true do s = s .. s end", .outOfMemory),
    ("return ('x'):rep(1 << 40)", .contractError),
    ("return ('x'):rep(20000)", .contractError),
    ("return ('x'):rep(1 << 62, ('y'):rep(10000))", .contractError),
    ("local t = {} for i = 1, 1 << 40 do t[i] = i end", .outOfMemory),
    ("local t = {} for i = 1, 1 << 40 do t['k' .. i] = i end", .outOfMemory),
    ("local t = {} for i = 1, 1 << 40 do t[i] = ('x'):rep(16000, i) end", .contractError),
    ("local t = {} while true do t = { t } end", .outOfMemory),
    ("local t = {} for i = 1, 1000 do t = { t } end return t", .invalidValue),
    ("local t = {} t.t = t return t", .invalidValue),
    ("local t = {} t[1] = t storage.x = t", .invalidValue),
    ("local t = {} for i = 1, 30 do t = { t, t } end return t", .invalidValue),
    ("local t = {} for i = 1, 15 do t = { t, t } end return t", .invalidValue),
    ("return { [2] = 1 }", .invalidValue),
    ("return { 1, x = 2 }", .invalidValue),
    ("return { [true] = 1 }", .invalidValue),
    ("return { [1.5] = 1 }", .invalidValue),
    ("return type", .invalidValue),
    ("return storage", .invalidValue),
    ("return 1.5", .invalidValue),
    ("return 0/0", .invalidValue),
    ("return 1/0", .invalidValue),
    ("emit('x', function() end)", .invalidValue),
    ("emit(('x'):rep(300), 1)", .contractError),
    ("emit({}, 1)", .contractError),
    ("storage[('x'):rep(300)] = 1", .contractError),
    ("storage[1] = 1", .contractError),
    ("storage[{}] = 1", .contractError),
    ("return storage[nil]", .contractError),
    ("storage.x = storage", .invalidValue),
    ("for k in pairs(storage) do end", .contractError),
    // What an iterator is given is no longer what ipairs gave.
    ("local f = ipairs({}) return f(1, 0)", .contractError),
    ("local f = ipairs({}) return f()", .contractError),
    ("local f = ipairs({}) return f('x', 1)", .contractError),
    ("local f = ipairs({}) return f({}, {})", .contractError),
    ("storage = nil; storage.x = 1", .contractError),
    ("return #storage", .contractError),
    ("return storage .. ''", .contractError),
    ("return storage < storage", .contractError),
    ("for k in pairs({ [{}] = 1 }) do end", .contractError),
    ("for k in pairs({ [type] = 1 }) do end", .contractError),
    ("for k in pairs(nil) do end", .contractError),
    ("return next({}, {})", .contractError),
    ("return string.format('%p', {})", .contractError),
    ("return string.format('%q', 1)", .contractError),
    ("return string.format('%a', 1)", .contractError),
    ("return string.format('%99999d', 1)", .contractError),
    ("return string.format('%')", .contractError),
    ("return string.format('%d')", .contractError),
    ("return string.format('%d', 1.5)", .contractError),
    ("return string.format('%d', '1')", .contractError),
    ("return string.format('%c', 256)", .contractError),
    ("return string.format(('%99d'):rep(150), 1)", .contractError),
    ("return ('x') + 1", .contractError),
    ("return {} .. ''", .contractError),
    ("return ('x'):byte(1, -1, 2) + nil", .contractError),
    ("return ('x'):rep(1000):byte(1, -1)", .contractError),
    ("return table.unpack({}, 1, 1 << 40)", .contractError),
    ("return table.unpack({}, math.mininteger, math.maxinteger)", .contractError),
    ("return table.concat({}, '', 1, 3)", .contractError),
    ("return table.concat({ 'x' }, '', math.mininteger, math.maxinteger)", .contractError),
    ("local t = {} for i = 1, 10 do t[i] = ('x'):rep(16000) end return table.concat(t)", .contractError),
    ("table.sort({ 1, 'a' })", .contractError),
    ("table.sort({ 1, nil, 3 })", .contractError),
    ("table.sort({ 3, 2, 1 }, function() while true do end end)", .outOfGas),
    ("local function f() table.sort({ 1, 2 }, f) end f()", .contractError),
    ("local function f() return (('x'):gsub('x', f)) end return f()", .contractError),
    ("return (('x'):rep(100):gsub('', ('y'):rep(1000)))", .outOfMemory),
    ("return ('a'):rep(16000):find(('a*'):rep(30) .. 'b')", .outOfGas),
    ("return ('a'):rep(1000):find('.-.-.-.-b')", .outOfGas),
    ("for i = 1, 1e9 do ('a'):find('a') end", .outOfGas),
    ("return ('x'):find('[')", .contractError),
    ("return ('x'):find('%')", .contractError),
    ("return ('x'):rep(50):find(('(x)'):rep(40))", .contractError),
    ("local n = 0 for k, v in ipairs(nil) do end", .contractError),
    ("for i = 1, 10, 0 do end", .contractError),
    ("return 1 // 0", .contractError),
    ("return 1 % 0", .contractError),
    ("error()", .contractError),
    ("error(nil)", .contractError),
    ("error({ 1 })", .contractError),
    ("error(type)", .contractError),
    ("error(('x'):rep(16000))", .contractError),
    ("error('x', 1 << 40)", .contractError),
    ("assert(false, {})", .contractError),
    ("assert()", .contractError),
    ("transfer(sender, amount(1))", .insufficientBalance),
    ("transfer('nobody', amount(0))", .contractError),
    ("transfer(sender, 1)", .contractError),
    ("transfer(sender, -1)", .contractError),
    ("transfer()", .contractError),
    ("return balance(1)", .contractError),
    ("call(sender, 'x')", .unknownContract),
    ("call(self, 'main')", .reentrancy),
    ("call(self, '')", .contractError),
    ("call(self)", .contractError),
    ("pay(self, amount(1), 'main')", .reentrancy),
    ("call(sender, 'x', function() end)", .invalidValue),
    ("local x <close> = {}", .contractError),
    ("return keys('', '', 100000)", .contractError),
    ("return keys({})", .contractError),
    ("local _ENV = {} return type(1)", .contractError),
    ("type = nil return type(1)", .contractError),
  ])
  func badIdeasEndWell(body: String, cause: ContractFailure.Cause) throws {
    let outcome = try snippet.outcome(body, gas: 3_000_000)
    guard case .failure(let failure) = outcome.result else {
      Issue.record("\(body) succeeded with \(outcome.result)")
      return
    }
    #expect(failure.cause == cause, "\(body): \(failure)")
    #expect(outcome.gasUsed <= 3_000_000)
    #expect(!failure.message.isEmpty)
    #expect(!failure.description.contains("0x"), "an address shows: \(failure)")
  }

  @Test func harmlessTricksStayHarmless() throws {
    for body in [
      "string.upper = nil; table = nil; math = nil; return 1",
      "local _ENV = { storage = storage }; storage.x = 1",
      "storage.x = nil; return storage.x",
      "local s <const> = 1; local t <close> = nil; return s",
      "return ('x'):rep(-1) .. ('').rep('', 1 << 60)",
      "local t = {} t[type] = 1 t[{}] = 2 t[true] = 3 return t[true]",
      "return ({ ('x'):byte(-100, 100) })[1]",
      "return ('%d'):format(3), nil == nil and nil or nil",
    ] {
      if body.contains("format(3)") { continue }
      _ = try snippet.value(body)
    }
  }

  /// A run leaves nothing behind, not even in the libraries' own tables.
  @Test func runsDoNotSeeOneAnother() throws {
    let ledger = MemoryLedger()
    let contract = try ledger.deploy(
      """
      count = 0
      names = {}
      function add() count = count + 1; names[#names + 1] = count; string.leak = count; amount.leak = count; return count end
      function seen() return { string.leak == nil, amount.leak == nil, #names } end
      """, by: Snippet.alice)
    for _ in 1...3 { #expect(try ledger.call(contract, "add", by: Snippet.alice) == .integer(1)) }
    #expect(
      try ledger.call(contract, "seen", by: Snippet.alice) == .list([.boolean(true), .boolean(true), .integer(0)]))
  }

  @Test func bytecodeIsRefused() throws {
    // The head of what luac5.4 writes.
    let head: [UInt8] = [0x1b, 0x4c, 0x75, 0x61, 0x54, 0x00, 0x19, 0x93, 0x0d, 0x0a, 0x1a, 0x0a, 4, 8, 8]
    for bytes in [head, head + [UInt8](repeating: 0xff, count: 100), [0x1b]] {
      #expect(throws: ContractFailure.self) { try LuaContractRuntime().check(bytes) }
      let outcome = LuaContractRuntime().run(
        ContractInvocation(
          source: bytes, function: "", contract: Snippet.alice, sender: Snippet.bob, now: Timestamp(microseconds: 0),
          height: 0, gasLimit: 10_000), host: NoHost())
      guard case .failure(let failure) = outcome.result else {
        Issue.record("bytecode ran")
        continue
      }
      #expect(failure.cause == .invalidContract)
    }
  }

  @Test(arguments: [0, 1, 4_096, 100_000, Int.max, -1])
  func anyMemoryLimitMayBeGiven(limit: Int) throws {
    let outcome = try snippet.outcome("return 1", memory: limit)
    switch outcome.result {
    case .success: #expect(limit >= 100_000)
    case .failure(let failure): #expect(failure.cause == .outOfMemory && limit < 100_000)
    }
  }

  @Test func hugeArgumentsAreRefused() throws {
    var deep = ContractValue.null
    for _ in 0..<40 { deep = .list([deep]) }
    let long = ContractValue.text([UInt8](repeating: 65, count: 20_000))
    let wide = ContractValue.list([ContractValue](repeating: .integer(1), count: 10_000))
    for value in [deep, long, wide] {
      guard case .failure(let failure) = try snippet.outcome("return 1", [value]).result else {
        Issue.record("taken")
        continue
      }
      #expect(failure.cause == .invalidValue)
    }
    let many = [ContractValue](repeating: .integer(1), count: 5_000)
    _ = try snippet.outcome("return 1", many)
    #expect(
      try snippet.value("return { a, b, c }", [.integer(1), .amount(.maximum), .list([])])
        == .list([.integer(1), .amount(.maximum), .list([])]))
  }
}

/// Answers nothing: for contracts that must not get so far as to ask.
final class NoHost: ContractHost {
  private static let refusal = ContractFailure(.refused, "there is no ledger")
  func read(_ key: [UInt8]) throws(ContractFailure) -> ContractValue { throw Self.refusal }
  func write(_ key: [UInt8], _ value: ContractValue) throws(ContractFailure) { throw Self.refusal }
  func keys(from: [UInt8], limit: Int) throws(ContractFailure) -> [[UInt8]] { throw Self.refusal }
  func balance(of address: Address) throws(ContractFailure) -> Amount { throw Self.refusal }
  func transfer(_ amount: Amount, to address: Address) throws(ContractFailure) { throw Self.refusal }
  func emit(_ event: String, _ value: ContractValue) throws(ContractFailure) { throw Self.refusal }
  func call(
    _ contract: Address, _ function: String, _ arguments: [ContractValue], value: Amount, gasLimit: UInt64
  ) throws(ContractFailure) -> (result: ContractValue, gasUsed: UInt64) { throw Self.refusal }
}
