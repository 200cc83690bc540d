// Products of matrices, and entries moved from one place to another.

extension Interpreter {
  @inline(never)
  static func multiplyMatrices(_ i: UnsafePointer<Instruction>, _ block: Block) {
    if i.pointee.isVarying { multiplyVarying(i, block) } else { multiplyUniform(i) }
  }

  /// A matrix for each point: an entry's vector of points is summed in registers.
  @inline(__always)
  private static func multiplyVarying(_ i: UnsafePointer<Instruction>, _ block: Block) {
    let (a, b) = (i.pointee.a, i.pointee.b)
    let result = i.pointee.destination.base.assumingMemoryBound(to: Scalar.self)
    for row in 0..<i.pointee.rows {
      for column in 0..<i.pointee.columns {
        let left = a.base.assumingMemoryBound(to: Scalar.self) + row * a.rowStride
        let right = b.base.assumingMemoryBound(to: Scalar.self) + column * b.columnStride
        let target =
          result + row * i.pointee.destination.rowStride + column * i.pointee.destination.columnStride
        var lane = 0
        while lane < block.count {
          var total = Vector(repeating: 0)
          for inner in 0..<i.pointee.inner {
            let x = left + inner * a.columnStride
            let y = right + inner * b.rowStride
            total = total.addingProduct(
              a.isVarying ? Vector(at: x + lane) : Vector(repeating: x.pointee),
              b.isVarying ? Vector(at: y + lane) : Vector(repeating: y.pointee))
          }
          total.store(at: target + lane)
          lane += Vector.count
        }
      }
    }
  }

  /// One matrix: four rows and two vectors of columns at a time are summed in registers.
  @inline(__always)
  private static func multiplyUniform(_ i: UnsafePointer<Instruction>) {
    let (rows, columns, inner) = (i.pointee.rows, i.pointee.columns, i.pointee.inner)
    let left = i.pointee.a.base.assumingMemoryBound(to: Scalar.self)
    let right = i.pointee.b.base.assumingMemoryBound(to: Scalar.self)
    let result = i.pointee.destination.base.assumingMemoryBound(to: Scalar.self)
    let width = Vector.count
    var row = 0
    while row < rows {
      let height = Swift.min(4, rows - row)
      // Rows past the end repeat the first one; their sums are not stored.
      let x0 = left + row * inner
      let x1 = x0 + (height > 1 ? inner : 0)
      let x2 = x0 + (height > 2 ? 2 * inner : 0)
      let x3 = x0 + (height > 3 ? 3 * inner : 0)
      var column = 0
      while column < columns {
        let zero = Vector(repeating: 0)
        var (a0, a1, b0, b1) = (zero, zero, zero, zero)
        var (c0, c1, d0, d1) = (zero, zero, zero, zero)
        let isWide = columns - column > width
        var y = right + column
        for k in 0..<inner {
          let (y0, y1) = (Vector(at: y), isWide ? Vector(at: y + width) : zero)
          let (p0, p1) = (Vector(repeating: x0[k]), Vector(repeating: x1[k]))
          let (p2, p3) = (Vector(repeating: x2[k]), Vector(repeating: x3[k]))
          a0 = a0.addingProduct(p0, y0)
          a1 = a1.addingProduct(p0, y1)
          b0 = b0.addingProduct(p1, y0)
          b1 = b1.addingProduct(p1, y1)
          c0 = c0.addingProduct(p2, y0)
          c1 = c1.addingProduct(p2, y1)
          d0 = d0.addingProduct(p3, y0)
          d1 = d1.addingProduct(p3, y1)
          y += columns
        }
        let target = result + row * columns + column
        store(a0, a1, target, columns - column)
        if height > 1 { store(b0, b1, target + columns, columns - column) }
        if height > 2 { store(c0, c1, target + 2 * columns, columns - column) }
        if height > 3 { store(d0, d1, target + 3 * columns, columns - column) }
        column += 2 * width
      }
      row += 4
    }
  }

  @inline(__always)
  private static func store(_ first: Vector, _ second: Vector, _ place: Numbers, _ count: Int) {
    first.store(at: place, count: count)
    if count > Vector.count { second.store(at: place + Vector.count, count: count - Vector.count) }
  }

  /// Copies entries, to the last number exactly: beside them lie others.
  @inline(never)
  static func move(_ i: UnsafePointer<Instruction>, _ block: Block) {
    let (a, target) = (i.pointee.a, i.pointee.destination)
    let from = a.base.assumingMemoryBound(to: Scalar.self)
    let to = target.base.assumingMemoryBound(to: Scalar.self)
    for row in 0..<i.pointee.rows {
      for column in 0..<i.pointee.columns {
        let source = from + row * a.rowStride + column * a.columnStride
        let place = to + row * target.rowStride + column * target.columnStride
        if !i.pointee.isVarying {
          place.pointee = source.pointee
        } else if a.isVarying {
          place.update(from: source, count: block.count)
        } else {
          place.update(repeating: source.pointee, count: block.count)
        }
      }
    }
  }

  @inline(never)
  static func clear(_ i: UnsafePointer<Instruction>, _ block: Block) {
    let target = i.pointee.destination
    let place = target.base.assumingMemoryBound(to: Scalar.self)
    if !i.pointee.isVarying {
      place.update(repeating: 0, count: i.pointee.flatCount)
    } else {
      for entry in 0..<i.pointee.rows * i.pointee.columns {
        (place + entry * target.columnStride).update(repeating: 0, count: block.count)
      }
    }
  }
}
