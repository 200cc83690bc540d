// Loops of entrywise instructions: one over everything where operands lie alike, else one for each row (or, where
// points are innermost, each entry).

extension Interpreter {
  typealias Numbers = UnsafeMutablePointer<Scalar>

  /// The extents of the loops.
  @inline(__always)
  private static func extents(_ i: UnsafePointer<Instruction>, _ block: Block) -> (rows: Int, columns: Int, count: Int)
  {
    if i.pointee.isVarying {
      if i.pointee.isFlat, block.isFull { return (1, 1, i.pointee.flatCount) }
      return (i.pointee.rows, i.pointee.columns, block.count)
    }
    return i.pointee.isFlat ? (1, 1, i.pointee.flatCount) : (i.pointee.rows, 1, i.pointee.inner)
  }

  /// Where an operand's loop begins, with numbers that lie alone copied to a vector.
  @inline(__always)
  private static func place(
    _ operand: InstructionOperand, _ row: Int, _ column: Int, _ scratch: Numbers
  ) -> Numbers {
    let place =
      operand.base.assumingMemoryBound(to: Scalar.self) + row * operand.rowStride + column * operand.columnStride
    if operand.needsSplat {
      Vector(repeating: place.pointee).store(at: scratch)
      return scratch
    }
    return place
  }

  @inline(never)
  static func apply(_ function: some VectorFunction1, _ i: UnsafePointer<Instruction>, _ block: Block) {
    let (rows, columns, count) = extents(i, block)
    for row in 0..<rows {
      for column in 0..<columns {
        let result = place(i.pointee.destination, row, column, block.scratch)
        let a = place(i.pointee.a, row, column, block.scratch)
        var (index, ai) = (0, 0)
        while index < count {
          function.apply(Vector(at: a + ai)).store(at: result + index)
          index &+= Vector.count
          ai &+= i.pointee.a.step
        }
      }
    }
  }

  @inline(never)
  static func apply(_ function: some VectorFunction2, _ i: UnsafePointer<Instruction>, _ block: Block) {
    let (rows, columns, count) = extents(i, block)
    let (stepA, stepB) = (i.pointee.a.step, i.pointee.b.step)
    for row in 0..<rows {
      for column in 0..<columns {
        let result = place(i.pointee.destination, row, column, block.scratch)
        let a = place(i.pointee.a, row, column, block.scratch)
        let b = place(i.pointee.b, row, column, block.scratch + Vector.count)
        var (index, ai, bi) = (0, 0, 0)
        while index < count {
          function.apply(Vector(at: a + ai), Vector(at: b + bi)).store(at: result + index)
          index &+= Vector.count
          ai &+= stepA
          bi &+= stepB
        }
      }
    }
  }

  @inline(never)
  static func apply(_ function: some VectorFunction3, _ i: UnsafePointer<Instruction>, _ block: Block) {
    let (rows, columns, count) = extents(i, block)
    let (stepA, stepB, stepC) = (i.pointee.a.step, i.pointee.b.step, i.pointee.c.step)
    for row in 0..<rows {
      for column in 0..<columns {
        let result = place(i.pointee.destination, row, column, block.scratch)
        let a = place(i.pointee.a, row, column, block.scratch)
        let b = place(i.pointee.b, row, column, block.scratch + Vector.count)
        let c = place(i.pointee.c, row, column, block.scratch + 2 * Vector.count)
        var (index, ai, bi, ci) = (0, 0, 0, 0)
        while index < count {
          function.apply(Vector(at: a + ai), Vector(at: b + bi), Vector(at: c + ci)).store(at: result + index)
          index &+= Vector.count
          ai &+= stepA
          bi &+= stepB
          ci &+= stepC
        }
      }
    }
  }

  /// One number that does not vary is read by whole vectors.
  @inline(__always)
  static func splatResult(_ i: UnsafePointer<Instruction>) {
    let place = i.pointee.destination.base.assumingMemoryBound(to: Scalar.self)
    Vector(repeating: place.pointee).store(at: place)
  }
}
