import CLuaShim

/// `help`, `help.search` and `help.example`.
struct HelpWords {
  let machine: LuaMachine
  let context: RunContext

  var all: [Function] { [help, search, example] }

  private var help: Function {
    let about = Parameter<LuaValue>.any(
      "about", "a function, a module, an object or a name", default: LuaValue.none, defaultText: "the index")
    return .raw(
      Signature(
        "help", "Explains a function, a module or an object; without one, shows the way around.", [about],
        result: "nothing; it prints", errors: ["NoSuchField"], example: "help(fl.federation)")
    ) { [machine, context] stack in
      let help = Help(machine: machine, columns: context.columns)
      context.print(stack.count == 0 ? help.index : try help.text(forValueAt: 1))
      return []
    }
  }

  private static let mostMatches = 15

  private var search: Function {
    let words = Parameter<String>.string("words", "what to look for, in names, summaries, options and sources")
    return Function(
      Signature(
        "help.search",
        "Lists the functions, modules and objects that some words or a question are about, the nearest first.",
        [words], result: "nothing; it prints", example: "help.search \"how do I check that nobody gains by lying\"")
    ) { [machine, context] arguments in
      let matches = HelpSearch(machine: machine).matches(arguments[words])
      guard !matches.isEmpty else {
        let names = machine.modules.map(\.name) + machine.allFunctions.map(\.signature.shortName)
        let near = Suggestion.clause(for: arguments[words], among: names)
        context.print("nothing is said of '\(arguments[words])'\(near); help() lists what there is")
        return .none
      }
      let shown = matches.prefix(Self.mostMatches)
      let listing = Listing(shown.map(\.name), columns: context.columns)
      for match in shown { context.print(listing.row(match.name, match.summary)) }
      if matches.count > shown.count { context.print("  and \(matches.count - shown.count) more: add a word") }
      return .none
    }
  }

  private var example: Function {
    let about = Parameter<LuaValue>.any("about", "a function, or its name")
    return .raw(
      Signature(
        "help.example", "Runs the example of a function, with what it needs before it, and shows what comes out.",
        [about], result: "nothing; it prints", errors: ["NoSuchField", "InvalidParameter"],
        example: "help.example(auction.double)")
    ) { [machine] stack in
      guard stack.count > 0 else {
        throw ScriptError.invalidParameter("name a function, as in help.example(plot.line)")
      }
      let signature = try Help(machine: machine).signature(ofValueAt: 1)
      guard let text = signature.example else {
        throw ScriptError.invalidParameter("\(signature.name) has no example")
      }
      try run(text)
      return []
    }
  }

  /// Names that the example makes stay its own: the user's are seen, and left as they are.
  private func run(_ example: String) throws {
    let stack = machine.stack
    let top = lua_gettop(machine.state)
    defer { lua_settop(machine.state, top) }
    let environment = try machine.load(
      "return setmetatable({}, { __index = _G })", name: "=example")
    try machine.callLeavingResults(environment)
    let place = lua_gettop(machine.state)
    for code in ExamplePreparation(for: example).code {
      context.print(code)
      try call(try machine.load(code, name: "=example"), environmentAt: place, results: 0)
    }
    context.print(example)
    let chunk =
      try (try? machine.load("return " + example, name: "=example")) ?? machine.load(example, name: "=example")
    let before = lua_gettop(machine.state)
    try call(chunk, environmentAt: place, results: nil)
    let count = lua_gettop(machine.state) - before
    guard count > 0, !(count == 1 && stack.kind(at: before + 1) == .none) else { return }
    var printer = ValuePrinter()
    printer.width = context.options.width
    context.print((1...count).map { printer.text(stack, before + $0) }.joined(separator: "\t"))
  }

  private func call(_ chunk: LuaReference, environmentAt place: Int32, results: Int32?) throws {
    chunk.push()
    lua_pushvalue(machine.state, place)
    // The first upvalue of a chunk is its table of globals.
    if lua_setupvalue(machine.state, -2, 1) == nil { machine.stack.pop() }
    machine.stack.pop()
    try machine.callLeavingResults(chunk, results: results)
  }
}
