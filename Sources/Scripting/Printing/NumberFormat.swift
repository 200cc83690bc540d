#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Numbers as text.
public enum NumberFormat {
  /// The shortest text that reads back as the same number; whole numbers without a point.
  static func shortest(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return String(whole) }
    return "\(value)"
  }

  /// As many digits as a reader of a table needs: four significant ones, more before the point where there are more.
  public static func readable(_ value: Double) -> String {
    guard value.isFinite else { return shortest(value) }
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return String(whole) }
    let size = abs(value)
    if size >= 1e9 || size < 1e-4 { return scientific(value) }
    let decimals = size >= 1000 ? 1 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4
    return fixed(value, decimals)
  }

  static func fixed(_ value: Double, _ decimals: Int) -> String {
    formatted("%.*f", Int32(decimals), value)
  }

  private static func scientific(_ value: Double) -> String {
    formatted("%.*e", 2, value)
  }

  private static func formatted(_ format: String, _ precision: Int32, _ value: Double) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
      let length = withVaList([precision, value]) { vsnprintf(buffer.baseAddress, buffer.count, format, $0) }
      let bytes = buffer.prefix(max(0, min(Int(length), buffer.count - 1)))
      return String(decoding: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
