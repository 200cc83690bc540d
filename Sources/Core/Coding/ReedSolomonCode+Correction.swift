extension ReedSolomonCode {
  /// The data, though some of the m shares are wrong: up to floor((m - k) / 2) in each stripe.
  ///
  /// A polynomial that agrees with all but so many shares is the only one that does; where the shares that were right so
  /// far give one, it is taken, and otherwise Berlekamp and Welch's equations find it.
  ///
  /// - Returns: the data, and the indices of the shares that were wrong somewhere.
  /// - Throws: as `recover`; `Uncorrectable` when more are wrong.
  public func correct(_ shares: [Share], length: Int) throws(CodingError) -> (data: [UInt8], wrong: [Int]) {
    try check(shares, length: length)
    let budget = (shares.count - dataShares) / 2
    let points = shares.map { UInt8($0.index) }
    var wrong = Set<Int>()
    var columns = [[UInt8]](repeating: [], count: dataShares)
    var trusted = TrustedShares(points, trusting: Array(points.indices), code: self)
    for stripe in 0..<stripeCount(length) {
      let values = shares.map { $0.bytes[stripe] }
      if trusted.places.contains(where: wrong.contains) {
        trusted = TrustedShares(points, trusting: points.indices.filter { !wrong.contains($0) }, code: self)
      }
      var (data, errors) = trusted.decode(values)
      if errors.count > budget {
        guard let polynomial = BerlekampWelch.polynomial(points, values, degree: dataShares - 1, errors: budget) else {
          throw CodingError(
            .uncorrectable,
            "stripe \(stripe + 1) has more than \(budget) wrong bytes, the most that \(shares.count) shares can correct"
          )
        }
        data = (0..<dataShares).map { GaloisField256.evaluate(polynomial, at: UInt8($0)) }
        errors = points.indices.filter { GaloisField256.evaluate(polynomial, at: points[$0]) != values[$0] }
      }
      wrong.formUnion(errors)
      for (column, byte) in data.enumerated() { columns[column].append(byte) }
    }
    return (interleaved(columns, length: length), wrong.map { shares[$0].index }.sorted())
  }

  /// k shares that a polynomial is put through, with what that makes of all others.
  private struct TrustedShares {
    let places: [Int]
    private let dataWeights: [[UInt8]]
    private let shareWeights: [[UInt8]]

    /// Those trusted first, then any, as k are needed.
    init(_ points: [UInt8], trusting trusted: [Int], code: ReedSolomonCode) {
      places = Array((trusted + points.indices.filter { !trusted.contains($0) }).prefix(code.dataShares))
      let basis = places.map { points[$0] }
      dataWeights = (0..<code.dataShares).map { GaloisField256.weights(of: basis, at: UInt8($0)) }
      shareWeights = points.map { GaloisField256.weights(of: basis, at: $0) }
    }

    func decode(_ values: [UInt8]) -> (data: [UInt8], errors: [Int]) {
      let basis = places.map { values[$0] }
      func combined(_ weights: [UInt8]) -> UInt8 {
        zip(weights, basis).reduce(0) { $0 ^ GaloisField256.product($1.0, $1.1) }
      }
      return (dataWeights.map(combined), values.indices.filter { combined(shareWeights[$0]) != values[$0] })
    }
  }
}

/// A polynomial through most of some points.
///
/// With E the polynomial that is 0 where a value is wrong, and Q = P E, the value y at each x satisfies Q(x) = y E(x):
/// linear equations in the coefficients of both, E's highest being 1. P is Q / E.
///
/// Source: Berlekamp and Welch, US patent 4 633 470, 1986.
enum BerlekampWelch {
  /// - Returns: the coefficients, lowest first, of a polynomial of at most that degree that misses at most that many of
  ///   the values; nil for none.
  static func polynomial(_ points: [UInt8], _ values: [UInt8], degree: Int, errors: Int) -> [UInt8]? {
    // Unknowns: degree + errors + 1 coefficients of Q, then the errors lower ones of E.
    let ofProduct = degree + errors + 1
    let rows = zip(points, values).map { point, value -> [UInt8] in
      var row: [UInt8] = []
      var power: UInt8 = 1
      var powers: [UInt8] = []
      for _ in 0..<max(ofProduct, errors + 1) {
        powers.append(power)
        power = GaloisField256.product(power, point)
      }
      row += powers[..<ofProduct]
      row += powers[..<errors].map { GaloisField256.product(value, $0) }
      row.append(GaloisField256.product(value, powers[errors]))
      return row
    }
    guard let solution = LinearEquations256.solution(rows, unknowns: ofProduct + errors) else { return nil }
    let locator = solution[ofProduct...] + [1]
    guard let quotient = divided(Array(solution[..<ofProduct]), by: Array(locator)) else { return nil }
    let coefficients = Array(quotient.prefix(degree + 1))
    guard quotient.dropFirst(degree + 1).allSatisfy({ $0 == 0 }) else { return nil }
    let missed = zip(points, values).count { GaloisField256.evaluate(coefficients, at: $0) != $1 }
    return missed <= errors ? coefficients : nil
  }

  /// Nil where something is left over. The divisor's highest coefficient is 1.
  private static func divided(_ dividend: [UInt8], by divisor: [UInt8]) -> [UInt8]? {
    var rest = dividend
    guard rest.count >= divisor.count else { return rest.allSatisfy { $0 == 0 } ? [0] : nil }
    var quotient = [UInt8](repeating: 0, count: rest.count - divisor.count + 1)
    for place in quotient.indices.reversed() {
      let factor = rest[place + divisor.count - 1]
      quotient[place] = factor
      for (offset, coefficient) in divisor.enumerated() {
        rest[place + offset] ^= GaloisField256.product(factor, coefficient)
      }
    }
    return rest.allSatisfy { $0 == 0 } ? quotient : nil
  }
}

/// Linear equations over the field of 256 elements, by elimination.
enum LinearEquations256 {
  /// - Parameter rows: coefficients, then the right-hand side.
  /// - Returns: one solution, free unknowns being 0; nil where the equations contradict each other.
  static func solution(_ rows: [[UInt8]], unknowns: Int) -> [UInt8]? {
    var rows = rows
    var pivots: [Int] = []
    for column in 0..<unknowns {
      let top = pivots.count
      guard let pivot = (top..<rows.count).first(where: { rows[$0][column] != 0 }) else { continue }
      rows.swapAt(top, pivot)
      let scale = rows[top][column]
      for place in column...unknowns { rows[top][place] = GaloisField256.quotient(rows[top][place], scale) }
      for other in rows.indices where other != top && rows[other][column] != 0 {
        let factor = rows[other][column]
        for place in column...unknowns {
          rows[other][place] ^= GaloisField256.product(factor, rows[top][place])
        }
      }
      pivots.append(column)
    }
    guard rows[pivots.count...].allSatisfy({ $0[unknowns] == 0 }) else { return nil }
    var solution = [UInt8](repeating: 0, count: unknowns)
    for (row, column) in pivots.enumerated() { solution[column] = rows[row][unknowns] }
    return solution
  }
}
