import Core

extension Kernel {
  func recall(_ message: Message) -> [String: JSON]? {
    let content = message.content
    let count = content["n"]?.wholeNumber
    let entries =
      switch content["hist_access_type"]?.string {
      case "range":
        history.range(
          session: content["session"]?.wholeNumber ?? 0, start: content["start"]?.wholeNumber ?? 0,
          stop: content["stop"]?.wholeNumber)
      case "search":
        history.search(
          content["pattern"]?.string ?? "*", count: count, unique: content["unique"]?.bool ?? false)
      default: history.tail(count)
      }
    let withOutput = content["output"]?.bool ?? false
    let list = entries.map { entry -> JSON in
      let input = JSON.string(entry.input)
      let text = withOutput ? JSON.array([input, entry.output.map { .string($0) } ?? .null]) : input
      return .array([.integer(Int64(CellHistory.session)), .integer(Int64(entry.number)), text])
    }
    return ["status": .string("ok"), "history": .array(list)]
  }
}
