import Testing

@testable import Solvers

@Suite struct GambitFormatTests {
  /// The example of the payoff version in Gambit's manual.
  private static let payoffs = """
    NFG 1 R "Selten (IJGT, 75), Figure 2, normal form"
    { "Player 1" "Player 2" } { 3 2 }

    1 1 0 2 0 2 1 1 0 3 2 0
    """
  /// The same game in the outcome version, with names, a comment, commas and a fraction.
  private static let outcomes = """
    NFG 1 D "Selten" { "Player 1" "Player 2" }
    { { "a" "b" "c" }
      { "l" "r" } }
    "a comment"
    {
    { "" 1, 1 }
    { "x" 0, 4/2 }
    { "y" 0, 3 }
    { "z" 2e0, 0 }
    }
    1 2 2 1 3 4
    """

  private func read(_ text: String) throws -> FiniteGame { try FiniteGame(gambit: Array(text.utf8)) }

  @Test func bothVersionsAreRead() throws {
    let game = try read(Self.payoffs)
    #expect(game.strategyCounts == [3, 2] && game.playerNames == ["Player 1", "Player 2"])
    #expect(game.title == "Selten (IJGT, 75), Figure 2, normal form")
    #expect(game.utilities == [[1, 0, 0, 1, 0, 2], [1, 2, 2, 1, 3, 0]])
    let same = try read(Self.outcomes)
    #expect(same.utilities == game.utilities && same.strategyNames == [["a", "b", "c"], ["l", "r"]])
    // Outcome 0 pays nothing.
    #expect(try read("NFG 1 R \"\" { \"A\" } { 2 } { { \"w\" 5 } } 0 1").utilities == [[0, 5]])
  }

  @Test(arguments: GambitFormat.Version.allCases)
  func whatIsWrittenIsReadBack(version: GambitFormat.Version) throws {
    for (counts, whole) in [([2, 3], nil), ([3, 2, 2], 2), ([4], nil), ([1, 1], nil)] as [([Int], Int?)] {
      let game = try Games.random(counts, seed: 7, whole: whole)
      #expect(try read(game.gambitText(version)) == game)
    }
    let named = try FiniteGame(
      strategyCounts: [2], utilities: [[0.1, -1e-300]], title: "a \"quoted\" \\ title", playerNames: ["Zoë"],
      strategyNames: [["{", "} \""]])
    #expect(try read(named.gambitText(version)) == named)
  }

  @Test func malformedFilesNameTheLine() throws {
    func complaint(_ text: String) -> String {
      do { _ = try read(text) } catch let error as GambitFormatError { return error.message } catch {
        return "\(error)"
      }
      return "read"
    }
    #expect(
      complaint("") == "line 1: 'NFG' is due (a Gambit game in normal form begins so), but the end of the file came")
    #expect(complaint("EFG 2 R").hasPrefix("line 1: 'NFG' is due"))
    #expect(complaint("NFG 1 X \"\"").contains("'R' or 'D' is due"))
    #expect(complaint("NFG 1 R\n\n\"never ends\n\n").hasPrefix("line 3: the string that begins here"))
    #expect(
      complaint("NFG 1 R \"\" { \"A\" \"B\" }\n{ 2 }").hasPrefix("line 2: there are 2 players, but strategies of 1"))
    #expect(complaint("NFG 1 R \"\" { \"A\" }\n{ 0 }").contains("at least 1, but '0' came"))
    #expect(
      complaint("NFG 1 R \"\" { \"A\" } { 3 }\n1\n2").hasPrefix(
        "line 3: 3 payoffs are due, but after 2 of them the end"))
    #expect(complaint("NFG 1 R \"\" { \"A\" } { 1 }\n1\n2").hasPrefix("line 3: the file should end here, but '2' came"))
    #expect(complaint("NFG 1 R \"\" { \"A\" } { 1 }\n1/0").contains("divides by 0"))
    #expect(complaint("NFG 1 R \"\" { \"A\" } { 1 }\nnan").contains("'nan' is no number"))
    #expect(complaint("NFG 1 R \"\" { \"A\" } { 1 }\n1e999").contains("is no number"))
    #expect(complaint("NFG 1 R \"\" { \"A\" } { 999999999999 }").contains("too many"))
    #expect(complaint("NFG 1 R \"\" { \"A\" \"B\" } { 9999 9999 }\n1").contains("too many profiles"))
    #expect(complaint("NFG 1 R \"\" { \"A\" } { 2 }\n{ { \"w\" 5 } }\n1 2").hasPrefix("line 3: there are 1 outcomes"))
    #expect(complaint("NFG 1 R \"\" { \"A\" } { 2 }\n{ { \"w\" 5 6 } }\n1 1").contains("has 2 payoffs"))
  }

  /// Whatever a file holds, it is a game or an error.
  @Test func cutAndChangedFilesDoNoHarm() throws {
    for text in [Self.payoffs, Self.outcomes] {
      let bytes = Array(text.utf8)
      for end in bytes.indices { _ = try? FiniteGame(gambit: Array(bytes[..<end])) }
      for place in bytes.indices {
        for byte in [UInt8(0), 34, 123, 125, 44, 57, 255] {
          var changed = bytes
          changed[place] = byte
          _ = try? FiniteGame(gambit: changed)
        }
      }
    }
    #expect(try read(Self.payoffs).profileCount == 6)
  }
}
