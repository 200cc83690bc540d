/// Makes a step's instructions, given where values lie.
struct InstructionBuilder {
  let program: Program
  let layout: MemoryLayoutPlan
  let lanes: Int
  let size: Int
  let blockLength: Int
  let uniformBase: UnsafeMutableRawPointer
  let varyingBase: UnsafeMutableRawPointer

  /// How far one entry of a value is from the next.
  private func entryStride(_ step: Int) -> Int { layout.isVarying[step] ? blockLength : 1 }

  func base(_ step: Int) -> UnsafeMutableRawPointer {
    let root = layout.root[step]
    let entry = layout.rootEntry[step]
    return layout.isVarying[step]
      ? varyingBase + (layout.offset[root] + entry) * blockLength * size
      : uniformBase + (layout.offset[root] + entry) * size
  }

  func instructions(for index: Int) -> [Instruction] {
    let step = program.steps[index]
    switch step.operation {
    case .input, .constant, .reshape: return []
    case .elementwise(let opcode): return [elementwise(index, opcode)]
    case .wholePower(let exponent): return [elementwise(index, .wholePower, exponent: exponent)]
    case .reduction(let opcode, let axis): return [reduction(index, opcode, axis)]
    case .matrixProduct: return [matrixProduct(index)]
    case .transposition:
      let source = operand(step.operands[0], rowStride: 1, columnStride: step.shape.rows)
      return [move(index, rows: step.shape.rows, columns: step.shape.columns, from: source, atEntry: 0)]
    case .slice(let row, let column):
      let inner = step.operands[0]
      let width = program.steps[inner].shape.columns
      let source = operand(inner, rowStride: width, columnStride: 1, entry: row * width + column)
      return [move(index, rows: step.shape.rows, columns: step.shape.columns, from: source, atEntry: 0)]
    case .padding(let row, let column):
      return [clear(index), placement(of: step.operands[0], in: index, row: row, column: column)]
    case .concatenation(let axis):
      var first = 0
      return step.operands.map { piece in
        let shape = program.steps[piece].shape
        let (row, column) = axis == .rows ? (first, 0) : (0, first)
        first += axis == .rows ? shape.rows : shape.columns
        return placement(of: piece, in: index, row: row, column: column)
      }
    }
  }

  /// A whole value copied to a place in another.
  private func placement(of piece: Int, in index: Int, row: Int, column: Int) -> Instruction {
    let shape = program.steps[piece].shape
    return move(
      index, rows: shape.rows, columns: shape.columns,
      from: operand(piece, rowStride: shape.columns, columnStride: 1),
      atEntry: row * program.steps[index].shape.columns + column)
  }

  /// A value whose rows and columns are so many entries apart.
  private func operand(_ step: Int, rowStride: Int, columnStride: Int, entry: Int = 0) -> InstructionOperand {
    let stride = entryStride(step)
    return InstructionOperand(
      base: base(step) + entry * stride * size, rowStride: rowStride * stride, columnStride: columnStride * stride,
      step: layout.isVarying[step] ? lanes : 0, needsSplat: false, isVarying: layout.isVarying[step])
  }

  private func instruction(
    _ index: Int, _ opcode: Opcode, isFlat: Bool = false, rows: Int, columns: Int, inner: Int = 0,
    destination: InstructionOperand? = nil, a: InstructionOperand? = nil, b: InstructionOperand? = nil,
    c: InstructionOperand? = nil
  ) -> Instruction {
    let shape = program.steps[index].shape
    let isVarying = layout.isVarying[index]
    let own = destination ?? operand(index, rowStride: shape.columns, columnStride: 1)
    return Instruction(
      opcode: opcode, isVarying: isVarying, isFlat: isFlat,
      flatCount: isVarying ? shape.count * blockLength : shape.count, rows: rows, columns: columns, inner: inner,
      destination: own, a: a ?? own, b: b ?? own, c: c ?? own, splatsResult: !isVarying && shape.count == 1)
  }

  private func elementwise(_ index: Int, _ opcode: Opcode, exponent: Int = 0) -> Instruction {
    let step = program.steps[index]
    let isVarying = layout.isVarying[index]
    let isFlat = step.operands.allSatisfy { operand in
      let shape = program.steps[operand].shape
      // One number that does not vary fills a vector, which every step reads again.
      if !layout.isVarying[operand], shape.count == 1 { return true }
      return shape.count == step.shape.count && layout.isVarying[operand] == isVarying
    }
    let operands = step.operands.map { stretched($0, for: index) }
    return instruction(
      index, opcode, isFlat: isFlat, rows: step.shape.rows, columns: isVarying ? step.shape.columns : 1,
      inner: opcode == .wholePower ? exponent : step.shape.columns,
      a: operands.first, b: operands.dropFirst().first, c: operands.dropFirst(2).first)
  }

  /// An operand as the entries of the result see it.
  private func stretched(_ operand: Int, for index: Int) -> InstructionOperand {
    let shape = program.steps[operand].shape
    let result = program.steps[index].shape
    let stride = entryStride(operand)
    let rowStride = shape.rows == 1 ? 0 : shape.columns * stride
    let columnStride = shape.columns == 1 ? 0 : stride
    let isSingle = !layout.isVarying[operand] && shape.count == 1
    let isContiguous = layout.isVarying[operand] || (!layout.isVarying[index] && shape.columns == result.columns)
    return InstructionOperand(
      base: base(operand), rowStride: rowStride, columnStride: columnStride,
      step: !isSingle && isContiguous ? lanes : 0, needsSplat: !isSingle && !isContiguous,
      isVarying: layout.isVarying[operand])
  }

  private func reduction(_ index: Int, _ opcode: Opcode, _ axis: FormulaAxis) -> Instruction {
    let source = program.steps[index].operands[0]
    let shape = program.steps[source].shape
    let single = operand(index, rowStride: 1, columnStride: 1)
    switch (shape, axis) {
    case (.matrix(let rows, let columns), .rows):
      return instruction(
        index, opcode, rows: columns, columns: rows, destination: single,
        a: operand(source, rowStride: 1, columnStride: columns))
    case (.matrix(let rows, let columns), .columns):
      return instruction(
        index, opcode, rows: rows, columns: columns, destination: single,
        a: operand(source, rowStride: columns, columnStride: 1))
    default:
      return instruction(
        index, opcode, rows: 1, columns: shape.count, destination: single,
        a: operand(source, rowStride: 0, columnStride: 1))
    }
  }

  private func matrixProduct(_ index: Int) -> Instruction {
    let step = program.steps[index]
    let inner = program.steps[step.operands[0]].shape.columns
    return instruction(
      index, .matrixProduct, rows: step.shape.rows, columns: step.shape.columns, inner: inner,
      a: operand(step.operands[0], rowStride: inner, columnStride: 1),
      b: operand(step.operands[1], rowStride: step.shape.columns, columnStride: 1))
  }

  private func move(
    _ index: Int, rows: Int, columns: Int, from source: InstructionOperand, atEntry entry: Int
  ) -> Instruction {
    let width = program.steps[index].shape.columns
    return instruction(
      index, .move, rows: rows, columns: columns,
      destination: operand(index, rowStride: width, columnStride: 1, entry: entry), a: source)
  }

  private func clear(_ index: Int) -> Instruction {
    let shape = program.steps[index].shape
    return instruction(index, .clear, rows: shape.rows, columns: shape.columns)
  }
}
