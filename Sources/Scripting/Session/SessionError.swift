import Tensor

/// What went wrong in a statement, for the user to read.
public struct SessionError: Error {
  /// The name of the error's class, such as "InvalidParameter"; "Error" for what Lua raised itself.
  public var kind: String
  /// One line: where, and what.
  public var message: String
  public var hint: String?
  public var traceback: [String]

  public init(kind: String = "Error", message: String, hint: String? = nil, traceback: [String] = []) {
    self.kind = kind
    self.message = message
    self.hint = hint
    self.traceback = traceback
  }
}

extension SessionError {
  /// The message first, since it is what one looks for; then where it happened, then what may help.
  public var text: String {
    let lines = ["error: \(message)"] + traceback.map { "  \($0)" } + (hint.map { ["hint: \($0)"] } ?? [])
    return lines.map { $0 + "\n" }.joined()
  }
}

extension SessionError {
  init(_ failure: LuaFailure) {
    self.init(
      kind: failure.kind ?? "Error", message: failure.message, hint: failure.hint, traceback: failure.traceback)
  }

  init(_ error: any Error) {
    guard let error = error as? any Diagnosable else {
      self.init(message: "\(error)")
      return
    }
    self.init(kind: error.kind, message: error.message, hint: error.hint)
  }
}
