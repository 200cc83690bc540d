import Testing

@testable import Tensor

@Suite struct TensorTests {
  @Test func shapeErrorsNameTheOperationAndBothShapes() throws {
    let wide = try Tensor(shape: [2, 3])
    let tall = try Tensor(shape: [3, 2])
    #expect {
      try wide.adding(tall)
    } throws: { error in
      let error = error as? NumericError
      return error?.kind == "ShapeMismatch"
        && error?.description == "ShapeMismatch: add: expected two tensors of one shape, got 2x3 and 3x2"
    }
    #expect {
      try wide.matrixProduct(wide)
    } throws: { error in
      (error as? NumericError)?.description
        == "ShapeMismatch: matrix product: expected shapes m x k and k x n, got 2x3 and 2x3"
    }
    #expect(throws: NumericError.self) { try Tensor(shape: [-1, 2]) }
    #expect(throws: NumericError.self) { try Tensor(shape: [Int.max, 2]) }
    #expect(throws: NumericError.self) { try wide.reshaped(to: [4]) }
    #expect(throws: NumericError.self) { try wide.element(at: [0, 3]) }
    #expect(throws: NumericError.self) { try wide.element(at: [0]) }
  }

  @Test func copiesAreIndependent() throws {
    let original = try Tensor(shape: [2, 2], elements: [1, 2, 3, 4])
    var copy = original
    try copy.setElement(at: [1, 0], to: 9)
    #expect(original.elements == [1, 2, 3, 4])
    #expect(copy.elements == [1, 2, 9, 4])
    #expect(try copy.transposed().elements == [1, 9, 2, 4])
    #expect(try copy.transposed().transposed() == copy)
  }

  @Test func emptyProductsAreZero() throws {
    let result = try Tensor(shape: [2, 0]).matrixProduct(Tensor(shape: [0, 3]))
    #expect(result == (try Tensor(shape: [2, 3])))
  }
}
