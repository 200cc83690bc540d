/// The IDX format of the MNIST family: a word that tells the kind, big-endian counts, then bytes.
///
/// LeCun, Cortes, Burges, "The MNIST database of handwritten digits". Plain or gzip.
public enum IDXFile {
  public struct Images: Sendable, Equatable {
    public let count: Int
    public let rows: Int
    public let columns: Int
    /// Image after image, row after row; 0 is the background.
    public let pixels: [UInt8]
  }

  /// No header is believed beyond this many bytes.
  private static let largestContent = 1 << 31

  /// Reads a file of images: 0x00000803, count, rows, columns, pixels.
  /// - Throws: `DataError`, naming the file and what was expected.
  public static func images(path: String) throws -> Images {
    let file = try CompressedFile(path: path)
    let header = try words(4, of: file, magic: 0x803, meaning: "images")
    for (field, value) in zip(["rows", "columns"], header[2...]) where !(1...4096).contains(value) {
      throw DataError.wrongHeader(path: path, field: field, given: value, allowed: "1 to 4096")
    }
    let size = header[2] * header[3]
    guard header[1] <= largestContent / size else {
      throw DataError.wrongHeader(
        path: path, field: "count", given: header[1],
        allowed: "at most \(largestContent / size) images of \(size) bytes")
    }
    return Images(
      count: header[1], rows: header[2], columns: header[3], pixels: try content(header[1] * size, of: file))
  }

  /// Reads a file of labels: 0x00000801, count, a byte for each.
  /// - Throws: `DataError`, naming the file and what was expected; also for a label that is no class.
  public static func labels(path: String, classes: Int = 10) throws -> [UInt8] {
    let file = try CompressedFile(path: path)
    let header = try words(2, of: file, magic: 0x801, meaning: "labels")
    guard header[1] <= largestContent else {
      throw DataError.wrongHeader(path: path, field: "count", given: header[1], allowed: "at most \(largestContent)")
    }
    let labels = try content(header[1], of: file)
    if let index = labels.firstIndex(where: { Int($0) >= classes }) {
      throw DataError.labelOutOfRange(path: path, index: index, label: Int(labels[index]), classes: classes)
    }
    return labels
  }

  /// The examples of an image file and a label file.
  /// - Throws: `DataError`, also when the counts differ.
  public static func samples(
    images imagePath: String, labels labelPath: String, classes: Int = 10
  ) throws -> (samples: Samples, rows: Int, columns: Int) {
    let labels = try labels(path: labelPath, classes: classes)
    let images = try images(path: imagePath)
    guard images.count == labels.count else {
      throw DataError.countMismatch(
        images: images.count, labels: labels.count, imagePath: imagePath, labelPath: labelPath)
    }
    let samples = try Samples(width: images.rows * images.columns, values: .bytes(images.pixels), labels: labels)
    return (samples, images.rows, images.columns)
  }

  private static func words(
    _ count: Int, of file: borrowing CompressedFile, magic: UInt32, meaning: String
  ) throws -> [Int] {
    let bytes = try file.read(4 * count)
    let words = stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
      bytes[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    if let first = words.first, first != magic {
      throw DataError.wrongMagic(path: file.path, expected: magic, given: first, meaning: meaning)
    }
    guard words.count == count else {
      throw DataError.truncated(path: file.path, expectedBytes: 4 * count, givenBytes: bytes.count)
    }
    return words.map { Int($0) }
  }

  private static func content(_ count: Int, of file: borrowing CompressedFile) throws -> [UInt8] {
    let bytes = try file.read(count)
    guard bytes.count == count else {
      throw DataError.truncated(path: file.path, expectedBytes: count, givenBytes: bytes.count)
    }
    guard try file.read(1).isEmpty else {
      throw DataError.trailingBytes(path: file.path, expectedBytes: count)
    }
    return bytes
  }
}
