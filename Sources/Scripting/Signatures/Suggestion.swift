/// "Did you mean": the nearest of the names that there are.
public enum Suggestion {
  /// The name within a third of the length in edit distance (at least one, a swap counting as one); nil when none is.
  /// Words of one or two letters are near nothing.
  public static func nearest(to word: String, among names: [String]) -> String? {
    let word = Array(word.lowercased())
    guard word.count > 2 else { return nil }
    let largest = max(1, word.count / 3)
    var best: (name: String, distance: Int)?
    for name in names {
      let letters = Array(name.lowercased())
      // Lengths alone may tell, which keeps texts of any length cheap.
      guard abs(letters.count - word.count) <= largest else { continue }
      let distance = editDistance(word, letters)
      if distance <= largest, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
  }

  /// The nearest name as a clause that goes on a sentence, " (did you mean 'clients'?)"; empty when none is near.
  public static func clause(for word: String, among names: [String]) -> String {
    question(for: word, among: names).map { " (\($0))" } ?? ""
  }

  /// The nearest name as a hint, "did you mean 'clients'?".
  static func question(for word: String, among names: [String]) -> String? {
    nearest(to: word, among: names).map { "did you mean '\($0)'?" }
  }

  /// A hint that asks for the nearest name, where one is near, and then says what there is.
  static func hint(for word: String, among names: [String], listing: String) -> String {
    (question(for: word, among: names).map { $0 + " " } ?? "") + listing
  }

  /// The optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours.
  static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var current = [i + 1] + Array(repeating: 0, count: b.count)
      for j in b.indices {
        var distance = min(current[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, beforeLast[j - 1] + 1) }
        current[j + 1] = distance
      }
      beforeLast = last
      last = current
    }
    return last[b.count]
  }
}
