import Foundation

/// Remarks for whoever looks after the server: they stand in its log, which is where a kernel's standard error goes.
enum KernelLog {
  static func write(_ message: String) {
    FileHandle.standardError.write(Data("flnft-kernel: \(message)\n".utf8))
  }
}
