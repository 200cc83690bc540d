#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finds data sets of the MNIST family on disk.
public struct DataSetLocator: Sendable {
  /// The folders to look in, most important first. Each may hold the data set's folder, or be it.
  public let folders: [String]

  public init(folders: [String]) {
    self.folders = folders
  }

  /// The paths of the four files of a set, compressed or not.
  public struct IDXPaths: Sendable, Equatable {
    public let trainImages: String
    public let trainLabels: String
    public let testImages: String
    public let testLabels: String
  }

  /// The four files of `name` in the first folder that has them all: `FOLDER/NAME/train-images-idx3-ubyte` and so on,
  /// or the same without `NAME`, each as it is or with `.gz` after it.
  ///
  /// - Throws: `DataError.notFound`, with every folder that was looked in; `DataError.missingFile` when a folder has
  ///   the images to train on but not all the rest.
  public func idxPaths(of name: String) throws -> IDXPaths {
    let candidates = folders.filter { !$0.isEmpty }.flatMap { ["\($0)/\(name)", $0] }
    for folder in candidates {
      guard let trainImages = Self.existing("\(folder)/train-images-idx3-ubyte") else { continue }
      return IDXPaths(
        trainImages: trainImages,
        trainLabels: try Self.required("\(folder)/train-labels-idx1-ubyte"),
        testImages: try Self.required("\(folder)/t10k-images-idx3-ubyte"),
        testLabels: try Self.required("\(folder)/t10k-labels-idx1-ubyte"))
    }
    throw DataError.notFound(dataSet: name, searched: folders.filter { !$0.isEmpty }.map { "\($0)/\(name)" })
  }

  /// The set itself, pixels from 0 to 1.
  /// - Throws: `DataError`.
  public func idxDataSet(_ name: String, classes: Int = 10) throws -> DataSet {
    let paths = try idxPaths(of: name)
    let train = try IDXFile.samples(images: paths.trainImages, labels: paths.trainLabels, classes: classes)
    let test = try IDXFile.samples(images: paths.testImages, labels: paths.testLabels, classes: classes)
    return try DataSet(
      name: name, imageShape: .init(rows: train.rows, columns: train.columns), classes: classes, train: train.samples,
      test: test.samples)
  }

  /// The 70,000 handwritten digits of LeCun, Cortes and Burges: 60,000 to train on, 10,000 to test with.
  /// - Throws: `DataError`.
  public func mnist() throws -> DataSet {
    try idxDataSet("mnist")
  }

  private static func required(_ path: String) throws -> String {
    guard let found = existing(path) else { throw DataError.missingFile(path: path) }
    return found
  }

  private static func existing(_ path: String) -> String? {
    [path, path + ".gz"].first { access($0, R_OK) == 0 }
  }
}
