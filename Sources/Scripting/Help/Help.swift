import CLuaShim

/// A question about a name: `?fl.federation`, `fl.federation?`, `?`.
struct HelpRequest {
  let name: String

  init?(_ text: String) {
    let line = text.trimmingSpaces
    guard line.hasPrefix("?") || line.hasSuffix("?") else { return nil }
    let name = line.trimmed { $0 == "?" || $0 == " " }
    guard name.utf8.allSatisfy(LuaName.isPartOfPath) else { return nil }
    self.name = name
  }
}

extension String {
  var trimmingSpaces: String { trimmed { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" } }

  func trimmed(_ isTrimmed: (Character) -> Bool) -> String {
    guard let first = firstIndex(where: { !isTrimmed($0) }), let last = lastIndex(where: { !isTrimmed($0) }) else {
      return ""
    }
    return String(self[first...last])
  }
}

/// The help texts, made from the declarations.
struct Help {
  let machine: LuaMachine
  /// Of the terminal whose lines the texts are to fit; nil where lines may be of any length.
  var columns: Int?

  func text(for request: HelpRequest) throws -> String {
    request.name.isEmpty ? index : try text(named: request.name)
  }

  /// The way around: what to type first, all modules and words, how to find more.
  var index: String {
    var lines = [
      "flnft: markets of learning models, scripted in Lua", "",
      "A market in four lines",
      "  fed = fl.federation{ data = data.digits{}, clients = 4 }",
      "  fed:train{ rounds = 2 }",
      "  solution = game.iisg{ federation = fed }",
      "  auction.double{ asks = { 150, 190 }, bids = solution.spending }", "",
    ]
    let listing = Listing(machine.modules.map(\.name) + machine.words.map(\.signature.name), columns: columns)
    lines += ["Modules"] + machine.modules.map { listing.row($0.name, $0.summary) }
    lines += ["", "Words"] + machine.words.map { listing.row($0.signature.name, $0.signature.summary) }
    lines += [
      "", "Finding more",
      "  help(fl)                      lists a module",
      "  help(fl.federation)           explains a function; at the prompt also ?fl.federation",
      "  help.search \"budget balance\"  finds functions by words",
      "  help.example(fl.federation)   runs the example of a function",
      "  fed:methods()                 says what an object offers; Tab completes names and options",
    ]
    return lines.joined(separator: "\n")
  }

  func text(named name: String) throws -> String {
    let known = machine.modules.map(\.name)
    let type = machine.type(named: name)
    if let module = machine.modules.first(where: { $0.name == name }) {
      // Some modules make objects of their own name.
      return ([text(of: module)] + (type.map { ["", text(of: $0)] } ?? [])).joined(separator: "\n")
    }
    let functions = machine.allFunctions
    if let function = functions.first(where: { $0.signature.name == name || $0.signature.name == name.withColon }) {
      return text(of: function.signature)
    }
    if let type { return text(of: type) }
    let near = Suggestion.clause(for: name, among: known + functions.map(\.signature.name))
    throw ScriptError.noSuchField("there is no help on '\(name)'\(near)", hint: "help() lists what there is")
  }

  /// Help on the value at `index` of the stack.
  func text(forValueAt index: Int32) throws -> String {
    let stack = machine.stack
    if let signature = machine.function(at: index)?.signature { return text(of: signature) }
    if let object = stack.object(at: index), let type = machine.type(named: Swift.type(of: object).typeName) {
      return text(of: type, for: object)
    }
    if let name = stack.text(at: index) { return try text(named: name) }
    let names = machine.modules.map(\.name) + machine.words.map(\.signature.name)
    if let name = names.first(where: { isGlobal($0, at: index) }) { return try text(named: name) }
    return "a \(stack.kind(at: index).rawValue) of Lua; help() lists what flnft adds"
  }

  /// The declaration of the function at `index` of the stack, or of the one that bears the name there.
  /// - Throws: where the value is neither.
  func signature(ofValueAt index: Int32) throws -> Signature {
    let stack = machine.stack
    if let signature = machine.function(at: index)?.signature { return signature }
    let named = stack.text(at: index).map { name in
      machine.allFunctions.first { $0.signature.name == name || $0.signature.name == name.withColon }
    }
    if let function = named ?? machine.words.first(where: { isGlobal($0.signature.name, at: index) }) {
      return function.signature
    }
    throw ScriptError.invalidParameter(
      "this is no function of flnft, but \(ValueSketch.of(stack, index))",
      hint: "help.search finds functions by words")
  }

  func text(of signature: Signature) -> String {
    var lines = [Self.usage(of: signature), paragraph(signature.summary)]
    if !signature.parameters.isEmpty {
      lines += ["", "Options"]
      let listing = Listing(signature.parameters.map(\.name), columns: columns)
      lines += signature.parameters.map { listing.row($0.name, Self.words(for: $0)) }
    }
    lines += ["", "Gives", paragraph(signature.result)]
    if !signature.errors.isEmpty { lines += ["", "Errors", paragraph(signature.errors.joined(separator: ", "))] }
    if let source = signature.source { lines += ["", "Source", paragraph(source)] }
    if let example = signature.example { lines += ["", "Example"] + example.split(separator: "\n").map { "  " + $0 } }
    return lines.joined(separator: "\n")
  }

  func text(of module: Module) -> String {
    let functions = module.functions.sorted { $0.signature.name < $1.signature.name }
    let listing = Listing(functions.map(\.signature.name), columns: columns)
    let rows = functions.map { listing.row($0.signature.name, $0.signature.summary) }
    return ([module.summary.folded(behind: "\(module.name): ", to: columns), ""] + rows).joined(separator: "\n")
  }

  func text(of type: ObjectType) -> String {
    var lines = [type.summary.folded(behind: "\(type.name): ", to: columns)]
    let listing = Listing(type.fields.map(\.name) + type.methods.map(\.signature.name), columns: columns)
    if !type.fields.isEmpty { lines += ["", "Fields"] + type.fields.map { listing.row($0.name, $0.summary) } }
    if !type.methods.isEmpty {
      lines += ["", "Methods"] + type.methods.map { listing.row($0.signature.name, $0.signature.summary) }
    }
    return lines.joined(separator: "\n")
  }

  /// The type, and what this object of it holds beside.
  func text(of type: ObjectType, for object: any ScriptObject) -> String {
    guard let own = type.dynamicFields?(object), !own.fields.isEmpty else { return text(of: type) }
    let listing = Listing(own.names, columns: columns)
    let rows = own.fields.map { listing.row($0.name, sketch(of: $0.value)) }
    return ([text(of: type), "", "Fields of this one"] + rows).joined(separator: "\n")
  }

  private func sketch(of value: LuaValue) -> String {
    let stack = machine.stack
    stack.push(value)
    defer { stack.pop() }
    return ValueSketch.of(stack, -1)
  }

  private func paragraph(_ text: String) -> String { text.folded(behind: "  ", to: columns) }

  static func usage(of signature: Signature) -> String {
    if signature.parameters.isEmpty { return signature.name + "()" }
    if signature.takesPlainTable { return "\(signature.name)(\(signature.parameterNames.joined(separator: ", ")))" }
    let required = signature.parameters.filter(\.isRequired).map { "\($0.name) = ..." }
    let optional = signature.parameters.contains { !$0.isRequired }
    let inner = required.joined(separator: ", ") + (optional ? (required.isEmpty ? "..." : ", ...") : "")
    return "\(signature.name){ \(inner) }"
  }

  private static func words(for parameter: any AnyParameter) -> String {
    var text = parameter.summary + " (" + parameter.typeName
    if let unit = parameter.unit { text += ", \(unit)" }
    if let domain = parameter.domain { text += ", \(domain.description)" }
    text += parameter.fallbackText.map { "; default \($0)" } ?? (parameter.isRequired ? "; required" : "")
    return text + ")"
  }

  private func isGlobal(_ name: String, at index: Int32) -> Bool {
    let index = machine.stack.absolute(index)
    lua_rawgeti(machine.state, flnft_registry_index(), lua_Integer(LUA_RIDX_GLOBALS))
    defer { machine.stack.pop() }
    guard machine.stack.pushField(name, at: -1) else { return false }
    defer { machine.stack.pop() }
    return lua_rawequal(machine.state, -1, index) != 0
  }
}

extension String {
  /// `federation.train` as users may write `federation:train`.
  fileprivate var withColon: String {
    guard let dot = lastIndex(of: ".") else { return self }
    return self[..<dot] + ":" + self[index(after: dot)...]
  }
}

extension LuaMachine {
  /// All that scripts can call and ask help on.
  var allFunctions: [Function] { words + modules.flatMap(\.functions) + documentedTypes.flatMap(\.methods) }
}
