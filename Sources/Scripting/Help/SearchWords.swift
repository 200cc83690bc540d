/// Words as a search compares them: in small letters, without the endings of plurals and of verbs.
enum SearchWords {
  /// The stems of the words of a text; a name's underscores, dots and colons part words as blanks do.
  static func stems(in text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { stem(String($0)) }
  }

  /// The words of a question, without those that every question has; a name with underscores is one word. All of them
  /// where nothing else would be left.
  static func telling(in question: String) -> [String] {
    let words = question.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    let telling = words.filter { !stopWords.contains($0) }
    return telling.isEmpty ? words : telling
  }

  /// What words that differ by their endings share: auction and auctions, price and pricing, lie and lying.
  static func stem(_ word: String) -> String {
    guard word.utf8.count > 3 else { return word }
    var stem = word
    if stem.hasSuffix("ies"), stem.utf8.count > 4 {
      stem = stem.dropLast(3) + "y"
    } else if stem.hasSuffix("s"), !stem.hasSuffix("ss") {
      stem.removeLast()
    }
    if stem.hasSuffix("ly"), stem.utf8.count > 4 { stem.removeLast(2) }
    if stem.hasSuffix("ying"), stem.utf8.count == 5 {
      stem = stem.dropLast(4) + "ie"
    } else if let ending = ["ing", "ed"].first(where: { stem.hasSuffix($0) && stem.utf8.count >= $0.utf8.count + 3 }) {
      stem.removeLast(ending.utf8.count)
      // Running and run, but selling and sell.
      if let last = stem.last, stem.utf8.count > 3, stem.dropLast().last == last, !"lsz".contains(last) {
        stem.removeLast()
      }
    }
    if stem.hasSuffix("e"), stem.utf8.count > 3 { stem.removeLast() }
    return stem
  }

  /// Words that say nothing of what is looked for.
  private static let stopWords: Set<String> = Set(
    """
    a about all an and any anybody are as at be by can could do does each every everybody everyone for from get give
    given gives go has have how i if in into is it its just know like make many me more much my need no nobody not of
    on one or our out same see several should so some somebody someone something than that the their them then there
    these they this those to two us use using want was we were what when where whether which while who whom whose why
    will with without would you your
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
