/// The gradient of a dense layer's parameters: products of deltas and values, summed over all profiles.
///
/// Eight products are held in registers while all tiles go by, and only then added across their lanes.
enum WeightGradient<Lanes: ProfileLanes> {
  /// Of four rows.
  static func compute(
    _ layer: PackedLayer, row: Int, values: [UnsafeMutablePointer<Lanes>], deltas: [UnsafeMutablePointer<Lanes>],
    to gradient: UnsafeMutablePointer<Lanes.Number>
  ) {
    values.withUnsafeBufferPointer { values in
      deltas.withUnsafeBufferPointer { deltas in
        var column = 0
        while column + 2 <= layer.inputs {
          block(layer, row, column, values, deltas, gradient)
          column += 2
        }
        if column < layer.inputs { single(layer, row, column, values, deltas, gradient) }
        biases(layer, row, deltas, gradient)
      }
    }
  }

  /// Four rows by two columns.
  @inline(__always)
  private static func block(
    _ layer: PackedLayer, _ row: Int, _ column: Int, _ values: UnsafeBufferPointer<UnsafeMutablePointer<Lanes>>,
    _ deltas: UnsafeBufferPointer<UnsafeMutablePointer<Lanes>>, _ gradient: UnsafeMutablePointer<Lanes.Number>
  ) {
    var (a0, a1, a2, a3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var (b0, b1, b2, b3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    for tile in values.indices {
      let delta = deltas[tile] + row
      let (x, y) = (values[tile][column], values[tile][column + 1])
      let (d0, d1, d2, d3) = (delta[0], delta[1], delta[2], delta[3])
      a0.add(d0, times: x)
      a1.add(d1, times: x)
      a2.add(d2, times: x)
      a3.add(d3, times: x)
      b0.add(d0, times: y)
      b1.add(d1, times: y)
      b2.add(d2, times: y)
      b3.add(d3, times: y)
    }
    let left = gradient + layer.place(row: row, column: column)
    (left[0], left[1], left[2], left[3]) = (a0.total, a1.total, a2.total, a3.total)
    let right = left + 8
    (right[0], right[1], right[2], right[3]) = (b0.total, b1.total, b2.total, b3.total)
  }

  private static func single(
    _ layer: PackedLayer, _ row: Int, _ column: Int, _ values: UnsafeBufferPointer<UnsafeMutablePointer<Lanes>>,
    _ deltas: UnsafeBufferPointer<UnsafeMutablePointer<Lanes>>, _ gradient: UnsafeMutablePointer<Lanes.Number>
  ) {
    for place in row..<(row + 4) {
      var sum = Lanes.zero
      for tile in values.indices { sum.add(deltas[tile][place], times: values[tile][column]) }
      gradient[layer.place(row: place, column: column)] = sum.total
    }
  }

  private static func biases(
    _ layer: PackedLayer, _ row: Int, _ deltas: UnsafeBufferPointer<UnsafeMutablePointer<Lanes>>,
    _ gradient: UnsafeMutablePointer<Lanes.Number>
  ) {
    for place in row..<(row + 4) {
      var sum = Lanes.zero
      for tile in deltas.indices { sum += deltas[tile][place] }
      gradient[layer.biasStart + place] = sum.total
    }
  }
}
