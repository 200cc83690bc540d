#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Finds what a few words or a question are about: `help.search "budget balance"`.
///
/// Each word of the question counts by where it stands (a name says more than a summary, a summary more than an option)
/// and by how rare it is; whole words count for more than beginnings, those for more than nothing, and the insides of
/// words for nothing. What the field calls the same thing counts almost as much.
struct HelpSearch {
  struct Match {
    let name: String
    let summary: String
    let score: Double
  }

  /// One function, module or type, with all that is said of it.
  private struct Entry {
    let name: String
    let summary: String
    let fields: [Field]

    init(_ name: String, _ summary: String, source: String = "", rest: String = "") {
      self.name = name
      self.summary = summary
      let separator = name.lastIndex { $0 == "." || $0 == ":" }
      let own = separator.map { name[name.index(after: $0)...] } ?? name[...]
      let owner = separator.map { name[..<$0] } ?? ""
      fields = [
        Field(String(own), 4), Field(summary, 3), Field(String(owner), 2), Field(source, 2), Field(rest, 1),
      ]
    }
  }

  /// A part of an entry: the stems of its words, and how much one of them says.
  private struct Field {
    let stems: [String]
    let known: Set<String>
    let weight: Double

    init(_ text: String, _ weight: Double) {
      stems = SearchWords.stems(in: text)
      known = Set(stems)
      self.weight = weight
    }

    /// How well a term stands here: 1 as it is, less when its last word only begins one, 0 when it does not.
    func fit(_ term: [String], begins: Bool) -> Double {
      guard let last = term.last, term.dropLast().allSatisfy(known.contains) else { return 0 }
      if term.count == 1 {
        if known.contains(last) { return 1 }
        return begins && last.count > 2 && stems.contains { $0.hasPrefix(last) } ? Self.beginning : 0
      }
      var best = 0.0
      for start in stems.indices.dropLast(term.count - 1)
      where stems[start..<start + term.count - 1].elementsEqual(term.dropLast()) {
        let word = stems[start + term.count - 1]
        if word == last { return 1 }
        if begins, last.count > 2, word.hasPrefix(last) { best = Self.beginning }
      }
      return best
    }

    private static let beginning = 0.6
  }

  /// What a question asks for: a term, and what else it is called.
  private struct Concept {
    let term: [String]
    let others: [[String]]

    init(_ term: [String]) {
      self.term = term
      others = Synonyms.others(of: term)
    }

    /// What an entry says of it: where it says most, and a little more for each other part that says it too.
    func weight(in entry: Entry) -> Double {
      var (best, said) = (0.0, 0.0)
      for field in entry.fields {
        let own = field.fit(term, begins: true) * field.weight
        said += own
        best = max(best, own)
        guard best < Self.synonym * field.weight, others.contains(where: { field.fit($0, begins: false) == 1 }) else {
          continue
        }
        best = Self.synonym * field.weight
      }
      return best + Self.repetition * max(said - best, 0)
    }

    /// Another word in a name says a little less than the word itself in a summary.
    private static let synonym = 0.7
    private static let repetition = 0.15
  }

  private let entries: [Entry]

  init(machine: LuaMachine) {
    entries =
      machine.allFunctions.map { function in
        let signature = function.signature
        let options = signature.parameters.map { "\($0.name) \($0.summary) \($0.choices.joined(separator: " "))" }
        return Entry(
          signature.name, signature.summary, source: signature.source ?? "",
          rest: (options + [signature.result] + signature.errors).joined(separator: " "))
      } + machine.modules.map { Entry($0.name, $0.summary) }
      + machine.documentedTypes.map { type in
        Entry(type.name, type.summary, rest: type.fields.map { "\($0.name) \($0.summary)" }.joined(separator: " "))
      }
  }

  /// What the words are about, the nearest first; nothing where none of them is known.
  func matches(_ text: String) -> [Match] {
    let concepts = Self.concepts(of: text)
    let weights = entries.map { entry in concepts.map { $0.weight(in: entry) } }
    let rarity = concepts.indices.map { place -> Double in
      let count = weights.count { $0[place] > 0 }
      return count > 0 ? log(1 + Double(entries.count) / Double(count)) : 0
    }
    let known = Double(rarity.count { $0 > 0 })
    let found = zip(entries, weights).compactMap { entry, weights -> Match? in
      let hits = Double(weights.count { $0 > 0 })
      guard hits > 0 else { return nil }
      let score = zip(weights, rarity).reduce(0) { $0 + $1.0 * $1.1 }
      return Match(name: entry.name, summary: entry.summary, score: score * hits / known)
    }
    let best = found.map(\.score).max() ?? 0
    return found.filter { $0.score >= best * Self.leastShare }.sorted { ($1.score, $0.name) < ($0.score, $1.name) }
  }

  /// What says less than this share of what the best says is not worth a line.
  private static let leastShare = 0.25

  /// The terms of a question: words that are one term together, and the others one by one.
  private static func concepts(of text: String) -> [Concept] {
    let words = SearchWords.telling(in: text).map(SearchWords.stems)
    var concepts: [Concept] = []
    var place = 0
    while place < words.count {
      let lengths = [3, 2].filter { place + $0 <= words.count }
      let length = lengths.first { Synonyms.isTerm(Array(words[place..<place + $0].joined())) } ?? 1
      let term = Array(words[place..<place + length].joined())
      if !term.isEmpty { concepts.append(Concept(term)) }
      place += length
    }
    return concepts
  }
}
