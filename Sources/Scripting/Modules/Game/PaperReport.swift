import Solvers

/// The trial of a paper's claims as users see it.
enum PaperReport {
  static func result(_ check: PaperCheck) -> ResultObject {
    let claims = check.claims
    func count(_ verdict: ClaimVerdict) -> Int { claims.count { $0.verdict == verdict } }
    return ResultObject(
      "\(check.paper.title), tried with seed \(check.seed)",
      fields: [
        "paper": .string(check.paper.rawValue), "seed": .integer(Int(clamping: check.seed)),
        "claims": .list(claims.map { .record(record(of: $0)) }),
        "verdicts": .record(Record(claims.map { (name: $0.id, value: .string($0.verdict.rawValue)) })),
        "holds": .integer(count(.holds)), "conditional": .integer(count(.conditional)),
        "fails": .integer(count(.fails)),
      ],
      tables: check.chapters.map(table), rows: rows(of: claims),
      notes: [
        "\(claims.count) claims: \(count(.holds)) hold, \(count(.conditional)) hold under a condition, "
          + "\(count(.fails)) fail; the line under a claim says what is true"
      ])
  }

  // MARK: Printed

  /// Two lines for each claim: what is claimed with its witness, and what is true with the witness of that.
  private static func table(_ chapter: PaperCheck.Chapter) -> TextTable {
    var (ids, verdicts, words, witnesses) = ([String](), [String](), [String](), [String]())
    for claim in chapter.claims {
      ids += [claim.id, ""]
      verdicts += [claim.verdict == .conditional ? "conditional" : claim.verdict.rawValue, ""]
      words += [claim.claim, "  " + claim.truth]
      witnesses += [text(claim.printed), claim.amendment.map { text($0.comparison) } ?? ""]
    }
    return TextTable(
      chapter.title,
      [
        .init("id", .text(ids)), .init("verdict", .text(verdicts)), .init("claim", .text(words)),
        .init("witness", .text(witnesses)),
      ])
  }

  /// Both numbers as they do compare: "utility rounded up: -0.4 < 0 (abstaining)".
  private static func text(_ comparison: Comparison) -> String {
    let (left, right) = (comparison.left, comparison.right)
    return "\(left.name): \(NumberFormat.readable(left.value)) \(comparison.trueSign) "
      + "\(NumberFormat.readable(right.value)) (\(right.name))"
  }

  // MARK: For scripts and files

  private static func record(of claim: PaperClaim) -> Record {
    var fields: Record = [
      "id": .string(claim.id), "source": .string(claim.source), "claim": .string(claim.claim),
      "verdict": .string(claim.verdict.rawValue), "truth": .string(claim.truth),
      "printed": .record(record(of: claim.printed)),
      "figures": .record(Record(claim.figures.map { (name: $0.name, value: .number($0.value)) })),
    ]
    if let amendment = claim.amendment {
      var amended = record(of: amendment.comparison)
      if case .condition = amendment {
        amended["is"] = .string("condition")
      } else {
        amended["is"] = .string("correction")
      }
      fields["amended"] = .record(amended)
    }
    return fields
  }

  private static func record(of comparison: Comparison) -> Record {
    [
      "left": .number(comparison.left.value), "left_name": .string(comparison.left.name),
      "relation": .string(comparison.relation.rawValue), "right": .number(comparison.right.value),
      "right_name": .string(comparison.right.name), "holds": .boolean(comparison.holds),
    ]
  }

  private static func rows(of claims: [PaperClaim]) -> TextTable {
    TextTable(
      "",
      [
        .init("id", .text(claims.map(\.id))), .init("source", .text(claims.map(\.source))),
        .init("claim", .text(claims.map(\.claim))), .init("verdict", .text(claims.map(\.verdict.rawValue))),
        .init("truth", .text(claims.map(\.truth))), .init("left", .numbers(claims.map(\.printed.left.value))),
        .init("relation", .text(claims.map(\.printed.relation.rawValue))),
        .init("right", .numbers(claims.map(\.printed.right.value))),
      ])
  }
}
