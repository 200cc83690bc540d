/// Why a data set could not be read.
public enum DataError: Diagnosable, Equatable {
  case notFound(dataSet: String, searched: [String])
  case missingFile(path: String)
  case unreadable(path: String, reason: String)
  case truncated(path: String, expectedBytes: Int, givenBytes: Int)
  case trailingBytes(path: String, expectedBytes: Int)
  case wrongMagic(path: String, expected: UInt32, given: UInt32, meaning: String)
  case wrongHeader(path: String, field: String, given: Int, allowed: String)
  case countMismatch(images: Int, labels: Int, imagePath: String, labelPath: String)
  case labelOutOfRange(path: String, index: Int, label: Int, classes: Int)
  case partialRecord(path: String, givenBytes: Int, recordBytes: Int)
  case badCell(path: String, line: Int, column: Int, problem: String)
  case badTable(path: String, problem: String)

  public var kind: String {
    switch self {
    case .notFound, .missingFile: "MissingData"
    default: "InvalidData"
    }
  }

  public var message: String {
    switch self {
    case .notFound(let dataSet, let searched):
      "data set '\(dataSet)' was not found in "
        + (searched.isEmpty ? "any folder, because none was given" : searched.joined(separator: ", "))
    case .missingFile(let path): "there is no file \(path), nor one with .gz after it"
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .truncated(let path, let expected, let given):
      "\(path) ends early: its header promises \(expected) bytes of data, it holds \(given)"
    case .trailingBytes(let path, let expected):
      "\(path) goes on after the \(expected) bytes of data that its header promises"
    case .wrongMagic(let path, let expected, let given, let meaning):
      "\(path) is not an IDX file of \(meaning): its first word is 0x\(hex(given)), expected is 0x\(hex(expected))"
    case .wrongHeader(let path, let field, let given, let allowed):
      "\(path): \(field) is \(given) in the header, allowed is \(allowed)"
    case .countMismatch(let images, let labels, let imagePath, let labelPath):
      "\(imagePath) holds \(images) images but \(labelPath) holds \(labels) labels"
    case .labelOutOfRange(let path, let index, let label, let classes):
      "\(path): label \(index) is \(label), allowed is 0 to \(classes - 1)"
    case .partialRecord(let path, let given, let record):
      "\(path) holds \(given) bytes, which are no whole number of records of \(record) bytes, at least one"
    case .badCell(let path, let line, let column, let problem): "\(path), line \(line), column \(column): \(problem)"
    case .badTable(let path, let problem): "\(path): \(problem)"
    }
  }

  public var hint: String? {
    switch self {
    case .notFound(let dataSet, _): "get it with `scripts/fetch-data \(dataSet)`, or name its folder with `path`"
    case .missingFile(let path):
      "check the path" + (DataError.isOfDataSet(path) ? ", or get the data with `scripts/fetch-data`" : "")
    case .truncated, .trailingBytes, .partialRecord, .unreadable:
      "get the file again with `scripts/fetch-data`, which checks it"
    default: nil
    }
  }

  /// Whether a file is named as those of MNIST or CIFAR-10 are.
  private static func isOfDataSet(_ path: String) -> Bool {
    path.hasSuffix("-ubyte") || path.contains("data_batch") || path.hasSuffix("test_batch.bin")
  }

  private func hex(_ word: UInt32) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
