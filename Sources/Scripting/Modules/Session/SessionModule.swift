import CLuaShim
import Foundation

/// `session`: what has been typed, kept as a script or a transcript, run again, edited, or begun anew.
struct SessionModule {
  let machine: LuaMachine
  let context: RunContext

  var module: Module {
    Module(
      name: "session", summary: "what was typed: kept as a script, written down, run again, edited, begun anew",
      functions: [history, save, load, transcript, reset, edit])
  }

  private var history: Function {
    let last = Parameter<Int>.integer("last", "how many statements", default: 20, domain: .atLeast(1))
    return Function(
      Signature(
        "session.history", "The last statements with their numbers, oldest first.", [last],
        result: "nothing; it prints", example: "session.history(5)")
    ) { [context] arguments in
      let entries = context.history.entries
      for (number, entry) in entries.enumerated().suffix(arguments[last]) {
        let lines = entry.statement.split(separator: "\n", omittingEmptySubsequences: false)
        let label = String(number + 1)
        let gap = String(repeating: " ", count: max(0, 4 - label.count))
        context.print("\(gap)\(label)  " + lines.joined(separator: "\n      "))
      }
      return .none
    }
  }

  private var save: Function {
    let path = Parameter<String>.string("path", "the file to write")
    return Function(
      Signature(
        "session.save", "Writes the statements that succeeded as a script, which does the same again.", [path],
        result: "the path", errors: ["FileError"], example: "session.save(\"work.lua\")")
    ) { [context] arguments in
      try TextFile.write(context.history.script, to: arguments[path])
      return .string(arguments[path])
    }
  }

  private var load: Function {
    let path = Parameter<String>.string("path", "a script")
    return Function(
      Signature(
        "session.load", "Runs a script here: the names that it makes stay.", [path], result: "nothing",
        errors: ["FileError", "SyntaxError"], example: "session.save(\"work.lua\") session.load(\"work.lua\")")
    ) { [machine] arguments in
      let path = arguments[path]
      let chunk = try machine.load(try SourceFile.read(path), name: "@" + path)
      try machine.callLeavingResults(chunk, results: 0)
      return .none
    }
  }

  private var transcript: Function {
    let path = Parameter<String>.string("path", "the file to write; without one, writing ends").optional("ends it")
    return Function(
      Signature(
        "session.transcript", "From here on, writes what is typed and what is printed to a file as well.", [path],
        result: "the path, or nil when it ends", errors: ["FileError"], example: "session.transcript(\"work.txt\")")
    ) { [context] arguments in
      context.history.transcript = try arguments[path].map { try TranscriptFile(path: $0) }
      return arguments[path].map { .string($0) } ?? .none
    }
  }

  private var reset: Function {
    Function(
      Signature(
        "session.reset", "Lets go of all names that were made and sets the seed back; the history stays.", [],
        result: "nothing", example: "session.reset()")
    ) { [machine, context] _ in
      try machine.callLeavingResults(try machine.load(InitialGlobals.restore, name: "=reset"), results: 0)
      context.seed = context.options.seed
      StandardOverrides.reseed(machine, context)
      return .none
    }
  }

  private var edit: Function {
    let number = Parameter<Int>.integer("number", "which statement of session.history()", domain: .atLeast(1))
      .optional("the last")
    return Function(
      Signature(
        "session.edit", "Opens an earlier statement in $VISUAL or $EDITOR, and runs what comes back.", [number],
        result: "nothing", errors: ["InvalidParameter", "FileError", "SyntaxError"],
        example: "session.edit(1)")
    ) { [machine, context] arguments in
      let entries = context.history.entries
      let place = arguments[number] ?? entries.count
      guard entries.indices.contains(place - 1) else {
        throw ScriptError.invalidParameter("there is no statement \(place); session.history() lists \(entries.count)")
      }
      guard context.options.interactive else {
        throw ScriptError.invalidParameter("session.edit needs a prompt on a terminal")
      }
      let text = try StatementEditor().edited(entries[place - 1].statement)
      guard !text.allSatisfy(\.isWhitespace) else { return .none }
      context.print(text)
      let chunk = try machine.load(text, name: "=edited")
      try machine.callLeavingResults(chunk, results: 0)
      context.history.append(text, succeeded: true, form: .statements)
      return .none
    }
  }
}

/// What a session begins with, so that it can begin anew.
enum InitialGlobals {
  /// Keeps the globals of a session that has just been made, where only `restore` finds them.
  static func remember(in machine: LuaMachine) throws {
    let keep = try machine.load(
      """
      local kept = {}
      for name, value in next, _G do kept[name] = value end
      debug.getregistry().flnft_initial_globals = kept
      """, name: "=globals")
    try machine.call(keep, results: 0)
  }

  static let restore = """
    local kept = debug.getregistry().flnft_initial_globals
    for name in next, _G do
      if rawget(kept, name) == nil then rawset(_G, name, nil) end
    end
    for name, value in next, kept do rawset(_G, name, value) end
    collectgarbage()
    """
}
