import Testing

@testable import Tensor

@Suite struct AugmentationTests {
  private static let shape = DataSet.ImageShape(rows: 4, columns: 5, channels: 2)

  /// Images whose pixels all differ, each channel under its own scale.
  private static func samples() throws -> Samples {
    let bytes = (0..<3 * shape.size).map { UInt8($0 + 1) }
    return try Samples(width: shape.size, values: .bytes(bytes), labels: [0, 1, 0]).normalised([
      Moments(mean: 0.25, deviation: 0.5), Moments(mean: 0.5, deviation: 0.125),
    ])
  }

  private static func load(
    _ augmentation: Augmentation, _ sample: Int, of samples: Samples, stream: inout RandomStream
  ) -> [Float] {
    [Float](unsafeUninitializedCapacity: samples.width) { buffer, count in
      if let base = buffer.baseAddress {
        augmentation.load(sample, of: samples, shape: shape, into: base, stream: &stream)
      }
      count = samples.width
    }
  }

  /// The image moved over black, and mirrored, by its definition pixel by pixel.
  private static func moved(_ image: [Float], down: Int, right: Int, mirrored: Bool, black: [Float]) -> [Float] {
    (0..<shape.size).map { place in
      let (channel, rest) = place.quotientAndRemainder(dividingBy: shape.rows * shape.columns)
      let (row, targetColumn) = rest.quotientAndRemainder(dividingBy: shape.columns)
      let column = mirrored ? shape.columns - 1 - targetColumn : targetColumn
      let (sourceRow, sourceColumn) = (row - down, column - right)
      guard (0..<shape.rows).contains(sourceRow), (0..<shape.columns).contains(sourceColumn) else {
        return black[channel]
      }
      return image[(channel * shape.rows + sourceRow) * shape.columns + sourceColumn]
    }
  }

  @Test func nothingIsDrawnForWhatIsOff() throws {
    let samples = try Self.samples()
    var stream = RandomStream(seed: 1, purpose: "test")
    var untouched = stream
    #expect(try Self.load(Augmentation(), 1, of: samples, stream: &stream) == samples.vector(1))
    #expect(stream.next() == untouched.next())
  }

  /// Every result is one of the 3 x 3 x 2 that there can be, and in 2000 draws each of them comes: a given one misses
  /// with probability (17/18)^2000 < 1e-49.
  @Test func everyMoveAndMirrorComesAndNothingElse() throws {
    let samples = try Self.samples()
    let black: [Float] = samples.scales.map(\.offset)
    #expect(black == [-0.5, -4])
    var allowed: [[Float]] = []
    for down in -1...1 {
      for right in -1...1 {
        for mirrored in [false, true] {
          allowed.append(
            Self.moved(samples.vector(2), down: down, right: right, mirrored: mirrored, black: black))
        }
      }
    }
    var stream = RandomStream(seed: 7, purpose: "test")
    var counts = [Int](repeating: 0, count: allowed.count)
    for _ in 0..<2000 {
      let image = try Self.load(Augmentation(flip: true, crop: 1), 2, of: samples, stream: &stream)
      counts[try #require(allowed.firstIndex(of: image))] += 1
    }
    #expect(counts.allSatisfy { $0 > 0 })
  }

  /// Half of 2000, within five standard deviations of 22.4.
  @Test func mirrorsHalf() throws {
    let samples = try Self.samples()
    var stream = RandomStream(seed: 3, purpose: "test")
    let plain = samples.vector(0)
    var mirrored = 0
    for _ in 0..<2000 where try Self.load(Augmentation(flip: true), 0, of: samples, stream: &stream) != plain {
      mirrored += 1
    }
    #expect(abs(mirrored - 1000) < 112)
  }

  @Test func setsCarryItAndRefuseWhatDoesNotFit() throws {
    let set = try StrokeDigits.dataSet(train: 10, test: 10, seed: 0)
    let augmentation = try Augmentation(flip: true, crop: 4)
    #expect(set.augmentation == nil)
    #expect(try set.augmented(augmentation).augmentation == augmentation)
    #expect(try set.augmented(augmentation).normalised().limited(trainCount: 5).augmentation == augmentation)
    #expect(try set.augmented(Augmentation()).augmentation == nil)
    #expect(throws: NumericError.self) { try set.augmented(Augmentation(crop: 28)) }
    #expect(throws: NumericError.self) { try Augmentation(crop: -1) }
  }

  @Test func channelsAreNormalisedOneByOne() throws {
    let shape = DataSet.ImageShape(rows: 1, columns: 2, channels: 2)
    let part = try Samples(width: 4, values: .bytes([0, 100, 200, 250, 50, 250, 210, 240]), labels: [0, 1])
    let set = try DataSet(name: "two", imageShape: shape, classes: 2, train: part, test: part).normalised()
    for channel in 0..<2 {
      let values = (0..<2).flatMap { sample in set.train.vector(sample)[channel * 2..<channel * 2 + 2] }.map {
        Double($0)
      }
      let mean = values.reduce(0, +) / 4
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
      #expect(abs(mean) < 1e-6 && abs(variance - 1) < 1e-5)
    }
    #expect(try set.normalisation == .standard(part.moments(channels: 2)))
  }

  /// One channel, whether named or not, is the whole.
  @Test func oneChannelIsTheWhole() throws {
    let digits = try StrokeDigits.dataSet(train: 100, test: 10, seed: 4)
    #expect(try digits.train.moments(channels: 1) == [digits.train.moments])
  }
}
