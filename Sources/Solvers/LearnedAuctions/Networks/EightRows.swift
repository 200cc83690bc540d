/// Eight sums of products, side by side in registers: eight rows of weights times one column of lanes after another.
///
/// Weights are packed so that the eight of a column stand together: row r of block k, column c at (8 c + r) from the
/// block's start. Every step of the loop then reads one column of lanes and broadcasts eight neighbouring numbers.
struct EightRows<Lanes: ProfileLanes> {
  var r0, r1, r2, r3, r4, r5, r6, r7: Lanes

  /// Begins with eight biases.
  @inline(__always)
  init(biases: UnsafePointer<Lanes.Number>) {
    r0 = Lanes(repeating: biases[0])
    r1 = Lanes(repeating: biases[1])
    r2 = Lanes(repeating: biases[2])
    r3 = Lanes(repeating: biases[3])
    r4 = Lanes(repeating: biases[4])
    r5 = Lanes(repeating: biases[5])
    r6 = Lanes(repeating: biases[6])
    r7 = Lanes(repeating: biases[7])
  }

  /// Begins with eight rows of lanes.
  @inline(__always)
  init(at rows: UnsafePointer<Lanes>) {
    (r0, r1, r2, r3) = (rows[0], rows[1], rows[2], rows[3])
    (r4, r5, r6, r7) = (rows[4], rows[5], rows[6], rows[7])
  }

  @inline(__always)
  init() {
    let zero = Lanes.zero
    (r0, r1, r2, r3, r4, r5, r6, r7) = (zero, zero, zero, zero, zero, zero, zero, zero)
  }

  /// Adds the products with as many columns as given.
  @inline(__always)
  mutating func add(_ weights: UnsafePointer<Lanes.Number>, times columns: UnsafePointer<Lanes>, count: Int) {
    var weight = weights
    for index in 0..<count {
      let column = columns[index]
      r0.add(weight[0], times: column)
      r1.add(weight[1], times: column)
      r2.add(weight[2], times: column)
      r3.add(weight[3], times: column)
      r4.add(weight[4], times: column)
      r5.add(weight[5], times: column)
      r6.add(weight[6], times: column)
      r7.add(weight[7], times: column)
      weight += 8
    }
  }

  @inline(__always)
  func store(at rows: UnsafeMutablePointer<Lanes>) {
    (rows[0], rows[1], rows[2], rows[3]) = (r0, r1, r2, r3)
    (rows[4], rows[5], rows[6], rows[7]) = (r4, r5, r6, r7)
  }

  @inline(__always)
  func storeTangents(at rows: UnsafeMutablePointer<Lanes>) {
    (rows[0], rows[1]) = (r0.hyperbolicTangent(), r1.hyperbolicTangent())
    (rows[2], rows[3]) = (r2.hyperbolicTangent(), r3.hyperbolicTangent())
    (rows[4], rows[5]) = (r4.hyperbolicTangent(), r5.hyperbolicTangent())
    (rows[6], rows[7]) = (r6.hyperbolicTangent(), r7.hyperbolicTangent())
  }

  /// Each row times 1 - h^2, the slope of the tanh whose value is h.
  @inline(__always)
  func storeSloped(values: UnsafePointer<Lanes>, at rows: UnsafeMutablePointer<Lanes>) {
    rows[0] = r0 - r0 * values[0] * values[0]
    rows[1] = r1 - r1 * values[1] * values[1]
    rows[2] = r2 - r2 * values[2] * values[2]
    rows[3] = r3 - r3 * values[3] * values[3]
    rows[4] = r4 - r4 * values[4] * values[4]
    rows[5] = r5 - r5 * values[5] * values[5]
    rows[6] = r6 - r6 * values[6] * values[6]
    rows[7] = r7 - r7 * values[7] * values[7]
  }
}
