import CZlib

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is read front to back, through gzip where it is compressed.
///
/// Streams, so that a compressed file costs no more memory than what is asked of it.
public struct CompressedFile: ~Copyable {
  let path: String
  private let handle: gzFile

  /// - Throws: `DataError.missingFile`, `DataError.unreadable`.
  init(path: String) throws {
    self.path = path
    guard let opened = gzopen(path, "rb") else {
      if errno == ENOENT { throw DataError.missingFile(path: path) }
      throw DataError.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    // Blocks of this size halve the time that the default of 8 kB takes.
    gzbuffer(opened, 1 << 17)
    handle = opened
  }

  deinit {
    gzclose(handle)
  }

  /// The next bytes, `count` of them or as many as are left.
  /// - Throws: `DataError.unreadable` for a damaged or cut stream.
  func read(_ count: Int) throws -> [UInt8] {
    var failure: DataError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, let base = buffer.baseAddress {
        let portion = UInt32(min(count - filled, 1 << 30))
        let got = gzread(handle, base + filled, portion)
        if got < 0 { failure = .unreadable(path: path, reason: complaint) }
        if got <= 0 { break }
        filled += Int(got)
      }
    }
    if let failure { throw failure }
    // A stream that is cut in the middle gives what it has and remembers the error.
    if bytes.count < count, let reason = rememberedError { throw DataError.unreadable(path: path, reason: reason) }
    return bytes
  }

  /// The whole of a file, plain or gzip.
  /// - Throws: `DataError.missingFile`, `DataError.unreadable`.
  public static func contents(of path: String) throws -> [UInt8] {
    let file = try CompressedFile(path: path)
    var contents: [UInt8] = []
    let block = 1 << 20
    while true {
      let bytes = try file.read(block)
      contents += bytes
      if bytes.count < block { return contents }
    }
  }

  private var complaint: String { rememberedError ?? "unknown error" }

  private var rememberedError: String? {
    var code: Int32 = Z_OK
    let text = gzerror(handle, &code)
    switch code {
    case Z_OK, Z_STREAM_END: return nil
    case Z_ERRNO: return String(cString: strerror(errno))
    case Z_BUF_ERROR: return "the gzip stream ends early"
    default: return text.map { String(cString: $0) } ?? "zlib error \(code)"
    }
  }
}
