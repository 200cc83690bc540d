import Testing

@testable import Scripting

/// What Tab offers, by where the cursor stands.
@Suite struct CompletionTests {
  private func completion(_ text: String, cursor: Int? = nil) throws -> Completion {
    try Transcript().session.completion(of: text, cursor: cursor ?? text.utf8.count)
  }

  @Test(arguments: [
    ("auction.double{ rule = \"sh", ["\"shared_cost\""]), ("auction.double{ rule = 'sh", ["'shared_cost'"]),
    ("auction.double({ asks = { 1, 2 }, bids = { 3 }, rule = \"sh", ["\"shared_cost\""]),
    ("x = auction.double{\n  -- the rule {\n  rule = \"sh", ["\"shared_cost\""]),
    ("auction.double{ rule = \"zz", []), ("auction.double{ asks = \"pr", []), ("print(\"pri", []), ("x = 'pri", []),
  ])
  func wordsOfAnOptionAreOfferedInsideQuotes(text: String, offered: [String]) throws {
    #expect(try completion(text).candidates == offered)
  }

  @Test func anOpenQuoteOffersAllWordsAndNothingElse() throws {
    let text = "auction.double{ rule = \""
    let offered = try completion(text)
    #expect(offered.start == text.utf8.count - 1)
    #expect(offered.candidates.contains("\"mcafee\"") && offered.candidates.contains("\"shared_cost\""))
    #expect(offered.candidates.allSatisfy { $0.hasPrefix("\"") && $0.hasSuffix("\"") })
    // The quote that an editor has set already stays the only one.
    #expect(try completion(text + "sh\" }", cursor: text.utf8.count + 2).candidates == ["\"shared_cost"])
    // Without a quote, the words come with theirs, beside the names of variables.
    let bare = try completion("auction.double{ rule = ").candidates
    #expect(bare.contains("\"shared_cost\"") && bare.contains("print"))
  }

  @Test(arguments: ["-- pri", "x = 1 -- pri", "--[[ a\n pri", "--[==[ ]] pri", "x = [[ pri", "x = [=[ ]] pri"])
  func nothingIsOfferedInCommentsAndLongStrings(text: String) throws {
    #expect(try completion(text).candidates.isEmpty)
  }

  @Test(arguments: [
    "-- a\nprin", "--[[ a ]] prin", "x = \"--\" prin", "x = 'a\\'b' prin", "x = [[a]] prin", "x = t[ prin",
    "x = \"a\nprin",
    "x = '\\\\' prin", "x = a - prin",
  ])
  func codeGoesOnAfterThem(text: String) throws {
    #expect(try completion(text).candidates == ["print"])
  }

  /// Brackets, commas and equals signs within strings and comments are none of the code's.
  @Test func stringsDoNotEndACall() throws {
    let options = try completion("plot.line{ title = \"a } , y = ( b\", --[[ } ]] x_lab").candidates
    #expect(options == ["x_label"])
    #expect(try completion("plot.line{ title = \"x_label = 3\", x_lab").candidates == ["x_label"])
    #expect(try completion("plot.line{ x_label = \"a\", x_lab").candidates.isEmpty)
  }

  @Test func anyPlaceOfAnyTextHasAnAnswer() throws {
    let transcript = try Transcript()
    for text in ["auction.double{ rule = \"é\\", "[[", "--[", "\"\\", "'", "x[=", "é😀\"", "fl.federation{ --"] {
      for cursor in -1...text.utf8.count + 1 {
        let completion = transcript.session.completion(of: text, cursor: cursor)
        #expect((0...text.utf8.count).contains(completion.start), "\(text) at \(cursor)")
      }
    }
  }

  @Test(arguments: [("a", true), ("_x9", true), ("9x", false), ("", false), ("a.b", false), ("é", false)])
  func namesAreLettersDigitsAndUnderscores(text: String, isName: Bool) {
    #expect(LuaName.isName(text) == isName)
  }
}
