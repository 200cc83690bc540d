import Core

/// Nodes: their classes, their pledges, their way through the network.
enum NodeFunctions {
  static var all: [Function] { [thresholds, tier, rolePledge, node] }

  static let circulation = Parameter.tokens("circulation", "tokens that move freely")
  static let minimumSuper = Parameter.tokens(
    "minimum_super", "what a super node pledges at least, while little circulates", default: .zero)

  private static var thresholds: Function {
    Function(
      Signature(
        "token.node_thresholds", "The pledges at which classes of nodes begin: 1/200, 1/400, 1/800 of the circulation.",
        [circulation, minimumSuper], result: "a table with super, tier1 and ordinary, exact decimal texts",
        errors: TokenMoney.errors + ["ZeroCirculation"], source: "Network3 4.2; the minimum is ours",
        example: "token.node_thresholds{ circulation = 1e9 }.super")
    ) { arguments in
      let thresholds = try NodeThresholds(circulation: arguments[circulation], minimumSuper: arguments[minimumSuper])
      return .record([
        "super": .tokens(thresholds.super), "tier1": .tokens(thresholds.tier1),
        "ordinary": .tokens(thresholds.ordinary),
      ])
    }
  }

  private static var tier: Function {
    let pledge = Parameter.tokens("pledge", "the node's")
    return Function(
      Signature(
        "token.node_tier", "The class that a pledge puts a node into.", [circulation, pledge, minimumSuper],
        result: "\"super\", \"tier1\", \"ordinary\" or \"none\"", errors: TokenMoney.errors + ["ZeroCirculation"],
        source: "Network3 4.2", example: "token.node_tier{ circulation = 1e9, pledge = 3e6 }")
    ) { arguments in
      let thresholds = try NodeThresholds(circulation: arguments[circulation], minimumSuper: arguments[minimumSuper])
      return .string(thresholds.tier(ofPledge: arguments[pledge]).rawValue)
    }
  }

  private static var rolePledge: Function {
    let role = Parameter<RolePledge.Role>.choice("role", "what the node wants to do")
    let circulation = circulation.optional("not needed by trainers")
    let units = Parameter<Int>.integer("compute_units", "a trainer's", default: 0, domain: .nonNegative)
    let unitPrice = Parameter.tokens("compute_price", "for each of them", default: Amount(tokens: 1))
    let throughput = Parameter<Int>.integer("throughput", "a trainer's", default: 0, domain: .nonNegative)
    let throughputPrice = Parameter.tokens("throughput_price", "for each of it", default: Amount(tokens: 1))
    return Function(
      Signature(
        "token.role_pledge", "The least pledge that a role asks for.",
        [role, circulation, minimumSuper, units, unitPrice, throughput, throughputPrice],
        result: "tokens, as an exact decimal text", errors: TokenMoney.errors + ["ZeroCirculation"],
        source: "Network3 4.2; specification 2.4",
        example: """
          token.role_pledge{ role = "aggregator", circulation = 1e9 }
          token.role_pledge{ role = "trainer", compute_units = 8, compute_price = 250 }
          """)
    ) { arguments in
      let role = arguments[role]
      if role == .trainer {
        return .tokens(
          try RolePledge.trainer(
            computeUnits: UInt64(arguments[units]), computePrice: arguments[unitPrice],
            throughput: UInt64(arguments[throughput]), throughputPrice: arguments[throughputPrice]))
      }
      guard let circulation = arguments[circulation] else {
        throw ScriptError.invalidParameter("role '\(role.rawValue)' needs option 'circulation'")
      }
      let thresholds = try NodeThresholds(circulation: circulation, minimumSuper: arguments[minimumSuper])
      return .tokens(RolePledge.least(role, thresholds) ?? .zero)
    }
  }

  // MARK: States

  private enum Operation: String, CaseIterable {
    case register, assess, elect, alternate, promote, slash, exit, release, blacklist
  }

  private struct Event: Sendable {
    var operation: String
    var day: Int
    var amount: Amount
    var severity: Int
  }

  private static var node: Function {
    let events = Parameter<[Event]>.records(
      "events",
      "in order: register (amount), assess (amount topped up), elect, alternate, promote, slash (severity_bps), exit, "
        + "release, blacklist",
      fields: ["op", "day", "amount", "severity_bps"]
    ) { fields in
      let operation: Operation = try fields.choice("op", kind: "UnknownEvent")
      return Event(
        operation: operation.rawValue, day: try fields.integer("day", default: 0),
        amount: try fields.amount("amount", default: .zero),
        severity: try fields.integer("severity_bps", default: 10_000))
    }
    return Function(
      Signature(
        "token.node", "Leads a node through events: registered, eligible, elected or alternate, slashed, leaving.",
        [events, circulation, minimumSuper],
        result: "a result with state, states (after each event), pledge, tier and released, exact decimal texts",
        errors: TokenMoney.errors + [
          "UnknownEvent", "WrongState", "InvalidTime", "InvalidSeverity", "ZeroCirculation",
        ],
        source: "specification 2.4",
        example: """
          token.node{ circulation = 1e9, events = { { op = "register", amount = 6e6 }, { op = "assess" },
            { op = "elect" }, { op = "slash", severity_bps = 5000 }, { op = "exit", day = 30 },
            { op = "release", day = 44 } } }
          """)
    ) { arguments in
      let thresholds = try NodeThresholds(circulation: arguments[circulation], minimumSuper: arguments[minimumSuper])
      var (node, history, released) = (NodeRegistration(), EventHistory(), Amount.zero)
      for event in arguments[events] {
        switch Operation(rawValue: event.operation) {
        case .register: try node.register(pledge: event.amount)
        case .assess: try node.assess(thresholds, toppingUp: event.amount)
        case .elect: try node.settle(isElected: true)
        case .alternate: try node.settle(isElected: false)
        case .promote: try node.promote()
        case .slash: try node.slash(Slashing(pledge: node.pledge, severity: event.severity), thresholds: thresholds)
        case .exit: try node.exit(on: event.day)
        case .release: released = try node.release(on: event.day)
        case .blacklist, nil: try node.blacklist()
        }
        history.append(
          event.operation, day: event.day, state: node.state.rawValue,
          remark: "pledge \(node.pledge), \(node.tier.rawValue)")
      }
      return history.result(
        "node", state: node.state.rawValue,
        fields: [
          "pledge": .tokens(node.pledge), "tier": .string(node.tier.rawValue), "released": .tokens(released),
        ])
    }
  }
}
