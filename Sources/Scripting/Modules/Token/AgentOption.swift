import CLuaShim
import Core
import Tensor

/// Who takes part in a simulated economy.
struct AgentOption {
  var groups: [AgentGroup]
  /// Behaviours of the scripts' own, by the number that a group's behaviour bears.
  var functions: [LuaReference]

  private static let fields = [
    "name", "behaviour", "count", "share", "cash", "inequality", "lock_days", "capacity",
  ]
  private static let names: [(String, AgentGroup.Behaviour)] = [
    ("staker", .staker), ("miner", .miner), ("attacker", .attacker), ("speculator", .speculator),
  ]

  static var parameter: Parameter<AgentOption> {
    let words = "a list of tables with " + fields.joined(separator: ", ")
    return Parameter(
      name: "agents",
      summary: "groups; behaviour is staker, miner, attacker, speculator, or a function of what an agent sees",
      typeName: words, unit: nil, domain: nil,
      fallback: AgentOption(groups: AgentGroup.standard, functions: []),
      fallbackText: "30 long and 20 short stakers, 30 miners, 5 attackers, 15 speculators", choices: []
    ) { stack, index in
      var functions: [LuaReference] = []
      let groups = try ListReader.elements(stack, index, expected: words) { place in
        try group(RecordReader(stack, place, fields: fields), stack, stack.absolute(place), &functions)
      }
      return AgentOption(groups: groups, functions: functions)
    }
  }

  private static func group(
    _ reader: RecordReader, _ stack: LuaStack, _ table: Int32, _ functions: inout [LuaReference]
  ) throws -> AgentGroup {
    let words = "a behaviour: \"staker\", \"miner\", \"attacker\", \"speculator\" or a function"
    guard stack.pushField("behaviour", at: table) else {
      throw Mismatch(kind: "InvalidParameter", expected: "a table with a field 'behaviour'", given: "one without it")
    }
    defer { stack.pop() }
    let behaviour: AgentGroup.Behaviour
    if stack.kind(at: -1) == .function {
      behaviour = .custom(functions.count)
      functions.append(LuaReference(stack.machine, at: -1))
    } else if let name = stack.text(at: -1), let known = names.first(where: { $0.0 == name }) {
      behaviour = known.1
    } else {
      throw Mismatch(words, stack, -1, place: ".behaviour")
    }
    let name = try reader.text("name")
    guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]{0,40}/) != nil else {
      throw Mismatch(
        kind: "InvalidParameter", expected: "a name of letters, digits and _, of which a column's name is made",
        given: "the string \"\(name.prefix(60))\"")
    }
    return AgentGroup(
      name: name, behaviour: behaviour, count: try reader.integer("count"),
      share: try reader.number("share", default: 1), cash: try reader.number("cash", default: 0),
      inequality: try reader.number("inequality", default: 1), lockDays: try reader.integer("lock_days", default: 0),
      capacity: try reader.integer("capacity", default: 0))
  }
}

/// A behaviour written in Lua: a function of an observation that gives a decision, a table, or nil for none.
struct LuaBehaviour {
  let function: LuaReference
  let machine: LuaMachine

  private static let fields = ["unstake", "sell", "buy", "stake", "lock_days", "cheats"]

  /// - Throws: what the function raises; `InvalidParameter` and the kinds of money for a decision that is none.
  func decide(_ seen: Observation) throws -> Decision {
    let stack = machine.stack
    let top = stack.count
    defer { lua_settop(machine.state, top) }
    try machine.callLeavingResults(function, [.record(Self.record(of: seen))], results: 1)
    guard stack.kind(at: -1) != .none else { return Decision() }
    do {
      let fields = try RecordReader(stack, -1, fields: Self.fields)
      var decision = Decision()
      decision.unstake = try fields.amount("unstake", default: .zero)
      decision.sell = try fields.amount("sell", default: .zero)
      decision.buy = try fields.amount("buy", default: .zero)
      decision.stake = try fields.amount("stake", default: .zero)
      decision.lockDays = try fields.integer("lock_days", default: 0)
      decision.cheats = try fields.flag("cheats")
      return decision
    } catch let mismatch as Mismatch {
      throw DecisionError(group: seen.group, mismatch: mismatch)
    }
  }

  private static func record(of seen: Observation) -> Record {
    [
      "week": .integer(seen.week), "price": .number(seen.price), "price_change": .number(seen.priceChange),
      "price_gap": .number(seen.priceGap), "base_apr": .number(seen.baseAPR),
      "staked_share": .number(seen.stakedShare), "circulation": .number(seen.circulation.tokens),
      "election": .boolean(seen.isElection), "liquid": .number(seen.liquid.tokens), "cash": .number(seen.cash.tokens),
      "staked": .number(seen.staked.tokens), "escrow": .number(seen.escrow.tokens),
      "locked_days": .integer(seen.lockedDays), "income": .number(seen.income.tokens),
      "tier": .string(seen.tier.rawValue), "capacity": .integer(seen.capacity), "group": .string(seen.group),
      "agent": .integer(seen.agent + 1), "draw": .number(seen.draw),
    ]
  }
}

/// A decision that is none.
private struct DecisionError: Diagnosable {
  let group: String
  let mismatch: Mismatch

  var kind: String { mismatch.kind }
  var message: String {
    "the behaviour of '\(group)' must return \(mismatch.expected)\(mismatch.place.isEmpty ? "" : " as \(mismatch.place.dropFirst())"), "
      + "got \(mismatch.given)"
  }
  var hint: String? { "a decision is nil, or a table with unstake, sell, buy, stake, lock_days and cheats" }
}
