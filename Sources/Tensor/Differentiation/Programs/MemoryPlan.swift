/// Where a program's values lie, for one pattern of varying inputs, and the instructions with those places.
///
/// Values that no later step reads give their place to others. What does not vary from point to point is computed once
/// a run, by `uniform`, before the instructions of each block of points.
final class MemoryPlan {
  /// An input's or result's values.
  struct Port {
    let base: UnsafeMutableRawPointer
    let firstComponent: Int
    let count: Int
    let isVarying: Bool
  }

  let isColumn: [Bool]
  /// How many points are worked on at once.
  let blockLength: Int
  private(set) var uniform: [Instruction] = []
  private(set) var varying: [Instruction] = []
  private(set) var inputs: [Port] = []
  private(set) var results: [Port] = []
  /// Three vectors, for numbers that must be copied to all lanes.
  let scratch: UnsafeMutableRawPointer
  private let memory: UnsafeMutableRawPointer

  deinit {
    memory.deallocate()
  }

  /// - Parameters:
  ///   - lanes: how many numbers a vector holds.
  ///   - size: bytes of a number.
  ///   - isColumn: which of the inputs' numbers vary from point to point.
  init<Scalar: BinaryFloatingPoint>(_ program: Program, lanes: Int, scalar: Scalar.Type, isColumn: [Bool]) {
    let size = MemoryLayout<Scalar>.stride
    self.isColumn = isColumn
    var layout = MemoryLayoutPlan(program, lanes: lanes, isColumn: isColumn)
    layout.arrange()
    blockLength = Self.blockLength(components: layout.varyingExtent, lanes: lanes, size: size)
    let uniformStart = 3 * lanes
    let varyingStart = uniformStart + layout.uniformExtent
    // The last vector of a table may reach past its end.
    let count = varyingStart + layout.varyingExtent * blockLength + 4 * lanes
    memory = UnsafeMutableRawPointer.allocate(byteCount: count * size, alignment: 64)
    memory.initializeMemory(as: Scalar.self, repeating: 0, count: count)
    scratch = memory

    let builder = InstructionBuilder(
      program: program, layout: layout, lanes: lanes, size: size, blockLength: blockLength,
      uniformBase: memory + uniformStart * size, varyingBase: memory + varyingStart * size)
    for index in layout.order {
      let step = program.steps[index]
      switch step.operation {
      case .input(let firstComponent):
        inputs.append(
          Port(
            base: builder.base(index), firstComponent: firstComponent, count: step.shape.count,
            isVarying: layout.isVarying[index]))
      case .constant(let values):
        let place = builder.base(index).assumingMemoryBound(to: Scalar.self)
        let numbers = values.values
        for lane in 0..<max(numbers.count, numbers.count == 1 ? lanes : 0) {
          place[lane] = Scalar(numbers[numbers.count == 1 ? 0 : lane])
        }
      default:
        let instructions = builder.instructions(for: index)
        if layout.isVarying[index] { varying += instructions } else { uniform += instructions }
      }
    }
    var first = 0
    for result in program.results {
      let count = program.steps[result].shape.count
      results.append(
        Port(
          base: builder.base(result), firstComponent: first, count: count, isVarying: layout.isVarying[result]))
      first += count
    }
  }

  /// As many points as let a block's values stay in the first-level cache, or, for large programs, the second.
  private static func blockLength(components: Int, lanes: Int, size: Int) -> Int {
    let perPoint = max(1, components) * size
    let near = 32_768 / perPoint
    let far = min(128, 524_288 / perPoint)
    return max(1, min(512, max(near, far)) / lanes) * lanes
  }
}

/// The order of steps and the offsets of their values.
struct MemoryLayoutPlan {
  private let program: Program
  private let lanes: Int
  private(set) var isVarying: [Bool]
  /// Inputs and constants first, then what does not vary, then what does.
  private(set) var order: [Int] = []
  /// The step whose memory a step's value lies in, and at which entry: a change of shape has no memory of its own.
  private(set) var root: [Int]
  private(set) var rootEntry: [Int]
  /// In numbers for what does not vary, in numbers per point for what does.
  private(set) var offset: [Int]
  private(set) var uniformExtent = 0
  private(set) var varyingExtent = 0
  private var freeUniform: [Int: [Int]] = [:]
  private var freeVarying: [Int: [Int]] = [:]

  init(_ program: Program, lanes: Int, isColumn: [Bool]) {
    self.program = program
    self.lanes = lanes
    isVarying = []
    root = Array(program.steps.indices)
    rootEntry = Array(repeating: 0, count: program.steps.count)
    offset = Array(repeating: 0, count: program.steps.count)
    for (index, step) in program.steps.enumerated() {
      if case .input(let first) = step.operation {
        isVarying.append(isColumn[first..<first + step.shape.count].contains(true))
      } else {
        isVarying.append(step.operands.contains { isVarying[$0] })
      }
      guard let operand = step.operands.first, let entry = sharedEntry(index) else { continue }
      root[index] = root[operand]
      rootEntry[index] = rootEntry[operand] + entry
    }
  }

  /// Whether a step's value lies in the memory of another's.
  func isShared(_ step: Int) -> Bool { root[step] != step }

  private func sharedEntry(_ index: Int) -> Int? {
    let step = program.steps[index]
    switch step.operation {
    case .reshape: return 0
    case .slice(let row, let column):
      let outer = program.steps[step.operands[0]].shape
      let isContiguous = step.shape.columns == outer.columns || step.shape.rows == 1
      // One number that does not vary must fill a vector of its own.
      return isContiguous && (isVarying[index] || step.shape.count > 1) ? row * outer.columns + column : nil
    default: return nil
    }
  }

  mutating func arrange() {
    let isPort = program.steps.map { step in
      switch step.operation {
      case .input, .constant: true
      default: false
      }
    }
    let steps = program.steps.indices
    order = steps.filter { isPort[$0] } + steps.filter { !isPort[$0] && !isVarying[$0] && !isShared($0) }
    order += steps.filter { !isPort[$0] && isVarying[$0] && !isShared($0) }

    var lastUse = Array(repeating: 0, count: program.steps.count)
    var time = Array(repeating: 0, count: program.steps.count)
    for (position, step) in order.enumerated() { time[step] = position }
    for step in order {
      for operand in program.steps[step].operands {
        // What does not vary is read again for every block.
        let staysForBlocks = isVarying[step] && !isVarying[operand]
        lastUse[root[operand]] = max(lastUse[root[operand]], staysForBlocks ? .max : time[step])
      }
    }
    for result in program.results { lastUse[root[result]] = .max }
    for step in steps { if case .constant = program.steps[step].operation { lastUse[step] = .max } }

    var expiring: [Int: [Int]] = [:]
    for step in order { expiring[max(lastUse[step], time[step]), default: []].append(step) }
    for (position, step) in order.enumerated() {
      offset[step] = take(step)
      for expired in expiring[position] ?? [] { release(expired) }
    }
  }

  private func extent(_ step: Int) -> Int {
    let count = program.steps[step].shape.count
    if isVarying[step] { return count }
    // A table's last row may be written one vector too far.
    return count == 1 ? lanes : (count + 2 * lanes - 1) / lanes * lanes
  }

  private mutating func take(_ step: Int) -> Int {
    let extent = extent(step)
    if isVarying[step] {
      if let offset = freeVarying[extent]?.popLast() { return offset }
      varyingExtent += extent
      return varyingExtent - extent
    }
    if let offset = freeUniform[extent]?.popLast() { return offset }
    uniformExtent += extent
    return uniformExtent - extent
  }

  private mutating func release(_ step: Int) {
    if isVarying[step] {
      freeVarying[extent(step), default: []].append(offset[step])
    } else {
      freeUniform[extent(step), default: []].append(offset[step])
    }
  }
}
