import Solvers
import Tensor

/// Selling access to users whose types are correlated.
enum CremerMcLeanFunctions {
  static func all(_ context: RunContext) -> [Function] {
    [condition(context), identifiability(context), payments(context), loss, descent(context)]
  }

  private static let valuations = ProcurementOption.lists(
    "valuations", "what access is worth to each type (column) of each user (row)", unit: "money")
  private static let prior = Parameter.numbers(
    "prior", "the probability of each profile of types, the first user's type slowest")
  private static let errors = ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter", "InvalidPrior"]

  private static func users(_ arguments: Arguments) throws -> CremerMcLean {
    try CremerMcLean(valuations: arguments[valuations], prior: arguments[prior])
  }

  private static func condition(_ context: RunContext) -> Function {
    Function(
      Signature(
        "auction.belief_condition", "Whether no type's belief is a mixture of the beliefs of its user's other types.",
        [valuations, prior],
        result: """
          a table with holds, cone_margin (the distance to the nearest mixture, by user), rank, types and full_rank
          """,
        errors: errors, source: "Network3 theorem 1; Cremer and McLean 1988",
        example: "auction.belief_condition{ valuations = { { 4, 1 }, { 3, 1 } }, prior = { 0.4, 0.1, 0.1, 0.4 } }.holds"
      )
    ) { arguments in
      let condition = try users(arguments).beliefCondition(cancellation: context.cancellation)
      return .record([
        "holds": .boolean(condition.holds), "cone_margin": .numbers(condition.coneMargins),
        "rank": .integers(condition.ranks), "types": .integers(condition.typeCounts),
        "full_rank": .booleans(condition.isFullRank),
      ])
    }
  }

  private static func identifiability(_ context: RunContext) -> Function {
    let tolerance = Parameter<Double>.number(
      "tolerance", "the shift of a probability that is forgiven to rounding", default: 1e-7, domain: .money)
    return Function(
      Signature(
        "auction.identifiability", "Whether another law of types would look to all users like mixtures of this one's.",
        [valuations, prior, tolerance],
        result: "a table with identifiable and max_shift, the most that such a law changes a profile's probability",
        errors: errors + ["Infeasible"], source: "Network3 theorem 1; Kosenok and Severinov 2008",
        example: "auction.identifiability{ valuations = { { 4, 1 }, { 3, 1 } }, prior = { 0.4, 0.1, 0.1, 0.4 } }")
    ) { arguments in
      let result = try users(arguments).identifiability(
        tolerance: arguments[tolerance], cancellation: context.cancellation)
      return .record([
        "identifiable": .boolean(result.isIdentifiable), "max_shift": .number(result.largestShift),
      ])
    }
  }

  private static func payments(_ context: RunContext) -> Function {
    let extraction = Parameter<Extraction>.choice(
      "extraction", "all value is paid at every profile, or each type expects to pay its value", default: .exPost)
    let nonpositive = Parameter<Bool>.boolean("nonpositive", "whether no user may receive money", default: false)
    return Function(
      Signature(
        "auction.cremer_mclean", "The smallest payments that take all value from users who neither lie nor stay away.",
        [valuations, prior, extraction, nonpositive],
        result: """
          a result with feasible, payments (what users receive, users by profiles), max_abs_payment, and contradiction \
          (when infeasible: demands with their weights)
          """,
        errors: errors, source: "Network3 (12); the interim form is Cremer and McLean's",
        example: """
          auction.cremer_mclean{ valuations = { { 4, 1 }, { 3, 1 } }, prior = { 0.4, 0.1, 0.1, 0.4 },
            extraction = "interim" }
          """)
    ) { arguments in
      let users = try users(arguments)
      let result = try users.payments(
        arguments[extraction], receivesNothing: arguments[nonpositive], cancellation: context.cancellation)
      return .object(report(result, users, arguments[extraction]))
    }
  }

  private static func report(_ result: SurplusExtraction, _ users: CremerMcLean, _ form: Extraction) -> ResultObject {
    let demands = result.contradiction.map { (what: words($0.kind), weight: $0.weight) }
    var tables: [TextTable] = []
    if let payments = result.payments {
      let profiles = (0..<users.law.profileCount).map { profile in
        users.law.types(of: profile).map { String($0 + 1) }.joined(separator: ", ")
      }
      tables = [
        TextTable(
          "",
          [.init("types", .text(profiles))]
            + payments.enumerated().map { .init("user \($0 + 1) gets", .numbers($1)) })
      ]
    } else if !demands.isEmpty {
      tables = [
        TextTable(
          "Demands that contradict each other",
          [.init("demand", .text(demands.map(\.what))), .init("weight", .numbers(demands.map(\.weight)))])
      ]
    }
    return ResultObject(
      "full extraction, \(form.rawValue)",
      fields: [
        "feasible": .boolean(result.isFeasible), "max_abs_payment": .optional(result.largestPayment),
        "payments": result.payments.map { .list($0.map { .numbers($0) }) } ?? .none,
        "contradiction": .list(
          demands.map { .record(["demand": .string($0.what), "weight": .number($0.weight)]) }),
      ],
      tables: tables,
      notes: [
        result.largestPayment.map { "the largest payment is \(NumberFormat.readable($0))" }
          ?? "no payments meet all demands"
      ], payload: result)
  }

  private static func words(_ kind: SurplusExtraction.Demand.Kind) -> String {
    switch kind {
    case .budget(let profile):
      "all value is paid at types \(profile.map { String($0 + 1) }.joined(separator: ", "))"
    case .extraction(let user, let type): "type \(type + 1) of user \(user + 1) expects to pay its value"
    case .participation(let user, let type): "type \(type + 1) of user \(user + 1) does not expect to lose"
    case .truth(let user, let type, let said):
      "type \(type + 1) of user \(user + 1) does not gain by saying \(said + 1)"
    }
  }

  // MARK: Learning

  private static var loss: Function {
    let payments = Parameter.numbers(
      "payments", "what users receive, user by user, the first user's type slowest", unit: "money")
    return Function(
      Signature(
        "auction.cremer_mclean_loss", "The printed loss of payments that are to be learned, exactly, and its gradient.",
        [valuations, prior, payments],
        result: "a table with loss, budget, participation, truth and gradient", errors: errors,
        source: "Network3 (13)",
        example: """
          auction.cremer_mclean_loss{ valuations = { { 4, 1 }, { 3, 1 } }, prior = { 0.4, 0.1, 0.1, 0.4 },
            payments = { -4, -4, -1, -1, -3, -1, -3, -1 } }.loss
          """)
    ) { arguments in
      let loss = try users(arguments).loss(arguments[payments])
      return .record([
        "loss": .number(loss.total), "budget": .number(loss.budget), "participation": .number(loss.participation),
        "truth": .number(loss.truth), "gradient": .numbers(loss.gradient),
      ])
    }
  }

  private static func descent(_ context: RunContext) -> Function {
    let start = Parameter.numbers(
      "start", "the payments to begin with, user by user, the first user's type slowest", unit: "money")
    let rate = Parameter<Double>.number("rate", "the length of a step in gradients", default: 0.1, domain: .money)
    let steps = Parameter<Int>.integer("steps", "how many steps", default: 100, domain: .between(0, 1_000_000))
    return Function(
      Signature(
        "auction.cremer_mclean_descent", "Plain gradient descent on the printed loss: slow, see cremer_mclean instead.",
        [valuations, prior, start, rate, steps],
        result: "a table with losses (before the first step and after each) and payments",
        errors: errors, source: "Network3 (13)",
        example: """
          auction.cremer_mclean_descent{ valuations = { { 4, 1 }, { 3, 1 } }, prior = { 0.4, 0.1, 0.1, 0.4 },
            start = { 0, 0, 0, 0, 0, 0, 0, 0 }, rate = 0.2, steps = 5 }
          """)
    ) { arguments in
      let (losses, payments) = try users(arguments).descent(
        from: arguments[start], rate: arguments[rate], steps: arguments[steps], cancellation: context.cancellation)
      return .record(["losses": .numbers(losses), "payments": .numbers(payments)])
    }
  }
}
