import Tensor
import Testing

@testable import Core

@Suite struct AmountTests {
  @Test(arguments: [
    ("0", 0), ("1", 1_000_000_000_000_000_000), ("12.5", 12_500_000_000_000_000_000), ("0.000000000000000001", 1),
    ("340282366920938463463.374607431768211455", UInt128.max),
  ])
  func textIsExact(text: String, units: UInt128) throws {
    #expect(try Amount(text).units == units)
    #expect(Amount(units: units).description == text)
  }

  @Test(arguments: ["", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", " 1", "1 ", "0.0000000000000000001", "1.2.3", "x"])
  func otherTextIsRefused(text: String) {
    #expect(throws: AmountError.malformed(text)) { try Amount(text) }
  }

  @Test func textBeyondTheRangeIsRefused() {
    #expect(kind { _ = try Amount("340282366920938463463.374607431768211456") } == "AmountOverflow")
    #expect(kind { _ = try Amount("999999999999999999999999999999") } == "AmountOverflow")
  }

  @Test func anyAmountReadsBack() throws {
    var stream = RandomStream(seed: 1, purpose: "amounts")
    for _ in 0..<2000 {
      let units = (UInt128(stream.next()) << 64 | UInt128(stream.next())) >> UInt128(stream.next() % 128)
      #expect(try Amount(Amount(units: units).description).units == units)
    }
  }

  @Test(arguments: [
    (0.1, "0.1"), (12.5, "12.5"), (1e-18, "0.000000000000000001"), (0, "0"), (-0.0, "0"),
    (1e20, "100000000000000000000"),
    (37.2, "37.2"), (.leastNonzeroMagnitude, "0"), (4e-19, "0"), (6e-19, "0.000000000000000001"),
    // Ties go to the even unit.
    (5e-19, "0"), (1.5e-18, "0.000000000000000002"), (2.5e-18, "0.000000000000000002"),
    (0.30000000000000004, "0.30000000000000004"),
  ])
  func doublesAreTheirShortestDecimals(double: Double, text: String) throws {
    #expect(try Amount(double).description == text)
  }

  @Test func doublesThatAreNoMoneyAreRefused() {
    for double in [Double.nan, .infinity, -.infinity, -1, -.leastNonzeroMagnitude] {
      #expect(kind { _ = try Amount(double) } == (double.isFinite ? "InvalidParameter" : "NotFinite"))
    }
    for double in [1e21, 3.5e20, .greatestFiniteMagnitude] {
      #expect(kind { _ = try Amount(double) } == "AmountOverflow")
    }
  }

  @Test func arithmeticIsChecked() throws {
    #expect(kind { _ = try Amount.maximum + Amount(units: 1) } == "AmountOverflow")
    #expect(kind { _ = try Amount.zero - Amount(units: 1) } == "NegativeAmount")
    #expect(kind { _ = try Amount.maximum * 2 } == "AmountOverflow")
    #expect(try Amount(tokens: 3) * 4 == Amount(tokens: 12))
    #expect(kind { _ = try Amount.zero.portion(1, of: 0) } == "InvalidParameter")
    #expect(kind { _ = try Amount.maximum.portion(2, of: 1) } == "AmountOverflow")
  }

  /// q d + r = u n with 0 <= r < d, checked in 256 bits.
  @Test func portionsAreWidened() throws {
    var stream = RandomStream(seed: 2, purpose: "portions")
    for _ in 0..<2000 {
      let units = UInt128(stream.next()) << 64 | UInt128(stream.next())
      let denominator = (UInt128(stream.next()) << 64 | UInt128(stream.next())) >> UInt128(stream.next() % 120) | 1
      let numerator = (UInt128(stream.next()) << 64 | UInt128(stream.next())) % denominator
      let down = try Amount(units: units).portion(numerator, of: denominator).units
      let up = try Amount(units: units).portion(numerator, of: denominator, rounding: .up).units
      let product = units.multipliedFullWidth(by: numerator)
      let back = down.multipliedFullWidth(by: denominator)
      let (low, borrow) = product.low.subtractingReportingOverflow(back.low)
      #expect(product.high &- back.high &- (borrow ? 1 : 0) == 0)
      #expect(low < denominator)
      #expect(up == down + (low == 0 ? 0 : 1))
    }
  }

  @Test func largestRemainderAccountsForEveryUnit() throws {
    var stream = RandomStream(seed: 3, purpose: "splits")
    for _ in 0..<500 {
      let total = UInt128(stream.next()) << 60 | UInt128(stream.next() % 1000)
      let weights = (0..<(1 + Int(stream.next() % 12))).map { _ in UInt128(stream.next() >> (stream.next() % 64)) }
      guard weights.contains(where: { $0 > 0 }) else { continue }
      let parts = try Amount(units: total).split(weights: weights)
      let sum = weights.reduce(0, +)
      #expect(parts.reduce(0) { $0 + $1.units } == total)
      for (part, weight) in zip(parts, weights) {
        let floor = try Amount(units: total).portion(weight, of: sum).units
        let ceiling = try Amount(units: total).portion(weight, of: sum, rounding: .up).units
        #expect(part.units == floor || part.units == ceiling)
        if weight == 0 { #expect(part.isZero) }
      }
    }
  }

  /// Worked by hand: 10 in the ratio 1:1:1 leaves one unit, which goes to the lowest index; 7 in 2:3:5 has remainders
  /// .4, .1, .5 and leaves one unit for the last.
  @Test func remaindersGoToTheLargestThenTheLowest() throws {
    #expect(try Amount(units: 10).split(weights: [1, 1, 1] as [UInt128]).map(\.units) == [4, 3, 3])
    #expect(try Amount(units: 7).split(weights: [2, 3, 5] as [UInt128]).map(\.units) == [1, 2, 4])
    #expect(try Amount(units: 5).split(weights: [0.25, 0, 0.75]).map(\.units) == [1, 0, 4])
  }

  @Test func splitsWithoutWeightAreRefused() {
    #expect(kind { _ = try Amount(units: 1).split(weights: [0, 0] as [UInt128]) } == "ZeroWeight")
    #expect(kind { _ = try Amount(units: 1).split(weights: [] as [UInt128]) } == "ZeroWeight")
    #expect(kind { _ = try Amount(units: 1).split(weights: [UInt128.max, 1]) } == "AmountOverflow")
    #expect(kind { _ = try Amount(units: 1).split(weights: [1, .nan]) } == "NotFinite")
  }

  @Test func microsDropBinaryNoiseAndRoundTheRest() throws {
    #expect(try Micro.from(37.2, rounding: .up) == 37_200_000)
    #expect(try Micro.from(37.2, rounding: .down) == 37_200_000)
    #expect(try Micro.from(0.1 + 0.2, rounding: .up) == 300_000)
    #expect(try Micro.from(10.0 / 3, rounding: .up) == 3_333_334)
    #expect(try Micro.from(10.0 / 3, rounding: .down) == 3_333_333)
    #expect(kind { _ = try Micro.from(.nan) } == "NotFinite")
    #expect(kind { _ = try Micro.from(-1) } == "InvalidParameter")
    #expect(kind { _ = try Micro.from(1.1e9) } == "AmountOverflow")
    var stream = RandomStream(seed: 4, purpose: "micro")
    for _ in 0..<2000 {
      let micro = stream.next() % (Micro.maximum + 1)
      for rounding in [Micro.Rounding.nearest, .up, .down] {
        #expect(try Micro.from(Micro.tokens(micro), rounding: rounding) == micro)
      }
    }
  }
}
