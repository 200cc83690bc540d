import Tensor

/// A paper whose claims can be tried.
public enum AuditedPaper: String, CaseIterable, Sendable {
  case iisg, pmsam, tbcim

  public var title: String {
    switch self {
    case .iisg: "FL-NFT: the incentive game (IISG)"
    case .pmsam: "PMS-AM: the game with noise, prediction and a double auction"
    case .tbcim: "TBCIM: the two-level market, its auction and its ledger"
    }
  }
}

/// What the floors above know of labels and updates, and the claims about them need.
public struct FederationRules: Sendable {
  /// The EMD of two label distributions.
  public let distance: @Sendable (_ shares: [Double], _ others: [Double]) throws -> Double
  /// Whom algorithm 2 of TBCIM keeps, by the distances: as printed, or as its text wants.
  public let selected: @Sendable (_ distances: [Double], Variant) throws -> [Int]
  /// The mean cosine of an update with those that its member sent before.
  public let similarity: @Sendable (_ update: [Double], _ history: [[Double]]) throws -> Double

  public init(
    distance: @escaping @Sendable ([Double], [Double]) throws -> Double,
    selected: @escaping @Sendable ([Double], Variant) throws -> [Int],
    similarity: @escaping @Sendable ([Double], [[Double]]) throws -> Double
  ) {
    self.distance = distance
    self.selected = selected
    self.similarity = similarity
  }
}

/// Every theorem and closed form of a paper that the code can try, tried now: nothing of a verdict is stored.
///
/// The claims stand in files of their own, by what they are about. Each computes its witness with the solvers that
/// users call; where it searches at random it draws from the seed and its own name.
public struct PaperCheck: Equatable, Sendable {
  /// Claims about one part of the paper.
  public struct Chapter: Equatable, Sendable {
    public let title: String
    public let claims: [PaperClaim]
  }

  public let paper: AuditedPaper
  public let seed: UInt64
  public let chapters: [Chapter]

  public var claims: [PaperClaim] { chapters.flatMap(\.claims) }

  /// - Parameter cancellation: asked between claims and within long ones.
  /// - Throws: `Interrupted`.
  public init(
    _ paper: AuditedPaper, seed: UInt64, rules: FederationRules, cancellation: Cancellation = .never
  ) throws {
    self.paper = paper
    self.seed = seed
    let trial = ClaimTrial(paper: paper, seed: seed, rules: rules, cancellation: cancellation)
    let chapters: [(String, (ClaimTrial) throws -> [PaperClaim])]
    switch paper {
    case .iisg:
      chapters = [
        ("Members", MemberClaims.all), ("Contribution and satisfaction", ContributionClaims.all),
        ("Bids", BidClaims.all), ("Equilibrium", EquilibriumClaims.all),
      ]
    case .pmsam:
      chapters = [
        ("Members", MemberClaims.all), ("Contribution and satisfaction", ContributionClaims.all),
        ("Bids", BidClaims.all), ("Equilibrium", EquilibriumClaims.all), ("Prediction", PredictionClaims.all),
        ("Privacy", PrivacyClaims.all), ("Auction", AuctionClaims.all), ("Organisation", OrganisationClaims.all),
      ]
    case .tbcim:
      chapters = [
        ("Data", DataQualityClaims.all), ("Workers", WorkerClaims.all), ("Edge server", EdgeServerClaims.all),
        ("Truthfulness of the auction", AuctionRegretClaims.all), ("Value of the auction", ProcurementClaims.all),
        ("Training of the auction", AuctionTrainingClaims.all), ("Gas", GasClaims.all), ("Ledger", LedgerClaims.all),
      ]
    }
    self.chapters = try chapters.map { title, claims in
      try cancellation.check()
      return Chapter(title: title, claims: try claims(trial))
    }
  }
}

/// What a claim is tried with.
struct ClaimTrial: Sendable {
  let paper: AuditedPaper
  let seed: UInt64
  let rules: FederationRules
  let cancellation: Cancellation

  /// Where both papers say the same, the equation of the one that is tried.
  func source(_ tokenization: String, _ auction: String) -> String { paper == .pmsam ? auction : tokenization }

  func stream(_ purpose: String) -> RandomStream { RandomStream(seed: seed, purpose: "paper claim: " + purpose) }
}
