import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a ledger's file truly lies.
///
/// A link and the file that it leads to are one ledger: the lock and the files beside it must have one name, whichever
/// way the ledger was reached.
enum LedgerPlace {
  /// What the system follows at most, too.
  private static let mostLinks = 40

  /// The path with the links in its last part followed; what leads round in circles is left as it is.
  static func resolved(_ path: String) -> String {
    var current = path
    for _ in 0..<mostLinks {
      guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: current) else { return current }
      current = target.hasPrefix("/") ? target : folder(of: current) + target
    }
    return path
  }

  /// Which file it is, whatever it is called.
  struct Identity: Equatable {
    let device: UInt64
    let file: UInt64

    /// Nil where the name leads to none.
    init?(of path: String) {
      self.init { stat(path, &$0) }
    }

    /// - Parameter descriptor: of an open file.
    init?(of descriptor: Int32) {
      self.init { fstat(descriptor, &$0) }
    }

    private init?(_ ask: (inout stat) -> Int32) {
      var found = stat()
      guard ask(&found) == 0 else { return nil }
      (device, file) = (UInt64(truncatingIfNeeded: found.st_dev), UInt64(truncatingIfNeeded: found.st_ino))
    }
  }

  /// The name, or the name with the first number that nobody has.
  static func free(_ name: String) -> String {
    guard FileManager.default.fileExists(atPath: name) else { return name }
    return (2...).lazy.map { "\(name)-\($0)" }.first { !FileManager.default.fileExists(atPath: $0) } ?? name
  }

  /// Everything up to the last slash.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}
