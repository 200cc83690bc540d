import Tensor
import Testing

@testable import Solvers

/// When several things are wrong, the kind reported does not depend on which argument comes first.
@Suite struct ErrorOrderTests {
  private func kind(_ body: () throws -> some Any) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return (error as? any Diagnosable)?.kind
    }
  }

  @Test func kindsStandInOrder() {
    // The last argument is empty, an earlier one is not finite, the first is out of its domain.
    #expect(
      kind {
        try IncentiveModel.qualityContribution(scale: -1, lossOffset: .nan, dataSizes: [1], losses: [])
      } == "EmptyInput")
    #expect(
      kind {
        try IncentiveModel.qualityContribution(scale: -1, lossOffset: .nan, dataSizes: [1], losses: [1, 2])
      } == "ShapeMismatch")
    #expect(
      kind {
        try IncentiveModel.qualityContribution(scale: -1, lossOffset: 2, dataSizes: [1], losses: [.infinity])
      } == "NotFinite")
    #expect(
      kind { try IncentiveModel.qualityContribution(scale: -1, lossOffset: 2, dataSizes: [0], losses: [1]) }
        == "InvalidParameter")
  }

  @Test func specificKindsComeLast() {
    #expect(kind { try BidContest.bestBid(competitors: [0], load: [-1], value: [1]) } == "InvalidParameter")
    #expect(kind { try BidContest.bestBid(competitors: [0], load: [1], value: [1]) } == "NoCompetition")
    #expect(
      kind { try BidContest.bestBid(totals: [0, 1], probabilities: [0.5, 0.4], load: 0, value: 1) } == "NoCompetition")
    #expect(
      kind { try BidContest.bestBid(totals: [2, 1], probabilities: [1.5, -0.5], load: 0, value: 1) } == "NotStochastic")
    #expect(
      kind { try MemberVote.held(benefit: Matrix(rows: 2, columns: 1), votes: Matrix(rows: 2, columns: 3)) }
        == "ShapeMismatch")
  }

  @Test func messagesNameTheQuantityAndThePlace() throws {
    let error = try #require(throws: SolverError.self) {
      try IncentiveModel.freshnessContribution(ages: [1, -2])
    }
    #expect(error.message == "the ages, entry 2, must be greater than 0, but is -2.0")
    let mismatch = try #require(throws: SolverError.self) {
      try IncentiveModel.totalCost(
        computationCost: [1, 2], iterations: [1], privacyCost: [1, 1], privacyBudgets: [1, 1])
    }
    #expect(mismatch.message == "the local iterations cover 1 member, but the unit computation costs cover 2")
  }

  /// Numbers too large for `Int` are refused, not trapped on.
  @Test func hugeIterationsAreRefused() {
    #expect(kind { try IncentiveModel.flooredIterations([1e300]) } == "InvalidParameter")
    #expect(kind { try IncentiveModel.flooredIterations([0x1p53]) } == nil)
  }
}
