/// Data in n shares of which any k give it back.
///
/// Stripes of k bytes are the values at 0 to k - 1 of a polynomial of degree below k over the field of 256 elements;
/// share i holds the values at i, one byte for each stripe. The first k shares are therefore the data itself.
///
/// Sources: Reed and Solomon 1960; Berlekamp and Welch 1986; specification 2.9.
public struct ReedSolomonCode: Hashable, Sendable {
  /// k, how many shares are enough.
  public let dataShares: Int
  /// n, how many there are, at most 256.
  public let totalShares: Int

  /// - Throws: `InvalidCodeParameters` unless 1 <= k <= n <= 256.
  public init(dataShares: Int, totalShares: Int) throws(CodingError) {
    guard dataShares >= 1, totalShares >= dataShares, totalShares <= 256 else {
      throw CodingError(
        .invalidCodeParameters,
        "a code has from 1 to 256 shares, and needs at least 1 and at most all of them; given \(dataShares) of "
          + "\(totalShares)")
    }
    self.dataShares = dataShares
    self.totalShares = totalShares
  }

  public struct Share: Hashable, Sendable {
    /// From 0.
    public let index: Int
    public let bytes: [UInt8]

    public init(index: Int, bytes: [UInt8]) {
      self.index = index
      self.bytes = bytes
    }
  }

  /// All shares, in order; the last stripe is filled up with zeros.
  public func encode(_ data: [UInt8]) -> [Share] {
    let stripes = stripeCount(data.count)
    let padded = data + [UInt8](repeating: 0, count: stripes * dataShares - data.count)
    let columns = (0..<dataShares).map { column in
      (0..<stripes).map { padded[$0 * dataShares + column] }
    }
    let points = (0..<dataShares).map { UInt8($0) }
    return (0..<totalShares).map { index in
      guard index >= dataShares else { return Share(index: index, bytes: columns[index]) }
      return Share(index: index, bytes: Self.combined(columns, GaloisField256.weights(of: points, at: UInt8(index))))
    }
  }

  func stripeCount(_ length: Int) -> Int { (length + dataShares - 1) / dataShares }

  /// The data, from the first k of the shares.
  ///
  /// - Parameter length: of the data, in bytes.
  /// - Returns: it, and whether further shares say otherwise: of m shares, up to m - k wrong ones are noticed.
  /// - Throws: `NotEnoughShares`, `DuplicateShare`, `DimensionMismatch`, `InvalidParameter`.
  public func recover(_ shares: [Share], length: Int) throws(CodingError) -> (data: [UInt8], isErrorDetected: Bool) {
    try check(shares, length: length)
    let basis = Array(shares.prefix(dataShares))
    let points = basis.map { UInt8($0.index) }
    let values = basis.map(\.bytes)
    func value(at index: Int) -> [UInt8] {
      Self.combined(values, GaloisField256.weights(of: points, at: UInt8(index)))
    }
    let isErrorDetected = shares.dropFirst(dataShares).contains { value(at: $0.index) != $0.bytes }
    return (interleaved((0..<dataShares).map(value), length: length), isErrorDetected)
  }

  /// Stripes from their columns, without the filling.
  func interleaved(_ columns: [[UInt8]], length: Int) -> [UInt8] {
    var data: [UInt8] = []
    data.reserveCapacity(length)
    for stripe in 0..<stripeCount(length) {
      for column in columns where data.count < length { data.append(column[stripe]) }
    }
    return data
  }

  /// The sum of the columns, each multiplied by its weight.
  static func combined(_ columns: [[UInt8]], _ weights: [UInt8]) -> [UInt8] {
    var sum = [UInt8](repeating: 0, count: columns.first?.count ?? 0)
    for (column, weight) in zip(columns, weights) where weight != 0 {
      let multiples = GaloisField256.multiples(of: weight)
      for (place, byte) in column.enumerated() { sum[place] ^= multiples[Int(byte)] }
    }
    return sum
  }

  /// Messages number the shares from 1, as scripts do.
  func check(_ shares: [Share], length: Int) throws(CodingError) {
    guard length >= 0 else { throw CodingError(.invalidParameter, "a length must be at least 0, but is \(length)") }
    var seen: Set<Int> = []
    for share in shares {
      guard (0..<totalShares).contains(share.index) else {
        throw CodingError(
          .invalidParameter, "there is no share \(number(of: share)): they go from 1 to \(totalShares)")
      }
      guard seen.insert(share.index).inserted else {
        throw CodingError(.duplicateShare, "share \(number(of: share)) is given twice")
      }
    }
    guard shares.count >= dataShares else {
      throw CodingError(.notEnoughShares, "\(dataShares) shares are needed, but there are \(shares.count)")
    }
    // Compared with what the shares have, not with what the length would need: lengths can be huge.
    for share in shares where length > share.bytes.count * dataShares || stripeCount(length) != share.bytes.count {
      throw CodingError(
        .dimensionMismatch,
        "share \(number(of: share)) has \(share.bytes.count) bytes, which is not what \(length) bytes of data need")
    }
  }

  private func number(of share: Share) -> String {
    let (number, overflow) = share.index.addingReportingOverflow(1)
    return overflow ? "beyond \(share.index)" : "\(number)"
  }
}
