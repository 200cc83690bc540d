import Solvers
import Tensor

/// Games in normal form: from tables, from a function, from a file.
enum NormalFormFunctions {
  static var all: [Function] { [normalForm, load] }

  private static var normalForm: Function {
    let row = Parameter.matrix("row", "the row player's payoffs, a row for each of its strategies").optional()
    let column = Parameter.matrix("column", "the column player's payoffs, laid out like the row player's").optional()
    let zeroSum = Parameter.matrix("zero_sum", "the row player's payoffs, which the column player pays").optional()
    let payoffs = PayoffSource.parameter.optional()
    let strategies = StrategySpaces.parameter.optional("1, 2, 3, ...; needed with a function")
    let players = Parameter.strings("players", "the players' names").optional("player 1, player 2, ...")
    let title = Parameter<String>.string("title", "what the game is called", default: "")
    return Function(
      Signature(
        "game.normal_form",
        "A game of finitely many strategies: by two matrices, by one if it is zero-sum, or by every profile's payoffs.",
        [row, column, zeroSum, payoffs, strategies, players, title],
        result: "a normalform, which has the methods that solve it",
        errors: ["EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"],
        source: "at most \(FiniteGame.payoffLimit) payoffs of all players together, each at most 1e150 in size",
        example: """
          dilemma = game.normal_form{ row = { { 3, 0 }, { 5, 1 } }, column = { { 3, 5 }, { 0, 1 } },
            strategies = { { "cooperate", "defect" }, { "cooperate", "defect" } } }
          """)
    ) { arguments in
      let spaces = arguments[strategies]
      let given = [
        ("row", arguments[row] != nil || arguments[column] != nil), ("zero_sum", arguments[zeroSum] != nil),
        ("payoffs", arguments[payoffs] != nil),
      ].filter(\.1).map(\.0)
      guard given.count == 1 else {
        throw ScriptError.invalidParameter(
          "needs exactly one of: row and column, zero_sum, payoffs; got "
            + (given.isEmpty ? "none" : given.joined(separator: " and ")))
      }
      let names = Names(title: arguments[title], players: arguments[players], spaces: spaces)
      if let zeroSum = arguments[zeroSum] {
        let negated = Matrix(rows: zeroSum.rows, columns: zeroSum.columns, elements: zeroSum.elements.map { -$0 })
        return .object(NormalFormObject(try names.game(row: zeroSum, column: negated)))
      }
      switch arguments[payoffs] {
      case .table(let counts, let utilities): return .object(NormalFormObject(try names.game(counts, utilities)))
      case .function(let function):
        guard let spaces else {
          throw ScriptError.invalidParameter(
            "with a function for payoffs, 'strategies' must say how many each player has",
            hint: "strategies = { 2, 3 } for two players with 2 and 3")
        }
        let counts = spaces.map(\.count)
        let utilities = try PayoffSource.utilities(of: function, counts: counts, machine: arguments.stack.machine)
        return .object(NormalFormObject(try names.game(counts, utilities)))
      case nil: break
      }
      guard let row = arguments[row], let column = arguments[column] else {
        throw ScriptError.invalidParameter(
          "row and column belong together: the payoffs of both players", hint: "zero_sum takes a single matrix")
      }
      return .object(NormalFormObject(try names.game(row: row, column: column)))
    }
  }

  /// What things are called, as far as it was said.
  private struct Names {
    let title: String
    let players: [String]?
    let spaces: [StrategySpace]?

    func game(row: Matrix, column: Matrix) throws -> FiniteGame {
      try FiniteGame(
        row: row, column: column, title: title, playerNames: players,
        strategyNames: try strategies(for: [row.rows, row.columns]))
    }

    func game(_ counts: [Int], _ utilities: [[Double]]) throws -> FiniteGame {
      try FiniteGame(
        strategyCounts: counts, utilities: utilities, title: title, playerNames: players,
        strategyNames: try strategies(for: counts))
    }

    private func strategies(for counts: [Int]) throws -> [[String]]? {
      guard let spaces else { return nil }
      let given = spaces.map(\.count)
      guard given == counts else {
        func words(_ counts: [Int]) -> String { "{\(counts.map(String.init).joined(separator: ", "))}" }
        throw ScriptError.shapeMismatch(
          "the payoffs are for \(words(counts)) strategies, but option 'strategies' names \(words(given))")
      }
      return spaces.map(\.names)
    }
  }

  private static var load: Function {
    let path = Parameter<String>.string("path", "the file, in Gambit's payoff or outcome version")
    return Function(
      Signature(
        "game.load_nfg", "Reads a game from a Gambit file in normal form.", [path], result: "a normalform",
        errors: ["FileError", "MalformedGame", "EmptyInput", "ShapeMismatch", "NotFinite", "InvalidParameter"],
        source: "the Gambit manual, game representation formats",
        example: """
          chicken = game.normal_form{ row = { { 0, -1 }, { 1, -9 } }, column = { { 0, 1 }, { -1, -9 } } }
          print(game.load_nfg(chicken:save("chicken.nfg")))
          """)
    ) { arguments in
      let path = arguments[path]
      do {
        return .object(NormalFormObject(try FiniteGame(gambit: try TextFile.bytes(of: path))))
      } catch var error as GambitFormatError {
        error.file = path
        throw error
      }
    }
  }
}
