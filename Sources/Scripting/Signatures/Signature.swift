/// The declaration of a function that scripts call. Argument checks, error texts, `help`, completion and the reference
/// pages all come from it.
final class Signature {
  /// The whole name as users write it: `fl.federation`, `federation:train`.
  let name: String
  /// One line.
  let summary: String
  let parameters: [any AnyParameter]
  let parameterNames: [String]
  /// The parameter that the table's array part stands for: `fl.mlp{784, 64, 10}`.
  let listParameter: String?
  /// What comes back, in words.
  let result: String
  /// The kinds of error, beyond those of the argument check.
  let errors: [String]
  /// Paper and equation.
  let source: String?
  let example: String?
  /// Whether a lone table is the first argument itself rather than the table of options: for words such as `inspect`.
  let takesPlainTable: Bool

  func place(of name: String) -> Int? { parameterNames.firstIndex(of: name) }

  init(
    _ name: String, _ summary: String, _ parameters: [any AnyParameter] = [], list: String? = nil, result: String,
    errors: [String] = [], source: String? = nil, example: String? = nil
  ) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
    parameterNames = parameters.map(\.name)
    takesPlainTable = parameters.first?.typeName == "anything"
    self.listParameter = list
    self.result = result
    self.errors = errors
    self.source = source
    self.example = example
  }

  /// The last part of the name.
  var shortName: String {
    String(name.split(whereSeparator: { $0 == "." || $0 == ":" }).last ?? "")
  }

  /// What stands before the last dot or colon, empty for a plain global.
  var moduleName: String {
    guard let separator = name.lastIndex(where: { $0 == "." || $0 == ":" }) else { return "" }
    return String(name[..<separator])
  }
}
