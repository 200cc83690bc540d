/// Eight states side by side, in one register of AVX-512 or two of AVX2.
typealias StateLanes = SIMD8<Double>

extension StateLanes {
  /// By halves, which are additions of registers.
  @inline(__always)
  var total: Double {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  @inline(__always)
  var largest: Double {
    let four = lowHalf.replacing(with: highHalf, where: highHalf .> lowHalf)
    let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
    return two.x > two.y ? two.x : two.y
  }
}

/// Rows of lanes: a matrix whose rows stand in blocks of eight columns, and whose rows come in eights, padded with 0.
struct LaneMatrix {
  let blocks: Int
  let rows: UnsafePointer<StateLanes>

  /// One block of the sum of all rows, each times its weight.
  ///
  /// Products are added as a tree: the recursion waits for this sum, and a tree of eight is three additions deep.
  @inline(__always)
  func combination(_ weights: UnsafePointer<StateLanes>, block: Int) -> StateLanes {
    var sum = StateLanes()
    for tile in 0..<blocks {
      let w = UnsafeRawPointer(weights + tile).assumingMemoryBound(to: Double.self)
      let r = rows + (8 * tile * blocks + block)
      let a = r[0] * w[0] + r[blocks] * w[1]
      let b = r[2 * blocks] * w[2] + r[3 * blocks] * w[3]
      let c = r[4 * blocks] * w[4] + r[5 * blocks] * w[5]
      let d = r[6 * blocks] * w[6] + r[7 * blocks] * w[7]
      sum += (a + b) + (c + d)
    }
    return sum
  }
}
