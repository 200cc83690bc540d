import Core

/// A proposal on a ledger, as a script sees it.
enum ProposalResult {
  static func of(_ proposal: CollectiveProposal, _ identifier: Digest, on book: LedgerObject) -> ResultObject {
    let stage = proposal.stage(at: book.now).rawValue
    let count = proposal.count
    let hasStakers = proposal.rule.weighing.chambers != nil
    /// Tokens where stakes are weighed, else as many as there are.
    func weight(_ amount: Amount) -> Double { hasStakers ? amount.tokens : Double(amount.units) }
    func side(_ amount: Amount?) -> LuaValue { .number(weight(amount ?? .zero)) }

    var columns: [TextTable.Column] = [
      .init("member", .text(proposal.electorate.map { book.name(of: $0.address) })),
      .init("weight", .numbers(proposal.electorate.map { weight(proposal.power(of: $0)) })),
      .init("ballot", .text(proposal.ballots.map(word))),
    ]
    var notes = ["stands at '\(stage)'"]
    if hasStakers {
      columns.insert(.init("class", .text(proposal.electorate.map(\.tier.rawValue))), at: 2)
      notes.append("\(proposal.matter.rawValue) proposal; as the ballots are: \(verdict(count))")
    }
    return ResultObject(
      "proposal \(identifier)",
      fields: [
        "stage": .string(stage), "organisation": .string(book.name(of: proposal.collective)),
        "in_favour": side(count?.inFavour), "against": side(count?.against), "abstain": side(count?.abstained),
        "weight": side(count?.total), "deadline": .number(proposal.deadline.seconds),
        "executable_from": .number(proposal.executableFrom.seconds),
        "steps": .strings(proposal.actions.map(\.name)), "kind": .string(proposal.matter.rawValue),
        "reason": .string((count?.reason ?? .noQuorum).rawValue),
        "chamber": .string((count?.chamber ?? .none).rawValue),
      ],
      tables: [TextTable("", columns)], notes: notes)
  }

  private static func verdict(_ count: GovernanceVote?) -> String {
    guard let count else { return "nothing that can be counted" }
    return count.reason.rawValue + (count.chamber == .none ? "" : ", by the \(count.chamber.rawValue) chamber")
  }

  private static func word(_ ballot: CollectiveAction.Ballot?) -> String {
    switch ballot {
    case .inFavour?: "for"
    case .against?: "against"
    case .abstain?: "abstains"
    case nil: "-"
    }
  }
}
