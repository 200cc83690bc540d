/// One way in which a result can be drawn.
struct Picture {
  /// The word by which it is asked for.
  let name: String
  let plot: () throws -> Plot

  init(_ name: String, _ plot: @escaping @autoclosure () throws -> Plot) {
    self.name = name
    self.plot = plot
  }

  /// The picture of this name, or the first.
  /// - Throws: `ScriptError.invalidParameter` naming what there is.
  static func chosen(_ name: String?, of pictures: [Picture], for title: String) throws -> Plot {
    guard let first = pictures.first else {
      throw ScriptError.invalidParameter(
        "there is no picture of '\(title)'", hint: "plot.line, plot.bar and the like draw any of its lists")
    }
    guard let name else { return try first.plot() }
    if let picture = pictures.first(where: { $0.name == name }) { return try picture.plot() }
    let names = pictures.map(\.name)
    let listing = "it has: " + names.joined(separator: ", ")
    throw ScriptError.invalidParameter(
      "there is no picture '\(name)' of '\(title)'", hint: Suggestion.hint(for: name, among: names, listing: listing))
  }
}
