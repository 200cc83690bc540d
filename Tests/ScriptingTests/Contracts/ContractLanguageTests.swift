import Core
import Testing

@testable import Scripting

/// What a contract can say, and what it means.
@Suite struct ContractLanguageTests {
  let snippet = Snippet()

  @Test(arguments: [
    ("return 1 + 2 * 3", ContractValue.integer(7)),
    ("return 7 // 2 + 7 % 2", .integer(4)),
    ("return 10 / 2", .integer(5)),
    ("return math.floor(7.5), nil and 1", .null),
    ("return math.floor(-7.5)", .integer(-8)),
    ("return math.ceil(7.2)", .integer(8)),
    ("return math.max(3, 9, 4) - math.min(3, 9, 4)", .integer(6)),
    ("return math.max(amount(1), amount(3))", .amount(Amount(tokens: 3))),
    ("return math.tointeger(3.0)", .integer(3)),
    ("return math.tointeger(3.5) == nil", .boolean(true)),
    ("return math.type(3) .. math.type(3.0)", .text("integerfloat")),
    ("return math.ult(1, -1)", .boolean(true)),
    ("return math.abs(math.mininteger) == math.mininteger", .boolean(true)),
    ("return type(amount(1)) .. type({}) .. type(type)", .text("amounttablefunction")),
    ("return tostring({}) .. tostring(type) .. tostring(storage)", .text("tablefunctionstorage")),
    ("return tostring(0/0) .. tostring(1/0) .. tostring(0.1)", .text("naninf0.1")),
    (
      "return string.format('%5d|%-5s|%05.1f|%x|%%|%s', 42, 'ab', 2.25, 255, amount('1.5'))",
      .text("   42|ab   |002.2|ff|%|1.5")
    ),
    ("return ('Hello'):upper() .. ('Hello'):lower() .. ('abc'):reverse() .. #'four'", .text("HELLOhellocba4")),
    ("return ('hello'):sub(2, -2) .. ('ab'):rep(3, '-') .. string.char(104, 105)", .text("ellab-ab-abhi")),
    ("return ('key=value'):match('(%w+)=(%w+)')", .null),
    ("local k, v = ('key=value'):match('(%w+)=(%w+)'); return v .. k", .text("valuekey")),
    ("return (('a,b,c'):gsub(',', ';'))", .text("a;b;c")),
    ("local n = 0; for w in ('one two three'):gmatch('%a+') do n = n + #w end; return n", .integer(11)),
    (
      "local t = {}; t.z = 1; t.a = 2; t[3] = 3; t[1] = 4; t[1.5] = 5; local s = ''; for k, v in pairs(t) do s = s .. k .. v .. ' ' end; return s",
      .text("14 1.55 33 a2 z1 ")
    ),
    ("local t = { 5, 3, 9, 1 }; table.sort(t); return table.concat(t, ',')", .text("1,3,5,9")),
    (
      "local t = { 5, 3, 9, 1 }; table.sort(t, function(a, b) return a > b end); return t",
      .list([.integer(9), .integer(5), .integer(3), .integer(1)])
    ),
    (
      "local t = { 1, 2 }; table.insert(t, 3); table.insert(t, 1, 0); return table.remove(t, 2) * 100 + #t",
      .integer(103)
    ),
    ("return next({ b = 1, a = 2 })", .null),
    ("local k, v = next({ b = 1, a = 2 }, 'a'); return k .. v", .text("b1")),
    (
      "return { who = sender == self, list = { 1, true }, empty = {} }",
      .record(["who": .boolean(false), "list": .list([.integer(1), .boolean(true)]), "empty": .list([])])
    ),
    ("return tonumber('0x10') + tonumber(' 5 ') + (tonumber('x') or 1)", .integer(22)),
    ("return sha256('abc')", .text("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")),
    ("return goal", .null),
  ])
  func expressionMeansWhatItSays(body: String, expected: ContractValue) throws {
    // Several results are a mistake: these snippets show it.
    if expected == .null && body != "return goal" {
      #expect(try snippet.failure(body)?.cause == .invalidValue)
    } else {
      #expect(try snippet.value(body) == expected, "\(body)")
    }
  }

  @Test(arguments: [
    ("amount('1.5') + amount(2)", "3.5"),
    ("amount('1.5') - amount('0.5')", "1"),
    ("amount('1.5') * 4", "6"),
    ("4 * amount('1.5')", "6"),
    ("amount(10) // 3", "3.333333333333333333"),
    ("amount(10) % 3", "0.000000000000000001"),
    ("amount(10) // amount(3)", "3"),
    ("amount(10) % amount(3)", "1"),
    ("amount.portion(amount(10), 1, 3)", "3.333333333333333333"),
    ("amount.portion(amount(10), 1, 3, 'up')", "3.333333333333333334"),
    ("amount.portion(amount(10), amount(1), amount(4))", "2.5"),
    ("amount.split(amount(1), { 1, 1, 1 })[1]", "0.333333333333333334"),
    ("amount.unit * 5", "0.000000000000000005"),
    ("amount(amount('7'))", "7"),
  ])
  func amountsAreExact(expression: String, expected: String) throws {
    #expect(try snippet.value("return tostring(\(expression))") == .text(expected), "\(expression)")
  }

  @Test func amountsCompareByValue() throws {
    let body = """
      assert(amount(1) == amount("1.0") and amount(1) < amount(2) and amount(2) <= amount(2) and amount(3) > amount(2))
      assert(amount(1) ~= 1 and not (amount(1) == nil))
      return "paid " .. amount("2.50")
      """
    #expect(try snippet.value(body) == .text("paid 2.5"))
  }

  @Test(arguments: [
    "amount(1) - amount(2)", "amount(-1)", "amount(1.5)", "amount('1e5')", "amount('340282366920938463464')",
    "amount('340282366920938463463') + amount(1)", "amount('340282366920938463463') * 2", "amount(1) / 2",
    "amount(1) * 1.5", "amount(1) * -1", "amount(1) * amount(1)", "amount(1) // 0", "amount(1) % amount(0)",
    "amount(1) < 1", "amount(1) + 1", "-amount(1)", "#amount(1)", "amount(1)()", "amount(1).x", "amount({})",
    "amount()",
    "amount.portion(amount(1), 1, 0)", "amount.portion(amount('340282366920938463463'), 3, 1)",
    "amount.portion(amount(1), -1, 1)", "amount.portion(amount(1), 1, 2, 'sideways')", "amount.split(amount(1), {})",
    "amount.split(amount(1), { 0, 0 })", "amount.split(amount(1), { -1 })", "amount(2) // amount.unit * 10",
  ])
  func impossibleMoneyIsAnErrorOfTheContract(expression: String) throws {
    let failure = try snippet.failure("return \(expression)")
    if expression.hasPrefix("amount(2) // amount.unit") {
      // The quotient, 2 x 10^18, is an integer; ten times it is more than one and wraps as Lua's integers do.
      #expect(failure == nil)
    } else {
      #expect(failure?.cause == .contractError, "\(expression): \(String(describing: failure))")
      #expect(failure?.line == 2, "\(expression): \(String(describing: failure))")
    }
  }

  @Test func errorsHaveTheirLineAndWords() throws {
    let assertion = try #require(try snippet.failure("local x = 1\nassert(x == 2, 'too late')"))
    #expect(assertion == ContractFailure(.contractError, "too late", line: 3))
    let error = try #require(try snippet.failure("error('no')"))
    #expect(error == ContractFailure(.contractError, "no", line: 2))
    let index = try #require(try snippet.failure("\n\nlocal t = nil; return t.x"))
    #expect(index.line == 4 && index.message.contains("attempt to index a nil value (local 't')"))
    let table = try #require(try snippet.failure("error({})"))
    #expect(table.cause == .contractError && table.message.contains("table"))
  }

  @Test func storageAndEventsGoThroughTheHost() throws {
    let ledger = MemoryLedger()
    let alice = Snippet.alice
    try ledger.fund(alice, 100)
    let contract = try ledger.deploy(
      """
      function init(goal) storage.goal = amount(goal); storage["by:z"] = 1; storage["by:a"] = { x = 1 }; storage["c"] = 1 end
      function contribute()
        storage["by:" .. sender] = (storage["by:" .. sender] or amount(0)) + value
        emit("contributed", { who = sender, amount = value, at = now, height = height })
        return balance()
      end
      function list(after, limit) return keys("by:", after, limit) end
      function forget() storage["by:z"] = nil; return storage["by:z"] == nil end
      function copy() local r = storage["by:a"]; r.x = 2; return storage["by:a"].x end
      function refund() transfer(sender, balance()) return balance(sender) end
      """, by: alice, [.text("12.5")])
    ledger.advance(seconds: 90)
    #expect(try ledger.call(contract, "contribute", by: alice, value: Amount(tokens: 3)) == .amount(Amount(tokens: 3)))
    #expect(ledger.state.events.count == 1)
    #expect(
      ledger.state.events.first?.value
        == .record([
          "who": .text(alice.description), "amount": .amount(Amount(tokens: 3)), "at": .integer(90),
          "height": .integer(2),
        ]))
    let mine = "by:" + alice.description
    #expect(
      try ledger.call(contract, "list", by: alice)
        == .list(["by:" + alice.description, "by:a", "by:z"].sorted().map { .text($0) }))
    #expect(
      try ledger.call(contract, "list", [.text(min(mine, "by:a")), .integer(1)], by: alice)
        == .list([.text(max(mine, "by:a") < "by:z" ? max(mine, "by:a") : "by:z")]))
    #expect(try ledger.call(contract, "copy", by: alice) == .integer(1))
    #expect(try ledger.call(contract, "forget", by: alice) == .boolean(true))
    #expect(try ledger.call(contract, "refund", by: alice) == .amount(Amount(tokens: 100)))
    #expect(ledger.state.storage[contract]?[Array("goal".utf8)] == .amount(try Amount("12.5")))
  }

  @Test func onlyThePublicFunctionsOfTheContractCanBeCalled() throws {
    let ledger = MemoryLedger()
    let alice = Snippet.alice
    let contract = try ledger.deploy(
      """
      storage_is = 1
      function init() end
      function _hidden() end
      function open() return 1 end
      give = transfer
      table_of = {}
      """, by: alice)
    #expect(try ledger.call(contract, "open", by: alice) == .integer(1))
    for name in [
      "init", "_hidden", "give", "transfer", "assert", "table_of", "storage", "nothing", "storage_is", "a\u{0}",
    ] {
      let outcome = try ledger.run(contract, name, by: alice)
      guard case .failure(let failure) = outcome.result else {
        Issue.record("\(name) could be called")
        continue
      }
      #expect(failure.cause == .invalidContract, "\(name)")
    }
  }

  @Test func contractsCallContracts() throws {
    let ledger = MemoryLedger()
    let alice = Snippet.alice
    try ledger.fund(alice, 10)
    let bank = MemoryLedger.address("bank")
    let shop = MemoryLedger.address("shop")
    try ledger.deploy(
      """
      function put(note) storage[sender] = { note = note, amount = value }; return { value, sender } end
      function back(target) return call(target, "sell", "again") end
      function spin() while true do end end
      function fail() error("shut") end
      """, at: bank, by: alice)
    try ledger.deploy(
      """
      function sell(bank) return pay(bank, amount("0.25"), "put", "a note") end
      function loop(bank) return call(bank, "back", self) end
      function spin(bank) return call(bank, "spin") end
      function fail(bank) storage.x = 1; return call(bank, "fail") end
      function nobody() return call(self:gsub("%x", "0"), "x") end
      """, at: shop, by: alice)
    let result = try ledger.call(shop, "sell", [.text(bank.description)], by: alice, value: Amount(tokens: 1))
    #expect(result == .list([.amount(try Amount("0.25")), .text(shop.description)]))
    #expect(ledger.balance(bank) == (try Amount("0.25")))
    let causes: [(String, ContractFailure.Cause, UInt64)] = [
      ("loop", .reentrancy, 50_000), ("spin", .outOfGas, 50_000), ("fail", .contractError, 50_000),
    ]
    for (function, cause, gas) in causes {
      let outcome = try ledger.run(shop, function, [.text(bank.description)], by: alice, gas: gas)
      guard case .failure(let failure) = outcome.result else {
        Issue.record("\(function) succeeded")
        continue
      }
      #expect(failure.cause == cause)
      #expect(outcome.gasUsed == gas, "a call that fails costs all of the gas that it was given")
    }
    #expect(ledger.state.storage[shop]?[Array("x".utf8)] == nil)
  }

  @Test func nestingIsBounded() throws {
    let ledger = MemoryLedger()
    let addresses = (0..<12).map { MemoryLedger.address("link \($0)") }
    for (index, address) in addresses.enumerated() {
      let next = index + 1 < addresses.count ? "return call('\(addresses[index + 1])', 'go')" : "return 'end'"
      try ledger.deploy("function go() \(next) end", at: address, by: Snippet.alice)
    }
    #expect(try ledger.call(addresses[4], "go", by: Snippet.alice) == .text("end"))
    #expect(throws: ContractFailure.self) { try ledger.call(addresses[0], "go", by: Snippet.alice) }
  }

  @Test func topLevelOnlyDefines() throws {
    let ledger = MemoryLedger()
    let runtime = LuaContractRuntime()
    for source in [
      "storage.x = 1", "local b = balance()", "emit('x', 1)", "local k = keys('')", "call(('0'):rep(64), 'x')",
    ] {
      try runtime.check(Array(source.utf8))
      #expect(throws: ContractFailure.self) { try ledger.deploy(source, by: Snippet.alice) }
    }
    try ledger.deploy(
      "local price = amount('1.5'); local names = {}; names[price // amount.unit] = sha256('x')", by: Snippet.alice)
  }

  @Test(arguments: [
    ("function f( end", 1), ("x = = 1", 1), ("\n\nreturn 2 ^ 3", 3), ("local a = { ... }", 1), ("\u{1b}Lua", 0),
    ("goto nowhere", 1), ("local s = 'open", 1), ("\nlocal function f(...) end", 2), ("break", 1),
  ])
  func badSourceIsRefused(source: String, line: Int) throws {
    do {
      try LuaContractRuntime().check(Array(source.utf8))
      Issue.record("\(source) was taken")
    } catch {
      #expect(error.cause == .invalidContract)
      if line > 0 { #expect(error.line == line, "\(source): \(error)") }
    }
  }

  @Test func operatorsInTextsAndCommentsAreNoOperators() throws {
    let source = """
      -- a ^ b ... c
      --[==[ ^ ]] ...
      ]==]
      local a = "^..." .. '^\\'...' .. [[^ ...]] .. [=[ ]] ^ ]=]
      local t = { 1 } local b = t[t[1]]
      function f(a) return a .. b end
      """
    try LuaContractRuntime().check(Array(source.utf8))
  }
}
