/// Feeds a plan's instructions with arguments, and hands out results.
///
/// Pointers come without their types, for whoever calls is generic and this is not: `Vector.Scalar` is what they hold.
enum Runner<Vector: LaneVector> {
  typealias Scalar = Vector.Scalar

  static func run(_ plan: MemoryPlan, point: UnsafeRawPointer?, results: UnsafeMutableRawPointer?) {
    if let values = point?.assumingMemoryBound(to: Scalar.self) {
      for port in plan.inputs { load(port) { values[port.firstComponent + $0] } }
    }
    runUniform(plan)
    guard let results = results?.assumingMemoryBound(to: Scalar.self) else { return }
    for port in plan.results {
      let values = port.base.assumingMemoryBound(to: Scalar.self)
      for index in 0..<port.count { results[port.firstComponent + index] = values[index] }
    }
  }

  static func run(_ plan: MemoryPlan, count: Int, arguments: UnsafeRawPointer?, results: UnsafeRawPointer?) {
    guard count > 0, let results = results?.assumingMemoryBound(to: UnsafeMutablePointer<Scalar>.self) else { return }
    let arguments = arguments?.assumingMemoryBound(to: ProgramArgument<Scalar>.self)
    if let arguments {
      for port in plan.inputs where !port.isVarying {
        load(port) { index in
          if case .constant(let value) = arguments[port.firstComponent + index] { value } else { 0 }
        }
      }
    }
    runUniform(plan)
    var first = 0
    while first < count {
      let length = min(plan.blockLength, count - first)
      if let arguments {
        for port in plan.inputs where port.isVarying {
          let place = port.base.assumingMemoryBound(to: Scalar.self)
          for index in 0..<port.count {
            let entry = place + index * plan.blockLength
            switch arguments[port.firstComponent + index] {
            case .constant(let value): entry.update(repeating: value, count: plan.blockLength)
            case .column(let values): entry.update(from: values + first, count: length)
            }
          }
        }
      }
      Interpreter<Vector>.run(plan.varying, count: length, blockLength: plan.blockLength, scratch: plan.scratch)
      store(plan, results, first: first, count: length)
      first += length
    }
  }

  @inline(__always)
  private static func runUniform(_ plan: MemoryPlan) {
    Interpreter<Vector>.run(plan.uniform, count: 0, blockLength: plan.blockLength, scratch: plan.scratch)
  }

  /// One number that does not vary fills a vector.
  @inline(__always)
  private static func load(_ port: MemoryPlan.Port, _ value: (Int) -> Scalar) {
    let place = port.base.assumingMemoryBound(to: Scalar.self)
    if port.count == 1 {
      Vector(repeating: value(0)).store(at: place)
    } else {
      for index in 0..<port.count { place[index] = value(index) }
    }
  }

  private static func store(
    _ plan: MemoryPlan, _ results: UnsafePointer<UnsafeMutablePointer<Scalar>>, first: Int, count: Int
  ) {
    for port in plan.results {
      let values = port.base.assumingMemoryBound(to: Scalar.self)
      for index in 0..<port.count {
        let target = results[port.firstComponent + index] + first
        if port.isVarying {
          target.update(from: values + index * plan.blockLength, count: count)
        } else {
          target.update(repeating: values[index], count: count)
        }
      }
    }
  }
}
