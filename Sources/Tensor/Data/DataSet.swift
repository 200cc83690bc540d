/// Labelled images to train on, and others to test with.
public struct DataSet: Sendable, Equatable {
  public let name: String
  public let imageShape: ImageShape
  public let classes: Int
  public private(set) var train: Samples
  public private(set) var test: Samples
  public private(set) var normalisation: Normalisation

  public struct ImageShape: Sendable, Equatable, CustomStringConvertible {
    public let rows: Int
    public let columns: Int
    public let channels: Int

    public init(rows: Int, columns: Int, channels: Int = 1) {
      self.rows = rows
      self.columns = columns
      self.channels = channels
    }

    public var description: String { channels == 1 ? "\(rows)x\(columns)" : "\(rows)x\(columns)x\(channels)" }
  }

  /// What the network sees of a pixel.
  public enum Normalisation: Sendable, Equatable {
    /// 0 to 1.
    case none
    /// (pixel - mean) / deviation, both taken over all pixels of the training part.
    case standard(mean: Double, deviation: Double)
  }

  /// - Throws: `ShapeMismatch` when the two parts or the image's shape differ in width, `InvalidParameter` when a label
  ///   is no class.
  public init(name: String, imageShape: ImageShape, classes: Int, train: Samples, test: Samples) throws {
    let check = ArgumentCheck("data set '\(name)'")
    let width = imageShape.rows * imageShape.columns * imageShape.channels
    try check.shape(
      train.width == width && test.width == width, expected: "\(width) values an example, for images of \(imageShape)",
      given: "\(train.width) in the training part and \(test.width) in the test part")
    for part in [train, test] {
      let largest = Int(part.labels.max() ?? 0)
      try check.domain(largest < classes, "label", given: largest, allowed: "0 to \(classes - 1)")
    }
    self.name = name
    self.imageShape = imageShape
    self.classes = classes
    self.train = train
    self.test = test
    self.normalisation = .none
  }

  /// The same images, seen by networks with mean 0 and deviation 1 over the training part.
  public func normalised() -> DataSet {
    var result = self
    let (mean, deviation) = train.moments
    result.train = train.normalised(mean: mean, deviation: deviation)
    result.test = test.normalised(mean: mean, deviation: deviation)
    result.normalisation = .standard(mean: mean, deviation: deviation)
    return result
  }

  /// The same set with its first `trainCount` training and `testCount` test images only.
  /// - Throws: `InvalidParameter` when there are fewer.
  public func limited(trainCount: Int? = nil, testCount: Int? = nil) throws -> DataSet {
    var result = self
    let check = ArgumentCheck("data set '\(name)'")
    func first(_ count: Int, of part: Samples, _ argument: String) throws -> Samples {
      try check.domain(count >= 1 && count <= part.count, argument, given: count, allowed: "1 to \(part.count)")
      return try part.selecting((0..<Int32(clamping: count)).map { $0 })
    }
    if let trainCount { result.train = try first(trainCount, of: train, "train") }
    if let testCount { result.test = try first(testCount, of: test, "test") }
    return result
  }

  /// One image as lines of text, dark to bright as " .:-=+*#%@"; for a look at a terminal. First channel only.
  /// - Throws: `InvalidParameter` when there is no such example.
  public func picture(_ sample: Int, of part: Samples) throws -> String {
    try ArgumentCheck("picture").domain(
      (0..<part.count).contains(sample), "index", given: sample, allowed: "0 to \(part.count - 1)")
    let shades = Array(" .:-=+*#%@")
    let values = part.vector(sample).map { ($0 - part.offset) / part.factor }
    let brightest: Float = if case .bytes = part.values { 255 } else { 1 }
    return (0..<imageShape.rows).map { row in
      String(
        (0..<imageShape.columns).map { column in
          let shade = values[row * imageShape.columns + column] / brightest
          return shades[min(max(Int(shade * Float(shades.count)), 0), shades.count - 1)]
        })
    }.joined(separator: "\n")
  }
}
