import Core
import Scripting

/// The forms of a value as a notebook takes them: by media type, those of JSON as objects.
enum MediaBundle {
  /// More text than this helps no reader, and would have to go through every front end.
  static let longestText = 1 << 20
  /// More than this makes browsers stumble.
  static let longestForm = 16 << 20

  static func data(_ presentation: Presentation) -> JSON {
    var text = Excerpt.of(presentation.text, bytes: longestText)
    var members: [String: JSON] = [:]
    for (form, content) in presentation.others {
      guard content.utf8.count <= longestForm else {
        text += "\n[its \(form.rawValue) is left out: it would be \(content.utf8.count) bytes long]"
        continue
      }
      if form.isJSON {
        // A text that is no object must not reach a renderer, which would fail in the reader's face.
        if let value = try? JSON.parse(content), value.object != nil { members[form.rawValue] = value }
      } else {
        members[form.rawValue] = .string(content)
      }
    }
    members["text/plain"] = .string(text)
    return .object(members)
  }

  static func content(_ presentation: Presentation, display: String? = nil) -> [String: JSON] {
    [
      "data": data(presentation), "metadata": .object([:]),
      "transient": .object(display.map { ["display_id": .string($0)] } ?? [:]),
    ]
  }
}

/// The beginning of a text that is too long, and how much is missing.
enum Excerpt {
  static func of(_ text: String, bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    let (head, rest) = split(text, bytes: bytes)
    return head + "\n[\(rest.utf8.count) more bytes]"
  }

  /// Cuts between code points.
  static func split(_ text: String, bytes: Int) -> (head: Substring, rest: Substring) {
    guard text.utf8.count > bytes else { return (text[...], "") }
    var place = text.utf8.index(text.startIndex, offsetBy: max(0, bytes))
    while place > text.startIndex, text.utf8[place] & 0xC0 == 0x80 { place = text.utf8.index(before: place) }
    return (text[..<place], text[place...])
  }
}
