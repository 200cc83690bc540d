/// What a decided project leaves everybody with.
///
/// An owner has value less share less tax, a station reward less cost less tax; who is a pivot pays also when nothing is
/// trained. Since the shares of both sides agree, the sum of the taxes is what is left over.
///
/// Source: HCFL equations 1 and 2.
public struct ProjectUtilities<Money: ProjectMoney>: Sendable, Equatable {
  public let owners: [Money]
  public let stations: [Money]
  /// Money received less money paid out: the sum of all taxes.
  public let surplus: Money

  /// Weak budget balance: nothing has to be put in.
  public var isBudgetBalanced: Bool { surplus >= 0 }
  /// Nobody, with these values and costs, would rather have stayed away.
  public var isIndividuallyRational: Bool { (owners + stations).allSatisfy { $0 >= 0 } }

  /// - Parameters:
  ///   - truth: true values and costs.
  ///   - tax: the decision on what was reported.
  /// - Throws: `ShapeMismatch`.
  public init(
    truth: ProjectReports<Money>, shares: ProjectShares<Money>, tax: ClarkeTax<Money>
  ) throws(ProjectError) {
    try shares.checkCover(truth)
    guard tax.taxes.count == truth.participants else {
      throw ProjectError(
        .shapeMismatch, "there are \(tax.taxes.count) taxes for \(truth.participants) participants")
    }
    let ownerCount = truth.owners.rows
    owners = (0..<ownerCount).map { owner in
      let gain: Money = tax.selected.map { truth.owners[owner, $0] - shares.owners[owner, $0] } ?? 0
      return gain - tax.taxes[owner]
    }
    stations = (0..<truth.stations.rows).map { station in
      let gain: Money = tax.selected.map { shares.stations[station, $0] - truth.stations[station, $0] } ?? 0
      return gain - tax.taxes[ownerCount + station]
    }
    surplus = tax.total
  }
}
