import CLuaShim
import Tensor

/// Text in; output, results and errors out. The one engine behind the prompt, scripts, pipes and, later, notebooks.
///
/// Used on one thread. An error, an interrupt or a wrong option leaves everything that the user has made as it was.
public final class Session {
  let machine: LuaMachine
  let context: RunContext
  private var exitCode: Int32?

  public init(options: SessionOptions, emit: @escaping (SessionEvent) -> Void) throws {
    machine = try LuaMachine(memoryLimit: options.memoryLimit)
    context = RunContext(options: options, cancellation: machine.cancellation, emit: emit)
    try Library.install(in: machine, context: context, exit: { [unowned self] code in exitCode = code })
  }

  deinit { close() }

  /// What the scripts of this session were given and what they keep.
  public var record: RunRecord { context.record }

  /// Ends the session: files and ledgers are closed.
  public func close() { machine.close() }

  // MARK: Statements

  public func completeness(of text: String) -> Completeness {
    if HelpRequest(text) != nil { return .complete }
    do {
      _ = try compile(text, name: "=input")
      return .complete
    } catch {
      // Lua itself says where the text ended too early.
      return "\(error)".hasSuffix("<eof>") ? .incomplete : .invalid
    }
  }

  /// Runs a statement or an expression, and shows what an expression gives.
  public func execute(_ text: String, name: String) -> ExecutionStatus {
    context.history.transcript?.statement(text)
    let status = perform(text, name: name)
    context.history.append(text, succeeded: status == .succeeded && HelpRequest(text) == nil)
    return status
  }

  private func perform(_ text: String, name: String) -> ExecutionStatus {
    attempt {
      if let request = HelpRequest(text) {
        context.print(try Help(machine: machine).text(for: request))
        return
      }
      let chunk = try compile(text, name: "=" + name)
      let top = lua_gettop(machine.state)
      defer { lua_settop(machine.state, top) }
      try machine.callLeavingResults(chunk)
      show(above: top)
      if context.options.interactive, text.trimmingSpaces.hasPrefix("local ") {
        context.emit(.notice("a local ends with its statement; without 'local' the name stays"))
      }
    }
  }

  /// Runs a file; `arguments` are its `arg` and `...`.
  public func run(file path: String, arguments: [String]) -> ExecutionStatus {
    attempt {
      let text = try SourceFile.read(path)
      context.scriptFolder = SourceFile.folder(of: path)
      try setScriptPath()
      machine.stack.push(.list(arguments.map { .string($0) }))
      machine.stack.push(.string(path))
      lua_rawseti(machine.state, -2, 0)
      machine.setGlobal("arg")
      let chunk = try machine.load(text, name: "@" + path)
      try machine.call(chunk, arguments.map { .string($0) }, results: 0)
    }
  }

  /// An expression if it is one, otherwise a statement; compiled, never run twice.
  private func compile(_ text: String, name: String) throws -> LuaReference {
    if let expression = try? machine.load("return " + text, name: name) { return expression }
    return try machine.load(text, name: name)
  }

  /// Prints the results above `top`, and remembers the first as `_`.
  private func show(above top: Int32) {
    let count = lua_gettop(machine.state) - top
    guard count > 0 else { return }
    var printer = ValuePrinter()
    printer.width = context.options.width
    let texts = (1...count).map { printer.text(machine.stack, top + $0) }
    if count > 1 || machine.stack.kind(at: top + 1) != .none {
      context.emit(.result(texts.joined(separator: "\t")))
    }
    lua_pushvalue(machine.state, top + 1)
    machine.setGlobal("_")
  }

  private func attempt(_ body: () throws -> Void) -> ExecutionStatus {
    exitCode = nil
    do {
      if context.options.catchesInterrupts {
        try machine.interruptible(body)
      } else {
        try body()
      }
      return .succeeded
    } catch let failure as LuaFailure {
      if let exitCode { return .exit(exitCode) }
      report(
        SessionError(
          message: failure.message, hint: failure.hint ?? nearGlobal(failure.message), traceback: failure.traceback))
      return failure.isInterrupt ? .interrupted : .failed
    } catch let error as any Diagnosable {
      report(SessionError(message: error.message, hint: error.hint, traceback: []))
      return .failed
    } catch {
      report(SessionError(message: "\(error)", hint: nil, traceback: []))
      return .failed
    }
  }

  /// A global that a misspelt one may have meant: Lua itself only says that the name is nil.
  private func nearGlobal(_ message: String) -> String? {
    guard message.contains("a nil value"), let match = message.firstMatch(of: /\(global '([A-Za-z_][A-Za-z0-9_]*)'\)/)
    else { return nil }
    let globals = Completer(machine: machine).globals
    return Suggestion.nearest(to: String(match.output.1), among: globals).map { "did you mean '\($0)'?" }
  }

  private func report(_ error: SessionError) { context.emit(.error(error)) }

  /// `require` looks beside the script first.
  private func setScriptPath() throws {
    guard let folder = context.scriptFolder else { return }
    let setPath = try machine.load(
      "local folder = ... package.path = folder .. '/?.lua;' .. folder .. '/?/init.lua;' .. package.path", name: "=path"
    )
    try machine.call(setPath, [.string(folder)])
  }

  // MARK: Completion

  public func completion(of text: String, cursor: Int) -> Completion {
    Completer(machine: machine).completion(of: text, cursor: cursor)
  }
}
