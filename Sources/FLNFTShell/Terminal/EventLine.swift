import Core
import Scripting

/// What a session says, as one line of JSON: a program reads it without guessing where one thing ends.
enum EventLine {
  static func text(_ event: SessionEvent) -> String? {
    guard let members = members(event) else { return nil }
    return (try? JSON.object(members).compact()).map { $0 + "\n" }
  }

  private static func members(_ event: SessionEvent) -> [String: JSON]? {
    switch event {
    case .output(let text): ["event": .string("output"), "text": .string(text)]
    case .errorOutput(let text): ["event": .string("error_output"), "text": .string(text)]
    case .result(let value): shown("result", value)
    case .display(let value): shown("display", value)
    case .help(let text): ["event": .string("help"), "text": .string(text)]
    case .notice(let text): ["event": .string("notice"), "text": .string(text)]
    case .clear: nil
    case .error(let error):
      [
        "event": .string("error"), "kind": .string(error.kind), "message": .string(error.message),
        "hint": error.hint.map { .string($0) } ?? .null, "traceback": .array(error.traceback.map { .string($0) }),
      ]
    }
  }

  /// The text that a person would see, and the value itself where JSON can say it.
  private static func shown(_ event: String, _ value: Presentation) -> [String: JSON] {
    var members: [String: JSON] = ["event": .string(event), "text": .string(value.text)]
    if let text = value.others[.json], let json = try? JSON.parse(text) { members["value"] = json }
    return members
  }
}
