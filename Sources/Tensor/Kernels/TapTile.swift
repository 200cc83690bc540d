/// A tile of a filter's gradient: sums of products of several rows of one kind with five of another.
///
/// The gradient of a tap is one long dot product, over rows, columns and the batch; each register holds as many partial
/// sums of one tap as it has lanes.
enum TapTile {
  static let tapCount = 5

  /// What a tile reads: rows of deltas some channels apart, rows of the source at five shifts.
  struct Operands {
    let rows: Int
    let length: Int
    let delta: UnsafePointer<Float>
    let channelStride: Int
    let deltaRowStride: Int
    let source: UnsafePointer<Float>
    let sourceRowStride: Int
    let shifts: UnsafePointer<Int>
    /// Which lanes are left in a last, ragged register: 1, and 0 for the others.
    let tail: UnsafePointer<Float>

    /// The same tile for samples that stand `samples` places further on.
    func moved(by samples: Int) -> Operands {
      Operands(
        rows: rows, length: length, delta: delta + samples, channelStride: channelStride,
        deltaRowStride: deltaRowStride, source: source + samples, sourceRowStride: sourceRowStride, shifts: shifts,
        tail: tail)
    }
  }

  /// Writes a row of five sums for each of the tile's channels, one after another.
  static func compute<Sums: TapSums>(_: Sums.Type, _ o: Operands, result: UnsafeMutablePointer<Float>) {
    typealias V = Sums.Element
    var sums = Sums()
    let (s0, s1, s2, s3, s4) = (o.shifts[0], o.shifts[1], o.shifts[2], o.shifts[3], o.shifts[4])
    let whole = o.length / V.scalarCount
    let isRagged = whole * V.scalarCount < o.length
    for row in 0..<o.rows {
      var x = o.delta + row * o.deltaRowStride
      var r = o.source + row * o.sourceRowStride
      for _ in 0..<whole {
        let taps = FiveTaps(V(at: r + s0), V(at: r + s1), V(at: r + s2), V(at: r + s3), V(at: r + s4))
        sums.addProducts(x, stride: o.channelStride, taps)
        x += V.scalarCount
        r += V.scalarCount
      }
      if isRagged {
        let taps = FiveTaps(V(at: r + s0), V(at: r + s1), V(at: r + s2), V(at: r + s3), V(at: r + s4))
        sums.addProducts(x, stride: o.channelStride, taps.masked(by: V(at: o.tail)))
      }
    }
    sums.store(result)
  }

  /// Takes the sums of as many samples as a register has lanes, each in its own lane, and adds the length of what each
  /// sample sums up to, over the tile's channels and the first `taps` taps, to its place in `lengths`.
  static func addLengths<Sums: TapSums>(
    _: Sums.Type, _ o: Operands, batch: Int, taps: Int, norm: GradientNorm, to lengths: UnsafeMutablePointer<Float>
  ) {
    typealias V = Sums.Element
    var sums = Sums()
    let (s0, s1, s2, s3, s4) = (o.shifts[0], o.shifts[1], o.shifts[2], o.shifts[3], o.shifts[4])
    let columns = o.length / batch
    for row in 0..<o.rows {
      var x = o.delta + row * o.deltaRowStride
      var r = o.source + row * o.sourceRowStride
      for _ in 0..<columns {
        let taps = FiveTaps(V(at: r + s0), V(at: r + s1), V(at: r + s2), V(at: r + s3), V(at: r + s4))
        sums.addProducts(x, stride: o.channelStride, taps)
        x += batch
        r += batch
      }
    }
    (V(at: lengths) + sums.length(norm, taps: taps)).store(at: lengths)
  }
}

/// Registers of the source at five taps.
struct FiveTaps<V: SIMD> where V.Scalar == Float {
  let (a, b, c, d, e): (V, V, V, V, V)

  @inline(__always)
  init(_ a: V, _ b: V, _ c: V, _ d: V, _ e: V) {
    (self.a, self.b, self.c, self.d, self.e) = (a, b, c, d, e)
  }

  /// With 0 in the lanes where the mask has 0, whatever stood there.
  @inline(__always)
  func masked(by mask: V) -> FiveTaps {
    let isOff = mask .== 0
    return FiveTaps(
      a.replacing(with: 0, where: isOff), b.replacing(with: 0, where: isOff), c.replacing(with: 0, where: isOff),
      d.replacing(with: 0, where: isOff), e.replacing(with: 0, where: isOff))
  }
}

/// The sums of a tile, five for each of its channels.
protocol TapSums {
  associatedtype Element: SIMD where Element.Scalar == Float
  init()
  /// Adds the products of each channel's deltas, `stride` apart, with all taps.
  mutating func addProducts(_ deltas: UnsafePointer<Float>, stride: Int, _ taps: FiveTaps<Element>)
  func store(_ place: UnsafeMutablePointer<Float>)
  /// Lane by lane, the length that the sums of the first `taps` taps add.
  func length(_ norm: GradientNorm, taps: Int) -> Element
}

struct OneChannelSums<Element: SIMD>: TapSums where Element.Scalar == Float {
  private var (a, b, c, d, e) = (Element(), Element(), Element(), Element(), Element())

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func addProducts(_ deltas: UnsafePointer<Float>, stride: Int, _ taps: FiveTaps<Element>) {
    let x = Element(at: deltas)
    a.addProduct(x, taps.a)
    b.addProduct(x, taps.b)
    c.addProduct(x, taps.c)
    d.addProduct(x, taps.d)
    e.addProduct(x, taps.e)
  }

  @inline(__always)
  func store(_ place: UnsafeMutablePointer<Float>) {
    place[0] = a.sum()
    place[1] = b.sum()
    place[2] = c.sum()
    place[3] = d.sum()
    place[4] = e.sum()
  }

  @inline(__always)
  func length(_ norm: GradientNorm, taps: Int) -> Element {
    var length = norm.part(a)
    if taps > 1 { length += norm.part(b) }
    if taps > 2 { length += norm.part(c) }
    if taps > 3 { length += norm.part(d) }
    if taps > 4 { length += norm.part(e) }
    return length
  }
}

/// One channel more than `Rest`.
struct MoreChannelSums<Rest: TapSums>: TapSums {
  typealias Element = Rest.Element
  private var first = OneChannelSums<Element>()
  private var rest = Rest()

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func addProducts(_ deltas: UnsafePointer<Float>, stride: Int, _ taps: FiveTaps<Element>) {
    first.addProducts(deltas, stride: stride, taps)
    rest.addProducts(deltas + stride, stride: stride, taps)
  }

  @inline(__always)
  func store(_ place: UnsafeMutablePointer<Float>) {
    first.store(place)
    rest.store(place + TapTile.tapCount)
  }

  @inline(__always)
  func length(_ norm: GradientNorm, taps: Int) -> Element {
    first.length(norm, taps: taps) + rest.length(norm, taps: taps)
  }
}
