import CLuaShim
import Tensor

/// What can go wrong between Swift and Lua.
public enum ScriptError: Diagnosable {
  case outOfMemory
  case syntax(String)
  case invalidParameter(String, hint: String? = nil)
  case shapeMismatch(String)
  case noSuchField(String, hint: String?)
  case file(String)
  case unknownAccount(String, hint: String?)
  case nameTaken(String, hint: String?)
  case wrongStage(String)

  public var kind: String {
    switch self {
    case .outOfMemory: "OutOfMemory"
    case .syntax: "SyntaxError"
    case .invalidParameter: "InvalidParameter"
    case .shapeMismatch: "ShapeMismatch"
    case .noSuchField: "NoSuchField"
    case .file: "FileError"
    case .unknownAccount: "UnknownAccount"
    case .nameTaken: "NameTaken"
    case .wrongStage: "WrongStage"
    }
  }

  public var message: String {
    switch self {
    case .outOfMemory: "not enough memory"
    case .syntax(let text), .invalidParameter(let text, _), .shapeMismatch(let text), .noSuchField(let text, _),
      .file(let text), .unknownAccount(let text, _), .nameTaken(let text, _), .wrongStage(let text):
      text
    }
  }

  public var hint: String? {
    switch self {
    case .invalidParameter(_, let hint), .noSuchField(_, let hint), .unknownAccount(_, let hint),
      .nameTaken(_, let hint):
      hint
    default: nil
    }
  }
}

/// An error that Lua raised and nobody there caught, as Swift carries it: on to the user, or back into Lua.
struct LuaFailure: Error {
  /// The error value itself, so that a script that called Swift that called Lua gets back what it raised.
  /// It never leaves the machine's thread.
  nonisolated(unsafe) let value: LuaReference
  let kind: String?
  /// One line: where, and what.
  let message: String
  let hint: String?
  let traceback: [String]

  /// Takes the error value from the top of the stack.
  init(popping stack: LuaStack) {
    value = LuaReference(stack.machine, at: -1)
    if flnft_is_error(stack.state, -1) {
      let table = stack.absolute(-1)
      func field(_ name: String) -> String? {
        guard stack.pushField(name, at: table) else { return nil }
        defer { stack.pop() }
        return stack.displayText(at: -1)
      }
      kind = field("kind")
      hint = field("hint")
    } else {
      kind = nil
      hint = nil
    }
    switch stack.kind(at: -1) {
    case .none: message = "nil was raised as an error"
    default: message = ValuePrinter().plainText(stack, -1)
    }
    stack.pop()
    flnft_push_traceback(stack.state)
    // Frames of C and Swift say nothing that a user could act on.
    traceback = stack.displayText(at: -1).split(separator: "\n").dropFirst().map { line in
      String(line.drop { $0 == "\t" || $0 == " " })
    }.filter { !$0.hasPrefix("[C]:") }
    stack.pop()
  }

  var isInterrupt: Bool { kind == Cancelled().kind }
}
