import Core
import Scripting

/// Questions about code that is being written.
extension Kernel {
  func complete(_ message: Message) -> [String: JSON]? {
    let (code, cursor) = place(in: message.content)
    let completion = session.completion(of: code, cursor: CodePoints.byteOffset(of: cursor, in: code))
    return [
      "status": .string("ok"), "matches": .array(completion.candidates.map { .string($0) }),
      "cursor_start": .integer(Int64(CodePoints.position(ofByte: completion.start, in: code))),
      "cursor_end": .integer(Int64(cursor)), "metadata": .object([:]),
    ]
  }

  func inspect(_ message: Message) -> [String: JSON]? {
    let (code, cursor) = place(in: message.content)
    let text = session.inspection(of: code, cursor: CodePoints.byteOffset(of: cursor, in: code))
    return [
      "status": .string("ok"), "found": .bool(text != nil), "metadata": .object([:]),
      "data": text.map { MediaBundle.data(Presentation($0)) } ?? .object([:]),
    ]
  }

  func judgeCompleteness(_ message: Message) -> [String: JSON]? {
    switch session.completeness(of: message.content["code"]?.string ?? "") {
    case .complete: ["status": .string("complete")]
    case .incomplete: ["status": .string("incomplete"), "indent": .string("  ")]
    case .invalid: ["status": .string("invalid")]
    }
  }

  /// The code and the cursor in code points; at its end where none is given.
  private func place(in content: JSON) -> (code: String, cursor: Int) {
    let code = content["code"]?.string ?? ""
    let count = code.unicodeScalars.count
    return (code, min(max(0, content["cursor_pos"]?.wholeNumber ?? count), count))
  }
}
