/// Labelled images to train on, and others to test with.
public struct DataSet: Sendable, Equatable {
  public let name: String
  public let imageShape: ImageShape
  public let classes: Int
  /// What the classes are called, or nothing.
  public let classNames: [String]
  public private(set) var train: Samples
  public private(set) var test: Samples
  public private(set) var normalisation: Normalisation
  /// How training, and only training, varies the images; nil when it does not.
  public private(set) var augmentation: Augmentation?

  public struct ImageShape: Sendable, Equatable, CustomStringConvertible {
    public let rows: Int
    public let columns: Int
    public let channels: Int

    public init(rows: Int, columns: Int, channels: Int = 1) {
      self.rows = rows
      self.columns = columns
      self.channels = channels
    }

    /// The numbers of one image.
    public var size: Int { rows * columns * channels }

    public var description: String {
      if rows == 1, columns == 1 { return "\(channels) numbers" }
      return channels == 1 ? "\(rows)x\(columns)" : "\(rows)x\(columns)x\(channels)"
    }
  }

  /// What the network sees of a pixel.
  public enum Normalisation: Sendable, Equatable {
    /// 0 to 1; numbers from a table as they are.
    case none
    /// (pixel - mean) / deviation, both taken over each channel of the training part.
    case standard([Moments])
  }

  /// - Throws: `ShapeMismatch` when the two parts or the image's shape differ in width, or there are names, but not one
  ///   for each class; `InvalidParameter` when a label is no class.
  public init(
    name: String, imageShape: ImageShape, classes: Int, classNames: [String] = [], train: Samples, test: Samples
  ) throws {
    let check = ArgumentCheck("data set '\(name)'")
    let width = imageShape.size
    try check.shape(
      classNames.isEmpty || classNames.count == classes, expected: "a name for each of \(classes) classes",
      given: "\(classNames.count) names")
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
    self.classNames = classNames
    self.train = train
    self.test = test
    self.normalisation = .none
  }

  /// The same images, seen by networks with mean 0 and deviation 1 over each channel of the training part.
  /// - Throws: `Cancelled`.
  public func normalised(cancellation: Cancellation = .never) throws -> DataSet {
    var result = self
    let moments = try train.moments(channels: imageShape.channels, cancellation: cancellation)
    result.train = train.normalised(moments)
    result.test = test.normalised(moments)
    result.normalisation = .standard(moments)
    return result
  }

  /// The same set, whose images training varies.
  /// - Throws: `InvalidParameter` when the images are smaller than what is to be cropped from them.
  public func augmented(_ augmentation: Augmentation) throws -> DataSet {
    let side = min(imageShape.rows, imageShape.columns)
    try ArgumentCheck("data set '\(name)'").domain(
      augmentation.crop < side, "crop", given: augmentation.crop,
      allowed: "less than \(side), the shorter side of the images")
    var result = self
    result.augmentation = augmentation.changesNothing ? nil : augmentation
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

  /// The same set with the examples of some classes only. They keep their labels, and the set its number of classes
  /// and its normalisation, so that networks and scores of the whole set fit.
  ///
  /// - Parameters:
  ///   - trainClasses: what to train on, from 0; nil for all classes.
  ///   - testClasses: likewise, to test with.
  /// - Throws: `EmptyInput` for no class at all, `InvalidParameter` for what is no class, and for classes that have no
  ///   example.
  public func restricted(trainClasses: [Int]? = nil, testClasses: [Int]? = nil) throws -> DataSet {
    var result = self
    if let trainClasses { result.train = try train.restricted(to: trainClasses, of: classes, argument: "train") }
    if let testClasses { result.test = try test.restricted(to: testClasses, of: classes, argument: "test") }
    return result
  }

  /// One image as lines of text, dark to bright as " .:-=+*#%@"; for a look at a terminal. First channel only.
  /// - Throws: `InvalidParameter` when there is no such example.
  public func picture(_ sample: Int, of part: Samples) throws -> String {
    try ArgumentCheck("picture").domain(
      (0..<part.count).contains(sample), "index", given: sample, allowed: "0 to \(part.count - 1)")
    let shades = Array(" .:-=+*#%@")
    let scale = part.scales[0]
    let values = part.vector(sample).prefix(imageShape.rows * imageShape.columns).map {
      ($0 - scale.offset) / scale.factor
    }
    let brightest: Float = if case .bytes = part.values { 255 } else { 1 }
    return (0..<imageShape.rows).map { row in
      String(
        (0..<imageShape.columns).map { column in
          let shade = values[row * imageShape.columns + column] / brightest * Float(shades.count)
          // Numbers of a table may be anything; a comparison with none is false.
          return shades[shade >= 0 ? Int(min(shade, Float(shades.count - 1))) : 0]
        })
    }.joined(separator: "\n")
  }
}
