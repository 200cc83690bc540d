/// Sixteen floats: one register of a wide vector unit.
typealias Lanes = SIMD16<Float>

/// The left factor of a product: element (row, inner) stands at `row * rowStride + inner * innerStride`, so that a
/// matrix and its transpose are the same thing.
struct LeftFactor {
  let base: UnsafePointer<Float>
  let rowStride: Int
  let innerStride: Int

  @inline(__always)
  func advanced(rows: Int, inner: Int) -> LeftFactor {
    LeftFactor(base: base + rows * rowStride + inner * innerStride, rowStride: rowStride, innerStride: innerStride)
  }

  /// Where a row begins; rows past the end repeat the first one, so that a ragged last tile reads only what is there.
  @inline(__always)
  func row(_ index: Int, of count: Int) -> UnsafePointer<Float> {
    base + (index < count ? index * rowStride : 0)
  }
}

/// A tile of a product: 4 rows by 64 columns, sixteen sums held in registers, or 8 rows by 16 columns.
///
/// Each step of the inner loop reads one row of the right factor and broadcasts one number of each row on the left.
/// The sums start from `start`, whose rows stand `startStride` apart: a bias has stride 0, a partial result its own.
enum TileKernel {
  static let wideRows = 4
  static let wideColumns = 64
  static let narrowRows = 8
  static let narrowColumns = 16

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Float>) -> Lanes {
    UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  private static func store(_ value: Lanes, _ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: Lanes.self)
  }

  /// `result[r][c] = start[r][c] + sum over l of left[r][l] * right[l][c]`, for at most 4 rows and 64 columns.
  static func wide(
    rows: Int, inner: Int, left: LeftFactor, right: UnsafePointer<Float>, rightStride: Int,
    start: UnsafePointer<Float>, startStride: Int, result: UnsafeMutablePointer<Float>, resultStride: Int
  ) {
    var l0 = left.row(0, of: rows)
    var l1 = left.row(1, of: rows)
    var l2 = left.row(2, of: rows)
    var l3 = left.row(3, of: rows)
    let s1 = start + (rows > 1 ? startStride : 0)
    let s2 = start + (rows > 2 ? 2 * startStride : 0)
    let s3 = start + (rows > 3 ? 3 * startStride : 0)
    var (a0, a1, a2, a3) = (load(start), load(start + 16), load(start + 32), load(start + 48))
    var (b0, b1, b2, b3) = (load(s1), load(s1 + 16), load(s1 + 32), load(s1 + 48))
    var (c0, c1, c2, c3) = (load(s2), load(s2 + 16), load(s2 + 32), load(s2 + 48))
    var (d0, d1, d2, d3) = (load(s3), load(s3 + 16), load(s3 + 32), load(s3 + 48))
    var row = right
    for _ in 0..<inner {
      let (r0, r1, r2, r3) = (load(row), load(row + 16), load(row + 32), load(row + 48))
      let x0 = Lanes(repeating: l0.pointee)
      let x1 = Lanes(repeating: l1.pointee)
      let x2 = Lanes(repeating: l2.pointee)
      let x3 = Lanes(repeating: l3.pointee)
      a0.addProduct(x0, r0)
      a1.addProduct(x0, r1)
      a2.addProduct(x0, r2)
      a3.addProduct(x0, r3)
      b0.addProduct(x1, r0)
      b1.addProduct(x1, r1)
      b2.addProduct(x1, r2)
      b3.addProduct(x1, r3)
      c0.addProduct(x2, r0)
      c1.addProduct(x2, r1)
      c2.addProduct(x2, r2)
      c3.addProduct(x2, r3)
      d0.addProduct(x3, r0)
      d1.addProduct(x3, r1)
      d2.addProduct(x3, r2)
      d3.addProduct(x3, r3)
      l0 += left.innerStride
      l1 += left.innerStride
      l2 += left.innerStride
      l3 += left.innerStride
      row += rightStride
    }
    store(a0, result, a1, a2, a3)
    if rows > 1 { store(b0, result + resultStride, b1, b2, b3) }
    if rows > 2 { store(c0, result + 2 * resultStride, c1, c2, c3) }
    if rows > 3 { store(d0, result + 3 * resultStride, d1, d2, d3) }
  }

  @inline(__always)
  private static func store(
    _ first: Lanes, _ pointer: UnsafeMutablePointer<Float>, _ second: Lanes, _ third: Lanes, _ fourth: Lanes
  ) {
    store(first, pointer)
    store(second, pointer + 16)
    store(third, pointer + 32)
    store(fourth, pointer + 48)
  }

  /// The same for at most 8 rows and 16 columns.
  static func narrow(
    rows: Int, inner: Int, left: LeftFactor, right: UnsafePointer<Float>, rightStride: Int,
    start: UnsafePointer<Float>, startStride: Int, result: UnsafeMutablePointer<Float>, resultStride: Int
  ) {
    var offset = 0
    let (l0, l1, l2, l3) = (left.row(0, of: rows), left.row(1, of: rows), left.row(2, of: rows), left.row(3, of: rows))
    let (l4, l5, l6, l7) = (left.row(4, of: rows), left.row(5, of: rows), left.row(6, of: rows), left.row(7, of: rows))
    var a = load(start)
    var b = load(start + (rows > 1 ? startStride : 0))
    var c = load(start + (rows > 2 ? 2 * startStride : 0))
    var d = load(start + (rows > 3 ? 3 * startStride : 0))
    var e = load(start + (rows > 4 ? 4 * startStride : 0))
    var f = load(start + (rows > 5 ? 5 * startStride : 0))
    var g = load(start + (rows > 6 ? 6 * startStride : 0))
    var h = load(start + (rows > 7 ? 7 * startStride : 0))
    var row = right
    for _ in 0..<inner {
      let r = load(row)
      a.addProduct(Lanes(repeating: l0[offset]), r)
      b.addProduct(Lanes(repeating: l1[offset]), r)
      c.addProduct(Lanes(repeating: l2[offset]), r)
      d.addProduct(Lanes(repeating: l3[offset]), r)
      e.addProduct(Lanes(repeating: l4[offset]), r)
      f.addProduct(Lanes(repeating: l5[offset]), r)
      g.addProduct(Lanes(repeating: l6[offset]), r)
      h.addProduct(Lanes(repeating: l7[offset]), r)
      offset += left.innerStride
      row += rightStride
    }
    store(a, result)
    if rows > 1 { store(b, result + resultStride) }
    if rows > 2 { store(c, result + 2 * resultStride) }
    if rows > 3 { store(d, result + 3 * resultStride) }
    if rows > 4 { store(e, result + 4 * resultStride) }
    if rows > 5 { store(f, result + 5 * resultStride) }
    if rows > 6 { store(g, result + 6 * resultStride) }
    if rows > 7 { store(h, result + 7 * resultStride) }
  }
}
