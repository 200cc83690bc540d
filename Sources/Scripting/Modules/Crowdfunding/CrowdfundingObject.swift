import Core
import Solvers

/// A round of crowdfunding that scripts hold.
final class CrowdfundingObject: ScriptObject {
  static let typeName = "crowdfunding"
  private var round: CrowdfundingRound
  /// The clock when nobody says what time it is.
  private var now = 0
  /// Where the money lies, for a round on a ledger.
  private var custody: CrowdfundingCustody?
  private let book: LedgerObject?

  init(_ round: CrowdfundingRound) { (self.round, book) = (round, nil) }

  init(_ round: CrowdfundingRound, custody: CrowdfundingCustody, on book: LedgerObject) {
    (self.round, self.custody, self.book) = (round, custody, book)
  }

  /// Time passes even for who is refused; what else happens, happens in the round and on the ledger or in neither.
  private func perform(_ operation: CrowdfundingOperation, at time: Int) throws {
    // Named as everywhere, with the nearest account; the ledger would speak of addresses.
    if let book, case .register(let who, _, _) = operation { _ = try book.address(of: who) }
    defer { now = max(now, round.now) }
    try follow { try $0.advance(to: time) }
    try follow { try $0.perform(operation, at: time) }
  }

  private func follow(_ change: (inout CrowdfundingRound) throws -> Void) throws {
    var next = round
    try change(&next)
    if let book { try custody?.follow(from: round, to: next, on: book.ledger, at: book.now) }
    round = next
  }

  static var type: ObjectType {
    ObjectType(
      CrowdfundingObject.self, "a round in which owners and stations decide, train and settle",
      methods: [
        register, propose, commit, reveal, deliver, update, report, vote, withdraw, advance, depositRequired,
        participants,
      ],
      fields: [
        TypedField("name", "of the round") { .string($0.round.terms.name) },
        TypedField("stage", "OPEN, COMMIT, REVEAL, DELIVER, TRAIN, ASSESS, SETTLED, ABORTED, FAILED_...") {
          .string($0.round.stage.rawValue)
        },
        TypedField("time", "of the last operation") { .integer($0.now) },
        TypedField("deadline", "when the stage ends, nil at the end") { .optional($0.round.deadline.map(Double.init)) },
        TypedField("pool", "taxes, fees and lost bonds, in smallest units") { CrowdfundingOption.units($0.round.pool) },
        TypedField("account", "where the money lies on the ledger, nil for a round in its own books alone") {
          $0.custody.map { .string($0.account.text) } ?? .none
        },
        TypedField("collected", "what the collector got of the pool, for a round on a ledger") { object in
          object.custody.map { CrowdfundingOption.units($0.collected) } ?? .none
        },
        TypedField("selected", "the proposal that is trained, nil for none") {
          .position($0.round.decision?.selected ?? nil)
        },
        TypedField("winner", "who proposed it") { object in
          object.round.winner.map { .string(object.round.participants[$0].name) } ?? .none
        },
        TypedField("total_payment", "what the owners pay the stations in all") { object in
          object.round.decision.map { CrowdfundingOption.units($0.totalPayment) } ?? .none
        },
        TypedField("balances", "by name: what is left to withdraw") { $0.byName { $0.balance } },
        TypedField("withdrawn", "by name: what was withdrawn, of those who did") { object in
          object.byName(where: { !$0.withdrawn.isZero }) { $0.withdrawn }
        },
        TypedField("taxes", "by name, once decided") { object in object.decided { $0.taxes } },
        TypedField("shares", "by name: what owners pay and stations receive, once decided") { object in
          object.decided { $0.shares }
        },
        TypedField("proposers", "who proposed each model") { object in
          .strings(object.round.proposals.map { object.round.participants[$0.owner].name })
        },
        TypedField("penalty", "what the winner lost of its bond, once settled") { object in
          object.round.assessment.map { .wholeAmount($0.penalty) } ?? .none
        },
        TypedField("punished", "whether the owners punished the winner, once settled") { object in
          object.round.assessment.map { .boolean($0.isPunished) } ?? .none
        },
      ],
      describe: { $0.text })
  }

  // MARK: What it is

  private func byName(
    where isShown: (CrowdfundingRound.Participant) -> Bool = { _ in true },
    _ amount: (CrowdfundingRound.Participant) -> Amount
  ) -> LuaValue {
    .record(
      Record(
        round.participants.filter(isShown).map { (name: $0.name, value: CrowdfundingOption.units(amount($0))) }))
  }

  private func decided(_ amounts: (CrowdfundingRound.Decision) -> [Amount]) -> LuaValue {
    guard let decision = round.decision else { return .none }
    return .record(
      Record(
        zip(round.participants, amounts(decision)).map { (name: $0.name, value: CrowdfundingOption.units($1)) }))
  }

  private var table: TextTable {
    TextTable(
      "",
      [
        .init("participant", .text(round.participants.map(\.name))),
        .init("side", .text(round.participants.map(\.side.rawValue))),
        .init("deposit", .text(round.participants.map { String($0.deposit.units) })),
        .init("balance", .text(round.participants.map { String($0.balance.units) })),
        .init("withdrawn", .text(round.participants.map { String($0.withdrawn.units) })),
        .init("", .text(round.participants.map { $0.hasLeft ? "left" : "" })),
      ])
  }

  private var text: String {
    let head = "crowdfunding '\(round.terms.name)', \(round.stage.rawValue), pool \(round.pool.units)"
    let model = round.winner.map { "\n  trained for \(round.participants[$0].name)" } ?? ""
    return head + (round.participants.isEmpty ? "" : "\n" + table.text()) + model
  }

  // MARK: What can be done

  private static let time = Parameter<Int>.integer("time", "when, not before the last operation", unit: "s")
    .optional("the time of the last operation")
  private static let who = Parameter<String>.string("who", "a participant's name")

  private static func operation(
    _ name: String, _ summary: String, _ parameters: [any AnyParameter], errors: [String], example: String,
    _ body: @escaping (Arguments) throws -> CrowdfundingOperation
  ) -> Function {
    .method(
      Signature(
        "crowdfunding:\(name)", summary, parameters + [time], result: "the stage of the round",
        errors: ["WrongState", "InvalidTime", "MoneyNotConserved"] + LedgerParameters.writing + errors,
        source: "specification 3.8", example: example)
    ) { (object: CrowdfundingObject, arguments) in
      let time = arguments[time] ?? object.now
      let operation = try body(arguments)
      try object.perform(operation, at: time)
      return .string(object.round.stage.rawValue)
    }
  }

  private static var register: Function {
    let deposit = Parameter.wholeAmount("deposit", "what is paid in; it must cover the bond")
    return operation(
      "register", "Takes part, as an owner of models or as a station.", [who, CrowdfundingFunctions.side, deposit],
      errors: ["AlreadyRegistered", "InsufficientDeposit", "NegativeAmount", "AmountOverflow"],
      example: "round:register{ who = \"o1\", side = \"owner\", deposit = 1000, time = 1 }"
    ) { arguments in
      .register(
        arguments[who], arguments[CrowdfundingFunctions.side],
        deposit: try CrowdfundingOption.amount(arguments[deposit], "deposit"))
    }
  }

  private static var propose: Function {
    let accuracy = Parameter<Int>.integer("accuracy_ppm", "the promise", unit: "parts per million")
    let low = Parameter.wholeAmount("low", "the least that the model costs in all")
    let high = Parameter.wholeAmount("high", "the most")
    return operation(
      "propose", "Proposes a model with the accuracy that it will reach.", [who, accuracy, low, high],
      errors: [
        "NotAuthorized", "DuplicateProposal", "InvalidAccuracy", "EmptyInterval", "NegativeAmount", "AmountOverflow",
      ],
      example: """
        round:register{ who = "o2", side = "owner", deposit = 1000, time = 1 }
        round:register{ who = "b1", side = "station", deposit = 400, time = 1 }
        round:propose{ who = "o1", accuracy_ppm = 900000, low = 60, high = 120, time = 2 }
        """
    ) { arguments in
      .propose(
        arguments[who], accuracy: arguments[accuracy], low: try CrowdfundingOption.amount(arguments[low], "low"),
        high: try CrowdfundingOption.amount(arguments[high], "high"))
    }
  }

  private static let claims = Parameter.wholeAmounts(
    "claims", "bids of an owner or claims of a station, in order of proposals")

  private static var commit: Function {
    let digest = Parameter<String>.string("digest", "what ledger.claim_digest gives; nothing else can be revealed")
    return operation(
      "commit", "Commits to claims that nobody can read.", [who, digest],
      errors: ["NotAuthorized", "DuplicateCommit"],
      example: """
        for name, claim in pairs{ o1 = 80, o2 = 30, b1 = 20 } do
          round:commit{ who = name, time = 12,
            digest = ledger.claim_digest{ round = "spring", who = name, salt = name, claims = { claim } } }
        end
        """
    ) { arguments in
      .commit(arguments[who], arguments[digest])
    }
  }

  private static var reveal: Function {
    let salt = Parameter<String>.string("salt", "the text that went into the commitment")
    return operation(
      "reveal", "Shows the claims that were committed to.", [who, salt, claims],
      errors: [
        "NotAuthorized", "DuplicateReveal", "BadReveal", "DimensionMismatch", "InsufficientDeposit", "NegativeAmount",
        "AmountOverflow",
      ],
      example: """
        for name, claim in pairs{ o1 = 80, o2 = 30, b1 = 20 } do
          round:reveal{ who = name, salt = name, claims = { claim }, time = 22 }
        end
        """
    ) { arguments in
      .reveal(
        arguments[who], salt: arguments[salt], claims: try CrowdfundingOption.amounts(arguments[claims], "claims"))
    }
  }

  private static var deliver: Function {
    operation(
      "deliver", "The winner hands its model to the stations.", [who], errors: ["NotAuthorized"],
      example: "round:deliver{ who = \"o1\", time = 31 }"
    ) { .deliver($0[who]) }
  }

  private static var update: Function {
    operation(
      "update", "A station hands in what it trained.", [who], errors: ["NotAuthorized", "DuplicateUpdate"],
      example: "round:update{ who = \"b1\", time = 41 }"
    ) { .update($0[who]) }
  }

  private static var report: Function {
    let accuracy = Parameter<Int>.integer("accuracy_ppm", "what was measured", unit: "parts per million")
    return operation(
      "report", "The winner says what accuracy was measured.", [who, accuracy],
      errors: ["NotAuthorized", "DuplicateReport", "InvalidAccuracy"],
      example: "round:report{ who = \"o1\", accuracy_ppm = 880000, time = 51 }"
    ) { arguments in .report(arguments[who], accuracy: arguments[accuracy]) }
  }

  private static var vote: Function {
    let punish = Parameter<Bool>.boolean("punish", "whether the winner should lose of its bond")
    return operation(
      "vote", "Another owner votes on the winner's promise.", [who, punish],
      errors: ["NotAuthorized", "DuplicateVote"],
      example: "round:vote{ who = \"o2\", punish = true, time = 52 }"
    ) { arguments in .vote(arguments[who], punish: arguments[punish]) }
  }

  private static var withdraw: Function {
    operation(
      "withdraw", "Takes out what is left, once the round is over.", [who],
      errors: ["NotAuthorized", "NothingToWithdraw"], example: "round:withdraw{ who = \"o2\", time = 60 }"
    ) { .withdraw($0[who]) }
  }

  private static var advance: Function {
    operation(
      "advance", "Lets time pass: every deadline up to it takes its effect.", [], errors: [],
      example: "round:advance{ time = 60 }"
    ) { _ in .poke }
  }

  private static var depositRequired: Function {
    .method(
      Signature(
        "crowdfunding:deposit_required", "What a participant must have deposited for its claims to be heard.",
        [CrowdfundingFunctions.side, claims], result: "a whole amount",
        errors: ["DimensionMismatch", "NegativeAmount", "AmountOverflow"], source: "specification 3.5",
        example: "round:deposit_required{ side = \"owner\", claims = { 80 } }")
    ) { (object: CrowdfundingObject, arguments) in
      CrowdfundingOption.units(
        try object.round.depositRequired(
          of: arguments[CrowdfundingFunctions.side], for: CrowdfundingOption.amounts(arguments[claims], "claims")))
    }
  }

  private static var participants: Function {
    .method(
      Signature(
        "crowdfunding:participants", "Everybody's deposit, balance and withdrawals.",
        result: "a result with name, side, deposit, balance, withdrawn and left", example: "print(round:participants())"
      )
    ) { (object: CrowdfundingObject, _) in
      let participants = object.round.participants
      return .object(
        ResultObject(
          "participants of '\(object.round.terms.name)'",
          fields: [
            "name": .strings(participants.map(\.name)), "side": .strings(participants.map(\.side.rawValue)),
            "deposit": CrowdfundingOption.units(participants.map(\.deposit)),
            "balance": CrowdfundingOption.units(participants.map(\.balance)),
            "withdrawn": CrowdfundingOption.units(participants.map(\.withdrawn)),
            "left": .booleans(participants.map(\.hasLeft)),
          ], tables: [object.table]))
    }
  }
}
