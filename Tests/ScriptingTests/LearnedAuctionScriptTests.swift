import Foundation
import Testing

@testable import Scripting

@Suite struct LearnedAuctionScriptTests {
  private let small = "sizes = { 2e4, 1e4 }, emds = { 0.8, 0.3 }, iterations = 30, hidden = { 8 }"

  @Test func auctionsSurviveTheirFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("learned-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let transcript = try Transcript()
    let path = folder.path + "/auction.json"
    #expect(
      transcript.run(
        """
        first = auction.ranet{ \(small) }
        again = auction.load_learned(first:save("\(path)"))
        bids = { { 0.2, 0.6 }, { 0.9, 0.1 } }
        for i = 1, 2 do
          for s = 1, 2 do assert(first:run(bids).payments[i][s] == again:run(bids).payments[i][s]) end
        end
        sold = auction.learn{ bidders = 2, items = 2, iterations = 10, hidden = { 8 }, valuation = "unit_demand" }
        read = auction.load_learned(sold:save("\(path)"))
        assert(read.valuation == "unit_demand" and read.items == 2)
        values = { { 0.2, 0.6 }, { 0.9, 0.1 } }
        assert(sold:run(values).payments[1] == read:run(values).payments[1])
        """) == .succeeded, "\(transcript.errors)")
    try "{\"format\": \"flnft reverse auction 1\"}".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(transcript.value("auction.load_learned('\(path)')").contains("has no"))
    try "{}".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(transcript.value("auction.load_learned('\(path)')").contains("is no learned auction"))
  }

  @Test func mistakesAreNamed() throws {
    let transcript = try Transcript()
    for (call, words) in [
      ("auction.ranet{ sizes = { 1, 2 }, emds = { 0.1 } }", "the EMDs must be 2, but there are 1"),
      ("auction.ranet{ sizes = { 1, 2 }, emds = { 0.1, 3 } }", "from 0 to 2"),
      ("auction.ranet{ sizes = { 1 }, emds = { 1 }, head = 'max' }", "must be one of"),
      ("auction.ranet{ sizes = { 1 }, emds = { 1 }, highest_bid = 0 }", "above the lowest"),
      ("auction.learn{ bidders = 0 }", "bidders"),
      ("auction.ranet{ \(small) }:run{ { 0.1 } }", "bids of a profile must be 2"),
      (
        "auction.reverse_network{ allocation_layers = {}, payment_layers = {}, sizes = { 1 }, emds = { 1 } }", "network"
      ),
      (
        "auction.reverse_network{ allocation_layers = { 1 }, payment_layers = {}, sizes = { 1 }, emds = { 1 } }",
        "weights"
      ),
    ] {
      let answer = transcript.value(call)
      #expect(answer.hasPrefix("error: ") && answer.contains(words), "\(call): \(answer)")
    }
  }

  @Test func seedsDecide() throws {
    let transcript = try Transcript()
    #expect(
      transcript.run(
        """
        local function payment(seed) return auction.ranet{ \(small), seed = seed }:run{ { 0.2, 0.6 } }.payments[1][1] end
        assert(payment(1) == payment(1) and payment(1) ~= payment(2))
        """) == .succeeded, "\(transcript.errors)")
  }
}
