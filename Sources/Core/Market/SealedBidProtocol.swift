import Solvers
import Tensor

/// The sealed-bid auction of the ledger as a mechanism: what its steps make of true and of false bids, without the
/// envelopes, which hide bids and change none.
///
/// Buyers bid for quality and for freshness in whole millionths of a token, and what they value is counted so too; a bid
/// above its deposit is discarded; payments are rounded against buyers and receipts against sellers, as `Clearing` does.
/// What sellers ask is sealed too, or posted, or a share of what is bid: as printed, of the bids that are being opened,
/// by which a buyer moves the ask that it pays; in its place of a forecast that is made before.
///
/// Source: PMS-AM section 5.2; specification 9.3 to 9.5 and A14.
public struct SealedBidProtocol: ConcurrentMechanism {
  /// Where asks come from.
  public enum Asks: Equatable, Sendable {
    /// So many sellers seal theirs; what each sells costs it what it truly asks.
    case sealed(sellers: Int)
    /// Computed as a share of everything that is bid: of a forecast of it, or, as printed, of the bids themselves.
    case shares([Double], forecast: Double?)
  }

  public let participants: [Participant]
  public let buyers: Int
  public let asks: Asks
  public let rule: DoubleAuction.Rule
  /// What covers a bid, in tokens; nil for one that covers every bid.
  public let deposit: Double?
  private let sellers: Int

  /// - Parameters:
  ///   - bounds: of a bid for quality, of one for freshness, and of an ask, in tokens, from 0.
  /// - Throws: `MarketError.nobody`; `AmountError` for what is no money.
  public init(
    buyers: Int, asks: Asks, bounds: ClosedRange<Double>, rule: DoubleAuction.Rule, deposit: Double? = nil
  ) throws {
    guard buyers >= 1 else { throw MarketError.nobody(side: "buyers") }
    for bound in [bounds.lowerBound, bounds.upperBound, deposit ?? 0] { _ = try Micro.from(bound) }
    self.buyers = buyers
    self.asks = asks
    self.rule = rule
    self.deposit = deposit
    let bids = ReportSpace([.init("quality", bounds), .init("freshness", bounds)])
    let sellers: [Participant]
    switch asks {
    case .sealed(let count):
      guard count >= 1 else { throw MarketError.nobody(side: "sellers") }
      sellers = Participant.each("seller", count: count, space: .number("ask", bounds))
    case .shares(let shares, let forecast):
      guard !shares.isEmpty else { throw MarketError.nobody(side: "sellers") }
      for share in shares + [forecast ?? 0] { _ = try Micro.from(share) }
      sellers = try shares.enumerated().map { index, share in
        Participant(
          role: "seller", index: index, space: try ReportSpace(types: [[share]], named: ["share"], isPrivate: false))
      }
    }
    self.sellers = sellers.count
    participants = sellers + Participant.each("buyer", count: buyers, space: bids)
  }

  public var name: String {
    switch asks {
    case .sealed: "sealed bids and asks"
    case .shares(_, nil): "sealed bids, asks computed from them as printed"
    case .shares: "sealed bids, asks computed from a forecast"
    }
  }

  // MARK: The steps

  public func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    let bids = try (0..<buyers).map { try bid(of: $0, reports) }
    // Whoever bids more than its deposit covers is discarded before the clearing.
    let taken = bids.indices.filter { index in deposit.map { bids[index] <= $0 } ?? true }
    guard !taken.isEmpty else { return }
    let counted = taken.map { bids[$0] }
    let settled = try rule.cleared(asks: try asked(reports, of: counted), bids: counted)
    for seller in settled.winningSellers {
      if case .sealed = asks { outcome.coefficients[seller, 0] = -1 }
    }
    for (seller, receipt) in settled.sellerReceipts.enumerated() {
      outcome.payments[seller] = -Micro.tokens(try Micro.from(receipt, rounding: .down))
    }
    for winner in settled.winningBuyers {
      let place = sellers + taken[winner]
      (outcome.coefficients[place, 0], outcome.coefficients[place, 1]) = (1, 1)
    }
    for (buyer, payment) in settled.buyerPayments.enumerated() {
      outcome.payments[sellers + taken[buyer]] = Micro.tokens(try Micro.from(payment, rounding: .up))
    }
  }

  private func bid(of buyer: Int, _ profile: Profile) throws -> Double {
    let (quality, freshness) = (profile[sellers + buyer, 0], profile[sellers + buyer, 1])
    return Micro.tokens(try Micro.from(quality) + Micro.from(freshness))
  }

  /// What the sellers ask when these bids count.
  private func asked(_ reports: Profile, of bids: [Double]) throws -> [Double] {
    switch asks {
    case .sealed: try (0..<sellers).map { Micro.tokens(try Micro.from(reports[$0, 0])) }
    case .shares(let shares, let forecast):
      try shares.map { Micro.tokens(try Micro.from($0 * (forecast ?? bids.reduce(0, +)))) }
    }
  }

  /// In whole millionths, like everything that the ledger counts.
  public func utility(of participant: Int, true types: Profile, outcome: MechanismOutcome) throws -> Double {
    var worth = 0.0
    for field in outcome.coefficients.range(of: participant) where outcome.coefficients.values[field] != 0 {
      worth += outcome.coefficients.values[field] * Micro.tokens(try Micro.from(types.values[field]))
    }
    return worth - outcome.payments[participant]
  }

  public func publicFacts(_ reports: Profile, outcome: MechanismOutcome) throws -> [PublicFact] {
    let bids = try (0..<buyers).map { try bid(of: $0, reports) }.filter { bid in deposit.map { bid <= $0 } ?? true }
    let lowest = try asked(reports, of: bids).min() ?? 0
    return [
      PublicFact("discarded", Double(buyers - bids.count)), PublicFact("lowest ask", lowest),
      PublicFact("the auctioneer keeps", outcome.surplus),
    ]
  }
}
