import Tensor

/// An organisation's vote on its members' asks as a mechanism: everybody reports what it thinks of the others' asks, and
/// what the organisation received is divided among those who are approved.
///
/// A member's type is its honest opinion, which no share depends on; what it is after is its share alone. As printed,
/// refusing a colleague never hurts and often pays, and when all do it nobody asks anything. In its place asks that a
/// contract can check against the formula are approved without a vote, and votes count only where there is evidence
/// against somebody: without any, they decide nothing.
///
/// The buyer reports nothing: it is there so that what goes out is held against what came in.
///
/// Source: PMS-AM (34) and section 5.2, 3) c; specification A15.
public struct MemberVoteMechanism: ConcurrentMechanism {
  /// When a vote counts.
  public enum Variant: String, CaseIterable, Sendable {
    /// Always, as printed.
    case paper
    /// Against those only who do not pass the check of their asks.
    case corrected
  }

  public let participants: [Participant]
  public let variant: Variant
  private let asks: [Double]
  private let receipt: Double
  private let evidence: [Bool]
  private var members: Int { asks.count }

  /// - Parameters:
  ///   - benefits: what each member asks, its whole benefit, in money, at least 0; two members to eight.
  ///   - receipt: what the organisation received, in money, at least 0.
  ///   - evidence: against whom there is any; `corrected` only.
  /// - Throws: `EmptyInput`, `NotFinite`, `InvalidParameter`, `ShapeMismatch`.
  public init(benefits: [Double], receipt: Double, variant: Variant = .corrected, evidence: [Bool]? = nil) throws {
    try check(.each(.member, "benefits", benefits, .nonNegative), .scalar("receipt", receipt, .nonNegative))
    try demand((2...8).contains(benefits.count), "a vote is of 2 to 8 members, but there are \(benefits.count)")
    if let evidence, evidence.count != benefits.count {
      throw SolverError(
        .shapeMismatch, "there is evidence on \(evidence.count) members, but there are \(benefits.count)")
    }
    asks = benefits
    self.receipt = receipt
    self.variant = variant
    self.evidence = evidence ?? benefits.map { _ in false }
    let names = benefits.indices.map { "vote on member \($0 + 1)" }
    participants =
      try benefits.indices.map { member in
        Participant(
          role: "member", index: member,
          space: try ReportSpace(types: Self.opinions(of: member, among: benefits.count), named: names))
      } + [
        Participant(
          role: "buyer", index: 0, space: try ReportSpace(types: [[receipt]], named: ["receipt"], isPrivate: false))
      ]
  }

  /// All votes that a member can cast; its own ask it approves, which counts for nothing.
  private static func opinions(of member: Int, among count: Int) -> [[Double]] {
    var opinions: [[Double]] = [[]]
    for other in 0..<count {
      let votes: [Double] = other == member ? [1] : [1, 0]
      opinions = opinions.flatMap { opinion in votes.map { opinion + [$0] } }
    }
    return opinions
  }

  public var name: String {
    variant == .paper ? "members' vote as printed" : "members' vote on evidence"
  }

  public func settle(_ reports: Profile, into outcome: inout MechanismOutcome) throws {
    outcome.coefficients[members, 0] = 1
    outcome.payments[members] = receipt
    let approved = try approved(reports)
    let counted = zip(asks, approved).map { $1 ? $0 : 0 }
    guard counted.contains(where: { $0 > 0 }) else { return }
    let shares = try RevenueShares.proportional(receipt: receipt, asks: counted)
    for member in 0..<members { outcome.payments[member] = -shares[member] }
  }

  private func approved(_ reports: Profile) throws -> [Bool] {
    var votes = Matrix(rows: members, columns: members)
    for voter in 0..<members {
      for member in 0..<members { votes[member, voter] = reports[voter, member] }
    }
    let voted = try MemberVote.held(benefit: Matrix(rows: members, columns: 1, elements: asks), votes: votes).approved
    return variant == .paper ? voted : zip(voted, evidence).map { $0 || !$1 }
  }

  public func publicFacts(_ reports: Profile, outcome: MechanismOutcome) throws -> [PublicFact] {
    [PublicFact("approved", Double(try approved(reports).count { $0 }))]
  }
}
