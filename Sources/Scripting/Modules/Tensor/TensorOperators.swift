import Tensor

// What + - * / ^, brackets and the minus sign do to tensors.

extension TensorObject {
  private enum Operand {
    case tensor(Tensor)
    case number(Float)

    init?(_ stack: LuaStack, _ index: Int32) {
      if stack.kind(at: index) == .number {
        self = .number(Float(stack.number(at: index)))
      } else if let object = stack.object(at: index) as? TensorObject {
        self = .tensor(object.tensor)
      } else {
        return nil
      }
    }
  }

  static let arithmetic = ObjectArithmetic { event, stack in
    guard let left = Operand(stack, 1), let right = Operand(stack, 2) else {
      throw ScriptError.invalidParameter(
        "arithmetic with tensors takes tensors and numbers, got "
          + "\(ValueSketch.of(stack, 1)) \(event.symbol) \(ValueSketch.of(stack, 2))")
    }
    do {
      return .tensor(try compute(event, left, right))
    } catch let error as NumericError {
      // No function stands before the message, so the operator must.
      throw ScriptError.shapeMismatch("tensor \(event.symbol) tensor: \(error.message)")
    }
  }

  private static func compute(_ event: ObjectArithmetic.Event, _ left: Operand, _ right: Operand) throws -> Tensor {
    switch (event, left, right) {
    case (.add, .tensor(let left), .tensor(let right)): try left.adding(right)
    case (.add, .tensor(let tensor), .number(let number)), (.add, .number(let number), .tensor(let tensor)):
      tensor.adding(number)
    case (.subtract, .tensor(let left), .tensor(let right)): try left.subtracting(right)
    case (.subtract, .tensor(let tensor), .number(let number)): tensor.adding(-number)
    case (.subtract, .number(let number), .tensor(let tensor)): tensor.subtracted(from: number)
    case (.multiply, .tensor(let left), .tensor(let right)): try left.multiplying(right)
    case (.multiply, .tensor(let tensor), .number(let number)), (.multiply, .number(let number), .tensor(let tensor)):
      tensor.scaled(by: number)
    case (.divide, .tensor(let left), .tensor(let right)): try left.dividing(by: right)
    case (.divide, .tensor(let tensor), .number(let number)): tensor.divided(by: number)
    case (.divide, .number(let number), .tensor(let tensor)): tensor.dividing(number)
    case (.power, .tensor(let tensor), .number(let number)): tensor.raised(to: number)
    case (.negate, .tensor(let tensor), _): tensor.negated
    case (.floorDivide, _, _), (.remainder, _, _), (.concatenate, _, _), (.less, _, _), (.lessOrEqual, _, _):
      throw ScriptError.invalidParameter("tensors have no operator \(event.symbol)")
    case (.power, _, .tensor):
      throw ScriptError.invalidParameter("the exponent of a power must be a number, got a tensor")
    case (_, .number, _):
      // Lua does these itself, unless a script calls the metamethod.
      throw ScriptError.invalidParameter("arithmetic with tensors needs a tensor, got none on the left")
    }
  }

  // MARK: Brackets

  static let elements = ObjectElements(
    read: { object, stack in
      guard let object = object as? TensorObject else { return .none }
      let tensor = object.tensor
      // As in a list, the place after the last holds nil: ipairs ends there.
      if let length = tensor.shape.first, stack.wholeNumber(at: 2) == length + 1 { return .none }
      let position = try position(in: tensor, stack)
      if tensor.rank == 1 { return .number(Double(tensor.elements[position])) }
      return .tensor(try tensor.slice(position))
    },
    write: { object, stack in
      guard let object = object as? TensorObject else { return }
      let position = try position(in: object.tensor, stack)
      if object.tensor.rank == 1 {
        guard stack.kind(at: 3) == .number else {
          throw ScriptError.invalidParameter(
            "an element of a tensor must be a number, got \(ValueSketch.of(stack, 3))")
        }
        try object.tensor.setElement(at: [position], to: Float(stack.number(at: 3)))
      } else {
        guard let part = stack.object(at: 3) as? TensorObject else {
          throw ScriptError.invalidParameter(
            "a part of a tensor of rank \(object.tensor.rank) must be a tensor, got \(ValueSketch.of(stack, 3))")
        }
        do {
          try object.tensor.setSlice(position, to: part.tensor)
        } catch let error as NumericError {
          throw ScriptError.shapeMismatch(
            "a part of a tensor of shape \(Tensor.text(object.tensor.shape)): \(error.message)")
        }
      }
    })

  /// The index at 2 of the stack, counted from 0.
  private static func position(in tensor: Tensor, _ stack: LuaStack) throws -> Int {
    guard let length = tensor.shape.first else {
      throw ScriptError.shapeMismatch("a tensor without dimensions has no parts")
    }
    guard let index = stack.wholeNumber(at: 2), (1..<(length + 1)).contains(index) else {
      let allowed = length == 0 ? "it is empty" : "1 to \(length) are there"
      throw ScriptError.invalidParameter(
        "a tensor of shape \(Tensor.text(tensor.shape)) has no part \(ValueSketch.of(stack, 2)): \(allowed)")
    }
    return index - 1
  }
}
