import Core
import Scripting

/// What a front end asks for when it sends a cell.
struct ExecuteRequest {
  var code: String
  var silent: Bool
  var storesHistory: Bool
  var userExpressions: [String: JSON]
  var allowsInput: Bool
  var stopsOnError: Bool

  init(_ content: JSON) {
    code = content["code"]?.string ?? ""
    silent = content["silent"]?.bool ?? false
    storesHistory = !silent && content["store_history"]?.bool ?? true
    userExpressions = content["user_expressions"]?.object ?? [:]
    allowsInput = content["allow_stdin"]?.bool ?? false
    stopsOnError = content["stop_on_error"]?.bool ?? true
  }
}

extension Kernel {
  func execute(_ message: Message) throws -> [String: JSON]? {
    let request = ExecuteRequest(message.content)
    let number = request.storesHistory ? history.begin() : history.count
    if !request.silent {
      let content: [String: JSON] = ["code": .string(request.code), "execution_count": .integer(Int64(number))]
      publisher.publish("execute_input", .object(content), parent: message.parent)
    }
    reporter.begin(.init(parent: message.parent, number: number, silent: request.silent))
    input.begin(message, allowed: request.allowsInput && !request.silent)
    defer { input.end() }
    let status = session.execute(request.code, name: request.storesHistory ? "In[\(number)]" : "cell")
    reporter.end()
    if request.storesHistory { history.store(request.code, output: reporter.result) }

    var content: [String: JSON]
    switch status {
    case .failed, .interrupted:
      if request.stopsOnError { try abortWaitingCells() }
      content = ErrorContent.reply(
        reporter.error ?? SessionError(message: "the cell failed"))
    case .succeeded, .exit:
      content = ["status": .string("ok"), "user_expressions": .object(values(of: request.userExpressions))]
      content["payload"] = .array(
        reporter.pages.map { text in
          .object([
            "source": .string("page"), "data": .object(["text/plain": .string(text)]), "start": .integer(0),
          ])
        })
    }
    if case .exit = status {
      end()
      content["payload"] = .array([.object(["source": .string("ask_exit"), "keepkernel": .bool(false)])])
    }
    content["execution_count"] = .integer(Int64(number))
    return content
  }

  /// Each expression's value, or what is wrong with that one alone.
  private func values(of expressions: [String: JSON]) -> [String: JSON] {
    expressions.mapValues { expression in
      switch session.evaluate(expression.string ?? "", name: "expression") {
      case .success(let value):
        return .object([
          "status": .string("ok"), "data": MediaBundle.data(value), "metadata": .object([:]),
        ])
      case .failure(let error): return .object(ErrorContent.reply(error))
      }
    }
  }
}
