import Core
import Solvers
import Tensor

/// The organisation that mints and sells a model on a ledger.
final class DAOObject: ScriptObject {
  static let typeName = "dao"
  let dao: ModelDAO
  let book: LedgerObject
  /// The last count of votes, which shares follow.
  private(set) var tally: AskTally?

  init(_ dao: ModelDAO, on book: LedgerObject) {
    self.dao = dao
    self.book = book
  }

  static var type: ObjectType {
    ObjectType(
      DAOObject.self, "the members who own a model together, on a ledger",
      methods: [mint, vote, share],
      fields: [
        TypedField("name", "of its account") { .string($0.dao.name.text) },
        TypedField("members", "their accounts") { .strings($0.dao.members.map(\.name.text)) },
        TypedField("public_key", "Ed25519") { .string($0.dao.key.publicKey.description) },
      ],
      length: { $0.dao.members.count },
      describe: { "dao \($0.dao.name) of \($0.dao.members.count) members" })
  }

  /// `ledger:dao`.
  static func found(_ context: RunContext) -> Function {
    let name = Parameter<String>.string("name", "of its account, which is no person's")
    let members = Parameter.strings("members", "the names of their accounts, each once")
    return .method(
      Signature(
        "ledger:dao", "Brings an organisation and its members onto the ledger.", [name, members], result: "a dao",
        errors: ["NameTaken", "InvalidParameter"], source: "FL-NFT III, PMS-AM 3.1",
        example: "dao = book:dao{ name = \"Aurora\", members = fed:members().name }")
    ) { (book: LedgerObject, arguments) in
      try book.checkFounding(of: arguments[name], by: arguments[members])
      let dao = try ModelDAO(named: arguments[name], members: arguments[members], runSeed: book.seed)
      try dao.openAccounts(on: book.ledger, at: book.now)
      book.remember(dao: arguments[name], of: arguments[members])
      return .object(DAOObject(dao, on: book))
    }
  }

  // MARK: Minting

  private static var mint: Function {
    let model = Parameter<String>.string("name", "of the model", default: "fl-nft")
    let federation = Parameter<FederationObject>.object("federation", "whose model is minted", "a federation")
      .optional("model_hash and round say which")
    let hash = Parameter<String>.string("model_hash", "SHA-256 of the model, in hexadecimal").optional(
      "the federation's")
    let round = Parameter<Int>.integer("round", "the round at which it is minted", domain: .nonNegative)
      .optional("the federation's")
    let contributions = Parameter.numbers("contributions", "each member's part, at least 0, adding to 1")
      .optional()
    let architecture = Parameter<String>.string("architecture", "of the network").optional("the federation's")
    let dataset = Parameter<String>.string("dataset", "what it was trained on").optional("the federation's")
    return .method(
      Signature(
        "dao:mint", "Mints a model: its record stands on the ledger, its token belongs to the organisation.",
        [model, federation, hash, round, contributions, architecture, dataset],
        result: "a result with token (the record's digest), model_hash and record",
        errors: ["InvalidParameter", "ShapeMismatch", "AmountOverflow", "TokenExists"],
        source: "FL-NFT III.A 2), PMS-AM 3.1 2)",
        example: "nft = dao:mint{ federation = fed, contributions = solution.quality_ratios }")
    ) { (object: DAOObject, arguments) in
      let federation = arguments[federation]
      guard let text = arguments[hash] ?? federation?.modelHash, let digest = Digest(hexadecimal: text) else {
        throw ScriptError.invalidParameter("needs a federation, or model_hash in 64 hexadecimal digits")
      }
      guard let round = arguments[round] ?? federation?.federation.round else {
        throw ScriptError.invalidParameter("needs a federation, or the round at which the model is minted")
      }
      let members = object.dao.members.map(\.name.text)
      var details: [String: JSON] = [:]
      if let contributions = arguments[contributions] {
        details["contributions_micro"] = try parts(contributions, of: members)
      }
      if let federation, federation.federation.options.noise != .none {
        details["eps_total_micro"] = try micro(federation.federation.epsilonSpent, of: members, "privacy budgets")
      }
      details["architecture"] =
        (arguments[architecture] ?? federation?.federation.model.architecture.description).map { .string($0) }
      details["dataset_tag"] = (arguments[dataset] ?? federation?.federation.data.name).map { .string($0) }
      let token = try object.dao.mint(
        model: arguments[model], modelHash: digest, round: Int64(round), details: details, on: object.book.ledger,
        at: object.book.now)
      let record = try object.book.ledger.state.token(token)?.decodedRecord().json ?? .null
      return .object(
        ResultObject(
          "model \(arguments[model]), token \(token)",
          fields: [
            "token": .string(token.description), "model_hash": .string(text), "record": JSONText.value(record),
          ], notes: try record.pretty().split(separator: "\n").map(String.init)))
    }
  }

  /// Contributions as millionths of the model's worth. They stand on record for good, so that what is no division of a
  /// whole is refused; each may be rounded to a millionth.
  private static func parts(_ contributions: [Double], of members: [String]) throws -> JSON {
    for (member, part) in zip(members, contributions) where !(part >= 0) {
      throw ScriptError.invalidParameter(
        "the contribution of \(member) must be at least 0, but is \(NumberFormat.shortest(part))")
    }
    let record = try micro(contributions, of: members, "contributions")
    let sum = contributions.reduce(0, +)
    // A thousandth of a millionth more for what binary fractions miss.
    guard abs(sum - 1) <= 1e-6 * Double(members.count) + 1e-9 else {
      throw ScriptError.invalidParameter(
        "contributions must add to 1, and these add to \(NumberFormat.shortest(sum))",
        hint: "game.contribution_ratios{ contributions = ... } gives each member's part")
    }
    return record
  }

  /// Numbers as whole millionths, by member.
  private static func micro(_ values: [Double], of members: [String], _ what: String) throws -> JSON {
    guard values.count == members.count else {
      throw ScriptError.shapeMismatch("there are \(members.count) members, but \(values.count) \(what)")
    }
    return .object(
      Dictionary(
        try zip(members, values).map { ($0, JSON.integer(Int64(try Micro.from($1)))) }, uniquingKeysWith: { $1 }))
  }

  // MARK: Voting and sharing

  private static let token = Parameter<String>.string("token", "the model's token, from dao:mint")

  private static func digest(_ text: String) throws -> Digest {
    guard let digest = Digest(hexadecimal: text) else {
      throw ScriptError.invalidParameter("option 'token' must be 64 hexadecimal digits, such as dao:mint gives")
    }
    return digest
  }

  private static var vote: Function {
    let asks = Parameter.numbers("asks", "what each member wants for its part", unit: "tokens")
    let approvals = Parameter.matrix("approvals", "1 where a member (row) approves another's (column) ask, else 0")
      .optional("all approve all")
    return .method(
      Signature(
        "dao:vote", "The members put their asks on record and vote on each other's; the approved ones are the price.",
        [token, asks, approvals], result: "a result with approved, asks (0 where refused) and ask",
        errors: ["ShapeMismatch", "InvalidParameter", "AmountOverflow", "UnknownToken", "AlreadyVoted"],
        source: "PMS-AM (34)",
        example: "dao:vote{ token = nft.token, asks = solution.benefit }")
    ) { (object: DAOObject, arguments) in
      let token = try digest(arguments[token])
      let count = object.dao.members.count
      let approvals =
        try arguments[approvals].map(Self.ballots)
        ?? Array(repeating: Array(repeating: true, count: count), count: count)
      let (dao, ledger, now) = (object.dao, object.book.ledger, object.book.now)
      guard approvals.count == count, approvals.allSatisfy({ $0.count == count }) else {
        throw ScriptError.shapeMismatch("approvals must be \(count) rows of \(count), one per member")
      }
      try dao.declareAsks(arguments[asks], for: token, on: ledger, at: now)
      let tally = try dao.vote(approvals, onAsksFor: token, on: ledger, at: now)
      object.tally = tally
      let approved = tally.lines.map(\.isApproved)
      let prices = tally.lines.map { $0.isApproved ? Micro.tokens($0.ask) : 0 }
      return .object(
        ResultObject(
          "vote on the asking price",
          fields: [
            "approved": .booleans(approved), "asks": .numbers(prices), "ask": .number(tally.total.tokens),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("member", .text(dao.members.map(\.name.text))), .init("ask", .numbers(prices)),
                .init("votes of others", .integers(tally.lines.map(\.votes))),
                .init("", .text(approved.map { $0 ? "approved" : "refused" })),
              ])
          ], notes: ["\(dao.name) asks \(tally.total) in all"]))
    }
  }

  private static func ballots(_ matrix: Matrix) throws -> [[Bool]] {
    try matrix.nested.map { row in
      try row.map { vote in
        guard vote == 0 || vote == 1 else {
          throw ScriptError.invalidParameter("approvals are 0 or 1, not \(NumberFormat.shortest(vote))")
        }
        return vote == 1
      }
    }
  }

  private static var share: Function {
    let receipt = Parameter<Amount>.amount("receipt", "what to share out")
    let weights = Parameter.numbers("weights", "in proportion to what; one number per member")
      .optional("the approved asks of the last vote")
    return .method(
      Signature(
        "dao:share", "Pays a receipt out to the members, to the last unit, by largest remainder.", [receipt, weights],
        result: "a result with member, share (numbers) and exact (decimal texts) as columns",
        errors: ["ShapeMismatch", "ZeroWeight", "AmountOverflow", "InsufficientFunds"], source: "PMS-AM 5.2 3)c",
        example: "dao:share{ receipt = 100, weights = solution.quality_ratios }")
    ) { (object: DAOObject, arguments) in
      let (dao, ledger, now) = (object.dao, object.book.ledger, object.book.now)
      let parts: [Amount]
      if let weights = arguments[weights] {
        parts = try dao.share(arguments[receipt], weights: weights, on: ledger, at: now)
      } else if let tally = object.tally {
        parts = try dao.share(arguments[receipt], by: tally, on: ledger, at: now)
      } else {
        throw ScriptError.invalidParameter("needs weights, or a vote on the asking price before")
      }
      let names = dao.members.map(\.name.text)
      return .object(
        ResultObject(
          "shares",
          fields: [
            "member": .strings(names), "share": .numbers(parts.map(\.tokens)),
            "exact": .strings(parts.map(\.description)),
          ],
          tables: [
            TextTable("", [.init("member", .text(names)), .init("receives", .numbers(parts.map(\.tokens)))])
          ], notes: ["\(arguments[receipt]) in all"]))
    }
  }
}
