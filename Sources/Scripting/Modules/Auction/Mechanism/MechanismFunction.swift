import CLuaShim
import Solvers

/// `auction.mechanism`: a rule in Lua becomes a mechanism.
enum MechanismFunction {
  static let errors = ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"]

  private static func people(_ name: String, _ summary: String) -> Parameter<Int?> {
    Parameter<Int>.integer(name, summary, domain: .between(1, 10_000)).optional()
  }

  static func interval(_ name: String, _ summary: String) -> Parameter<ClosedRange<Double>> {
    Parameter(
      name: name, summary: summary, typeName: "{ low, high }", unit: "money", domain: nil, fallback: 0...1,
      fallbackText: "{ 0, 1 }", choices: [], read: GroupOption.bounds)
  }

  private static func types(_ name: String, _ summary: String) -> Parameter<[[Double]]?> {
    Parameter<[[Double]]>(
      name: name, summary: summary, typeName: "a list of numbers, or of lists of numbers", unit: nil, domain: nil,
      fallback: nil, fallbackText: nil, choices: [], read: GroupOption.types
    ).optional("everything in the interval")
  }

  private static let bidders = people("bidders", "how many want something")
  private static let buyers = people("buyers", "the same, where there are sellers too")
  private static let members = people("members", "the same, where one project is chosen for all")
  private static let sellers = people("sellers", "how many can deliver one unit each")
  private static let value = interval("value", "what those who want something may report")
  private static let cost = interval("cost", "what sellers may report")
  private static let valueTypes = types("types", "the only values there are")
  private static let costTypes = types("cost_types", "the only costs there are")
  private static let items = Parameter<Int>.integer(
    "items", "how many things each reports a value for", default: 1, domain: .between(1, 1000))
  private static let projects = Parameter<Int>.integer(
    "projects", "how many projects each reports a value for; the rule returns a choice", domain: .between(1, 1000)
  ).optional()
  private static let units = Parameter<Double>.number(
    "units", "how many there are of each thing, math.huge for any number", domain: .nonNegative
  ).optional("1, or what sellers deliver")
  private static let name = Parameter<String>.string("name", "what to call it", default: "written rule")
  private static var rule: Parameter<LuaReference> {
    .function(
      "rule",
      "function(bids, ...): one list of reports per group in, one table per group out, with winner, winners, allocation or "
        + "choice, and payments, receipts or price")
  }
  private static var utility: Parameter<LuaReference?> {
    Parameter.function(
      "utility", "function(type, amount, payment, i): what an outcome is worth, where it is not type * amount - payment"
    ).optional("type * amount - payment")
  }
  private static var feasible: Parameter<LuaReference?> {
    Parameter.function("feasible", "function(allocation, ...): true, or false and why; one list per group")
      .optional("by units")
  }
  private static var optimum: Parameter<LuaReference?> {
    Parameter.function(
      "optimum", "function(types, ...): the largest possible total of values less costs; one list per group"
    ).optional("by units")
  }

  static var function: Function {
    Function(
      Signature(
        "auction.mechanism",
        "A mechanism from a rule: a Lua function of everybody's reports that says who gets what and who pays what.",
        [
          rule, bidders, buyers, members, sellers, value, cost, valueTypes, costTypes, items, projects, units,
          GroupOption.reports, utility, feasible, optimum, name,
        ], result: "a mechanism, to run and to audit", errors: errors, source: "docs/audit.md",
        example: """
          second = auction.mechanism{ bidders = 3, value = { 0, 1 }, rule = function(bids)
            local best, price = 1, 0
            for i = 2, #bids do
              if bids[i] > bids[best] then best, price = i, bids[best] else price = math.max(price, bids[i]) end
            end
            return { winner = best, price = price }
          end }
          """)
    ) { arguments in
      let groups = try groups(arguments)
      guard !groups.isEmpty else {
        throw ScriptError.invalidParameter(
          "a mechanism needs participants", hint: "for instance bidders = 3, or buyers = 2 and sellers = 2")
      }
      let roles = groups.map(\.role)
      guard Set(roles).count == roles.count else {
        throw ScriptError.invalidParameter("two groups have the same role: \(roles.joined(separator: ", "))")
      }
      return .object(
        MechanismObject(
          WrittenMechanism(
            name: arguments[name], groups: groups, goods: try goods(arguments, groups),
            text: .init(
              rule: arguments[rule], feasible: arguments[feasible], optimum: arguments[optimum],
              utility: arguments[utility]), machine: arguments.stack.machine)))
    }
  }

  private static func groups(_ arguments: Arguments) throws -> [RuleGroup] {
    if let given = arguments[GroupOption.reports] {
      guard [arguments[bidders], arguments[buyers], arguments[members], arguments[sellers]].allSatisfy({ $0 == nil })
      else {
        throw ScriptError.invalidParameter("participants are given by reports or by their counts, not by both")
      }
      return try given.map { try $0.group() }
    }
    var groups: [RuleGroup] = []
    let wanting = [("bidder", arguments[bidders]), ("buyer", arguments[buyers]), ("member", arguments[members])]
    for (role, count) in wanting {
      guard let count else { continue }
      guard groups.isEmpty else {
        throw ScriptError.invalidParameter(
          "bidders, buyers and members are names for the same side: give one of them",
          hint: "reports = { ... } declares any groups")
      }
      var option = GroupOption(role: role, count: count, bounds: arguments[value], isCost: false)
      option.types = arguments[valueTypes]
      option.items = arguments[projects] ?? arguments[items]
      groups.append(try option.group())
    }
    if let count = arguments[sellers] {
      var option = GroupOption(role: "seller", count: count, bounds: arguments[cost], isCost: true)
      option.types = arguments[costTypes]
      groups.append(try option.group())
    }
    return groups
  }

  /// What is feasible by default: only where the declaration leaves no doubt.
  private static func goods(_ arguments: Arguments, _ groups: [RuleGroup]) throws -> RuleGoods {
    if arguments[projects] != nil { return .projects }
    if arguments[utility] != nil { return .unknown }
    if groups.count == 1, !groups[0].delivers, groups[0].signs.allSatisfy({ $0 > 0 }) {
      return .units(arguments[units] ?? 1)
    }
    let isExchange =
      groups.count == 2 && groups.allSatisfy(\.isScalar) && groups.contains(where: \.delivers)
      && !groups.allSatisfy(\.delivers)
    if isExchange, arguments[units] == nil { return .exchange }
    guard arguments[units] == nil else {
      throw ScriptError.invalidParameter(
        "units say how much bidders may get; here feasibility needs a function",
        hint: "give feasible = function(allocation) ... end")
    }
    return .unknown
  }
}
