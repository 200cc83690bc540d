import Solvers

/// Equilibria of games in normal form.
enum EquilibriumMethods {
  static func all(_ context: RunContext) -> [Function] {
    [equilibria(context), lemkeHowson(context), pure(context), zeroSum(context), correlated(context)]
  }

  private static let result = "profile, utilities, regrets, max_regret, iterations, converged, seed"

  private static func equilibria(_ context: RunContext) -> Function {
    let method = Parameter<EquilibriumMethod>.choice(
      "method", "all pairs of supports; all vertices, also in degenerate games; or paths from every label",
      default: .supportEnumeration)
    return .method(
      Signature(
        "normalform:equilibria", "All equilibria of a game of two players, mixed ones included.", [method],
        result: """
          a result with count, equilibria (a list of tables with profile, utilities, regrets, max_regret), degenerate, \
          and of the first of them \(result)
          """,
        errors: ["InvalidParameter", "Interrupted"],
        source: "Dickhaut and Kaplan 1991; Porter, Nudelman, Shoham 2004; Mangasarian 1964; Lemke and Howson 1964",
        example: NormalFormObject.example("equilibria{}"))
    ) { (object: NormalFormObject, arguments) in
      let method = arguments[method]
      let found = try object.game.equilibria(by: method, cancellation: context.cancellation)
      return .object(
        object.report(
          "\(NormalFormObject.counted(found.equilibria.count, "equilibrium")) by \(method.words)",
          set: found.equilibria, seed: context.seed, notes: notes(found, method),
          fields: [
            "method": .string(method.rawValue), "degenerate": .boolean(found.isDegenerate),
            "iterations": .integer(found.iterations),
          ]))
    }
  }

  private static func notes(_ found: EquilibriumSet, _ method: EquilibriumMethod) -> [String] {
    var notes: [String] = []
    if method == .lemkeHowson { notes.append("there may be equilibria that no path leads to") }
    guard found.isDegenerate else { return notes }
    switch method {
    case .vertexEnumeration:
      notes.append("the game is degenerate: these are its extreme equilibria, and mixtures of them may be more")
    case .supportEnumeration, .lemkeHowson:
      notes.append(
        "the game is degenerate: it may have infinitely many equilibria, and others than these; "
          + "method = \"vertex_enumeration\" finds all extreme ones")
    }
    return notes
  }

  private static func lemkeHowson(_ context: RunContext) -> Function {
    let label = Parameter<Int>.integer(
      "label", "the pure strategy to drop first: the row player's are counted first, then the column player's"
    ).optional("all, one path from each")
    return .method(
      Signature(
        "normalform:lemke_howson", "Equilibria at the ends of Lemke and Howson's paths.", [label],
        result: "a result with count, equilibria, and of the first of them \(result)",
        errors: ["InvalidParameter", "Interrupted"], source: "Lemke and Howson 1964, with lexicographic pivots",
        example: NormalFormObject.example("lemke_howson{ label = 2 }"))
    ) { (object: NormalFormObject, arguments) in
      let found: EquilibriumSet
      if let label = arguments[label] {
        // Any label that there is not is refused below; this keeps the subtraction from overflowing.
        let place = max(label, 0) - 1
        let end = try object.game.lemkeHowson(label: place, cancellation: context.cancellation)
        found = EquilibriumSet(equilibria: [end], isDegenerate: false, iterations: end.iterations)
      } else {
        found = try object.game.lemkeHowsonAllLabels(cancellation: context.cancellation)
      }
      return .object(
        object.report(
          "\(NormalFormObject.counted(found.equilibria.count, "equilibrium")) by Lemke-Howson paths",
          set: found.equilibria, seed: context.seed, notes: notes(found, .lemkeHowson),
          fields: ["iterations": .integer(found.iterations)]))
    }
  }

  private static func pure(_ context: RunContext) -> Function {
    .method(
      Signature(
        "normalform:pure_equilibria", "All equilibria in pure strategies, for any number of players.",
        result: "a result with count, equilibria, and of the first of them \(result)", errors: ["Interrupted"],
        source: "Nash 1951", example: NormalFormObject.example("pure_equilibria()"))
    ) { (object: NormalFormObject, _) in
      let found = try object.game.pureEquilibria(cancellation: context.cancellation)
      let advice =
        object.game.playerCount == 2
        ? "equilibria{} finds those in mixed strategies"
        : "fictitious_play{}, logit{} or learn{} may come near a mixed one"
      return .object(
        object.report(
          NormalFormObject.counted(found.count, "equilibrium") + " in pure strategies", set: found, seed: context.seed,
          notes: found.isEmpty ? ["there is always one in mixed strategies: \(advice)"] : [],
          fields: ["iterations": .integer(object.game.profileCount)]))
    }
  }

  private static func zeroSum(_ context: RunContext) -> Function {
    .method(
      Signature(
        "normalform:zero_sum", "The value of a zero-sum game and both players' maximin strategies.",
        result: "a result with value and \(result)", errors: ["InvalidParameter", "Infeasible", "Interrupted"],
        source: "von Neumann 1928; by linear programme, Dantzig 1951",
        example: """
          scissors = game.normal_form{ zero_sum = { { 0, -1, 1 }, { 1, 0, -1 }, { -1, 1, 0 } } }
          print(scissors:zero_sum().value)
          """)
    ) { (object: NormalFormObject, _) in
      let found = try object.game.zeroSumEquilibrium(cancellation: context.cancellation)
      return .object(
        object.report(
          "value \(NumberFormat.readable(object.withoutRounding(found.utilities[0]))) by linear programme", [found],
          seed: context.seed,
          converged: true, fields: ["value": .number(found.utilities[0])]))
    }
  }

  private static func correlated(_ context: RunContext) -> Function {
    let objective = Parameter<CorrelatedObjective>.choice(
      "objective", "which one: the largest or least sum of utilities, or the best for whoever gets least",
      default: .welfare)
    let coarse = Parameter<Bool>.boolean(
      "coarse", "whether players decide to follow before they are told what to do, rather than after", default: false)
    return .method(
      Signature(
        "normalform:correlated", "The best correlated equilibrium, for any number of players.", [objective, coarse],
        result: """
          a result with distribution (a list of tables with strategies, by number, and probability), probabilities (one \
          for each profile, player 1's strategy fastest), utilities, welfare, regrets, max_regret, iterations, seed
          """,
        errors: ["InvalidParameter", "Infeasible", "Interrupted"],
        source: "Aumann 1974; Moulin and Vial 1978; by linear programme",
        example: NormalFormObject.example("correlated{ objective = \"egalitarian\" }"))
    ) { (object: NormalFormObject, arguments) in
      let game = object.game
      let found = try game.correlatedEquilibrium(
        objective: arguments[objective], coarse: arguments[coarse], cancellation: context.cancellation)
      return .object(
        object.distributionReport(
          (arguments[coarse] ? "coarse " : "") + "correlated equilibrium by linear programme", found.probabilities,
          fields: [
            "utilities": .numbers(found.utilities), "welfare": .number(found.utilities.reduce(0, +)),
            "regrets": .numbers(found.regrets), "max_regret": .number(found.maximumRegret),
            "iterations": .integer(found.iterations), "converged": .boolean(true),
            "seed": .integer(Int(truncatingIfNeeded: context.seed)),
          ],
          notes: [
            "utilities " + found.utilities.map(NumberFormat.readable).joined(separator: ", ")
              + "; max regret \(NumberFormat.readable(found.maximumRegret))"
          ]))
    }
  }
}

extension NormalFormObject {
  /// A law of profiles, those of probability 0 left out.
  func distributionReport(_ title: String, _ probabilities: [Double], fields more: Record, notes: [String])
    -> ResultObject
  {
    let drawn = probabilities.indices.filter { probabilities[$0] > 0 }
    let profiles = drawn.map(game.strategies(ofProfile:))
    var fields: Record = [
      "distribution": .list(
        zip(drawn, profiles).map { index, strategies in
          .record(["strategies": .integers(strategies.map { $0 + 1 }), "probability": .number(probabilities[index])])
        }),
      "probabilities": .numbers(probabilities),
    ]
    for field in more.fields { fields[field.name] = field.value }
    let columns = game.playerNames.enumerated().map { player, name in
      TextTable.Column(name, .text(profiles.map { game.strategyNames[player][$0[player]] }))
    }
    return ResultObject(
      title, fields: fields,
      tables: [TextTable("", columns + [.init("probability", .numbers(drawn.map { probabilities[$0] }))])], notes: notes
    )
  }
}

extension EquilibriumMethod {
  fileprivate var words: String {
    switch self {
    case .supportEnumeration: "support enumeration"
    case .vertexEnumeration: "vertex enumeration"
    case .lemkeHowson: "Lemke-Howson paths"
    }
  }
}
