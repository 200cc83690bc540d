import Tensor

/// Gives taxes back without touching anybody's reason to be truthful: each gets its part of the least total tax that
/// there could be, whatever it had said itself.
///
/// rebate_i = floor(min over i's declared domain of the total joint tax / n): it does not depend on i's report, and the
/// rebates never exceed the taxes. It returns little.
///
/// Source: Cavallo, "Optimal decision-making with minimal waste", AAMAS 2006.
public struct CavalloRebates: Sendable, Equatable {
  /// What the joint rule takes on these reports.
  public let taxTotal: Int128
  /// Owners first.
  public let rebates: [Int128]
  public let left: Int128

  /// - Parameter domains: for each participant, owners first, every report that it may make.
  /// - Throws: `ShapeMismatch`, `NegativeAmount`, `AmountOverflow`; `OutsideDomain` when somebody's report is not in its
  ///   domain; `Cancelled`.
  public init(
    _ reports: ProjectReports<Int128>, shares: ProjectShares<Int128>, domains: [[[Int128]]],
    cancellation: Cancellation = .never
  ) throws {
    try shares.checkCover(reports)
    let count = reports.participants
    guard domains.count == count else {
      throw ProjectError(.shapeMismatch, "there are \(domains.count) domains for \(count) participants")
    }
    for (participant, domain) in domains.enumerated() {
      let name = Self.name(participant, reports)
      for report in domain {
        guard report.count == reports.models else {
          throw ProjectError(
            .shapeMismatch, "a report in the domain of \(name) covers \(report.count) of \(reports.models) models")
        }
        for amount in report { try Int128.check(amount, "an amount in the domain of \(name)") }
      }
      guard domain.contains(where: { $0.elementsEqual(reports.row(of: participant)) }) else {
        throw ProjectError(.outsideDomain, "the report of \(name) is not in its declared domain")
      }
    }
    let taxTotal = ClarkeTax(covered: reports, shares, .joint).total
    self.taxTotal = taxTotal
    rebates = try domains.enumerated().map { participant, domain in
      var least = taxTotal
      for report in domain {
        try cancellation.check()
        least = min(least, ClarkeTax(covered: reports.replacing(participant, with: report), shares, .joint).total)
      }
      return least / Int128(count)
    }
    left = taxTotal - rebates.reduce(0, +)
  }

  private static func name(_ participant: Int, _ reports: ProjectReports<Int128>) -> String {
    let owners = reports.owners.rows
    return participant < owners ? "owner \(participant + 1)" : "station \(participant - owners + 1)"
  }
}
