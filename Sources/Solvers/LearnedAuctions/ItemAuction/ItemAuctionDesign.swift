/// An auction of several items to several bidders, whose values are uniform between 0 and 1.
public struct ItemAuctionDesign: Equatable, Sendable {
  /// What a bundle is worth to a bidder.
  public enum Valuation: String, CaseIterable, Sendable {
    /// The sum of its items' values.
    case additive
    /// The largest of its items' values: nobody is given more than one item.
    case unitDemand = "unit_demand"
  }

  public let bidders: Int
  public let items: Int
  public let valuation: Valuation

  /// - Throws: `OutOfRange`.
  public init(bidders: Int, items: Int, valuation: Valuation = .additive) throws {
    for (name, count) in [("number of bidders", bidders), ("number of items", items)]
    where !(1...64).contains(count) {
      throw EdgeError.outOfRange(name, given: "\(count)", allowed: "from 1 to 64")
    }
    self.bidders = bidders
    self.items = items
    self.valuation = valuation
  }

  /// Scores of every item's bidders and of nobody; with unit demand also of every bidder's items and of none.
  public var allocationOutputs: Int {
    (bidders + 1) * items + (valuation == .unitDemand ? bidders * (items + 1) : 0)
  }

  /// What selling each item by itself earns with the best reserve, 1/2; a bound from below for additive bidders.
  ///
  /// One item earns the mean of max(2 v - 1, 0), v being the largest of n values (Myerson 1981).
  public var itemWiseRevenue: Double {
    let count = Double(bidders)
    let half = 1 / Double(sign: .plus, exponent: bidders, significand: 1)
    return Double(items) * (2 * count / (count + 1) * (1 - half / 2) - (1 - half))
  }

  /// What the second price of each item earns.
  public var vickreyRevenue: Double { Double(items) * Double(bidders - 1) / Double(bidders + 1) }
}
