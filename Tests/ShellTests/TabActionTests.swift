import Testing

@testable import FLNFTShell
@testable import Scripting

@Suite struct TabActionTests {
  private func tab(_ line: String, start: Int, _ candidates: [String], columns: Int = 80) -> TabAction {
    TabAction(line: line, cursor: line.utf8.count, columns: columns) { _, _ in
      Completion(start: start, candidates: candidates)
    }
  }

  @Test func oneCandidateIsTaken() {
    let action = tab("x = pri", start: 4, ["print"])
    #expect(action.start == 4 && action.replacement == "print" && action.listing == nil)
  }

  @Test func severalAreTakenAsFarAsTheyAgree() {
    #expect(tab("to", start: 0, ["tonumber", "tostring"]).listing == "tonumber  tostring\n")
    #expect(tab("te", start: 0, ["tensor.ones", "tensor.zeros"]).replacement == "tensor.")
  }

  @Test func nothingHappensWithoutCandidates() {
    let action = tab("zz", start: 0, [])
    #expect(action.replacement == nil && action.listing == nil)
  }

  @Test func tabIndentsABlankLine() {
    #expect(tab("  ", start: 2, ["and"]).replacement == "  ")
  }

  /// The part of the line before the word never changes, whatever is answered.
  @Test(arguments: [-1, 0, 3, 5, 6, 100])
  func theTextBeforeTheWordStays(start: Int) {
    let action = tab("é = a", start: start, ["abc"])
    #expect((0...6).contains(action.start))
    #expect(action.replacement == nil || action.start == start)
  }

  @Test func longListsAreCut() {
    let listing = tab("n", start: 0, (0..<250).map { "n\($0)" } + ["m"], columns: 40).listing ?? ""
    #expect(listing.hasSuffix("and 151 more\n"))
    #expect(listing.split(separator: "\n").allSatisfy { $0.count <= 40 })
  }

  @Test func whatIsKnownOfCandidatesStandsBesideThem() {
    let completion = Completion(
      start: 0, candidates: ["rounds", "iterations"], notes: ["rounds": "how many rounds (a whole number)"])
    let action = TabAction(line: "x", cursor: 1, columns: 30) { _, _ in completion }
    #expect(action.listing == "iterations\nrounds      how many rounds...\n")
    let many = Completion(start: 0, candidates: (0..<40).map { "a\($0)" }, notes: ["a1": "one"])
    #expect(TabAction.explained(many, columns: 80) == nil)
  }
}
