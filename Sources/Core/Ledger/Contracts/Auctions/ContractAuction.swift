import Solvers

/// The auctions that contracts can have run: what they ask, in their own plain values, and what they are answered.
///
/// A question is the auction's name, one list of amounts (`double`: asks, then bids), and a record of options or nothing.
/// Everything is exact and a function of the question alone.
public enum ContractAuction {
  enum Name: String, CaseIterable {
    /// One side bids for equal units.
    case sealed
    /// One side asks for equal units.
    case purchase
    case double
  }

  /// - Throws: `ContractFailure` of cause `.contractError` for a question that has no answer.
  public static func answer(_ question: [ContractValue]) throws(ContractFailure) -> ContractValue {
    guard case .text(let bytes)? = question.first, let name = Name(rawValue: String(decoding: bytes, as: UTF8.self))
    else { throw ContractFailure(.refused, "the ledger does not know this auction") }
    let options = ContractAuctionOptions(question.last ?? .null, of: "auction.\(name.rawValue)")
    do {
      switch name {
      case .sealed: return try sealed(try amounts(question, 1, "bids"), options)
      case .purchase: return try purchase(try amounts(question, 1, "asks"), options)
      case .double:
        return try double(asks: try amounts(question, 1, "asks"), bids: try amounts(question, 2, "bids"), options)
      }
    } catch let error as ContractFailure {
      throw error
    } catch {
      throw ContractFailure(
        .contractError, "auction.\(name.rawValue): \((error as? AmountError)?.message ?? "\(error)")")
    }
  }

  private static func sealed(_ bids: [Amount], _ options: ContractAuctionOptions) throws -> ContractValue {
    try options.check(["price", "units", "reserve", "rank"])
    let outcome = try UnitAuction(
      pricing: options.choice("price", default: .second), units: options.count("units", default: 1),
      reserve: options.amount("reserve") ?? .zero, rank: options.count("rank", default: 2)
    ).run(bids)
    return .record([
      "winners": places(outcome.winners), "payments": .amounts(outcome.payments), "revenue": .amount(outcome.revenue),
    ])
  }

  private static func purchase(_ asks: [Amount], _ options: ContractAuctionOptions) throws -> ContractValue {
    try options.check(["price", "units", "reserve"])
    let outcome = try UnitPurchase(
      pricing: options.choice("price", default: .second), units: options.count("units", default: 1),
      reserve: options.amount("reserve")
    ).run(asks)
    return .record([
      "winners": places(outcome.winners), "receipts": .amounts(outcome.receipts), "cost": .amount(outcome.cost),
    ])
  }

  private static func double(
    asks: [Amount], bids: [Amount], _ options: ContractAuctionOptions
  ) throws -> ContractValue {
    try options.check(["rule", "reserve", "buyer_price"])
    let outcome = try ExactDoubleAuction(
      options.choice("rule", default: .mcAfee), reserve: options.amount("reserve"),
      buyerPrice: options.choice("buyer_price", default: .uniformNext)
    ).run(asks: asks, bids: bids)
    return .record([
      "buyers": places(outcome.buyers), "sellers": places(outcome.sellers), "payments": .amounts(outcome.payments),
      "receipts": .amounts(outcome.receipts), "surplus": .amount(outcome.surplus), "deficit": .amount(outcome.deficit),
    ])
  }

  /// Counted from 1, as contracts count.
  private static func places(_ indices: [Int]) -> ContractValue { .list(indices.map { .integer(Int64($0) + 1) }) }

  private static func amounts(
    _ question: [ContractValue], _ place: Int, _ what: String
  ) throws(ContractFailure) -> [Amount] {
    guard question.indices.contains(place), case .list(let items) = question[place] else {
      throw ContractFailure(.contractError, "\(what) are a list of amounts")
    }
    var amounts: [Amount] = []
    for (index, item) in items.enumerated() {
      guard case .amount(let amount) = item else {
        throw ContractFailure(.contractError, "\(what) are a list of amounts, and number \(index + 1) is none")
      }
      amounts.append(amount)
    }
    return amounts
  }
}

extension ContractValue {
  fileprivate static func amounts(_ amounts: [Amount]) -> ContractValue { .list(amounts.map { .amount($0) }) }
}

/// The options of an auction that a contract asks for.
struct ContractAuctionOptions {
  private let value: ContractValue
  private let function: String

  init(_ value: ContractValue, of function: String) { (self.value, self.function) = (value, function) }

  /// - Throws: for options that the auction does not have.
  func check(_ names: [String]) throws(ContractFailure) {
    switch value {
    // An empty table is a list.
    case .null, .list([]): return
    case .record(let record):
      for field in record.fields where !names.contains(where: { $0.utf8.elementsEqual(field.name) }) {
        throw failure(
          "there is no option '\(String(decoding: field.name, as: UTF8.self))'; it has: \(names.joined(separator: ", "))"
        )
      }
    default: throw failure("options are a table of names and values")
    }
  }

  private func field(_ name: String) -> ContractValue {
    guard case .record(let record) = value else { return .null }
    return record[name]
  }

  func amount(_ name: String) throws(ContractFailure) -> Amount? {
    switch field(name) {
    case .null: return nil
    case .amount(let amount): return amount
    default: throw failure("the option '\(name)' is an amount")
    }
  }

  func count(_ name: String, default usual: Int) throws(ContractFailure) -> Int {
    switch field(name) {
    case .null: return usual
    case .integer(let count) where count >= 1: return Int(clamping: count)
    default: throw failure("the option '\(name)' is a whole number of at least 1")
    }
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, default usual: Choice
  ) throws(ContractFailure) -> Choice where Choice.RawValue == String {
    let field = field(name)
    if field == .null { return usual }
    guard case .text(let bytes) = field, let choice = Choice(rawValue: String(decoding: bytes, as: UTF8.self)) else {
      let words = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      throw failure("the option '\(name)' is one of \(words)")
    }
    return choice
  }

  private func failure(_ message: String) -> ContractFailure {
    ContractFailure(.contractError, "\(function): \(message)")
  }
}
