import Foundation
import Tensor
import Testing

@testable import Solvers

/// The verdicts of the specifications' audits, and that the witnesses show them.
@Suite struct PaperCheckTests {
  /// The rules of other floors, written once more: the claims must not depend on who supplies them.
  private static let rules = FederationRules { shares, others in
    zip(shares, others).reduce(0) { $0 + abs($1.0 - $1.1) }
  } selected: { distances, variant in
    let mean = distances.reduce(0, +) / Double(distances.count)
    return distances.indices.filter {
      variant == .paper ? distances[$0] >= mean - 1e-12 : distances[$0] <= mean + 1e-12
    }
  } similarity: { update, history in
    func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let cosines = history.map { product(update, $0) / (product(update, update) * product($0, $0)).squareRoot() }
    return cosines.reduce(0, +) / Double(cosines.count)
  }

  private func check(_ paper: AuditedPaper, seed: UInt64 = 0) throws -> PaperCheck {
    try PaperCheck(paper, seed: seed, rules: Self.rules)
  }

  private static let game: [String: ClaimVerdict] = [
    "A1": .holds, "A2": .conditional, "A20a": .fails, "A20b": .fails, "A13": .fails, "A6": .fails, "A8": .fails,
    "A9a": .fails, "A9b": .fails, "A10": .fails, "A3": .fails, "A3b": .conditional, "A3c": .fails, "A3e": .fails,
    "A4": .fails, "A7": .fails, "A5": .fails, "A5b": .conditional, "A11": .fails, "A18": .fails,
  ]
  private static let auction: [String: ClaimVerdict] = [
    "A1b": .fails, "A3d": .fails, "A19": .fails, "A16": .fails, "A17": .fails, "A12a": .fails, "A12b": .fails,
    "A12c": .fails, "A12d": .fails, "A12e": .fails, "A12f": .fails, "A14": .fails, "A15": .fails, "H31": .fails,
    "H32": .fails, "H33": .fails, "A20c": .fails, "A20d": .fails,
  ]
  private static let edge: [String: ClaimVerdict] = [
    "L5": .fails, "L6a": .fails, "L6b": .fails, "L6c": .conditional, "L6d": .conditional, "L7": .fails, "L10": .fails,
    "L0a": .holds, "L0b": .holds, "L1": .fails, "L2b": .fails, "L4": .fails, "L2": .holds, "L2a": .fails,
    "L3": .fails, "L3b": .fails, "L8": .fails, "L9": .fails, "L11": .fails, "L11b": .fails,
  ]
  private static let reverseAuction: [String: ClaimVerdict] = [
    "T1": .fails, "T1b": .fails, "T2": .fails, "T2b": .fails, "T3": .fails, "T4": .fails, "T5": .fails, "T5b": .fails,
    "T5c": .fails, "T6": .fails, "T6b": .fails, "T7a": .fails, "T7b": .fails, "T7c": .fails, "T7d": .fails,
    "T8": .fails, "T8b": .fails, "T9": .holds, "T9b": .fails, "T9c": .holds, "T10": .fails, "T10b": .fails,
    "T10c": .fails, "T10d": .fails, "B1": .fails, "B1b": .fails, "B2": .fails, "B2b": .fails, "B3": .conditional,
  ]
  private static func audit(_ paper: AuditedPaper) -> [String: ClaimVerdict] {
    switch paper {
    case .iisg: game
    case .pmsam: game.merging(auction) { first, _ in first }
    case .tbcim: edge.merging(reverseAuction) { first, _ in first }
    }
  }

  /// For any seed every claim gets the audit's verdict.
  @Test(arguments: AuditedPaper.allCases, [0, 1, 20_261_121] as [UInt64])
  func verdictsAreThoseOfTheAudit(paper: AuditedPaper, seed: UInt64) throws {
    let check = try check(paper, seed: seed)
    let found = Dictionary(uniqueKeysWithValues: check.claims.map { ($0.id, $0.verdict) })
    let wanted = Self.audit(paper)
    for (id, verdict) in wanted { #expect(found[id] == verdict, "\(id): \(String(describing: found[id]))") }
    #expect(Set(found.keys) == Set(wanted.keys))
  }

  /// What is said to be true instead is shown as well, by numbers of its own.
  @Test(arguments: AuditedPaper.allCases)
  func amendmentsHold(paper: AuditedPaper) throws {
    for claim in try check(paper).claims {
      if let amendment = claim.amendment { #expect(amendment.comparison.holds, "\(claim.id)") }
      for figure in claim.figures + [claim.printed.left, claim.printed.right] {
        #expect(figure.value.isFinite, "\(claim.id): \(figure.name)")
      }
      #expect(!claim.claim.isEmpty && !claim.truth.isEmpty && !claim.source.isEmpty)
    }
  }

  /// Same seed, same numbers; another seed draws others.
  @Test func numbersComeFromTheSeed() throws {
    #expect(try check(.pmsam, seed: 4) == check(.pmsam, seed: 4))
    func drawn(_ seed: UInt64) throws -> Double? {
      try check(.tbcim, seed: seed).claims.first { $0.id == "L3" }?.figures.first?.value
    }
    #expect(try drawn(1) != drawn(2))
  }

  /// The audit's own numbers, where it prints them.
  @Test func witnessesAreTheAuditsNumbers() throws {
    func claim(_ paper: AuditedPaper, _ id: String) throws -> PaperClaim {
      try #require(try check(paper).claims.first { $0.id == id })
    }
    func close(_ value: Double, _ wanted: Double, _ tolerance: Double) -> Bool { abs(value - wanted) <= tolerance }
    #expect(close(try claim(.iisg, "A2").printed.left.value, -81.4, 0.06))
    #expect(close(try claim(.iisg, "A20a").printed.left.value, -0.4, 1e-9))
    #expect(close(try claim(.iisg, "A13").printed.left.value, 89.4, 0.05))
    let best = try claim(.iisg, "A3b")
    #expect(close(best.printed.left.value, 0.0287, 1e-4) && close(best.printed.right.value, 3.295, 1e-3))
    let own = try claim(.iisg, "A4")
    #expect(close(own.printed.left.value, 0.308, 1e-3) && close(own.printed.right.value, 0.654, 1e-3))
    #expect(close(try claim(.iisg, "A8").figures[0].value, 217_391, 1))
    #expect(close(try claim(.iisg, "A11").printed.left.value, -0.094, 1e-3))
    #expect(close(try claim(.pmsam, "A19").printed.left.value, 0.1577, 1e-4))
    // The norm of 50,890 Laplace deviates: 9.97 / epsilon, its relative standard error below 0.5 %.
    let noise = try claim(.pmsam, "A16")
    #expect(close(noise.figures[0].value, 9.97, 0.2) && close(noise.printed.left.value, 1.2, 0.02))
    #expect(close(noise.printed.right.value, 0.55, 0.02))
    #expect(try claim(.pmsam, "A12a").printed.left.value == -7)
    #expect(close(try claim(.pmsam, "A12a").figures[0].value, 0.14, 0.03))
    #expect(try claim(.pmsam, "A12b").printed.left.value == 2)
    #expect(try claim(.pmsam, "A12c").printed.left.value == 4)
    #expect(try claim(.pmsam, "A12e").printed.left.value == -5)
    #expect(try claim(.pmsam, "A15").printed.left.value == 15)
    #expect(close(try claim(.tbcim, "L6a").figures[0].value, 0.98324, 1e-5))
    #expect(close(try claim(.tbcim, "L6b").printed.left.value, 2.7e-6, 1e-7))
    let rising = try claim(.tbcim, "L6c").printed
    #expect(close(rising.left.value - rising.right.value, 0.018, 1e-3))
    #expect(close(try claim(.tbcim, "L7").printed.left.value, 0.0162, 1e-4))
    #expect(close(try claim(.tbcim, "L9").printed.left.value, 26.7, 0.05))
    let union = try claim(.tbcim, "L10").printed
    #expect(union.left.value == 1 && union.right.value == 0)
    #expect(close(try claim(.tbcim, "L3b").printed.left.value, 0.5, 1e-12))
    #expect(close(try claim(.tbcim, "L3b").figures[0].value, 2, 1e-9))
  }

  /// The same for the upper level. Means are over 200 profiles where the audit has 10,000, so that they may differ by
  /// several hundredths.
  @Test func witnessesOfTheAuctionAreTheAuditsNumbers() throws {
    let check = try check(.tbcim)
    func claim(_ id: String) throws -> PaperClaim { try #require(check.claims.first { $0.id == id }) }
    func close(_ value: Double, _ wanted: Double, _ tolerance: Double) -> Bool { abs(value - wanted) <= tolerance }
    func figure(_ id: String, _ name: String) throws -> Double {
      try #require(try claim(id).figures.first { $0.name == name }).value
    }
    // Of the audit's three sellers: (.015 + .034 + .057) / 3 and (.239 + .224 + .192) / 3.
    #expect(close(try claim("T1").printed.left.value, 0.035, 0.015))
    #expect(close(try figure("T1", "mean rgt of Myerson's auction"), 0.218, 0.05))
    #expect(close(try claim("T1b").printed.left.value, 0.7247, 1e-4))
    #expect(close(try claim("T1b").printed.right.value, 1.107, 0.15))
    #expect(try figure("T2", "share of profiles with a loss") == 1)
    #expect(close(try figure("T3", "U so solved"), 2.6806, 1e-3))
    #expect(close(try figure("T3", "U with softmax"), 1.6303, 1e-3))
    #expect(try figure("T3", "its rgt") < 1e-6 && figure("T3", "its bidders' regret") < 1e-6)
    #expect(close(try claim("T5").printed.left.value, 0.804, 0.12))
    #expect(close(try claim("T5").printed.right.value, 1.45, 0.15))
    #expect(close(try claim("T5b").printed.left.value, 1.9, 0.2))
    #expect(close(try claim("T5c").printed.left.value, 0.1798, 1e-4))
    #expect(close(try claim("T5c").printed.right.value, 0.1717, 1e-4))
    #expect(close(try claim("T7a").printed.left.value, 1.78, 0.01))
    #expect(close(try claim("T10c").printed.left.value, 0.0725, 1e-4))
    #expect(close(try claim("T10c").printed.right.value, 0.0937, 1e-4))
    #expect(close(try claim("T10d").printed.left.value, 0.145, 0.04))
    // Of 20,000 draws: three standard errors are 0.015.
    #expect(close(try claim("B1").printed.left.value, 0.6333, 1e-4))
    #expect(close(try figure("B1", "drawn 20,000 times"), 0.6333, 0.015))
    #expect(close(try claim("B1b").printed.left.value, 0.9, 1e-12))
    // The cosines of a thousand numbers have a standard error of 0.03, their mean less.
    #expect(close(try claim("B2").printed.left.value, 0.3, 0.06))
    #expect(try claim("B3").printed.left.value == claim("B2").printed.left.value)
    #expect(try close(figure("B3", "scaled by 1e6"), figure("B3", "honest"), 1e-9))
  }

  /// A verdict follows from numbers alone.
  @Test func verdictsFollowFromComparisons() {
    func claim(_ printed: Double, _ amendment: PaperClaim.Amendment?) -> ClaimVerdict {
      PaperClaim(
        "x", "", "", printed: Comparison(Figure("", printed), .atLeast, Figure("", 0)), truth: "", amendment: amendment
      ).verdict
    }
    let met = Comparison(Figure("", 1), .above, Figure("", 0))
    let unmet = Comparison(Figure("", 1), .below, Figure("", 0))
    #expect(claim(1, nil) == .holds && claim(1, .condition(unmet)) == .holds)
    #expect(claim(-1, .condition(met)) == .conditional && claim(-1, .condition(unmet)) == .fails)
    #expect(claim(-1, .correction(met)) == .fails && claim(-1, nil) == .fails)
    #expect(claim(.nan, nil) == .fails)
  }

  @Test func aTrialCanBeStopped() {
    let stopped = Cancellation { true }
    #expect(throws: Cancelled.self) { try PaperCheck(.tbcim, seed: 0, rules: Self.rules, cancellation: stopped) }
  }
}
