/// Sums and extremes.
protocol VectorReduction {
  func start<V: LaneVector>(_ type: V.Type) -> V
  func combine<V: LaneVector>(_ a: V, _ b: V) -> V
}

struct SumReduction: VectorReduction {
  @inline(__always)
  func start<V: LaneVector>(_ type: V.Type) -> V { V(repeating: 0) }
  @inline(__always)
  func combine<V: LaneVector>(_ a: V, _ b: V) -> V { a + b }
}

struct MaximumReduction: VectorReduction {
  @inline(__always)
  func start<V: LaneVector>(_ type: V.Type) -> V { V(repeating: -.infinity) }
  @inline(__always)
  func combine<V: LaneVector>(_ a: V, _ b: V) -> V { MaximumFunction().apply(a, b) }
}

struct MinimumReduction: VectorReduction {
  @inline(__always)
  func start<V: LaneVector>(_ type: V.Type) -> V { V(repeating: .infinity) }
  @inline(__always)
  func combine<V: LaneVector>(_ a: V, _ b: V) -> V { MinimumFunction().apply(a, b) }
}

extension Interpreter {
  /// Result r is the reduction over c of the entry at `r * rowStride + c * columnStride`.
  @inline(never)
  static func reduce(_ reduction: some VectorReduction, _ i: UnsafePointer<Instruction>, _ block: Block) {
    let source = i.pointee.a.base.assumingMemoryBound(to: Scalar.self)
    let result = i.pointee.destination.base.assumingMemoryBound(to: Scalar.self)
    let (rows, columns) = (i.pointee.rows, i.pointee.columns)
    let (rowStride, columnStride) = (i.pointee.a.rowStride, i.pointee.a.columnStride)
    if i.pointee.isVarying {
      for row in 0..<rows {
        let target = result + row * i.pointee.destination.rowStride
        var lane = 0
        while lane < block.count {
          var total = reduction.start(Vector.self)
          var place = source + row * rowStride + lane
          for _ in 0..<columns {
            total = reduction.combine(total, Vector(at: place))
            place += columnStride
          }
          total.store(at: target + lane)
          lane += Vector.count
        }
      }
    } else if columnStride == 1 {
      for row in 0..<rows { result[row] = reduced(reduction, source + row * rowStride, columns) }
    } else {
      // Results lie side by side, and so do the entries that begin them.
      var row = 0
      while row < rows {
        var total = reduction.start(Vector.self)
        for column in 0..<columns {
          total = reduction.combine(total, Vector(at: source + row * rowStride + column * columnStride))
        }
        total.store(at: result + row, count: rows - row)
        row += Vector.count
      }
    }
  }

  /// Of numbers that lie side by side: in as many parts as a vector has lanes.
  @inline(__always)
  private static func reduced(_ reduction: some VectorReduction, _ values: Numbers, _ count: Int) -> Scalar {
    var total = reduction.start(Vector.self)
    var index = 0
    while index + Vector.count <= count {
      total = reduction.combine(total, Vector(at: values + index))
      index += Vector.count
    }
    if index < count {
      var rest = reduction.start(Vector.self)
      for lane in 0..<count - index { rest[lane] = values[index + lane] }
      total = reduction.combine(total, rest)
    }
    var result = Vector(repeating: total[0])
    for lane in 1..<Swift.min(Vector.count, Swift.max(count, 1)) {
      result = reduction.combine(result, Vector(repeating: total[lane]))
    }
    return result[0]
  }
}
