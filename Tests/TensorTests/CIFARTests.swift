import Testing

@testable import Tensor

@Suite struct CIFARTests {
  /// Records whose red, green and blue planes are filled with three numbers each.
  private func records(_ labels: [UInt8], red: UInt8 = 1) -> [UInt8] {
    labels.flatMap { label in
      [label] + (0..<3).flatMap { [UInt8](repeating: red + UInt8($0), count: 1024) }
    }
  }

  private func failure(_ body: () throws -> Void) -> DataError? {
    do {
      try body()
      return nil
    } catch {
      return error as? DataError
    }
  }

  @Test func readsPlainAndCompressedInOrder() throws {
    let folder = try TemporaryFolder()
    let paths = [
      try folder.write(records([3, 9]), "a.bin"), try folder.writeCompressed(records([0], red: 51), "b.bin.gz"),
    ]
    let samples = try CIFARFile.samples(paths: paths)
    #expect(samples.labels == [3, 9, 0])
    #expect(samples.width == 3072)
    #expect(samples.vector(1)[0] == 1 * (1.0 / 255 as Float) && samples.vector(1)[1024] == 2 * (1.0 / 255 as Float))
    #expect(samples.vector(2)[3071] == 53 * (1.0 / 255 as Float))
  }

  /// What is not needed is not read: the second file is not there.
  @Test func stopsWhenItHasEnough() throws {
    let folder = try TemporaryFolder()
    let paths = [try folder.write(records([3, 9, 4]), "a.bin"), folder.path + "/nowhere"]
    #expect(try CIFARFile.samples(paths: paths, count: 2).labels == [3, 9])
    #expect(try CIFARFile.samples(paths: paths, count: 3).labels == [3, 9, 4])
    #expect(
      failure { _ = try CIFARFile.samples(paths: paths, count: 4) } == .missingFile(path: folder.path + "/nowhere"))
  }

  @Test func damageIsNamed() throws {
    let folder = try TemporaryFolder()
    let cut = try folder.write(Array(records([3, 9]).dropLast()), "cut")
    #expect(
      failure { _ = try CIFARFile.samples(paths: [cut]) }
        == .partialRecord(path: cut, givenBytes: 6145, recordBytes: 3073))
    let empty = try folder.write([], "empty")
    #expect(failure { _ = try CIFARFile.samples(paths: [empty]) }?.kind == "InvalidData")
    let label = try folder.write(records([3, 10]), "label")
    #expect(
      failure { _ = try CIFARFile.samples(paths: [label]) }
        == .labelOutOfRange(path: label, index: 1, label: 10, classes: 10))
  }

  @Test func aMissingSetSaysHowToGetIt() throws {
    let error = failure { _ = try DataSetLocator(folders: ["/no/such"]).cifar10() }
    #expect(error == .notFound(dataSet: "cifar10", searched: ["/no/such/cifar10"]))
    #expect(error?.hint?.contains("scripts/fetch-data cifar10") == true)
    let clothes = failure { _ = try DataSetLocator(folders: ["/no/such"]).fashionMNIST() }
    #expect(clothes == .notFound(dataSet: "fashion-mnist", searched: ["/no/such/fashion-mnist"]))
  }

  /// The published class counts of the test set and the first batch, and the customary constants of the training set.
  @Test(.enabled(if: RealData.has { try $0.cifar10Paths() }))
  func cifarHasItsPublishedCounts() throws {
    let data = try RealData.locator.cifar10()
    func counts(_ labels: some Sequence<UInt8>) -> [Int] {
      labels.reduce(into: [Int](repeating: 0, count: 10)) { $0[Int($1)] += 1 }
    }
    #expect(counts(data.test.labels) == Array(repeating: 1000, count: 10))
    #expect(counts(data.train.labels) == Array(repeating: 5000, count: 10))
    #expect(counts(data.train.labels.prefix(10_000)) == [1005, 974, 1032, 1016, 999, 937, 1030, 1001, 1025, 981])
    let moments = try data.train.moments(channels: 3)
    for (given, published) in zip(moments, [(0.4914, 0.2470), (0.4822, 0.2435), (0.4465, 0.2616)]) {
      #expect(abs(given.mean - published.0) < 1e-4 && abs(given.deviation - published.1) < 1e-4)
    }
  }
}
