import Testing

@testable import Tensor

@Suite struct StrokeDigitsTests {
  @Test func classesAreBalanced() throws {
    let samples = try StrokeDigits.samples(count: 1003, seed: 1)
    let counts = (0..<10).map { digit in samples.labels.count { Int($0) == digit } }
    #expect(counts.max() == 101 && counts.min() == 100)
  }

  /// The first images stay the same when more are asked for, and change with the seed and with the part.
  @Test func imagesDependOnSeedAndPlaceOnly() throws {
    let few = try StrokeDigits.samples(count: 20, seed: 1)
    let more = try StrokeDigits.samples(count: 40, seed: 1)
    let places = (0..<20).map { Int32($0) }
    #expect(try more.selecting(places) == few)
    #expect(try StrokeDigits.samples(count: 20, seed: 2) != few)
    let data = try StrokeDigits.dataSet(train: 20, test: 20, seed: 1)
    #expect(data.train != data.test)
  }

  /// Ink on paper: every digit covers some of the square, not most of it, and a picture of it can be shown.
  @Test func everyImageShowsSomething() throws {
    let data = try StrokeDigits.dataSet(train: 500, test: 10, seed: 3)
    for image in 0..<500 {
      let inked = data.train.vector(image).count { $0 > 0.5 }
      #expect((20...400).contains(inked), "image \(image) has \(inked) inked pixels")
    }
    let picture = try data.picture(3, of: data.train)
    #expect(picture.split(separator: "\n", omittingEmptySubsequences: false).count == 28)
    #expect(throws: NumericError.self) { try data.picture(500, of: data.train) }
    #expect(throws: NumericError.self) { try StrokeDigits.samples(count: 0, seed: 1) }
    let stop = Cancellation { true }
    #expect(throws: Cancelled.self) { try StrokeDigits.samples(count: 10, seed: 1, cancellation: stop) }
    let digits = try StrokeDigits.dataSet(train: 10, test: 10, seed: 1)
    #expect(throws: Cancelled.self) { try digits.normalised(cancellation: stop) }
  }
}
