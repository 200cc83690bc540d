/// A grid of terminal cells to draw on: eight dots a cell in braille, one sign a cell in ASCII.
struct DotCanvas {
  enum Style {
    case braille, ascii
  }

  let columns: Int
  let rows: Int
  let style: Style
  /// Dots set in each cell, as the low byte of the braille block U+2800.
  private var dots: [UInt8]
  /// The trace that drew in a cell last; -1 where none did.
  private var owners: [Int]
  /// Cells in which nothing but faint dots stands.
  private var faint: [Bool]
  /// Letters that stand above the dots.
  private var letters: [Int: Character] = [:]

  /// The owner of what belongs to no trace.
  static let nobody = Int.max

  init(columns: Int, rows: Int, style: Style) {
    self.columns = columns
    self.rows = rows
    self.style = style
    dots = Array(repeating: 0, count: columns * rows)
    owners = Array(repeating: -1, count: columns * rows)
    faint = Array(repeating: false, count: columns * rows)
  }

  /// The size in dots.
  var width: Int { style == .braille ? columns * 2 : columns }
  var height: Int { style == .braille ? rows * 4 : rows }

  /// The dot nearest to a place; (0, 0) is the upper left.
  func dot(at place: PlotLayout.Place) -> (x: Int, y: Int) {
    (Int((place.x * Double(width - 1)).rounded()), Int(((1 - place.y) * Double(height - 1)).rounded()))
  }

  func row(ofDot y: Int) -> Int { style == .braille ? y / 4 : y }

  mutating func set(x: Int, y: Int, owner: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    switch style {
    case .ascii:
      dots[y * columns + x] = 1
      owners[y * columns + x] = owner
      faint[y * columns + x] = false
    case .braille:
      let cell = (y / 4) * columns + x / 2
      // What is drawn over a faint area stands out from it.
      if faint[cell] { dots[cell] = 0 }
      dots[cell] |= DotCanvas.bit(column: x % 2, row: y % 4)
      owners[cell] = owner
      faint[cell] = false
    }
  }

  /// A dot that gives way to whatever is drawn there.
  mutating func setFaintly(x: Int, y: Int, owner: Int?) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let cell = style == .ascii ? y * columns + x : (y / 4) * columns + x / 2
    guard owners[cell] < 0 || faint[cell] else { return }
    dots[cell] |= style == .ascii ? 1 : DotCanvas.bit(column: x % 2, row: y % 4)
    owners[cell] = owner ?? DotCanvas.nobody
    faint[cell] = true
  }

  /// A straight line, after J. Bresenham (1965).
  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), owner: Int) {
    DotCanvas.forEachDot(from: start, to: end) { set(x: $0, y: $1, owner: owner) }
  }

  mutating func faintLine(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    DotCanvas.forEachDot(from: start, to: end) { setFaintly(x: $0, y: $1, owner: nil) }
  }

  private static func forEachDot(
    from start: (x: Int, y: Int), to end: (x: Int, y: Int), _ body: (Int, Int) -> Void
  ) {
    let (dx, dy) = (abs(end.x - start.x), -abs(end.y - start.y))
    let (stepX, stepY) = (start.x < end.x ? 1 : -1, start.y < end.y ? 1 : -1)
    var (x, y, error) = (start.x, start.y, dx + dy)
    while true {
      body(x, y)
      if x == end.x, y == end.y { return }
      let doubled = 2 * error
      if doubled >= dy {
        error += dy
        x += stepX
      }
      if doubled <= dx {
        error += dx
        y += stepY
      }
    }
  }

  /// Puts a letter into the cell that holds a dot.
  mutating func write(_ letter: Character, x: Int, y: Int, owner: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let cell = row(ofDot: y) * columns + (style == .braille ? x / 2 : x)
    letters[cell] = letter
    owners[cell] = owner
    faint[cell] = false
  }

  /// What stands in a cell, and whose it is; nil when the cell is empty.
  func cell(column: Int, row: Int, asciiSign: (Int) -> Character) -> (character: Character, owner: Int)? {
    let index = row * columns + column
    let owner = owners[index]
    guard owner >= 0 else { return nil }
    if let letter = letters[index] { return (letter, owner) }
    if style == .ascii { return (faint[index] ? (owner == DotCanvas.nobody ? "." : ":") : asciiSign(owner), owner) }
    guard let scalar = Unicode.Scalar(0x2800 + UInt32(dots[index])) else { return nil }
    return (Character(scalar), owner)
  }

  /// The braille block numbers the dots 1 to 6 down the columns, 7 and 8 in the row that was added later.
  private static func bit(column: Int, row: Int) -> UInt8 {
    row == 3 ? (column == 0 ? 0x40 : 0x80) : 1 << UInt8(row + 3 * column)
  }
}
