import Tensor

/// The forms in which the best bid has been printed.
public enum BidFormula: String, CaseIterable, Sendable {
  /// max(0, sqrt((D^2 + v D) / (1 + A)) - D).
  case corrected
  /// FL-NFT (25): the same with v = 1, not clamped at 0.
  case tokenization25 = "fl_nft_25"
  /// PMS-AM (29), quality part: the root is missing.
  case auction29Quality = "pms_am_29_q"
  /// PMS-AM (29), freshness part: the root swallows the subtraction.
  case auction29Freshness = "pms_am_29_f"
}

extension BidContest {
  /// The best bid against a known total of the competitors' bids.
  ///
  /// Positive exactly where v > A D, and then below v / 2. Every array may hold one entry for all coordinates.
  ///
  /// - Parameters:
  ///   - competitors: D, the competitors' total, above 0.
  ///   - load: A, at least 0 in `corrected`, above -1 in the printed forms.
  ///   - value: v, what winning is worth in money, above 0; the printed forms have 1 in its place.
  /// - Throws: `EmptyInput`, `ShapeMismatch`, `NotFinite`, `InvalidParameter` (also where a printed form takes the root
  ///   of a negative number); `NoCompetition` when a total is 0, for then the smallest bid wins and there is no best.
  ///
  /// Source: FL-NFT (25), PMS-AM (29).
  public static func bestBid(
    competitors: [Double], load: [Double], value: [Double], formula: BidFormula = .corrected
  ) throws -> [Double] {
    let shape = try check(
      .stretched(.entry, "competitors' totals", competitors, .nonNegative),
      .stretched(.entry, "loads", load, formula == .corrected ? .nonNegative : .aboveMinusOne),
      .stretched(.entry, "values of winning", value, .positive))
    if formula == .auction29Freshness {
      for entry in 0..<shape[.entry] {
        let total = competitors.stretched(entry)
        let radicand = (total * total + total) / (1 + load.stretched(entry)) - total
        try demand(
          radicand >= 0,
          "the printed freshness bid is the root of (D^2 + D)/(1 + A) - D, which is \(radicand) at entry \(entry + 1)",
          hint: "use the corrected formula")
      }
    }
    try requireCompetition(competitors)
    guard formula == .corrected else {
      return (0..<shape[.entry]).map {
        printedBid(competitors: competitors.stretched($0), load: load.stretched($0), formula: formula)
      }
    }
    return bestBids(count: shape[.entry], competitors: competitors, load: load, value: value)
  }

  static func requireCompetition(_ competitors: [Double]) throws {
    guard !Domain.positive.containsAll(competitors) else { return }
    if let entry = competitors.firstIndex(of: 0) {
      throw SolverError(
        .noCompetition, "the competitors' total at entry \(entry + 1) is 0: any bid wins and none is best",
        hint: "an unopposed provider bids its reserve, the smallest unit of money")
    }
  }

  /// D (v - A D) / ((1 + A) (r + D)) with r = sqrt((D^2 + v D) / (1 + A)): the closed form freed of its cancellation.
  @inline(__always)
  static func bestBid(competitors total: Double, load: Double, value: Double) -> Double {
    let surplus = value - load * total
    let root = (total * (total + value) / (1 + load)).squareRoot()
    return surplus > 0 ? total * surplus / ((1 + load) * (root + total)) : 0
  }

  private static func printedBid(competitors total: Double, load: Double, formula: BidFormula) -> Double {
    let prize = (total * total + total) / (1 + load)
    switch formula {
    case .corrected: return bestBid(competitors: total, load: load, value: 1)
    case .tokenization25: return prize.squareRoot() - total
    case .auction29Quality: return prize - total
    case .auction29Freshness: return (prize - total).squareRoot()
    }
  }

  /// The corrected closed form over whole arrays, eight coordinates at a time.
  private static func bestBids(count: Int, competitors: [Double], load: [Double], value: [Double]) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { result, filled in
      competitors.withUnsafeBytes { competitors in
        load.withUnsafeBytes { load in
          value.withUnsafeBytes { value in
            /// Eight entries from an index on, or the single entry eight times.
            @inline(__always) func lanes(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> SIMD8<Double> {
              bytes.count == 8
                ? SIMD8(repeating: bytes.load(as: Double.self))
                : bytes.loadUnaligned(fromByteOffset: index &* 8, as: SIMD8<Double>.self)
            }
            @inline(__always) func entry(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Double {
              bytes.load(fromByteOffset: bytes.count == 8 ? 0 : index &* 8, as: Double.self)
            }
            let output = UnsafeMutableRawPointer(mutating: result.baseAddress)
            let whole = count & ~7
            var index = 0
            while index < whole {
              let total = lanes(competitors, index)
              let prize = lanes(value, index)
              let owed = lanes(load, index)
              let cost = 1 + owed
              let surplus = prize - owed * total
              let root = (total * (total + prize) / cost).squareRoot()
              let bid = (total * surplus / (cost * (root + total))).replacing(with: 0, where: surplus .<= 0)
              output?.storeBytes(of: bid, toByteOffset: index &* 8, as: SIMD8<Double>.self)
              index &+= 8
            }
            while index < count {
              result[index] = bestBid(
                competitors: entry(competitors, index), load: entry(load, index), value: entry(value, index))
              index &+= 1
            }
          }
        }
      }
      filled = count
    }
  }
}
