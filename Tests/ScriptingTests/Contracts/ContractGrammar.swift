import Tensor

/// Random Lua programs: most of them compile, many do something odd.
struct ContractGrammar {
  private var stream: RandomStream
  private var depth = 0
  /// A calm program keeps to numbers, so that it runs to its end; the others mix everything.
  private var isCalm = false

  init(seed: UInt64) {
    stream = RandomStream(seed: seed, purpose: "contract programs")
  }

  private mutating func pick(_ choices: [String]) -> String { choices[Int(stream.next() % UInt64(choices.count))] }
  private mutating func chance(_ percent: UInt64) -> Bool { stream.next() % 100 < percent }

  mutating func program() -> String {
    isCalm = chance(40)
    var text = "local x, y, t, i = 1, 2, 3, 4\nlocal g = amount(\"1.5\")\n"
    for name in ["f", "h"] { text += "function \(name)(a, b)\n" + block() + "end\n" }
    text += "function main(a, b, c)\n" + block() + "return " + expression() + "\nend\n"
    return chance(30) ? mutated(text) : text
  }

  private mutating func block() -> String {
    depth += 1
    defer { depth -= 1 }
    var text = ""
    for _ in 0...(stream.next() % 4) { text += statement() + "\n" }
    return text
  }

  private mutating func statement() -> String {
    guard depth < 5 else { return "local x = " + atom() }
    guard !isCalm else { return calmStatement() }
    switch stream.next() % 14 {
    case 0: return "local x = " + expression()
    case 1: return variable() + " = " + expression()
    case 2: return "if " + expression() + " then\n" + block() + "else\n" + block() + "end"
    case 3:
      return "for i = 1, " + pick(["3", "10", "100", "1e6", "#tostring(x)", "math.maxinteger"]) + " do\n" + block()
        + "end"
    case 4:
      return "for k, v in " + pick(["pairs", "ipairs"]) + "({" + expression() + ", x = " + expression() + "}) do\n"
        + block() + "end"
    case 5: return "while " + expression() + " do\n" + block() + (chance(70) ? "break\n" : "") + "end"
    case 6: return "storage[" + expression() + "] = " + expression()
    case 7: return "emit(" + pick(["'e'", expression()]) + ", " + expression() + ")"
    case 8: return "local x = " + call()
    case 9: return "local t = {} for i = 1, 40 do t[i] = " + expression() + " end"
    case 10: return "repeat\n" + block() + "until " + expression()
    case 11: return "do goto done ::done:: end"
    case 12: return "string." + pick(["rep", "sub", "x"]) + " = " + expression()
    default: return "x = " + call()
    }
  }

  private mutating func calmStatement() -> String {
    switch stream.next() % 8 {
    case 0: return "local x = " + expression()
    case 1: return "x = " + expression()
    case 2: return "if " + expression() + " > " + atom() + " then\n" + block() + "else\n" + block() + "end"
    case 3: return "for i = 1, " + pick(["3", "10", "50"]) + " do\n" + block() + "end"
    case 4: return "for k, v in pairs({ " + expression() + ", x = " + expression() + " }) do\n" + block() + "end"
    case 5:
      return "storage['k' .. " + expression() + "] = { " + expression() + ", amount(1) * math.abs(" + atom() + ") }"
    case 6: return "emit('e', { n = " + expression() + ", text = tostring(" + expression() + "):rep(3) })"
    default: return "local s = ('abc'):gsub('%a', { a = " + expression() + " }) local n = #keys('k')"
    }
  }

  private mutating func variable() -> String { pick(["x", "y", "a", "b", "t", "storage.s", "g", "i"]) }

  private mutating func atom() -> String {
    guard !isCalm else { return pick(["1", "2", "7", "-3", "now", "height", "#'four'", "math.max(3, 2)", "(x or 1)"]) }
    return pick([
      "1", "0", "-1", "2.5", "1e308", "math.mininteger", "math.maxinteger", "0/0", "nil", "true", "false", "'x'", "''",
      "'%d+'", "('a'):rep(50)", "{}", "{1,2,3}", "{x=1}", "x", "y", "a", "b", "t", "g", "value", "sender", "self",
      "now",
      "amount(1)", "amount.unit", "storage", "storage.s", "type", "f", "h", "function() end",
      "function(p) return p end",
      "keys('')", "balance()", "string", "_ENV",
    ])
  }

  private mutating func expression() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 7 else { return atom() }
    guard !isCalm else { return "(" + atom() + pick([" + ", " - ", " * ", " & ", " ~ "]) + atom() + ")" }
    switch stream.next() % 8 {
    case 0, 1, 2: return atom()
    case 3:
      return "(" + expression()
        + pick([
          " + ", " - ", " * ", " / ", " // ", " % ", " .. ", " == ", " < ", " <= ", " and ", " or ", " & ", " >> ",
          " ~ ",
        ])
        + expression() + ")"
    case 4: return pick(["- ", "not ", "#", "~"]) + expression()
    case 5: return call()
    case 6: return "(" + expression() + ")[" + expression() + "]"
    default: return "{" + expression() + ", [" + expression() + "] = " + expression() + "}"
    }
  }

  private mutating func call() -> String {
    let function = pick([
      "type", "tostring", "tonumber", "assert", "error", "next", "pairs", "ipairs", "string.rep", "string.sub",
      "string.find",
      "string.match", "string.gsub", "string.gmatch", "string.format", "string.byte", "string.char", "string.reverse",
      "table.insert", "table.remove", "table.concat", "table.sort", "table.unpack", "math.floor", "math.max",
      "math.abs",
      "math.tointeger", "amount", "amount.portion", "amount.split", "sha256", "balance", "transfer", "emit", "keys",
      "call",
      "pay", "auction.sealed", "auction.double", "auction.purchase", "f", "h", "main", "x", "(" + atom() + ")",
    ])
    let count = stream.next() % 4
    var arguments: [String] = []
    for _ in 0..<count { arguments.append(expression()) }
    return function + "(" + arguments.joined(separator: ", ") + ")"
  }

  /// The same text with some bytes changed, cut out or doubled.
  private mutating func mutated(_ text: String) -> String {
    var bytes = Array(text.utf8)
    for _ in 0...(stream.next() % 6) where !bytes.isEmpty {
      let place = Int(stream.next() % UInt64(bytes.count))
      switch stream.next() % 4 {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: stream.next())
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(bytes[Int(stream.next() % UInt64(bytes.count))], at: place)
      default: bytes.removeSubrange(place..<min(bytes.count, place + Int(stream.next() % 20)))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
