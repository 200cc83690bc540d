/// Finds what a few words are about: `help.search "budget balance"`.
struct HelpSearch {
  struct Match {
    let name: String
    let summary: String
    let score: Int
  }

  /// One function, module or type, with all that is said of it, the telling parts first.
  private struct Entry {
    let name: String
    let summary: String
    /// In lower case: where a word counts for 4, 3, 2 and 1.
    let texts: [String]
  }

  private let entries: [Entry]

  init(machine: LuaMachine) {
    let functions = machine.words + machine.modules.flatMap(\.functions) + machine.documentedTypes.flatMap(\.methods)
    var entries = functions.map { function in
      let signature = function.signature
      let options = signature.parameters.map { "\($0.name) \($0.summary) \($0.choices.joined(separator: " "))" }
      return Entry(
        name: signature.name, summary: signature.summary,
        texts: [
          signature.name, signature.summary, signature.source ?? "",
          (options + [signature.result, signature.errors.joined(separator: " ")]).joined(separator: " "),
        ].map { $0.lowercased() })
    }
    entries += machine.modules.map { Entry(name: $0.name, summary: $0.summary, texts: [$0.name, $0.summary]) }
    entries += machine.documentedTypes.map { type in
      let fields = type.fields.map { "\($0.name) \($0.summary)" }.joined(separator: " ")
      return Entry(name: type.name, summary: type.summary, texts: [type.name, type.summary, "", fields.lowercased()])
    }
    self.entries = entries
  }

  /// What holds every word, or, where nothing does, what holds most of them; the best first.
  func matches(_ text: String) -> [Match] {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(Self.stem)
    guard !words.isEmpty else { return [] }
    let found = entries.map { entry in
      let scores = words.map { Self.score(of: $0, in: entry.texts) }
      return (entry: entry, hits: scores.count { $0 > 0 }, score: scores.reduce(0, +))
    }
    let most = found.map(\.hits).max() ?? 0
    guard most > 0 else { return [] }
    return found.filter { $0.hits == most }
      .map { Match(name: $0.entry.name, summary: $0.entry.summary, score: $0.score) }
      .sorted { ($1.score, $0.name) < ($0.score, $1.name) }
  }

  private static func score(of word: String, in texts: [String]) -> Int {
    for (place, text) in texts.enumerated() where text.contains(word) { return 4 - min(place, 3) }
    return 0
  }

  /// Without a plural's ending, so that "auctions" finds an auction.
  private static func stem(_ word: Substring) -> String {
    word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : String(word)
  }
}
