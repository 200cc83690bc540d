/// Exchanges rows and columns.
enum Transposition {
  private static let side = 16

  /// `to[column][row] = from[row][column]`, in squares that stay in the nearest cache, or in registers.
  static func run(rows: Int, columns: Int, from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>) {
    var row = 0
    while row < rows {
      let height = min(side, rows - row)
      var column = 0
      while column < columns {
        let width = min(side, columns - column)
        let (source, target) = (from + row * columns + column, to + column * rows + row)
        if width == side, height == side {
          SixteenRows(at: source, stride: columns).transposed.store(at: target, stride: rows)
        } else {
          // Reads may lie apart, writes side by side: the processor waits for neither.
          for x in 0..<width {
            for y in 0..<height { target[x * rows + y] = source[y * columns + x] }
          }
        }
        column += width
      }
      row += height
    }
  }
}

/// A square of sixteen rows of sixteen floats.
private struct SixteenRows {
  private var low: EightRows
  private var high: EightRows

  private struct EightRows {
    var (a, b, c, d, e, f, g, h): (Lanes, Lanes, Lanes, Lanes, Lanes, Lanes, Lanes, Lanes)

    @inline(__always)
    init(
      _ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes, _ e: Lanes, _ f: Lanes, _ g: Lanes, _ h: Lanes
    ) {
      (self.a, self.b, self.c, self.d, self.e, self.f, self.g, self.h) = (a, b, c, d, e, f, g, h)
    }

    @inline(__always)
    init(at place: UnsafePointer<Float>, stride: Int) {
      self.init(
        Lanes(at: place), Lanes(at: place + stride), Lanes(at: place + 2 * stride), Lanes(at: place + 3 * stride),
        Lanes(at: place + 4 * stride), Lanes(at: place + 5 * stride), Lanes(at: place + 6 * stride),
        Lanes(at: place + 7 * stride))
    }

    @inline(__always)
    func store(at place: UnsafeMutablePointer<Float>, stride: Int) {
      a.store(at: place)
      b.store(at: place + stride)
      c.store(at: place + 2 * stride)
      d.store(at: place + 3 * stride)
      e.store(at: place + 4 * stride)
      f.store(at: place + 5 * stride)
      g.store(at: place + 6 * stride)
      h.store(at: place + 7 * stride)
    }
  }

  @inline(__always)
  private init(_ low: EightRows, _ high: EightRows) {
    self.low = low
    self.high = high
  }

  @inline(__always)
  init(at place: UnsafePointer<Float>, stride: Int) {
    low = EightRows(at: place, stride: stride)
    high = EightRows(at: place + 8 * stride, stride: stride)
  }

  @inline(__always)
  func store(at place: UnsafeMutablePointer<Float>, stride: Int) {
    low.store(at: place, stride: stride)
    high.store(at: place + 8 * stride, stride: stride)
  }

  /// Seen as one run of 256 numbers, a place has eight bits, four of the row and four of the column; dealing out even and
  /// odd places turns them by one, and after four turns rows and columns have changed places.
  @inline(__always)
  var transposed: SixteenRows { dealt.dealt.dealt.dealt }

  @inline(__always)
  private var dealt: SixteenRows {
    SixteenRows(
      EightRows(
        Self.even(low.a, low.b), Self.even(low.c, low.d), Self.even(low.e, low.f), Self.even(low.g, low.h),
        Self.even(high.a, high.b), Self.even(high.c, high.d), Self.even(high.e, high.f), Self.even(high.g, high.h)),
      EightRows(
        Self.odd(low.a, low.b), Self.odd(low.c, low.d), Self.odd(low.e, low.f), Self.odd(low.g, low.h),
        Self.odd(high.a, high.b), Self.odd(high.c, high.d), Self.odd(high.e, high.f), Self.odd(high.g, high.h)))
  }

  @inline(__always)
  private static func even(_ left: Lanes, _ right: Lanes) -> Lanes {
    Lanes(lowHalf: left.evenHalf, highHalf: right.evenHalf)
  }

  @inline(__always)
  private static func odd(_ left: Lanes, _ right: Lanes) -> Lanes {
    Lanes(lowHalf: left.oddHalf, highHalf: right.oddHalf)
  }
}
