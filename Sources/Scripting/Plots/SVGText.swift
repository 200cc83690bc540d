/// The pieces of SVG text that a plot is made of.
enum SVGText {
  static let longestName = 28

  /// Two decimals, always: a tenth of a pixel is visible, a thousandth is noise in a diff.
  static func number(_ value: Double) -> String {
    guard value.magnitude < 1e9 else { return "0" }
    return NumberLabel.fixed(Int((value * 100).rounded()), decimals: 2)
  }

  /// Room for this many characters of 12-pixel sans-serif.
  static func width(_ count: Int) -> Double { Double(count) * 6.8 }

  static func shorten(_ name: String, to length: Int = longestName) -> String {
    name.count <= length ? name : name.prefix(length - 1) + "…"
  }

  static func text(_ content: String, x: Double, y: Double, anchor: String, extra: String = "") -> String {
    #"<text x="\#(number(x))" y="\#(number(y))" text-anchor="\#(anchor)"\#(extra)>\#(escape(content))</text>"#
  }

  static func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, stroke: String, extra: String = ""
  ) -> String {
    let ends = #"x1="\#(number(x1))" y1="\#(number(y1))" x2="\#(number(x2))" y2="\#(number(y2))""#
    return #"<line \#(ends) stroke="\#(stroke)"\#(extra)/>"#
  }

  /// Names come from scripts: markup becomes text, and what XML 1.0 forbids is replaced.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += " "
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
