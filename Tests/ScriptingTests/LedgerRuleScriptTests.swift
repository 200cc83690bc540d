import Foundation
import Testing

@testable import Scripting

/// Rules of the ledger that keep people from each other's money, as scripts meet them.
@Suite struct LedgerRuleScriptTests {
  private func market() throws -> Transcript {
    let transcript = try Transcript()
    transcript.run(
      """
      book = ledger.create{}
      for _, name in ipairs{ "ann", "bob", "cyd" } do book:open_account{ name = name, amount = 1000 } end
      function kind(f, ...) return select(2, pcall(f, ...)).kind end
      """)
    return transcript
  }

  /// Who stakes today has not staked through a week that is still to come.
  @Test func aWeekIsSharedWhenItIsOver() throws {
    let transcript = try market()
    transcript.run(
      """
      book:distribute{ from = "cyd", amount = 100 }
      book:stake{ by = "ann", amount = 100 }
      book:advance(7 * 86400)
      book:stake{ by = "bob", amount = 900 }
      today = book.time // 86400
      function share(week) return kind(book.distribute, book, { from = "bob", amount = 0, week_start = week }) end
      late, next, this = share(30000), share(today), share(today - 6)
      book:distribute{ from = "bob", amount = 0 }
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("late, next, this") == "InvalidTime\tInvalidTime\tInvalidTime")
    #expect(transcript.value("book:balance('ann'), book:balance('bob')") == "1000\t100")
  }

  private static let auction = """
    daos, tokens = {}, {}
    for i, name in ipairs{ "Aurora", "Borealis" } do
      daos[i] = book:dao{ name = name, members = { "m" .. i } }
      tokens[i] = daos[i]:mint{ name = "net", model_hash = ("ab"):rep(32), round = i }.token
      book:vote_on_transfer{ member = "m" .. i, token = tokens[i] }
    end
    sale = book:auction{ name = "r" }
    sale:ask{ seller = "Aurora", price = 5, token = tokens[1] }
    sale:ask{ seller = "Borealis", price = 6, token = tokens[2] }
    sale:bid{ bidder = "ann", quality = 10 }
    """

  /// Nobody pays for a model that is burned, nor one who has it no more, whenever that happened.
  @Test(arguments: ["opening", "clearing", "settling"])
  func anAskEndsWithItsModel(before step: String) throws {
    let transcript = try market()
    transcript.run(Self.auction)
    func part(_ place: String) {
      if place == step { transcript.run("book:burn_model{ token = tokens[1], by = 'Aurora' }") }
    }
    transcript.run("sale:close()")
    part("opening")
    transcript.run("opened = sale:open_bids()")
    part("clearing")
    transcript.run("sale:clear{ reserve = 8 }")
    part("settling")
    transcript.run("ok, problem = pcall(sale.settle, sale)")
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    if step == "settling" {
      #expect(transcript.value("ok, problem.kind") == "false\tInvalidSettlement")
      transcript.run("sale:clear{ reserve = 8 } sale:settle()")
      #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    } else {
      #expect(transcript.value("ok") == "true")
    }
    if step == "opening" { #expect(transcript.value("opened.discarded[1]").contains("no token")) }
    // Borealis alone is left, and the reserve is its price.
    #expect(
      transcript.value("book:balance('ann'), book:balance('Aurora'), book:balance('Borealis')") == "992\t0\t8")
    #expect(transcript.value("book:verify().sound") == "true")
  }

  @Test func aModelThatWasPassedOnIsNotSoldByWhoHadIt() throws {
    let transcript = try market()
    transcript.run(Self.auction)
    transcript.run(
      """
      book:vote_on_transfer{ member = "m1", token = tokens[1], to = "cyd" }
      book:transfer_model{ token = tokens[1], by = "Aurora", to = "cyd" }
      sale:close()
      opened = sale:open_bids()
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("#opened.asks, #opened.discarded, opened.sellers[1]") == "1\t1\tBorealis")
  }

  /// A price that nobody could pay would end the ledger, as nobody could take it back.
  @Test func aPriceOfGasCanBePaid() throws {
    let transcript = try market()
    #expect(transcript.value("kind(book.set_gas_price, book, { price = 1 })") == "GasPriceTooHigh")
    #expect(
      transcript.value("kind(book.set_gas_price, book, { price = '300000000000000000000' })") == "GasPriceTooHigh")
    transcript.run(
      """
      book:set_gas_price{ price = "0.1" }
      book:transfer{ from = "ann", to = "treasury", amount = 500 }
      book:set_gas_price{ price = 0 }
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("book.gas_price") == "0")
  }

  /// What another seed than the founder's opened, nobody could sign for beside the others.
  @Test func anotherSeedWritesNothing() throws {
    let path = "\(NSTemporaryDirectory())flnft-seed-\(UUID().uuidString).sqlite"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Transcript().run(
      "book = ledger.create{ path = '\(path)' } book:open_account{ name = 'ann', amount = 9 } book:close()")
    let other = try Transcript { $0.seed = 7 }
    other.run("book = ledger.open('\(path)') height = book.height")
    for attempt in [
      "book:open_account{ name = 'zed' }", "book:auction{ name = 'r', auctioneer = 'newone' }",
      "book:open_account{ name = 'zed', amount = 1 }", "book:transfer{ from = 'ann', to = 'treasury', amount = 1 }",
    ] {
      other.run("ok, problem = pcall(function() \(attempt) end)")
      #expect(
        other.value("problem.kind, problem.message:find('another seed') ~= nil") == "InvalidParameter\ttrue",
        "\(attempt)")
    }
    #expect(other.value("book.height == height, book:balance('ann')") == "true\t9")
  }

  @Test func partsBetweenTheStepsAreRefused() throws {
    let transcript = try market()
    transcript.run(Self.auction)
    for royalty in ["0.00004", "0.00001", "0.12345"] {
      transcript.run(
        "ok, problem = pcall(book.set_royalty, book, { token = tokens[1], by = 'Aurora', royalty = \(royalty) })")
      #expect(transcript.value("problem.kind") == "InvalidParameter", "\(royalty)")
      #expect(transcript.value("problem.message").contains("0.0001"))
    }
    transcript.run("book:set_royalty{ token = tokens[1], by = 'Aurora', royalty = 0.0301 }")
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("book:model(tokens[1]).royalty") == "0.0301")
  }
}
