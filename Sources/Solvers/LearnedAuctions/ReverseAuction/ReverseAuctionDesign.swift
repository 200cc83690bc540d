import Tensor

/// How a learned reverse auction turns its networks' outputs into an allocation and payments, and what it buys.
///
/// Source: TBCIM III, with what it leaves open settled; docs/learned-auctions.md says why.
public struct ReverseAuctionDesign: Equatable, Sendable {
  /// How the allocation network's outputs become chances to win.
  public enum Head: String, CaseIterable, Sendable {
    /// Shares that add to 1, so that somebody always wins, and one alone; as printed.
    case softmax
    /// The same with one output more, for nobody.
    case softmaxDummy = "softmax_dummy"
    /// Each seller's chance by itself: several may win, or none.
    case sigmoid
  }

  /// What a seller is paid, p~ being the payment network's score in (0, 1), z its chance and b its bid.
  public enum Payment: String, CaseIterable, Sendable {
    /// p~ z b, as printed: below the bid, so that every truthful winner loses.
    case literal
    /// (1 + m p~) z b.
    case markup
    /// z (b + p~ (highest bid - b)): never a loss, and every truthful payment can be said in this way.
    case ceiling
  }

  /// Whose gain by misreporting counts as regret.
  public enum Regret: String, CaseIterable, Sendable {
    /// That of the buyer's surplus, as printed; it is 0 when the surplus is constant, whatever the bidders gain.
    case paper
    /// That of the bidder itself, whose cost is its true bid.
    case bidder
  }

  /// What training maximises.
  public enum Objective: String, CaseIterable, Sendable {
    /// The buyer's surplus: utility less payments.
    case buyer
    /// Social welfare: utility less costs.
    case social
  }

  public var sellers: DataSellers
  public var head = Head.sigmoid
  public var payment = Payment.ceiling
  public var utility = AllocationUtility.Mode.multilinear
  public var regret = Regret.bidder
  public var objective = Objective.buyer
  /// The lowest and the highest bid.
  public var lowestBid = 0.0
  public var highestBid = 1.0
  /// m of the markup payment.
  public var markup = 1.0
  /// What the networks see of a bid: (bid - shift) / scale.
  public var inputShift = 0.5
  public var inputScale = 0.5

  public init(sellers: DataSellers) { self.sellers = sellers }

  public var allocationOutputs: Int { sellers.count + (head == .softmaxDummy ? 1 : 0) }

  /// - Throws: `NonFinite`, `NonPositive`, `OutOfRange`, `TooManyBidders`.
  public func check() throws {
    try EdgeError.checkFinite(["lowest bid": lowestBid, "highest bid": highestBid, "input shift": inputShift])
    try EdgeError.checkNonNegative(["lowest bid": lowestBid, "markup": markup])
    guard lowestBid < highestBid else {
      throw EdgeError.outOfRange(
        "highest bid", given: "\(highestBid)", allowed: "above the lowest, which is \(lowestBid)")
    }
    try EdgeError.checkPositive(["input scale": inputScale])
    guard sellers.count <= 64 else { throw EdgeError.tooManyBidders(given: sellers.count, allowed: 64) }
    guard utility != .multilinear || sellers.count <= DataSellers.enumerated else {
      throw EdgeError.tooManyBidders(given: sellers.count, allowed: DataSellers.enumerated)
    }
  }
}
