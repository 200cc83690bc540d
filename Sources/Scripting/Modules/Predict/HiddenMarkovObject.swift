import Solvers
import Tensor

/// A hidden Markov model that scripts hold, fit and ask.
final class HiddenMarkovObject: ScriptObject {
  static let typeName = "hmm"
  var model: HiddenMarkovModel

  init(_ model: HiddenMarkovModel) { self.model = model }

  static func type(_ context: RunContext) -> ObjectType {
    ObjectType(
      HiddenMarkovObject.self, "a hidden Markov model: states that nobody sees, symbols that everybody sees",
      methods: [HiddenMarkovFitting.fit(context)] + HiddenMarkovMethods.all(context) + [HiddenMarkovDrawing.plot],
      fields: [
        TypedField("states", "how many") { .integer($0.model.states) },
        TypedField("symbols", "how many") { .integer($0.model.symbols) },
        TypedField("initial", "the probability of each first state") { .numbers($0.model.initial) },
        TypedField("transition", "from a state (row) to the next (column)") { .matrix($0.model.transition) },
        TypedField("emission", "of a symbol (column) in a state (row)") { .matrix($0.model.emission) },
        TypedField("parameters", "how many numbers it may choose freely") { .integer($0.model.freeParameters) },
      ],
      describe: { $0.text })
  }

  /// With its probabilities where they fit a terminal.
  private var text: String {
    let title = "hmm of \(model.states) states and \(model.symbols) symbols"
    guard model.states + model.symbols <= 16 else { return title }
    let states = Array(1...model.states)
    func columns(_ name: String, _ matrix: Matrix) -> [TextTable.Column] {
      (0..<matrix.columns).map { .init("\(name) \($0 + 1)", .numbers(matrix.column($0))) }
    }
    let table = TextTable(
      "",
      [.init("state", .integers(states)), .init("first", .numbers(model.initial))]
        + columns("to", model.transition) + columns("emits", model.emission))
    return title + "\n" + table.text()
  }
}
