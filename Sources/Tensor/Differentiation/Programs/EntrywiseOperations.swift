// What entrywise instructions do to a vector of numbers. Types rather than closures, which Swift does not inline into
// loops.

protocol VectorFunction1 {
  func apply<V: LaneVector>(_ a: V) -> V
}

protocol VectorFunction2 {
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V
}

protocol VectorFunction3 {
  func apply<V: LaneVector>(_ a: V, _ b: V, _ c: V) -> V
}

struct CopyFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    a
  }
}

struct NegateFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    -a
  }
}

struct ReciprocalFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    V(repeating: 1) / a
  }
}

struct SquareFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    a * a
  }
}

struct SquareRootFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    a.squareRoot()
  }
}

struct ExpFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    V.exp(a)
  }
}

struct ExpMinusOneFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    V.expMinusOne(a)
  }
}

struct LogFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    V.log(a)
  }
}

struct LogOnePlusFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    V.logOnePlus(a)
  }
}

struct AbsoluteFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    a.magnitude
  }
}

struct SignFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    V.select(V(repeating: 0) .< a, V(repeating: 1), V.select(a .< V(repeating: 0), V(repeating: -1), a))
  }
}

struct SineFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    V.sine(a)
  }
}

struct CosineFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    V.cosine(a)
  }
}

struct TanhFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    V.hyperbolicTangent(a)
  }
}

struct SigmoidFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    V.sigmoid(a)
  }
}

struct FloorFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    a.roundedDown()
  }
}

struct NotFunction: VectorFunction1 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    V.indicator(a .== V(repeating: 0))
  }
}

struct AddFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    a + b
  }
}

struct SubtractFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    a - b
  }
}

struct MultiplyFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    a * b
  }
}

struct DivideFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    a / b
  }
}

struct PowerFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    V.power(a, b)
  }
}

/// NaN if either is.
struct MinimumFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    V.select(a .<= b, a, V.select(a .== a, b, a))
  }
}

/// NaN if either is.
struct MaximumFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    V.select(b .<= a, a, V.select(a .== a, b, a))
  }
}

struct LessFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    V.indicator(a .< b)
  }
}

struct LessOrEqualFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    V.indicator(a .<= b)
  }
}

struct EqualFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    V.indicator(a .== b)
  }
}

struct NotEqualFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    V.select(a .== b, V(repeating: 0), V(repeating: 1))
  }
}

struct AndFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    V.select(a .== V(repeating: 0), V(repeating: 0), V.select(b .== V(repeating: 0), V(repeating: 0), V(repeating: 1)))
  }
}

struct OrFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    V.select(a .== V(repeating: 0), V.select(b .== V(repeating: 0), V(repeating: 0), V(repeating: 1)), V(repeating: 1))
  }
}

struct GuardedMultiplyFunction: VectorFunction2 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V) -> V {
    V.select(a .== V(repeating: 0), V(repeating: 0), a * b)
  }
}

struct MultiplyAddFunction: VectorFunction3 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V, _ c: V) -> V {
    c.addingProduct(a, b)
  }
}

struct MultiplySubtractFunction: VectorFunction3 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V, _ c: V) -> V {
    (-c).addingProduct(a, b)
  }
}

struct SubtractProductFunction: VectorFunction3 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V, _ c: V) -> V {
    c.addingProduct(-a, b)
  }
}

struct SelectFunction: VectorFunction3 {
  @inline(__always)
  func apply<V: LaneVector>(_ a: V, _ b: V, _ c: V) -> V {
    V.select(a .== V(repeating: 0), c, b)
  }
}

/// A power of 1 or more by repeated squaring.
struct WholePowerFunction: VectorFunction1 {
  let exponent: Int

  @inline(__always)
  func apply<V: LaneVector>(_ a: V) -> V {
    var (result, square, rest) = (V(repeating: 1), a, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      square = square * square
      rest >>= 1
    }
    return result
  }
}
