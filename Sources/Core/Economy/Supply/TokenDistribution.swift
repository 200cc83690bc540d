/// Who receives the tokens of genesis.
///
/// Source: Network3 section 3.4, a table that sums to 100 %. The supply itself is not stated there.
public struct TokenDistribution: Sendable, Equatable {
  /// The nine lines of the table, in its order.
  public enum Line: String, CaseIterable, Sendable {
    case seedSale = "seed_sale"
    case privateSale = "private_sale"
    case publicSale = "public_sale"
    case mining
    case computingPower = "computing_power"
    case airdrop
    case liquidity
    case ecosystem = "ecosystem_dev"
    case team

    public var percent: Int {
      switch self {
      case .seedSale, .liquidity: 3
      case .privateSale, .airdrop, .ecosystem: 2
      case .publicSale: 1
      case .mining: 40
      case .computingPower: 35
      case .team: 12
      }
    }
  }

  /// In the order of `Line.allCases`.
  public let amounts: [Amount]

  public static let defaultSupply = Amount(tokens: 1_000_000_000)
  public static let percentSum = Line.allCases.map(\.percent).reduce(0, +)

  /// Splits a supply by the table, to the last unit, by largest remainder.
  ///
  /// - Throws: `EconomyError.notConserved`, never seen.
  public init(supply: Amount = defaultSupply) throws {
    amounts = try supply.split(weights: Line.allCases.map { UInt128($0.percent) })
    try Conservation.check("genesis", [supply], equal: amounts)
  }

  public subscript(line: Line) -> Amount {
    Line.allCases.firstIndex(of: line).map { amounts[$0] } ?? .zero
  }
}
