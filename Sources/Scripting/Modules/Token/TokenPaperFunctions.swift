import Core
import Solvers

/// `token.check_paper`: what Network3 says of its economy, tried now.
enum TokenPaperFunctions {
  static var all: [Function] { [checkPaper] }

  private static var checkPaper: Function {
    Function(
      Signature(
        "token.check_paper",
        "Tries what Network3 says of its economy: the claim, the numbers that show it, the remedy.",
        result: """
          a result with claims (each with id, source, claim, truth, holds, printed and corrected, which have left, \
          relation, right and holds), verdicts (by id: "holds" or "fails"), holds and fails (counts)
          """, source: "Network3 sections 3 to 5; docs/theory/network3-economy.md",
        example: "token.check_paper().verdicts.B1")
    ) { _ in
      let claims = try EconomyPaperCheck.claims()
      let failed = claims.count { !$0.holds }
      return .object(
        ResultObject(
          "the economy of Network3, tried",
          fields: [
            "claims": .list(claims.map { .record(record(of: $0)) }),
            "verdicts": .record(Record(claims.map { (name: $0.id, value: .string($0.holds ? "holds" : "fails")) })),
            "holds": .integer(claims.count - failed), "fails": .integer(failed),
          ], tables: [table(claims)], rows: rows(claims),
          notes: ["\(claims.count) claims, \(failed) fail; the line under a claim says what is true or done instead"]))
    }
  }

  private static func table(_ claims: [EconomyClaim]) -> TextTable {
    TextTable(
      "",
      [
        .init("id", .text(claims.flatMap { [$0.id, ""] })),
        .init("verdict", .text(claims.flatMap { [$0.holds ? "holds" : "fails", ""] })),
        .init("claim", .text(claims.flatMap { [$0.claim, "  " + $0.truth] })),
        .init("witness", .text(claims.flatMap { [words($0.printed), words($0.corrected)] })),
      ])
  }

  private static func words(_ comparison: Comparison) -> String {
    let (left, right) = (comparison.left, comparison.right)
    return "\(left.name): \(NumberFormat.readable(left.value)) \(comparison.trueSign) "
      + "\(NumberFormat.readable(right.value)) (\(right.name))"
  }

  private static func record(of claim: EconomyClaim) -> Record {
    [
      "id": .string(claim.id), "source": .string(claim.source), "claim": .string(claim.claim),
      "truth": .string(claim.truth), "holds": .boolean(claim.holds), "printed": .record(record(of: claim.printed)),
      "corrected": .record(record(of: claim.corrected)),
    ]
  }

  private static func record(of comparison: Comparison) -> Record {
    [
      "left": .number(comparison.left.value), "left_name": .string(comparison.left.name),
      "relation": .string(comparison.relation.rawValue), "right": .number(comparison.right.value),
      "right_name": .string(comparison.right.name), "holds": .boolean(comparison.holds),
    ]
  }

  private static func rows(_ claims: [EconomyClaim]) -> TextTable {
    TextTable(
      "",
      [
        .init("id", .text(claims.map(\.id))), .init("source", .text(claims.map(\.source))),
        .init("claim", .text(claims.map(\.claim))),
        .init("verdict", .text(claims.map { $0.holds ? "holds" : "fails" })),
        .init("printed_left", .numbers(claims.map(\.printed.left.value))),
        .init("printed_right", .numbers(claims.map(\.printed.right.value))),
        .init("corrected_left", .numbers(claims.map(\.corrected.left.value))),
        .init("corrected_right", .numbers(claims.map(\.corrected.right.value))),
      ])
  }
}
