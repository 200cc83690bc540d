/// `display` and `clear_output`.
enum DisplayWords {
  static func all(_ context: RunContext) -> [Function] { [display(context), clearOutput(context)] }

  private static func display(_ context: RunContext) -> Function {
    let value = Parameter<LuaValue>.any("value", "what to show; several values are shown one after the other")
    return .raw(
      Signature(
        "display", "Shows a value as the prompt would, in the middle of a statement or a notebook's cell.", [value],
        result: "nothing; it shows", example: "for n = 1, 2 do display(plot.line{ y = { n, 2 * n } }) end")
    ) { stack in
      let presenter = ValuePresenter(options: context.options)
      for index in 0..<stack.count { context.emit(.display(presenter.presentation(stack, [index + 1]))) }
      return []
    }
  }

  private static func clearOutput(_ context: RunContext) -> Function {
    let wait = Parameter<Bool>.boolean(
      "wait", "whether the old goes only when something new comes, so that nothing flickers", default: false)
    return Function(
      Signature(
        "clear_output", "Removes what the notebook's cell has shown so far; elsewhere it does nothing.", [wait],
        result: "nothing", example: "clear_output{ wait = true }")
    ) { arguments in
      context.emit(.clear(wait: arguments[wait]))
      return .none
    }
  }
}
