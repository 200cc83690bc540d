/// Where a dense layer's numbers stand in one long vector of parameters.
///
/// Outputs are padded to blocks of eight, whose weights and biases stay 0; see `EightRows` for the order within a block.
struct PackedLayer {
  let inputs: Int
  let outputs: Int
  /// Where its weights begin; its biases follow them.
  let start: Int

  var blocks: Int { (outputs + 7) / 8 }
  var paddedOutputs: Int { 8 * blocks }
  var biasStart: Int { start + paddedOutputs * inputs }
  var end: Int { biasStart + paddedOutputs }

  @inline(__always)
  func place(row: Int, column: Int) -> Int { start + (row >> 3) * 8 * inputs + column * 8 + (row & 7) }

  /// Where the weights stand when rows and columns are exchanged: inputs padded to blocks of eight.
  var transposedCount: Int { (inputs + 7) / 8 * 8 * outputs }
  @inline(__always)
  func transposedPlace(row: Int, column: Int) -> Int { (column >> 3) * 8 * outputs + row * 8 + (column & 7) }

  /// The layers of a network of so many numbers before, between and after them, from a place on.
  static func chain(widths: [Int], start: Int) -> [PackedLayer] {
    var layers: [PackedLayer] = []
    for (inputs, outputs) in zip(widths, widths.dropFirst()) {
      layers.append(PackedLayer(inputs: inputs, outputs: outputs, start: layers.last?.end ?? start))
    }
    return layers
  }
}
