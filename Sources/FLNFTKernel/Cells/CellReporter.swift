import Core
import Scripting

/// Takes what the session says while a cell runs to where it belongs.
final class CellReporter {
  private let publisher: Publisher
  let progress: ProgressDisplay
  let budget = OutputBudget()
  private var cell: Cell?

  /// What runs now.
  struct Cell {
    var parent: Parent
    var number: Int
    /// Nothing of it is published.
    var silent: Bool
  }

  /// What has come of the cell, for its reply and for the history.
  private(set) var result: String?
  private(set) var error: SessionError?
  private(set) var pages: [String] = []

  init(_ publisher: Publisher) {
    self.publisher = publisher
    progress = ProgressDisplay(publisher)
  }

  func begin(_ cell: Cell) {
    self.cell = cell
    (result, error, pages) = (nil, nil, [])
    budget.begin()
    progress.begin(parent: cell.silent ? nil : cell.parent)
  }

  func end() {
    if let remark = budget.end(), let cell { publisher.stream("stderr", remark, parent: cell.parent) }
    progress.begin(parent: nil)
    cell = nil
  }

  func report(_ event: SessionEvent) {
    if case .error(let error) = event { self.error = error }
    if case .result(let value) = event { result = Excerpt.of(value.text, bytes: MediaBundle.longestText) }
    guard let cell, !cell.silent else { return }
    switch event {
    case .output(let text): stream("stdout", text, cell)
    case .errorOutput(let text): stream("stderr", text, cell)
    case .notice(let text): stream("stderr", text + "\n", cell)
    case .result(let value):
      var content = MediaBundle.content(value)
      content["execution_count"] = .integer(Int64(cell.number))
      publisher.publish("execute_result", .object(content), parent: cell.parent)
    case .display(let value):
      publisher.publish("display_data", .object(MediaBundle.content(value)), parent: cell.parent)
    case .clear(let wait):
      publisher.publish("clear_output", .object(["wait": .bool(wait)]), parent: cell.parent)
    case .help(let text): pages.append(text)
    case .error(let error):
      publisher.publish("error", .object(ErrorContent.of(error)), parent: cell.parent)
    }
  }

  private func stream(_ name: String, _ text: String, _ cell: Cell) {
    let (shown, remark) = budget.admit(text, cell: cell.number)
    if !shown.isEmpty { publisher.stream(name, shown, parent: cell.parent) }
    if let remark { publisher.stream("stderr", remark, parent: cell.parent) }
  }
}

/// An error as replies and front ends carry it.
enum ErrorContent {
  /// Enough for any message that someone reads.
  private static let longestMessage = 1 << 14

  /// The message first, in red, since it is what one looks for; then where it happened, then what may help.
  static func of(_ error: SessionError) -> [String: JSON] {
    let message = Excerpt.of(error.message, bytes: longestMessage)
    var lines = ["\u{1B}[31m\(error.kind): \(message)\u{1B}[0m"] + error.traceback.map { "  " + $0 }
    if let hint = error.hint { lines.append("hint: \(hint)") }
    return [
      "ename": .string(error.kind), "evalue": .string(message), "traceback": .array(lines.map { .string($0) }),
    ]
  }

  static func reply(_ error: SessionError) -> [String: JSON] {
    of(error).merging(["status": .string("error")]) { $1 }
  }
}
