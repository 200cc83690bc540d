import Foundation
import Tensor
import Testing

@testable import Solvers

/// The verdicts of the specifications' audits, and that the witnesses show them.
@Suite struct PaperCheckTests {
  /// The two rules, written once more: the claims must not depend on who supplies them.
  private static let labels = LabelRules { shares, others in
    zip(shares, others).reduce(0) { $0 + abs($1.0 - $1.1) }
  } selected: { distances, variant in
    let mean = distances.reduce(0, +) / Double(distances.count)
    return distances.indices.filter {
      variant == .paper ? distances[$0] >= mean - 1e-12 : distances[$0] <= mean + 1e-12
    }
  }

  private func check(_ paper: AuditedPaper, seed: UInt64 = 0) throws -> PaperCheck {
    try PaperCheck(paper, seed: seed, labels: Self.labels)
  }

  private static let game: [String: ClaimVerdict] = [
    "A1": .holds, "A2": .conditional, "A20a": .fails, "A20b": .fails, "A13": .fails, "A6": .fails, "A8": .fails,
    "A9a": .fails, "A9b": .fails, "A10": .fails, "A3": .fails, "A3b": .conditional, "A3c": .fails, "A3e": .fails,
    "A4": .fails, "A7": .fails, "A5": .fails, "A5b": .conditional, "A11": .fails, "A18": .fails,
  ]
  private static let auction: [String: ClaimVerdict] = [
    "A1b": .fails, "A3d": .fails, "A19": .fails, "A16": .fails, "A17": .fails, "A12a": .fails, "A12b": .fails,
    "A12c": .fails, "A12d": .fails, "A12e": .fails, "A12f": .fails, "A14": .fails, "A15": .fails,
  ]
  private static let edge: [String: ClaimVerdict] = [
    "L5": .fails, "L6a": .fails, "L6b": .fails, "L6c": .conditional, "L6d": .conditional, "L7": .fails, "L10": .fails,
    "L0a": .holds, "L0b": .holds, "L1": .fails, "L2b": .fails, "L4": .fails, "L2": .holds, "L2a": .fails,
    "L3": .fails, "L3b": .fails, "L8": .fails, "L9": .fails, "L11": .fails,
  ]
  private static func audit(_ paper: AuditedPaper) -> [String: ClaimVerdict] {
    switch paper {
    case .iisg: game
    case .pmsam: game.merging(auction) { first, _ in first }
    case .tbcim: edge
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
    #expect(throws: Cancelled.self) { try PaperCheck(.tbcim, seed: 0, labels: Self.labels, cancellation: stopped) }
  }
}
