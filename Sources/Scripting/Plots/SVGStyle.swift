extension SVGTrace {
  /// Colour, dashes and marker: each alone tells the series apart.
  struct Style {
    let index: Int

    var color: String { Palette.series(index) }
    private var dashes: String {
      let pattern = Palette.dashes(index).map(String.init).joined(separator: " ")
      return pattern.isEmpty ? "" : #" stroke-dasharray="\#(pattern)""#
    }

    func polyline(_ points: String) -> String {
      let pen = #"stroke="\#(color)" stroke-width="1.8"\#(dashes) stroke-linejoin="round""#
      return #"<polyline points="\#(points)" fill="none" \#(pen)/>"#
    }

    /// A circle, a square, a triangle or a diamond of the same weight.
    func marker(x: Double, y: Double) -> String {
      func at(_ dx: Double, _ dy: Double) -> String { "\(SVGText.number(x + dx)) \(SVGText.number(y + dy))" }
      switch index % 4 {
      case 0:
        return #"<circle cx="\#(SVGText.number(x))" cy="\#(SVGText.number(y))" r="3.00" fill="\#(color)"/>"#
      case 1: return #"<path d="M\#(at(-2.7, -2.7)) h5.4 v5.4 h-5.4 z" fill="\#(color)"/>"#
      case 2: return #"<path d="M\#(at(0, -3.6)) L\#(at(3.4, 2.4)) L\#(at(-3.4, 2.4)) z" fill="\#(color)"/>"#
      default:
        return #"<path d="M\#(at(0, -3.9)) L\#(at(3.9, 0)) L\#(at(0, 3.9)) L\#(at(-3.9, 0)) z" fill="\#(color)"/>"#
      }
    }

    /// For outliers.
    func ring(x: Double, y: Double) -> String {
      let place = #"cx="\#(SVGText.number(x))" cy="\#(SVGText.number(y))""#
      return #"<circle \#(place) r="2.60" fill="none" stroke="\#(color)" stroke-width="1.2"/>"#
    }

    func bar(left: Double, right: Double, from: Double, to: Double, opacity: String? = nil) -> String {
      let fill =
        opacity.map { #"fill="\#(color)" fill-opacity="\#($0)""# } ?? #"fill="\#(Palette.fill(index))""#
      // A hair of white parts the bars of a histogram.
      let border = opacity == nil ? "" : ##" stroke="#ffffff" stroke-width="0.6""##
      return "<rect \(Style.corners(left, right, from, to)) \(fill)\(border)/>"
    }

    func outlinedBox(left: Double, right: Double, from: Double, to: Double) -> String {
      ##"<rect \##(Style.corners(left, right, from, to)) fill="\##(color)" fill-opacity="0.35" stroke="#333333"/>"##
    }

    private static func corners(_ left: Double, _ right: Double, _ from: Double, _ to: Double) -> String {
      let (top, bottom) = (min(from, to), max(from, to))
      let corner = #"x="\#(SVGText.number(left))" y="\#(SVGText.number(top))""#
      return corner + #" width="\#(SVGText.number(right - left))" height="\#(SVGText.number(bottom - top))""#
    }

    /// What stands before the name in the legend.
    func sample(_ mark: Plot.Mark, x: Double, y: Double) -> [String] {
      let line = polyline("\(SVGText.number(x)),\(SVGText.number(y)) \(SVGText.number(x + 26)),\(SVGText.number(y))")
      switch mark {
      case .line: return [line]
      case .band:
        let shade = Style.corners(x, x + 26, y - 6, y + 6)
        return [#"<rect \#(shade) fill="\#(color)" fill-opacity="0.20"/>"#, line]
      case .scatter: return [marker(x: x + 13, y: y)]
      case .bar, .stack: return [bar(left: x + 7, right: x + 19, from: y + 6, to: y - 6)]
      case .histogram: return [bar(left: x + 7, right: x + 19, from: y + 6, to: y - 6, opacity: "0.60")]
      case .box: return [outlinedBox(left: x + 7, right: x + 19, from: y + 6, to: y - 6)]
      }
    }
  }
}
