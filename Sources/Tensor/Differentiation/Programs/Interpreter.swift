/// Runs instructions over a block of points.
enum Interpreter<Vector: LaneVector> {
  typealias Scalar = Vector.Scalar

  /// - Parameters:
  ///   - count: how many points of the block are there; loops run on to the end of the last vector.
  static func run(
    _ instructions: [Instruction], count: Int, blockLength: Int, scratch: UnsafeMutableRawPointer
  ) {
    let lanes = Block(
      count: (count + Vector.count - 1) / Vector.count * Vector.count, isFull: count == blockLength,
      scratch: scratch.assumingMemoryBound(to: Scalar.self))
    instructions.withUnsafeBufferPointer { instructions in
      for index in instructions.indices { execute(instructions.baseAddress.unsafelyUnwrapped + index, lanes) }
    }
  }

  /// What all loops of a block need to know.
  struct Block {
    let count: Int
    let isFull: Bool
    let scratch: UnsafeMutablePointer<Scalar>
  }

  @inline(__always)
  private static func execute(_ instruction: UnsafePointer<Instruction>, _ lanes: Block) {
    switch instruction.pointee.opcode {
    case .copy: apply(CopyFunction(), instruction, lanes)
    case .negate: apply(NegateFunction(), instruction, lanes)
    case .reciprocal: apply(ReciprocalFunction(), instruction, lanes)
    case .square: apply(SquareFunction(), instruction, lanes)
    case .squareRoot: apply(SquareRootFunction(), instruction, lanes)
    case .exp: apply(ExpFunction(), instruction, lanes)
    case .expMinusOne: apply(ExpMinusOneFunction(), instruction, lanes)
    case .log: apply(LogFunction(), instruction, lanes)
    case .logOnePlus: apply(LogOnePlusFunction(), instruction, lanes)
    case .abs: apply(AbsoluteFunction(), instruction, lanes)
    case .sign: apply(SignFunction(), instruction, lanes)
    case .sin: apply(SineFunction(), instruction, lanes)
    case .cos: apply(CosineFunction(), instruction, lanes)
    case .tanh: apply(TanhFunction(), instruction, lanes)
    case .sigmoid: apply(SigmoidFunction(), instruction, lanes)
    case .floor: apply(FloorFunction(), instruction, lanes)
    case .not: apply(NotFunction(), instruction, lanes)
    case .wholePower: apply(WholePowerFunction(exponent: instruction.pointee.inner), instruction, lanes)
    case .add: apply(AddFunction(), instruction, lanes)
    case .subtract: apply(SubtractFunction(), instruction, lanes)
    case .multiply: apply(MultiplyFunction(), instruction, lanes)
    case .divide: apply(DivideFunction(), instruction, lanes)
    case .power: apply(PowerFunction(), instruction, lanes)
    case .minimum: apply(MinimumFunction(), instruction, lanes)
    case .maximum: apply(MaximumFunction(), instruction, lanes)
    case .less: apply(LessFunction(), instruction, lanes)
    case .lessOrEqual: apply(LessOrEqualFunction(), instruction, lanes)
    case .equal: apply(EqualFunction(), instruction, lanes)
    case .notEqual: apply(NotEqualFunction(), instruction, lanes)
    case .and: apply(AndFunction(), instruction, lanes)
    case .or: apply(OrFunction(), instruction, lanes)
    case .guardedMultiply: apply(GuardedMultiplyFunction(), instruction, lanes)
    case .multiplyAdd: apply(MultiplyAddFunction(), instruction, lanes)
    case .multiplySubtract: apply(MultiplySubtractFunction(), instruction, lanes)
    case .subtractProduct: apply(SubtractProductFunction(), instruction, lanes)
    case .select: apply(SelectFunction(), instruction, lanes)
    case .sum: reduce(SumReduction(), instruction, lanes)
    case .largest: reduce(MaximumReduction(), instruction, lanes)
    case .smallest: reduce(MinimumReduction(), instruction, lanes)
    case .matrixProduct: multiplyMatrices(instruction, lanes)
    case .move: move(instruction, lanes)
    case .clear: clear(instruction, lanes)
    }
    if instruction.pointee.splatsResult { splatResult(instruction) }
  }
}
