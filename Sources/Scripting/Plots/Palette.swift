/// Colours that people with any colour vision can tell apart.
enum Palette {
  struct Color: Equatable, Sendable {
    let red: Double
    let green: Double
    let blue: Double

    init(_ code: UInt32) {
      (red, green, blue) = (Double(code >> 16 & 0xff), Double(code >> 8 & 0xff), Double(code & 0xff))
    }

    init(_ low: Color, _ high: Color, _ share: Double) {
      red = low.red + (high.red - low.red) * share
      green = low.green + (high.green - low.green) * share
      blue = low.blue + (high.blue - low.blue) * share
    }

    var code: UInt32 {
      UInt32(red.rounded()) << 16 | UInt32(green.rounded()) << 8 | UInt32(blue.rounded())
    }

    var hexadecimal: String {
      let digits = String(code, radix: 16)
      return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// Whether black letters can be read on it better than white ones (the weights of ITU-R BT.601).
    var isLight: Bool { 0.299 * red + 0.587 * green + 0.114 * blue > 140 }

    /// The nearest colour of the cube of 216 that terminals number from 16.
    var terminalNumber: Int {
      func level(_ part: Double) -> Int {
        let levels = [0.0, 95, 135, 175, 215, 255]
        return levels.indices.min { abs(levels[$0] - part) < abs(levels[$1] - part) } ?? 0
      }
      return 16 + 36 * level(red) + 6 * level(green) + level(blue)
    }
  }

  /// For series: M. Okabe and K. Ito, "Color Universal Design" (2008), darkest first; their yellow is too pale for lines
  /// on white.
  static let series = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00", "#56b4e9"]

  static func series(_ index: Int) -> String { series[index % series.count] }

  /// For what has no dashes and no shape to be told apart by: beyond the palette, its colours in a lighter shade.
  static func fill(_ index: Int) -> String {
    let code = UInt32(series(index).dropFirst(), radix: 16) ?? 0
    return index / series.count % 2 == 0 ? series(index) : Color(Color(code), Color(0xffffff), 0.5).hexadecimal
  }

  /// For lines, so that dashes alone tell them apart too: lengths of what is drawn and what is left out.
  static let dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3], [5, 2]]

  static func dashes(_ index: Int) -> [Int] { dashes[index % dashes.count] }

  /// For cells that have no number.
  static let blank = "#eeeeee"

  /// For numbers from 0 to 1: viridis (S. van der Walt and N. Smith, 2015), on which equal steps look equal, also
  /// without colour.
  static func ramp(_ share: Double) -> Color {
    let place = min(max(share.isFinite ? share : 0, 0), 1) * Double(viridis.count - 1)
    let index = min(Int(place), viridis.count - 2)
    return Color(viridis[index], viridis[index + 1], place - Double(index))
  }

  private static let viridis = [
    0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725,
  ].map { Color($0) }
}
