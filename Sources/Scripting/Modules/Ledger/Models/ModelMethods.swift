import Core

/// Models on a ledger: who owns them, and who may pass them on.
enum ModelMethods {
  static var all: [Function] {
    [models, model, owned, voteOnTransfer, transfer, approve, setOperator, setRoyalty, transferShare, bindAsk]
  }

  private static let token = LedgerParameters.token
  private static let by = Parameter<String>.string("by", "who does it: the owner, or whom it has allowed to")
  private static let owning = Parameter<String>.string("by", "the owner")
  private static let minting = Parameter<String>.string("by", "the DAO that minted it")

  // MARK: Looking

  private static var models: Function {
    .method(
      Signature(
        "ledger:models", "All models on the ledger.",
        result: "a result with token, name, minted_by, owner and royalty (a part of each sale) as columns",
        example: """
          nft = dao:mint{ federation = fed }
          print(book:models())
          """)
    ) { (book: LedgerObject, _) in
      let state = book.ledger.state
      let tokens = state.tokens
      let names = tokens.map { (try? $0.token.decodedRecord().name) ?? "" }
      let minters = tokens.map { book.name(of: $0.token.dao) }
      let owners = tokens.map { book.name(of: $0.token.owner) }
      let royalties = tokens.map { Double(state.terms(of: $0.digest).royalty ?? 0) / 10_000 }
      return .object(
        ResultObject(
          "models",
          fields: [
            "token": .strings(tokens.map(\.digest.description)), "name": .strings(names),
            "minted_by": .strings(minters), "owner": .strings(owners), "royalty": .numbers(royalties),
          ],
          tables: [
            TextTable(
              "",
              [
                .init("token", .text(tokens.map { String($0.digest.description.prefix(16)) })),
                .init("name", .text(names)), .init("minted by", .text(minters)), .init("owner", .text(owners)),
                .init("royalty (%)", .numbers(royalties.map { 100 * $0 })),
              ])
          ]))
    }
  }

  private static var model: Function {
    .method(
      Signature(
        "ledger:model", "One model: its owner, who else may pass it on, its shares, and who may use it.", [token],
        result: """
          a result with token, owner, minted_by, approved, royalty, on_sale, shares (by holder, adding to 1), \
          licences (holder, payment and priority, in the order in which they are served) and record
          """, errors: ["UnknownToken", "InvalidParameter"], source: "ERC-721; FL-NFT III.A; PMS-AM 3.1",
        example: "print(book:model(nft.token))")
    ) { (book: LedgerObject, arguments) in
      let (digest, state) = (arguments[token], book.ledger.state)
      guard let model = state.token(digest) else { throw Refusal.unknownToken(digest) }
      let terms = state.terms(of: digest)
      let licences = state.licences(of: digest)
      let shares = terms.shares.map { (name: book.name(of: $0.holder), value: Double($0.micro) / 1e6) }
      return .object(
        ResultObject(
          "model \(digest)",
          fields: [
            "token": .string(digest.description), "owner": .string(book.name(of: model.owner)),
            "minted_by": .string(book.name(of: model.dao)),
            "approved": terms.approved.map { .string(book.name(of: $0)) } ?? .none,
            "royalty": .number(Double(terms.royalty ?? 0) / 10_000), "on_sale": .boolean(terms.sale != nil),
            "shares": .record(Record(shares.map { (name: $0.name, value: .number($0.value)) })),
            "licences": .list(
              licences.map {
                .record([
                  "holder": .string(book.name(of: $0.holder)), "payment": .string($0.licence.payment.description),
                  "priority": .integer(Int($0.licence.priority)),
                ])
              }),
            "record": JSONText.value(try model.decodedRecord().json),
          ],
          tables: [
            TextTable(
              "shares", [.init("holder", .text(shares.map(\.name))), .init("share", .numbers(shares.map(\.value)))])
          ] + licenceTable(licences, book),
          notes: ["owned by \(book.name(of: model.owner)), minted by \(book.name(of: model.dao))"]))
    }
  }

  /// Nothing where nobody has access.
  private static func licenceTable(
    _ licences: [(holder: Address, licence: Licence)], _ book: LedgerObject
  ) -> [TextTable] {
    licences.isEmpty
      ? []
      : [
        TextTable(
          "licences",
          [
            .init("served", .integers(licences.map { Int($0.licence.priority) })),
            .init("holder", .text(licences.map { book.name(of: $0.holder) })),
            .init("paid", .numbers(licences.map(\.licence.payment.tokens))),
          ])
      ]
  }

  private static var owned: Function {
    let owner = Parameter<String>.string("owner", "whose")
    return .method(
      Signature(
        "ledger:owned", "The models that an account owns; their number is its balance of models.", [owner],
        result: "a list of tokens", errors: ["UnknownAccount", "InvalidParameter"], source: "ERC-721",
        example: "#book:owned(\"Aurora\")")
    ) { (book: LedgerObject, arguments) in
      let address = try book.address(of: arguments[owner])
      return .strings(book.ledger.state.tokens.filter { $0.token.owner == address }.map(\.digest.description))
    }
  }

  // MARK: Passing on

  private static var transfer: Function {
    let to = Parameter<String>.string("to", "the new owner")
    return .method(
      Signature(
        "ledger:transfer_model", "Passes a model on; a DAO needs the votes of more than half of its members.",
        [token, by, to], result: "the height of the block",
        errors: LedgerParameters.writing + ["UnknownToken", "NotOwner", "TransferNotApproved", "TokenOnSale"],
        source: "ERC-721, safeTransferFrom: the recipient must have an account",
        example: vote + """

          book:transfer_model{ token = nft.token, by = "Aurora", to = "MSP 1" }
          """)
    ) { (book: LedgerObject, arguments) in
      let action = Action.transferToken(arguments[token], to: try book.address(of: arguments[to]))
      return try book.perform(action, by: arguments[by]).luaHeight
    }
  }

  /// What examples need before a DAO parts with its model.
  static let vote =
    "for _, name in ipairs(dao.members) do book:vote_on_transfer{ member = name, token = nft.token } end"

  private static var approve: Function {
    let to = Parameter<String>.string("to", "who may pass it on").optional("nobody: takes the approval back")
    return .method(
      Signature(
        "ledger:approve_model", "Lets one account pass a model on; once it was passed on nobody may any more.",
        [token, by, to], result: "the height of the block",
        errors: LedgerParameters.writing + ["UnknownToken", "NotOwner", "TransferNotApproved"], source: "ERC-721",
        example: "book:approve_model{ token = nft.token, by = \"MSP 1\", to = \"MSP 2\" }")
    ) { (book: LedgerObject, arguments) in
      let approved = try arguments[to].map { try book.address(of: $0) }
      return try book.perform(.token(.approve(token: arguments[token], approved)), by: arguments[by]).luaHeight
    }
  }

  private static var setOperator: Function {
    let owner = Parameter<String>.string("owner", "whose models")
    let other = Parameter<String>.string("operator", "who may pass on all of them")
    let allowed = Parameter<Bool>.boolean("allowed", "false takes it back", default: true)
    return .method(
      Signature(
        "ledger:set_operator", "Lets an account pass on all models that another owns.", [owner, other, allowed],
        result: "the height of the block", errors: LedgerParameters.writing, source: "ERC-721, setApprovalForAll",
        example: "book:set_operator{ owner = \"MSP 1\", operator = \"MSP 2\" }")
    ) { (book: LedgerObject, arguments) in
      let action = TokenAction.setOperator(try book.address(of: arguments[other]), isAllowed: arguments[allowed])
      return try book.perform(.token(action), by: arguments[owner]).luaHeight
    }
  }

  /// `ledger:burn_model`.
  static var burn: Function {
    .method(
      Signature(
        "ledger:burn_model", "Takes a model out of being for good; it is never minted again.", [token, owning],
        result: "the height of the block",
        errors: LedgerParameters.writing + ["UnknownToken", "NotOwner", "TransferNotApproved", "TokenOnSale"],
        source: "ERC-721, burnable", example: "book:burn_model{ token = nft.token, by = \"MSP 1\" }")
    ) { (book: LedgerObject, arguments) in
      try book.perform(.token(.burn(token: arguments[token])), by: arguments[owning]).luaHeight
    }
  }

  private static var voteOnTransfer: Function {
    let member = Parameter<String>.string("member", "who votes")
    let to = Parameter<String>.string("to", "the new owner").optional("the DAO itself, which stands for whoever buys")
    return .method(
      Signature(
        "ledger:vote_on_transfer", "A member approves that its DAO passes a model on.", [member, token, to],
        result: "the height of the block",
        errors: LedgerParameters.writing + ["UnknownToken", "NotMember", "AlreadyVoted"], source: "PMS-AM 3.1",
        example: "book:vote_on_transfer{ member = dao.members[1], token = nft.token, to = \"MSP 1\" }")
    ) { (book: LedgerObject, arguments) in
      guard let model = book.ledger.state.token(arguments[token]) else { throw Refusal.unknownToken(arguments[token]) }
      let recipient = try arguments[to].map { try book.address(of: $0) } ?? model.dao
      return try book.perform(.voteOnTransfer(token: arguments[token], to: recipient), by: arguments[member]).luaHeight
    }
  }

  // MARK: Shares

  private static var setRoyalty: Function {
    let royalty = Parameter<Double>.number(
      "royalty", "the part of every later sale, in steps of 0.0001", domain: .between(0, 1))
    return .method(
      Signature(
        "ledger:set_royalty", "A DAO states, once, what those who have shares in its model get of every resale.",
        [token, minting, royalty], result: "the height of the block",
        errors: LedgerParameters.writing + ["UnknownToken", "NotOwner", "RoyaltySet"], source: "ERC-2981",
        example: "book:set_royalty{ token = nft.token, by = \"Aurora\", royalty = 0.05 }")
    ) { (book: LedgerObject, arguments) in
      let basisPoints = try LedgerParameters.basisPoints(arguments[royalty], option: "royalty")
      return try book.perform(
        .token(.setRoyalty(token: arguments[token], basisPoints: basisPoints)), by: arguments[minting]
      ).luaHeight
    }
  }

  private static var bindAsk: Function {
    .method(
      Signature(
        "ledger:bind_ask",
        "A DAO binds itself, for good: in a sealed auction its ask for the model counts only if it is what its members voted.",
        [token, minting], result: "the height of the block",
        errors: LedgerParameters.writing + ["UnknownToken", "NotOwner"], source: "PMS-AM (34)",
        example: """
          other = dao:mint{ name = "other", model_hash = ("cd"):rep(32), round = 2 }
          book:bind_ask{ token = other.token, by = "Aurora" }
          """)
    ) { (book: LedgerObject, arguments) in
      try book.perform(.token(.bindAsk(token: arguments[token])), by: arguments[minting]).luaHeight
    }
  }

  private static var transferShare: Function {
    let from = Parameter<String>.string("from", "who gives")
    let to = Parameter<String>.string("to", "who gets")
    let share = Parameter<Double>.number(
      "share", "how much of the model, the whole being 1, in millionths", domain: .between(0, 1))
    return .method(
      Signature(
        "ledger:transfer_share", "Passes on a share in a model, and with it the royalties to come.",
        [token, from, to, share], result: "the height of the block",
        errors: LedgerParameters.writing + ["UnknownToken", "InsufficientShare"], source: "FL-NFT III",
        example: "book:transfer_share{ token = nft.token, from = dao.members[1], to = \"MSP 1\", share = 0.01 }")
    ) { (book: LedgerObject, arguments) in
      let action = TokenAction.transferShare(
        token: arguments[token], to: try book.address(of: arguments[to]),
        micro: UInt64((arguments[share] * 1_000_000).rounded()))
      return try book.perform(.token(action), by: arguments[from]).luaHeight
    }
  }
}
