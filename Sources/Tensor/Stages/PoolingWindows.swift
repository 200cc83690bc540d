/// Windows slid over the rows and columns of each channel, the batch innermost.
struct PoolingWindows {
  let channels: Int
  let input: FeatureShape
  let output: FeatureShape
  let size: Int
  let stride: Int

  init(_ placed: PlacedLayer, size: Int, stride: Int) {
    channels = placed.input.channels
    input = placed.input
    output = placed.output
    self.size = size
    self.stride = stride
  }

  /// Whether no number lies in two windows.
  var areDisjoint: Bool { stride >= size }

  /// Whether every number lies in one window.
  var areTiles: Bool { stride == size && input.rows % size == 0 && input.columns % size == 0 }

  /// Calls the body for each window with the places of its first input and of its output, in numbers of one example.
  @inline(__always)
  func forEach(_ body: (_ input: Int, _ output: Int) -> Void) {
    for channel in 0..<channels {
      for row in 0..<output.rows {
        let line = (channel * input.rows + row * stride) * input.columns
        let target = (channel * output.rows + row) * output.columns
        for column in 0..<output.columns { body(line + column * stride, target + column) }
      }
    }
  }
}
