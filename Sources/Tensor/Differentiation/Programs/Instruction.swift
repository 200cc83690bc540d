/// Where an operand lies and how loops step through it. Strides count numbers.
struct InstructionOperand {
  let base: UnsafeMutableRawPointer
  let rowStride: Int
  let columnStride: Int
  /// From one vector of the inner loop to the next: 0 where all lanes read the same number.
  let step: Int
  /// Whether one number must first be copied to all lanes, for it does not lie so in memory.
  let needsSplat: Bool
  /// Whether it has a number of its own for each point.
  let isVarying: Bool
}

/// One step with its places in memory.
///
/// What varies from point to point lies as (row, column, point): the points are innermost and contiguous. What does not
/// lies as (row, column), and, if it is one number, in all lanes of a vector.
struct Instruction {
  let opcode: Opcode
  /// Whether the result varies from point to point.
  let isVarying: Bool
  /// Whether one loop runs through all entries when a block is full.
  let isFlat: Bool
  let flatCount: Int
  let rows: Int
  let columns: Int
  /// The inner loop's length where nothing varies; a product's inner extent; a power's exponent.
  let inner: Int
  let destination: InstructionOperand
  let a: InstructionOperand
  let b: InstructionOperand
  let c: InstructionOperand
  /// Whether the result is one number that does not vary, which must fill a vector.
  let splatsResult: Bool
}
