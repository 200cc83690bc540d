import Tensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension IncentiveModel {
  /// What each member earns from all providers together, sum_j delta_ij, without writing delta down: both tables of bids
  /// are read once, which is all that a market of a million members has time for.
  ///
  /// Parameters and errors are those of `benefit`.
  ///
  /// - Returns: money, per member.
  ///
  /// Source: FL-NFT (10), PMS-AM (13), summed.
  public static func earnings(
    qualityBids: Matrix, freshnessBids: Matrix, quality: [Double], freshness: [Double], attentionRatio: [Double],
    qualityRatios: [Double], freshnessRatios: [Double]
  ) throws -> [Double] {
    func quantities(_ bids: Domain) -> [Quantity] {
      [
        .table(.member, .provider, "quality bids", qualityBids, bids),
        .table(.member, .provider, "freshness bids", freshnessBids, bids),
        .stretched(.provider, "quality", quality, .nonNegative), .stretched(.provider, "freshness", freshness, .real),
        .stretched(.provider, "attention ratio", attentionRatio, .positive),
        .each(.member, "quality ratios", qualityRatios, .real),
        .each(.member, "freshness ratios", freshnessRatios, .real),
      ]
    }
    // The bids are judged while they are summed; what is wrong is found out once something is.
    guard let shape = try? check(quantities(.unseen)) else {
      try check(quantities(.nonNegative))
      return []
    }
    let providers = 0..<shape[.provider]
    let worth = providers.map { pow(quality.stretched($0), attentionRatio.stretched($0)) }
    let age = providers.map { freshness.stretched($0) }
    let bids = BidRows(columns: providers.count, quality: worth, freshness: age)
    var areValid = true
    let totals = qualityBids.elements.withUnsafeBytes { quality in
      freshnessBids.elements.withUnsafeBytes { freshness in
        (0..<shape[.member]).map { member in
          let total = bids.total(
            quality, times: qualityRatios[member], freshness, times: freshnessRatios[member], row: member,
            areValid: &areValid)
          // What is not a number, or endless, makes the total so.
          areValid = areValid && total.isFinite
          return total
        }
      }
    }
    if !areValid { try check(quantities(.nonNegative)) }
    return totals
  }
}

/// Two tables of bids, read side by side.
private struct BidRows {
  let columns: Int
  /// What a unit of a bid is worth, by provider.
  let quality: [Double]
  let freshness: [Double]

  /// What one member gets by a row of each table; `areValid` becomes false when a bid is negative.
  @inline(__always)
  func total(
    _ first: UnsafeRawBufferPointer, times qualityRatio: Double, _ second: UnsafeRawBufferPointer,
    times freshnessRatio: Double, row: Int, areValid: inout Bool
  ) -> Double {
    quality.withUnsafeBytes { worth in
      freshness.withUnsafeBytes { age in
        let start = row * columns * 8
        var (fromQuality, fromFreshness) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        // One sign bit among them all is set when a bid is negative, or -0, which a closer look will forgive.
        var signs = SIMD8<UInt64>.zero
        for block in 0..<columns / 8 {
          let q = first.loadUnaligned(fromByteOffset: start + block * 64, as: SIMD8<Double>.self)
          let f = second.loadUnaligned(fromByteOffset: start + block * 64, as: SIMD8<Double>.self)
          signs |= unsafeBitCast(q, to: SIMD8<UInt64>.self) | unsafeBitCast(f, to: SIMD8<UInt64>.self)
          fromQuality += q * worth.loadUnaligned(fromByteOffset: block * 64, as: SIMD8<Double>.self)
          fromFreshness += f * age.loadUnaligned(fromByteOffset: block * 64, as: SIMD8<Double>.self)
        }
        let lanes = fromQuality * qualityRatio + fromFreshness * freshnessRatio
        var four = lanes.lowHalf + lanes.highHalf
        var halfSigns = signs.lowHalf | signs.highHalf
        var column = columns / 8 * 8
        if columns - column >= 4 {
          let q = first.loadUnaligned(fromByteOffset: start + column * 8, as: SIMD4<Double>.self)
          let f = second.loadUnaligned(fromByteOffset: start + column * 8, as: SIMD4<Double>.self)
          halfSigns |= unsafeBitCast(q, to: SIMD4<UInt64>.self) | unsafeBitCast(f, to: SIMD4<UInt64>.self)
          four += q * worth.loadUnaligned(fromByteOffset: column * 8, as: SIMD4<Double>.self) * qualityRatio
          four += f * age.loadUnaligned(fromByteOffset: column * 8, as: SIMD4<Double>.self) * freshnessRatio
          column += 4
        }
        let two = four.lowHalf + four.highHalf
        var total = two.x + two.y
        var smallest = (halfSigns.x | halfSigns.y | halfSigns.z | halfSigns.w) >> 63 == 0 ? 0.0 : -1
        while column < columns {
          let q = first.loadUnaligned(fromByteOffset: start + column * 8, as: Double.self)
          let f = second.loadUnaligned(fromByteOffset: start + column * 8, as: Double.self)
          smallest = min(smallest, q, f)
          total += q * worth.loadUnaligned(fromByteOffset: column * 8, as: Double.self) * qualityRatio
          total += f * age.loadUnaligned(fromByteOffset: column * 8, as: Double.self) * freshnessRatio
          column += 1
        }
        areValid = areValid && smallest >= 0
        return total
      }
    }
  }
}
