import Testing

@testable import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct DataTests {
  private let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + (0..<12)
  private let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 7, 3]

  private func failure(_ body: () throws -> Void) -> DataError? {
    do {
      try body()
      return nil
    } catch {
      return error as? DataError
    }
  }

  @Test func readsPlainAndCompressed() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write(images, "images")
    let compressed = try folder.writeCompressed(images, "images.gz")
    let read = try IDXFile.images(path: plain)
    #expect(read == (try IDXFile.images(path: compressed)))
    #expect(read.count == 2 && read.rows == 2 && read.columns == 3 && read.pixels == Array(0..<12))
    #expect(try IDXFile.labels(path: folder.writeCompressed(labels, "labels.gz")) == [7, 3])
  }

  @Test func damageIsNamed() throws {
    let folder = try TemporaryFolder()
    let short = try folder.write(Array(images.dropLast(5)), "short")
    #expect(
      failure { _ = try IDXFile.images(path: short) } == .truncated(path: short, expectedBytes: 12, givenBytes: 7))
    let header = try folder.write([0, 0, 8, 3, 0, 0], "header")
    #expect(
      failure { _ = try IDXFile.images(path: header) } == .truncated(path: header, expectedBytes: 16, givenBytes: 6))
    let long = try folder.write(labels + [1], "long")
    #expect(failure { _ = try IDXFile.labels(path: long) } == .trailingBytes(path: long, expectedBytes: 2))
    let swapped = try folder.write(labels, "swapped")
    let magic = failure { _ = try IDXFile.images(path: swapped) }
    #expect(magic == .wrongMagic(path: swapped, expected: 0x803, given: 0x801, meaning: "images"))
    #expect(magic?.message.contains("0x00000801") == true)
    let label = try folder.write([0, 0, 8, 1, 0, 0, 0, 2, 7, 10], "label")
    #expect(
      failure { _ = try IDXFile.labels(path: label) }
        == .labelOutOfRange(path: label, index: 1, label: 10, classes: 10))
    let huge = try folder.write([0, 0, 8, 3, 255, 255, 255, 255, 0, 0, 0, 28, 0, 0, 0, 28], "huge")
    #expect(failure { _ = try IDXFile.images(path: huge) }?.kind == "InvalidData")
    let flat = try folder.write([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 28], "flat")
    #expect(failure { _ = try IDXFile.images(path: flat) }?.message.contains("rows is 0") == true)
    let nowhere = folder.path + "/nowhere"
    #expect(failure { _ = try IDXFile.labels(path: nowhere) } == .missingFile(path: nowhere))
  }

  /// A compressed file that is cut anywhere is an error, and so is one with a flipped bit in its check sum.
  @Test func damagedCompressionIsNamed() throws {
    let folder = try TemporaryFolder()
    let content = [UInt8]([0, 0, 8, 1, 0, 0, 8, 0]) + (0..<2048).map { UInt8(($0 * $0 / 7) % 10) }
    let whole = try folder.contents(folder.writeCompressed(content, "whole.gz"))
    #expect(whole.count > 60)
    for cut in [30, whole.count / 2, whole.count - 9] {
      let path = try folder.write(Array(whole[..<cut]), "cut\(cut).gz")
      let error = failure { _ = try IDXFile.labels(path: path) }
      #expect(error?.kind == "InvalidData", "cut at \(cut)")
    }
    var flipped = whole
    flipped[whole.count - 6] ^= 1
    let path = try folder.write(flipped, "flipped.gz")
    #expect(failure { _ = try IDXFile.labels(path: path) }?.kind == "InvalidData")
  }

  @Test func countsMustAgree() throws {
    let folder = try TemporaryFolder()
    let imagePath = try folder.write(images, "images")
    let labelPath = try folder.write([0, 0, 8, 1, 0, 0, 0, 1, 7], "labels")
    #expect(
      failure { _ = try IDXFile.samples(images: imagePath, labels: labelPath) }
        == .countMismatch(images: 2, labels: 1, imagePath: imagePath, labelPath: labelPath))
  }

  @Test func aMissingSetSaysWhereItLookedAndHowToGetIt() throws {
    let folder = try TemporaryFolder()
    let error = failure { _ = try DataSetLocator(folders: ["", "/no/such", folder.path]).mnist() }
    #expect(error == .notFound(dataSet: "mnist", searched: ["/no/such/mnist", "\(folder.path)/mnist"]))
    #expect(error?.hint?.contains("scripts/fetch-data mnist") == true)
    _ = try folder.write(images, "train-images-idx3-ubyte")
    let incomplete = failure { _ = try DataSetLocator(folders: [folder.path]).mnist() }
    #expect(incomplete == .missingFile(path: "\(folder.path)/train-labels-idx1-ubyte"))
  }

  @Test func earlierFoldersComeFirst() throws {
    let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
    for folder in [first, second] {
      for name in ["train-images-idx3-ubyte", "t10k-images-idx3-ubyte"] {
        _ = try folder.writeCompressed(images, name + ".gz")
      }
      for name in ["train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte"] { _ = try folder.write(labels, name) }
    }
    let locator = DataSetLocator(folders: ["/no/such", second.path, first.path])
    #expect(try locator.idxPaths(of: "mnist").trainImages == second.path + "/train-images-idx3-ubyte.gz")
    let data = try locator.mnist()
    #expect(data.train.count == 2 && data.imageShape.columns == 3)
    #expect(data.train.vector(0) == (0..<6).map { Float($0) * (1 / 255) })
  }

  /// The published class counts of MNIST, where the data are at hand.
  @Test(.enabled(if: RealData.has { try $0.idxPaths(of: "mnist") }))
  func mnistHasItsPublishedCounts() throws {
    let data = try RealData.locator.mnist()
    func counts(_ samples: Samples) -> [Int] { (0..<10).map { digit in samples.labels.count { Int($0) == digit } } }
    #expect(counts(data.train) == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    #expect(counts(data.test) == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    // The customary constants of this set.
    #expect(abs(data.train.moments.mean - 0.1307) < 5e-5)
    #expect(abs(data.train.moments.deviation - 0.3081) < 5e-5)
  }

  @Test func normalisationGivesMeanZeroAndDeviationOne() throws {
    let data = try StrokeDigits.dataSet(train: 300, test: 50, seed: 2).normalised()
    let values = (0..<300).flatMap { data.train.vector($0).map { Double($0) } }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    #expect(abs(mean) < 1e-4)
    #expect(abs(variance - 1) < 1e-3)
  }

  /// What is kept is what a filter by label keeps, seen by networks as before.
  @Test func restrictionKeepsTheExamplesOfSomeClasses() throws {
    let digits = try StrokeDigits.dataSet(train: 200, test: 60, seed: 2).normalised()
    let some = try digits.restricted(trainClasses: [7, 1, 7], testClasses: [1])
    let places = digits.train.labels.indices.filter { [1, 7].contains(digits.train.labels[$0]) }
    #expect(some.train.labels == places.map { digits.train.labels[$0] })
    for (new, old) in places.enumerated() { #expect(some.train.vector(new) == digits.train.vector(old)) }
    #expect(Set(some.test.labels) == [1] && some.test.count == digits.test.labels.count { $0 == 1 })
    #expect(some.classes == 10 && some.normalisation == digits.normalisation)
    #expect(try digits.restricted(testClasses: [3]).train == digits.train)
    #expect(try digits.restricted(trainClasses: Array(0..<10)) == digits)
  }

  @Test(arguments: [[], [10], [-1], [Int.max], [0, 12]])
  func restrictionToNoClassIsRefused(classes: [Int]) throws {
    let digits = try StrokeDigits.dataSet(train: 20, test: 20, seed: 2)
    #expect(throws: NumericError.self) { try digits.restricted(trainClasses: classes) }
    #expect(throws: NumericError.self) { try digits.restricted(testClasses: classes) }
  }

  @Test func restrictionToClassesWithoutExamplesIsRefused() throws {
    let part = try Samples(width: 1, values: .bytes([1, 2]), labels: [0, 1])
    let set = try DataSet(
      name: "two of three", imageShape: .init(rows: 1, columns: 1), classes: 3, train: part, test: part)
    #expect(throws: NumericError.self) { try set.restricted(trainClasses: [2]) }
    #expect(try set.restricted(trainClasses: [1, 2]).train.labels == [1])
  }
}
