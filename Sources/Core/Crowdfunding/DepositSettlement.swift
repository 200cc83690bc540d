import Solvers

/// Deposits after a decided project: owners pay their share and tax, stations receive their share less tax, the winner's
/// penalty and all taxes go to the pool. Nothing is gained or lost.
///
/// Source: specification 3.8, the SETTLED row.
public struct DepositSettlement: Sendable, Equatable {
  /// The model that was trained; nil for none, when only taxes are due.
  public let selected: Int?
  public let ownerBalances: [Amount]
  public let stationBalances: [Amount]
  public let poolAfter: Amount

  /// - Parameters:
  ///   - tax: the decision on what was reported.
  ///   - winner: the owner who pays the penalty.
  /// - Throws: `DimensionMismatch`, `InsufficientDeposit`, `AmountOverflow`, `MoneyNotConserved`; `InvalidParameter` for
  ///   a winner that is no owner.
  public init(
    ownerDeposits: [Amount], stationDeposits: [Amount], tax: ClarkeTax<Int128>, shares: ProjectShares<Int128>,
    winner: Int?, penalty: Amount = .zero, poolBefore: Amount = .zero
  ) throws {
    guard shares.owners.rows == ownerDeposits.count, shares.stations.rows == stationDeposits.count,
      tax.taxes.count == ownerDeposits.count + stationDeposits.count
    else {
      throw CrowdfundingError(
        .dimensionMismatch,
        "there are \(ownerDeposits.count) and \(stationDeposits.count) deposits for \(shares.owners.rows) owners and "
          + "\(shares.stations.rows) stations")
    }
    if let winner, !ownerDeposits.indices.contains(winner) {
      throw CrowdfundingError(.invalidParameter, "the winner is owner \(winner + 1) of \(ownerDeposits.count)")
    }
    var pool = poolBefore
    var owners: [Amount] = []
    for (owner, deposit) in ownerDeposits.enumerated() {
      let dues = WholeMoney.amount(tax.taxes[owner])
      let share = tax.selected.map { WholeMoney.amount(shares.owners[owner, $0]) } ?? .zero
      let fine = owner == winner ? penalty : .zero
      pool = try pool + dues + fine
      owners.append(try Self.paid(share + dues + fine, from: deposit, by: "owner \(owner + 1)"))
    }
    var stations: [Amount] = []
    for (station, deposit) in stationDeposits.enumerated() {
      let dues = WholeMoney.amount(tax.taxes[ownerDeposits.count + station])
      let reward = tax.selected.map { WholeMoney.amount(shares.stations[station, $0]) } ?? .zero
      pool = try pool + dues
      stations.append(try Self.paid(dues, from: deposit + reward, by: "station \(station + 1)"))
    }
    guard
      try Amount.total(ownerDeposits + stationDeposits + [poolBefore]) == Amount.total(owners + stations + [pool])
    else { throw CrowdfundingError(.moneyNotConserved, "a settlement does not add up to what was deposited") }
    selected = tax.selected
    ownerBalances = owners
    stationBalances = stations
    poolAfter = pool
  }

  private static func paid(_ dues: Amount, from deposit: Amount, by who: String) throws -> Amount {
    guard deposit >= dues else {
      throw CrowdfundingError(
        .insufficientDeposit, "\(who) owes \(dues.units) units, but has \(deposit.units)",
        hint: "ask for the deposits that the deposit bound gives")
    }
    return try deposit - dues
  }
}
