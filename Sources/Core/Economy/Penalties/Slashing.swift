import Tensor

/// What an offence costs a node, and who gets it.
///
/// Source: Network3 4.5; specification 2.5. The cut is rounded up; reporters share a pot, a part of the rest is burned,
/// and what remains is the treasury's. Reporters never get all of it: a node would slash itself through a second
/// identity at no cost.
public struct Slashing: Sendable, Equatable {
  public struct Terms: Sendable, Equatable {
    /// Basis points of the pledge that the worst offence costs.
    public var maximum: Int
    /// Basis points of the cut that reporters share.
    public var reporterShare: Int
    /// Basis points of the rest that are burned.
    public var burn: Int

    public init(maximum: Int = 5000, reporterShare: Int = 2000, burn: Int = 0) {
      self.maximum = maximum
      self.reporterShare = reporterShare
      self.burn = burn
    }
  }

  public let slashed: Amount
  public let pledgeAfter: Amount
  /// By reporter, in the order given.
  public let rewards: [Amount]
  public let burned: Amount
  public let treasury: Amount

  /// - Parameter severity: basis points of the worst offence.
  /// - Throws: `EconomyError.invalidSeverity`, `.invalidRate`, `.duplicateReport`.
  public init(pledge: Amount, severity: Int, reporters: [String] = [], terms: Terms = Terms()) throws {
    guard (0...BasisPoints.whole).contains(severity) else { throw EconomyError.invalidSeverity(severity) }
    let maximum = try BasisPoints.checked(terms.maximum, "max_slash_bps")
    guard (0..<BasisPoints.whole).contains(terms.reporterShare) else {
      throw EconomyError.invalidRate(
        name: "reporter_bps", given: "\(terms.reporterShare)", allowed: "0 to 9999 basis points")
    }
    let burn = try BasisPoints.checked(terms.burn, "burn_bps")
    if let twice = reporters.firstRepeated { throw EconomyError.duplicateReport(twice) }

    let whole = UInt128(BasisPoints.whole)
    slashed = try pledge.portion(UInt128(severity) * maximum, of: whole * whole, rounding: .up)
    pledgeAfter = try pledge - slashed
    let pot = reporters.isEmpty ? .zero : try slashed.portion(UInt128(terms.reporterShare), of: whole)
    rewards = reporters.isEmpty ? [] : try pot.split(weights: [UInt128](repeating: 1, count: reporters.count))
    let rest = try slashed - pot
    burned = try rest.portion(burn, of: whole)
    treasury = try rest - burned
    try Conservation.check("slash", [slashed], equal: rewards + [burned, treasury])
  }

  /// Whether an offence is worth its risk: it is deterred when probability x cut >= gain.
  public func deters(gain: Amount, detectionPerMillion: Int) throws(EconomyError) -> Bool {
    guard (0...1_000_000).contains(detectionPerMillion) else {
      throw .invalidRate(name: "detection_ppm", given: "\(detectionPerMillion)", allowed: "0 to 1000000")
    }
    return Whole.product(slashed.units, UInt128(detectionPerMillion), isAtLeast: gain.units, 1_000_000)
  }

  /// What a node loses by slashing itself through a second identity: the cut less the pot.
  public var selfReportCost: Amount { Amount(units: burned.units + treasury.units) }
}
