import CLuaShim
import Tensor

/// Text in; output, results and errors out. The one engine behind the prompt, scripts, pipes and notebooks.
///
/// Used on one thread. An error, an interrupt or a wrong option leaves everything that the user has made as it was.
public final class Session {
  let machine: LuaMachine
  let context: RunContext
  private var exitCode: Int32?

  /// - Parameter ask: gives a line of the user's to io.read, where the session owns the standard files.
  public init(
    options: SessionOptions, ask: (() throws -> String)? = nil, emit: @escaping (SessionEvent) -> Void
  ) throws {
    machine = try LuaMachine(memoryLimit: options.memoryLimit)
    machine.endsProcessOnThirdInterrupt = options.endsOnThirdInterrupt
    context = RunContext(options: options, cancellation: machine.cancellation, ask: ask, emit: emit)
    try Library.install(in: machine, context: context, exit: { [unowned self] code in exitCode = code })
  }

  deinit { close() }

  /// What the scripts of this session were given and what they keep.
  public var record: RunRecord { context.record }

  /// Ends the session: files and ledgers are closed.
  public func close() { machine.close() }

  /// From now on, what is printed is as wide as this.
  public func fit(width: Int) { context.fit(width: width) }

  // MARK: Statements

  public func completeness(of text: String) -> Completeness {
    if HelpRequest(text) != nil { return .complete }
    do {
      _ = try compile(text, name: "=input")
      return .complete
    } catch {
      return [text, "return " + text].contains(where: endsTooEarly) ? .incomplete : .invalid
    }
  }

  /// Lua itself says where a text ended too early; of an expression, such as `1 +`, only behind a `return`.
  private func endsTooEarly(_ text: String) -> Bool {
    do {
      _ = try machine.load(text, name: "=input")
      return false
    } catch {
      return "\(error)".hasSuffix("<eof>")
    }
  }

  /// Runs a statement or an expression, and shows what an expression gives.
  public func execute(_ text: String, name: String) -> ExecutionStatus {
    context.history.transcript?.statement(text)
    var form: StatementForm?
    let status = attempt { try perform(text, name: name, form: &form) }
    context.history.append(text, succeeded: status == .succeeded, form: form)
    return status
  }

  /// - Parameter form: how Lua took the text, from the moment on that it did; nil for a question about the tool itself.
  private func perform(_ text: String, name: String, form: inout StatementForm?) throws {
    if let request = HelpRequest(text) {
      context.emit(.help(try Help(machine: machine, columns: context.columns).text(for: request)))
      return
    }
    let compiled = try compile(text, name: "=" + name)
    // A call is an expression too, and stands in a script by itself.
    form = compiled.form.isExpression && (try? machine.load(text, name: "=input")) != nil ? .statements : compiled.form
    let top = lua_gettop(machine.state)
    defer { lua_settop(machine.state, top) }
    try machine.callLeavingResults(compiled.chunk)
    show(above: top, quietly: text.trimmingSpaces.hasSuffix(";"))
    if context.options.interactive, let note = UnknownName.note(on: text, machine) { context.emit(.notice(note)) }
    if context.options.interactive, text.trimmingSpaces.hasPrefix("local ") {
      context.emit(.notice("a local ends with its statement; without 'local' the name stays"))
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

  /// An expression's value, or what is wrong with it, without telling anyone else.
  public func evaluate(_ expression: String, name: String) -> Result<Presentation, SessionError> {
    var presentation = Presentation("nil")
    let outcome = caught {
      let chunk = try machine.load("return " + expression, name: "=" + name)
      let top = lua_gettop(machine.state)
      defer { lua_settop(machine.state, top) }
      try machine.callLeavingResults(chunk)
      let count = lua_gettop(machine.state) - top
      if count > 0 { presentation = presenter.presentation(machine.stack, (1...count).map { top + $0 }) }
    }
    if let error = outcome.error { return .failure(error) }
    return .success(presentation)
  }

  /// An expression if it is one, otherwise statements; compiled, never run twice.
  private func compile(_ text: String, name: String) throws -> (chunk: LuaReference, form: StatementForm) {
    if let expression = try? machine.load("return " + text, name: name) { return (expression, .expression) }
    if context.options.showsLastExpression {
      for cell in LastExpression.splits(of: text) where isSound(cell) {
        if let chunk = try? machine.load(cell.text, name: name) { return (chunk, .cell(cell)) }
      }
    }
    let chunk = try machine.load(text, name: name)
    // Behind a return there is no place for another statement.
    let returns = text.contains("return") && (try? machine.load(text + "\n_ = 0", name: "=part")) == nil
    return (chunk, returns ? .returning : .statements)
  }

  /// Whether both parts stand by themselves: the last call of a loop's body must not become the end of the loop.
  private func isSound(_ cell: LastExpression) -> Bool {
    (try? machine.load("return " + cell.expression, name: "=part")) != nil
      && (try? machine.load(cell.statements, name: "=part")) != nil
  }

  private var presenter: ValuePresenter { ValuePresenter(options: context.options) }

  /// Shows the results above `top`, unless a semicolon says not to, and remembers the first as `_`.
  private func show(above top: Int32, quietly: Bool) {
    let count = lua_gettop(machine.state) - top
    guard count > 0 else { return }
    if !quietly, count > 1 || machine.stack.kind(at: top + 1) != .none {
      context.emit(.result(presenter.presentation(machine.stack, (1...count).map { top + $0 })))
    }
    lua_pushvalue(machine.state, top + 1)
    machine.setGlobal("_")
  }

  private func attempt(_ body: () throws -> Void) -> ExecutionStatus {
    let outcome = caught(body)
    if let error = outcome.error { context.emit(.error(error)) }
    return outcome.status
  }

  private func caught(_ body: () throws -> Void) -> (status: ExecutionStatus, error: SessionError?) {
    exitCode = nil
    do {
      if context.options.catchesInterrupts {
        try machine.interruptible(body)
      } else {
        try body()
      }
      return (.succeeded, nil)
    } catch let failure as LuaFailure {
      if let exitCode { return (.exit(exitCode), nil) }
      var error = SessionError(failure)
      error.hint = error.hint ?? nearGlobal(failure.message)
      return (failure.isInterrupt ? .interrupted : .failed, error)
    } catch {
      return (.failed, SessionError(error))
    }
  }

  /// A global that a misspelt one may have meant: Lua itself only says that the name is nil.
  private func nearGlobal(_ message: String) -> String? {
    guard message.contains("a nil value"), let match = message.firstMatch(of: /\(global '([A-Za-z_][A-Za-z0-9_]*)'\)/)
    else { return nil }
    let globals = Completer(machine: machine).globals
    return Suggestion.question(for: String(match.output.1), among: globals)
  }

  /// `require` looks beside the script first.
  private func setScriptPath() throws {
    guard let folder = context.scriptFolder else { return }
    let setPath = try machine.load(
      "local folder = ... package.path = folder .. '/?.lua;' .. folder .. '/?/init.lua;' .. package.path", name: "=path"
    )
    try machine.call(setPath, [.string(folder)])
  }

  /// True from Ctrl-C until the statement that runs has ended.
  public var isInterrupted: Bool { machine.cancellation.requested }

  // MARK: Completion

  /// - Parameter cursor: a byte offset into `text`.
  public func completion(of text: String, cursor: Int) -> Completion {
    Completer(machine: machine).completion(of: text, cursor: cursor)
  }

  /// What is known of the name at the cursor, or of the call that the cursor stands in; nil when nothing is.
  ///
  /// - Parameter cursor: a byte offset into `text`.
  public func inspection(of text: String, cursor: Int) -> String? {
    Inspector(machine: machine, width: context.options.width).text(of: text, cursor: cursor)
  }
}
