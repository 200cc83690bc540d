import Testing

@testable import Scripting

/// `help` and its parts, `:methods()`, and what is said of names that are nearly right.
@Suite struct HelpTests {
  private func printed(_ code: String) throws -> String {
    let transcript = try Transcript()
    #expect(transcript.run(code) == .succeeded, "\(transcript.errors)")
    return transcript.output
  }

  @Test func theIndexLeadsOn() throws {
    let index = try printed("help()")
    for words in ["Modules", "  auction ", "Words", "  help.search ", "Finding more"] { #expect(index.contains(words)) }
  }

  /// The lines that the index proposes to type run as they stand.
  @Test func theMarketOfTheIndexRuns() throws {
    let index = try printed("help()")
    let lines = index.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix("A market") })
    let market = lines[(start + 1)...].prefix { !$0.isEmpty }
    #expect(market.count == 4)
    let small = market.joined(separator: "\n").replacing("data.digits{}", with: "data.digits{ train = 200, test = 50 }")
    let transcript = try Transcript()
    #expect(transcript.run(small) == .succeeded, "\(transcript.errors)")
  }

  @Test(arguments: [
    ("budget balance", "audit."), ("hidden markov", "predict.hmm"), ("stackelberg", "game."), ("auctions", "auction."),
    ("krum", "fl."), ("safetensors", ""),
  ])
  func searchFinds(words: String, name: String) throws {
    let text = try printed("help.search \"\(words)\"")
    #expect(text.contains("  " + name), "\(words): \(text)")
    #expect(text.split(separator: "\n").count <= 16)
  }

  /// A name counts for more than a mention.
  @Test func theNearestComesFirst() throws {
    let first = try printed("help.search 'dirichlet'").split(separator: "\n").first ?? ""
    #expect(first.lowercased().contains("dirichlet") || first.contains("partition"), "\(first)")
    let hit = try printed("help.search 'first_market_of_nothing'")
    #expect(hit.contains("nothing is said of"))
  }

  @Test(arguments: [
    ("how do I check that nobody gains by lying", "mechanism:audit"), ("draw a line", "plot.line"),
    ("read a csv file", "data.csv"), ("how do I set the seed", "seed"), ("who contributed most", "contributions"),
    ("compare two auctions", "audit.compare"), ("split the data unevenly", "fl.partition"),
    ("group the rows of a table", "frame:group"), ("sort a table", "frame:sort"),
    ("save the results to a file", "result:save"), ("how much noise for epsilon", "fl.noise_multiplier"),
    ("mint a model as an NFT", "dao:mint"), ("how do I resume training", "fl.load"), ("train a federation", "fed"),
    ("draw a histogram of bids", "plot.histogram"), ("is my market in deficit", "audit.market"),
    ("reward the clients", "auction.client_rewards"), ("individual rationality", "audit.market"),
  ])
  func questionsOfEveryDayFindTheirFunctionFirst(question: String, name: String) throws {
    let text = try printed("help.search \"\(question)\"")
    let first = text.split(separator: " ").first ?? ""
    #expect(first.contains(name), "\(question):\n\(text)")
  }

  /// Beginnings of words count, their insides do not.
  @Test func searchMatchesWordsNotTheirInsides() throws {
    #expect(try printed("help.search 'histo'").contains("plot.histogram"))
    #expect(try printed("help.search 'istogram'").contains("nothing is said of"))
    #expect(try printed("help.search 'histogrma'").contains("(did you mean 'histogram'?)"))
  }

  @Test(arguments: [
    ("auctions", "auction"), ("lying", "lie"), ("lies", "lie"), ("policies", "policy"), ("pricing", "pric"),
    ("price", "pric"), ("running", "run"), ("selling", "sell"), ("unevenly", "uneven"), ("loss", "loss"), ("is", "is"),
  ])
  func wordsAreComparedWithoutTheirEndings(word: String, stem: String) {
    #expect(SearchWords.stem(word) == stem)
  }

  @Test func examplesRunWithWhatTheyNeed() throws {
    let transcript = try Transcript()
    #expect(transcript.run("fed = 'mine'") == .succeeded)
    #expect(transcript.run("help.example(game.iisg)") == .succeeded, "\(transcript.errors)")
    #expect(transcript.output.contains("fed = fl.federation{"))
    #expect(transcript.output.contains("equilibrium of the incentive game"))
    #expect(transcript.value("fed") == "mine", "an example changed the user's names")
    #expect(transcript.run("help.example('auction.double')") == .succeeded)
    #expect(transcript.run("help.example(help.search)") == .succeeded)
    #expect(transcript.value("help.example(print)").contains("no function of flnft"))
    #expect(transcript.value("help.example()").contains("name a function"))
  }

  @Test func everyObjectSaysWhatItOffers() throws {
    let transcript = try Transcript()
    transcript.run("x = plot.line{ y = { 1, 2 } }")
    #expect(transcript.value("x:methods()").contains("plot:save"))
    #expect(transcript.session.completion(of: "x:me", cursor: 4).candidates == ["methods"])
    #expect(transcript.value("x.metods").contains("no field"))
  }

  @Test func misspeltGlobalsAreRecognised() throws {
    let transcript = try Transcript()
    transcript.run("federation_of_ten = { size = 10 }")
    transcript.run("return federation_of_tne.size")
    #expect(transcript.errors.last?.hint == "did you mean 'federation_of_ten'?")
    transcript.run("return qqqq.size")
    #expect(transcript.errors.last?.hint == nil)
    #expect(transcript.value("help.serch 'x'").contains("help has no function 'serch' (did you mean 'search'?)"))
  }

  /// A name alone that nothing bears is nil to Lua, and a slip to whoever typed it at the prompt.
  @Test func aBareUnknownNameIsRemarkedUponAtThePrompt() throws {
    let prompt = try Transcript { $0.interactive = true }
    for text in ["acution", "nil", "auction", "zzzzzz", "x = acution", "false", "acution;"] { prompt.run(text) }
    #expect(prompt.notices == ["there is no 'acution' (did you mean 'auction'?)", "there is no 'zzzzzz'"])
    #expect(prompt.errors.isEmpty)
    for text in ["exit", "quit"] {
      prompt.run(text)
      #expect(prompt.notices.last == "Ctrl-D leaves, and so does os.exit()")
    }
    let script = try Transcript()
    script.run("acution")
    #expect(script.notices.isEmpty)
  }

  @Test func completionKnowsWhatItOffers() throws {
    let transcript = try Transcript()
    let options = transcript.session.completion(of: "plot.line{ tit", cursor: 14)
    #expect(options.candidates == ["title"])
    #expect(options.notes["title"]?.contains("above the drawing") == true)
    let functions = transcript.session.completion(of: "plot.sc", cursor: 7)
    #expect(functions.notes["scatter"]?.isEmpty == false)
  }

  /// At a terminal, texts break at words and go on under their first word; elsewhere they are one line.
  @Test func helpFitsTheWindow() throws {
    let narrow = try Transcript { ($0.interactive, $0.width) = (true, 60) }
    narrow.run("help(fl.federation)")
    // Code is as it was written.
    let explained = try #require(narrow.output.split(separator: "\nExample\n").first)
    narrow.run("?auction")
    narrow.run("help.search 'budget balance'")
    let lines = (explained + narrow.output.split(separator: "\nauction: ")[1]).split(separator: "\n")
    #expect(lines.count > 50)
    #expect(lines.allSatisfy { $0.count <= 60 }, "\(lines.filter { $0.count > 60 })")

    let wide = try Transcript()
    wide.run("help(fl.federation)")
    #expect(wide.output.split(separator: "\n").contains { $0.count > 100 })
    func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
    #expect(words(narrow.output).starts(with: words(wide.output)))
  }

  /// What a result holds differs from one to the next, and is said of each.
  @Test func helpOnAResultListsItsFields() throws {
    let transcript = try Transcript()
    transcript.run("cleared = auction.double{ asks = { 10, 14, 20 }, bids = { 25, 18, 12 } }")
    transcript.run("help(cleared)")
    let own = try #require(transcript.output.split(separator: "Fields of this one\n").dropFirst().first)
    for field in ["  trades           3", "  buyer_payments   a list of 3"] { #expect(own.contains(field), "\(own)") }
    #expect(transcript.value("cleared:methods()").contains(String(own).trimmingSpaces))
    transcript.run("help'result'")
    #expect(transcript.output.split(separator: "Fields of this one").count == 2)
  }

  @Test func textsFoldAtWords() {
    #expect("one two three four five six".folded(behind: "  a  ", to: 25) == "  a  one two three four\n     five six")
    #expect("one two".folded(behind: "  ", to: nil) == "  one two")
    #expect("one two".folded(behind: "a long heading", to: 30) == "a long headingone two")
    let long = String(repeating: "x", count: 40)
    #expect("a \(long) b".folded(behind: "", to: 30) == "a\n\(long)\nb")
    #expect("".folded(behind: "  ", to: 40) == "  ")
  }
}
