import CLuaShim
import Core

/// What an organisation is to do, as a script says it: `{ action = "transfer", to = "MSP 1", amount = 5 }`.
enum ProposalSteps {
  static let words = "a list of steps such as { action = \"transfer\", to = \"MSP 1\", amount = 5 }"

  /// A step before its names are looked up on a ledger.
  struct Step {
    let fields: Record
    let place: Int
  }

  static var parameter: Parameter<[Record]> {
    Parameter(
      name: "steps",
      summary: "what the organisation does, all of it or nothing: action is " + names + ", the rest as in "
        + "the ledger's method of that name",
      typeName: words, unit: nil, domain: nil, fallback: nil, fallbackText: nil, choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: words) { element in
        guard stack.kind(at: element) == .table else { return nil }
        var record = Record()
        let table = stack.absolute(element)
        try stack.forEach(at: table) {
          guard stack.kind(at: -2) == .string else { throw Mismatch(words, stack, -2) }
          record[stack.displayText(at: -2)] = try Self.plain(stack, stack.count)
        }
        return record
      }
    }
  }

  private static func plain(_ stack: LuaStack, _ index: Int32) throws -> LuaValue {
    guard stack.kind(at: index) == .table else { return stack.value(at: index) }
    return .list(
      try ListReader.elements(stack, index, expected: "a list") { element in
        stack.kind(at: element) == .table ? nil : stack.value(at: element)
      })
  }

  private enum Verb: String, CaseIterable {
    case transfer, burn, approve
    case transferModel = "transfer_model"
    case approveModel = "approve_model"
    case setRoyalty = "set_royalty"
    case list, buy
    case setMembers = "set_members"
    case openEscrow = "open_escrow"
    case releaseEscrow = "release_escrow"
    case refundEscrow = "refund_escrow"
    case punish
  }

  private static var names: String { Verb.allCases.map(\.rawValue).joined(separator: ", ") }

  /// - Throws: `InvalidParameter` naming the step, `UnknownAccount`.
  static func actions(_ steps: [Record], on book: LedgerObject) throws -> [Action] {
    try steps.enumerated().map { place, record in
      let step = Step(fields: record, place: place + 1)
      guard let verb = Verb(rawValue: try text("action", step)) else {
        throw wrong(step, "action", "one of " + names)
      }
      try refuseStrangers(verb, step)
      return try action(verb, step, book)
    }
  }

  private static func action(_ verb: Verb, _ step: Step, _ book: LedgerObject) throws -> Action {
    switch verb {
    case .transfer: .transfer(to: try book.address(of: text("to", step)), amount: try amount("amount", step))
    case .burn: .money(.burn(try amount("amount", step)))
    case .approve: .money(.approve(spender: try book.address(of: text("spender", step)), try amount("amount", step)))
    case .transferModel:
      .transferToken(try digest("token", step), to: try book.address(of: text("to", step)))
    case .approveModel:
      .token(.approve(token: try digest("token", step), try book.address(of: text("to", step))))
    case .setRoyalty:
      .token(.setRoyalty(token: try digest("token", step), basisPoints: try basisPoints("royalty", step)))
    case .list:
      .trade(
        .list(
          tokens: try digests("tokens", step), price: try amount("price", step),
          expiry: try Timestamp(seconds: book.now.seconds + number("duration", step))))
    case .buy: .trade(.buy(listing: try digest("listing", step), limit: try amount("limit", step)))
    case .openEscrow:
      .openEscrow(
        beneficiary: try book.address(of: text("to", step)), arbiter: try book.address(of: text("arbiter", step)),
        amount: try amount("amount", step),
        expiry: try Timestamp(seconds: book.now.seconds + number("duration", step)))
    case .releaseEscrow: .releaseEscrow(try digest("escrow", step))
    case .refundEscrow: .refundEscrow(try digest("escrow", step))
    case .punish:
      .collective(
        .punish(
          BrokenPromise(
            escrow: try digest("escrow", step), promised: try partsPerMillion("promised", step),
            measured: try partsPerMillion("measured", step))))
    case .setMembers:
      .collective(.setMembers(try members(list("members", step), weights: step.fields["weights"], step, book)))
    }
  }

  private static func fields(of verb: Verb) -> [String] {
    switch verb {
    case .transfer: ["to", "amount"]
    case .burn: ["amount"]
    case .approve: ["spender", "amount"]
    case .transferModel, .approveModel: ["token", "to"]
    case .setRoyalty: ["token", "royalty"]
    case .list: ["tokens", "price", "duration"]
    case .buy: ["listing", "limit"]
    case .setMembers: ["members", "weights"]
    case .openEscrow: ["to", "arbiter", "amount", "duration"]
    case .releaseEscrow, .refundEscrow: ["escrow"]
    case .punish: ["escrow", "promised", "measured"]
    }
  }

  private static func refuseStrangers(_ verb: Verb, _ step: Step) throws {
    let known = ["action"] + fields(of: verb)
    for name in step.fields.names where !known.contains(name) {
      throw ScriptError.invalidParameter(
        "step \(step.place): '\(verb.rawValue)' has no field '\(name)'",
        hint: "it has: " + known.joined(separator: ", "))
    }
  }

  // MARK: Fields

  private static func wrong(_ step: Step, _ field: String, _ expected: String) -> ScriptError {
    .invalidParameter("step \(step.place): field '\(field)' must be \(expected)")
  }

  private static func text(_ field: String, _ step: Step) throws -> String {
    guard case .string(let text)? = step.fields[field] else { throw wrong(step, field, "a string") }
    return text
  }

  private static func list(_ field: String, _ step: Step) throws -> [String] {
    guard case .list(let values)? = step.fields[field] else { throw wrong(step, field, "a list of strings") }
    return try values.map {
      guard case .string(let text) = $0 else { throw wrong(step, field, "a list of strings") }
      return text
    }
  }

  private static func number(_ field: String, _ step: Step) throws -> Double {
    switch step.fields[field] {
    case .integer(let value)?: return Double(value)
    case .number(let value)? where value.isFinite: return value
    default: throw wrong(step, field, "a number")
    }
  }

  private static func amount(_ field: String, _ step: Step) throws -> Amount {
    switch step.fields[field] {
    case .integer(let value)? where value >= 0: return Amount(tokens: UInt64(value))
    case .number(let value)?: return try Amount(value)
    case .string(let text)?: return try Amount.written(text)
    default: throw wrong(step, field, "an amount of tokens: a number, or a text such as \"12.5\"")
    }
  }

  private static func partsPerMillion(_ field: String, _ step: Step) throws -> UInt32 {
    let part = try number(field, step)
    guard (0...1).contains(part) else { throw wrong(step, field, "an accuracy between 0 and 1") }
    return UInt32((part * 1_000_000).rounded())
  }

  private static func basisPoints(_ field: String, _ step: Step) throws -> UInt16 {
    let part = try number(field, step)
    guard (0...1).contains(part) else { throw wrong(step, field, "between 0 and 1") }
    return UInt16((part * 10_000).rounded())
  }

  private static func digest(_ field: String, _ step: Step) throws -> Digest {
    guard let digest = Digest(hexadecimal: try text(field, step)) else {
      throw wrong(step, field, "a text of 64 hexadecimal digits")
    }
    return digest
  }

  private static func digests(_ field: String, _ step: Step) throws -> [Digest] {
    try list(field, step).map {
      guard let digest = Digest(hexadecimal: $0) else {
        throw wrong(step, field, "a list of texts of 64 hexadecimal digits")
      }
      return digest
    }
  }

  private static func members(
    _ names: [String], weights: LuaValue?, _ step: Step, _ book: LedgerObject
  ) throws -> [Collective.Member] {
    var numbers: [UInt64]?
    if let weights {
      guard case .list(let values) = weights, values.count == names.count else {
        throw wrong(step, "weights", "a list of a whole number for each member")
      }
      numbers = try values.map {
        guard case .integer(let value) = $0, let weight = UInt64(exactly: value) else {
          throw wrong(step, "weights", "a list of a whole number for each member")
        }
        return weight
      }
    }
    return try names.enumerated().map {
      Collective.Member(address: try book.address(of: $1), weight: numbers?[$0] ?? 1)
    }
  }
}
