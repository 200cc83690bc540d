import Testing

@testable import FLNFTKernel

@Suite struct HistoryTests {
  private var history: CellHistory {
    var history = CellHistory()
    for (input, output) in [("1 + 2", "3"), ("x = 1", nil), ("1 + 4", "5"), ("1 + 2", "3"), ("é = '😀'", nil)] {
      #expect(history.begin() == history.entries.count + 1)
      history.store(input, output: output)
    }
    return history
  }

  private func numbers(_ entries: [CellHistory.Entry]) -> [Int] { entries.map(\.number) }

  @Test func theTailIsTheNewest() {
    #expect(numbers(history.tail(2)) == [4, 5])
    #expect(numbers(history.tail(100)) == [1, 2, 3, 4, 5])
    #expect(numbers(history.tail(nil)) == [1, 2, 3, 4, 5])
    #expect(history.tail(0).isEmpty)
    #expect(history.tail(-3).isEmpty)
    #expect(history.tail(2)[0].output == "3")
  }

  @Test func rangesEndBeforeTheirStop() {
    #expect(numbers(history.range(session: 0, start: 2, stop: 4)) == [2, 3])
    #expect(numbers(history.range(session: 1, start: 4, stop: nil)) == [4, 5])
    #expect(numbers(history.range(session: 0, start: .min, stop: .max)) == [1, 2, 3, 4, 5])
    #expect(history.range(session: 0, start: 4, stop: 2).isEmpty)
    #expect(history.range(session: -1, start: 0, stop: 9).isEmpty)
  }

  @Test func searchTakesPatternsOfTheWholeCell() {
    #expect(numbers(history.search("1 + ?", count: nil, unique: false)) == [1, 3, 4])
    #expect(numbers(history.search("1 + ?", count: nil, unique: true)) == [3, 4])
    #expect(numbers(history.search("1 + ?", count: 2, unique: false)) == [3, 4])
    #expect(numbers(history.search("*", count: 1, unique: true)) == [5])
    #expect(numbers(history.search("*'?'", count: nil, unique: false)) == [5])
    #expect(history.search("+", count: nil, unique: false).isEmpty)
    #expect(history.search("*", count: -1, unique: false).isEmpty)
  }

  @Test(arguments: [
    ("", "", true), ("", "a", false), ("*", "", true), ("**", "abc", true), ("a*c", "abbbc", true),
    ("a*c", "abbbcd", false), ("?", "😀", true), ("?", "", false), ("a*b*c", "a-b-b-c", true),
    ("a*b*c", "a-c-b", false), ("[a]", "a", false), ("[a]", "[a]", true), ("*\n*", "x\ny", true),
  ])
  func patterns(pattern: String, text: String, matches: Bool) {
    #expect(GlobPattern(pattern).matches(text) == matches)
  }

  /// A matcher that tries every way to share a text among the stars would take longer than the universe has.
  @Test(.timeLimit(.minutes(15))) func manyStarsTakeNoTime() {
    let pattern = String(repeating: "*a", count: 500) + "b"
    #expect(!GlobPattern(pattern).matches(String(repeating: "a", count: 5000)))
  }
}
