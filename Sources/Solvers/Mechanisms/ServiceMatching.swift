import Tensor

/// Sellers and buyers who want the same service.
public struct ServiceGroup: Equatable, Sendable {
  public let key: String
  /// Indices, ascending.
  public let sellers: [Int]
  /// Indices, ascending.
  public let buyers: [Int]

  /// The groups that have at least one seller and one buyer, by key.
  ///
  /// - Throws: `EmptyInput` when there are no sellers or no buyers.
  ///
  /// Source: PMS-AM 5.2, 2), which names no algorithm; equality of keys is ours.
  public static func matched(sellerKeys: [String], buyerKeys: [String]) throws -> [ServiceGroup] {
    for (name, keys) in [("sellers", sellerKeys), ("buyers", buyerKeys)] where keys.isEmpty {
      throw SolverError(.emptyInput, "the service keys of the \(name) must have at least one entry, but none was given")
    }
    let sellers = Dictionary(grouping: sellerKeys.indices) { sellerKeys[$0] }
    let buyers = Dictionary(grouping: buyerKeys.indices) { buyerKeys[$0] }
    return Set(sellerKeys).intersection(buyerKeys).sorted().map {
      ServiceGroup(key: $0, sellers: sellers[$0] ?? [], buyers: buyers[$0] ?? [])
    }
  }
}
