import CLuaShim
import Foundation
import Testing

/// The interruptible `string.find`, `match`, `gmatch` and `gsub`, held against the documented behaviour and against
/// Lua's own functions.
@Suite struct PatternTests {
  /// The examples of the Lua 5.4 reference manual (sections 6.4 and 6.4.1) and the corners it names.
  @Test(arguments: [
    (#"string.gsub("hello world", "(%w+)", "%1 %1")"#, #""hello hello world world", 2"#),
    (#"string.gsub("hello world", "%w+", "%0 %0", 1)"#, #""hello hello world", 1"#),
    (#"string.gsub("hello world from Lua", "(%w+)%s*(%w+)", "%2 %1")"#, #""world hello Lua from", 2"#),
    (#"string.gsub("$name-$version", "%$(%w+)", {name="lua", version="5.4"})"#, #""lua-5.4", 2"#),
    (#"string.gsub("4+5 = $return 4+5$", "%$(.-)%$", function(s) return load(s)() end)"#, #""4+5 = 9", 1"#),
    (#"string.find("flaaap", "()aa()")"#, "3, 4, 3, 5"),
    (#"string.match("a(a*(.)%w(%s*))", "(a*(.)%w(%s*))")"#, #""a(a", "(", """#),
    (#"string.find("THE (quick) fox", "%((%a+)%)")"#, #"5, 11, "quick""#),
    (#"string.match("x = f(a(b)c) + 1", "%b()")"#, #""(a(b)c)""#),
    (#"string.gsub("THE (quick) fox", "%f[%a]%a+", "w")"#, #""w (w) w", 3"#),
    (#"string.match([[say "it's" now]], [=[(["'])(.-)%1]=])"#, #"'"', "it's""#),
    (#"string.find("a.b", ".", 2, true)"#, "2, 2"),
    (#"string.find("abc", "b", -2)"#, "2, 2"),
    (#"string.find("abc", "", 4)"#, "4, 3"),
    (#"string.find("abc", "", 5)"#, "nil"),
    (#"string.gsub("abc", "", "-")"#, #""-a-b-c-", 4"#),
    (#"string.gsub("abc def", "^%a", "")"#, #""bc def", 1"#),
    (#"string.match("  trim me  ", "^%s*(.-)%s*$")"#, #""trim me""#),
    (#"string.match("a\0b\0c", "%z(.)%z")"#, #""b""#),
    (#"string.match("]-^", "[]^-]+")"#, #""]-^""#),
  ])
  func manualExamples(call: String, expected: String) throws {
    let lua = try RawLua()
    let check = """
      local got, wanted = table.pack(\(call)), table.pack(\(expected))
      assert(got.n == wanted.n, "count")
      for i = 1, got.n do assert(got[i] == wanted[i], tostring(got[i])) end
      """
    #expect(lua.run(check) == nil)
  }

  @Test func gmatchStartsWhereAsked() throws {
    let lua = try RawLua()
    let check = #"""
      local found = {}
      for key, value in string.gmatch("a=1, b=2, c=3", "(%w+)=(%w+)", 4) do found[#found + 1] = key .. value end
      assert(table.concat(found, " ") == "b2 c3")
      """#
    #expect(lua.run(check) == nil)
  }

  @Test(arguments: [
    ("%", "malformed pattern (ends with '%')"),
    ("[a", "malformed pattern (missing ']')"),
    ("%b(", "malformed pattern (missing arguments to '%b')"),
    ("%fa", "missing '[' after '%f' in pattern"),
    ("a)", "invalid pattern capture"),
    ("(a", "unfinished capture"),
    ("%1", "invalid capture index %1"),
    (String(repeating: "()", count: 33), "too many captures"),
    (String(repeating: "a?", count: 200), "pattern too complex"),
  ])
  func mistakesCarryLuasWords(pattern: String, message: String) throws {
    let lua = try RawLua()
    let error = lua.run("string.match(('a'):rep(300), '\(pattern)')")
    #expect(error?.hasSuffix(message) == true, "\(error ?? "no error")")
  }

  /// The same 200,000 random calls through both matchers: equal results, or equal errors.
  @Test func agreesWithLuasOwnMatcher() throws {
    let lua = try RawLua()
    #expect(lua.run(PatternTests.comparison) == nil)
  }

  /// Each of these runs for longer than anyone waits, in a loop that no hook can reach.
  @Test(arguments: [
    "string.find(('a'):rep(300), ('.-'):rep(20) .. 'b')",
    "string.match(('a'):rep(300), ('a*'):rep(20) .. 'b')",
    "string.gsub(('a'):rep(300), ('a?'):rep(60) .. ('a'):rep(60) .. 'b', '')",
    "for _ in string.gmatch(('ab'):rep(300), ('(.-)'):rep(20) .. '%1c') do end",
    "string.find(('('):rep(2000000), '%b()')",
  ])
  func stopsWithin200Milliseconds(call: String) throws {
    let lua = try RawLua()
    let flag = InterruptFlag()
    flnft_pattern_set_interrupt(lua.state, flag.pointer)
    let raised = OnceClock()
    Thread.detachNewThread {
      usleep(100_000)
      raised.start()
      flag.pointer.pointee = 1
    }
    let error = lua.run(call)
    let delay = raised.elapsed()
    #expect(error?.hasSuffix("interrupted") == true, "\(error ?? "no error")")
    #expect(delay < .milliseconds(200))
    // The state goes on working once the flag is down.
    flag.pointer.pointee = 0
    #expect(lua.run("assert(string.find('abc', 'c') == 3)") == nil)
  }
}

/// A Lua state with its standard library, where `original` keeps Lua's own matcher.
private final class RawLua {
  let state: OpaquePointer

  init() throws {
    state = try #require(luaL_newstate())
    luaL_openlibs(state)
    let keep = "original = {find = string.find, match = string.match, gmatch = string.gmatch, gsub = string.gsub}"
    #expect(run(keep) == nil)
    flnft_install_patterns(state)
  }

  deinit { lua_close(state) }

  /// Runs a chunk; the error message, or nil. Whatever raises does so below the protected call.
  func run(_ chunk: String) -> String? {
    defer { lua_settop(state, 0) }
    let failed = luaL_loadstring(state, chunk) != LUA_OK || lua_pcallk(state, 0, 0, 0, 0, nil) != LUA_OK
    guard failed else { return nil }
    if lua_type(state, -1) == LUA_TTABLE {
      lua_pushstring(state, "message")
      lua_rawget(state, -2)
    }
    return lua_tolstring(state, -1, nil).map { String(cString: $0) } ?? "an error without a message"
  }
}

/// Memory for one flag that a thread sets and the matcher reads.
private final class InterruptFlag: @unchecked Sendable {
  let pointer = UnsafeMutablePointer<sig_atomic_t>.allocate(capacity: 1)
  init() { pointer.initialize(to: 0) }
  deinit { pointer.deallocate() }
}

/// Remembers when it was started, on whichever thread.
private final class OnceClock: @unchecked Sendable {
  private let lock = NSLock()
  private var started: ContinuousClock.Instant?

  func start() { lock.withLock { started = .now } }
  func elapsed() -> Duration { lock.withLock { started.map { .now - $0 } ?? .seconds(3600) } }
}

extension PatternTests {
  /// Draws subjects, patterns (a third of them malformed) and replacements from small alphabets, with a fixed seed.
  fileprivate static let comparison = #"""
    local seed = 12345
    local function random(n)
      seed = seed * 6364136223846793005 + 1442695040888963407
      return (seed >> 33) % n + 1
    end
    local pieces = {"a", "b", "c", ".", "%a", "%A", "%d", "%w", "%s", "%S", "%p", "%x", "%u", "%l", "%c", "%g", "%z",
      "%", "[", "]", "^", "$", "(", ")", "()", "-", "*", "+", "?", "%b()", "%bab", "%f[a]", "%f[%w]", "%f", "%b", "%bx",
      "%1", "%2", "%0", "%3", "[ab]", "[^ab]", "[a-c]", "[%a-]", "[]]", "[^]]", "[a-%]", "[a-%%]", "[%]]", "[a-%]-z]",
      "[%W%d]", "[^%S]", "-", "1", "\0", " ", "(a)", "(.-)", "(b*)", "%%", "%.", "(", "[%", "%-", "a?", "é", "[\xe9]"}
    local bytes = {"a", "b", "c", "a", "b", "(", ")", "1", " ", "A", "B", "_", "\0", "-", "]", "%", "é", ".", "z"}
    local templates = {"x", "%0", "%1", "%2", "%%", "<%1>", "%", "%a", "[%1%2]", ""}
    local function text(parts, longest)
      local drawn = {}
      for i = 1, random(longest) - 1 do drawn[i] = parts[random(#parts)] end
      return table.concat(drawn)
    end
    local function describe(...)
      local values = table.pack(...)
      for i = 1, values.n do values[i] = (math.type(values[i]) or type(values[i])) .. ":" .. tostring(values[i]) end
      return table.concat(values, "|")
    end
    local function drain(gmatch)
      return function(subject, pattern, init)
        local found = {}
        for a, b, c, d in gmatch(subject, pattern, init) do found[#found + 1] = describe(a, b, c, d) end
        return table.concat(found, ";")
      end
    end
    local lookup = setmetatable({a = "[A]", b = false, ab = 7, ["1"] = "one"},
      {__index = function(_, key) if key == 2 then return {} end end})
    local function replace(first, second)
      if first == "a" then return nil end
      if second then return describe(first, second) end
      if first == " " then return false end
      if first == "A" then return {} end
      return first
    end
    local function outcome(call, ...)
      local ok, message = pcall(call, ...)
      if ok then return describe(pcall(call, ...)) end
      return "error: " .. tostring(message):gsub("^[^:]*:%d+: ", "")
    end
    local names = {"find", "match", "gmatch", "gsub", "gsub", "gsub"}
    local errors = 0
    for trial = 1, 200000 do
      local subject, pattern = text(bytes, 12), text(pieces, 7)
      local init = random(4) == 1 and random(16) - 8 or nil
      local kind = random(6)
      local name, third, fourth = names[kind], init, nil
      if name == "find" then fourth = random(10) == 1 end
      if name == "gsub" then
        third = kind == 4 and templates[random(#templates)] or kind == 5 and lookup or replace
        fourth = random(3) == 1 and random(4) - 2 or nil
      end
      local theirs, ours = original[name], string[name]
      if name == "gmatch" then theirs, ours = drain(theirs), drain(ours) end
      local wanted = outcome(theirs, subject, pattern, third, fourth)
      local got = outcome(ours, subject, pattern, third, fourth)
      if wanted ~= got then
        error(("%s(%q, %q, %s, %s): Lua says %s; this matcher %s"):format(
          name, subject, pattern, third, fourth, wanted, got))
      end
      if wanted:find("error: ", 1, true) == 1 then errors = errors + 1 end
    end
    assert(errors > 10000 and errors < 100000, "the draw no longer covers both results and errors")
    """#
}
