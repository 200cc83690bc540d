import Foundation
import Testing

@testable import Scripting

/// Rounds of crowdfunding, shares, ratings and signcryption from Lua.
@Suite struct CrowdfundingScriptTests {
  private static let round = """
    round = ledger.crowdfunding{ name = "r1", silence_fee = 30 }
    for _, owner in ipairs{ "o1", "o2" } do round:register{ who = owner, side = "owner", deposit = 1000, time = 1 } end
    round:register{ who = "b1", side = "station", deposit = 400 }
    round:propose{ who = "o1", accuracy_ppm = 900000, low = 60, high = 120 }
    claims = { o1 = 80, o2 = 30, b1 = 20 }
    for who, claim in pairs(claims) do
      round:commit{ who = who, digest = ledger.claim_digest{ round = "r1", who = who, salt = "s", claims = { claim } },
        time = 12 }
    end
    for who, claim in pairs(claims) do round:reveal{ who = who, salt = "s", claims = { claim }, time = 22 } end
    """

  @Test func aRoundIsPlayedToItsEnd() throws {
    let transcript = try Transcript()
    transcript.run(Self.round)
    transcript.run(
      """
      round:deliver{ who = "o1", time = 30 }
      round:update{ who = "b1", time = 40 }
      round:report{ who = "o1", accuracy_ppm = 890000 }
      round:vote{ who = "o2", punish = true }
      round:advance(60)
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("round.stage") == "\"SETTLED\"" || transcript.value("round.stage") == "SETTLED")
    // C = 60 + 30, half each; a shortfall of 10000 of 900000 costs 100/90, rounded up.
    #expect(transcript.value("round.total_payment") == "90")
    #expect(transcript.value("round.penalty") == "2")
    #expect(transcript.value("round.balances.b1") == "490")
    #expect(transcript.value("round.balances.o1 + round.balances.o2 + round.balances.b1 + round.pool") == "2400")
  }

  /// The same round with money on a ledger, tokens in and out.
  @Test func aRoundOnALedgerMovesItsMoney() throws {
    let transcript = try Transcript()
    transcript.run(
      """
      book = ledger.create{}
      for _, who in ipairs{ "o1", "o2", "b1" } do book:open_account{ name = who, amount = "0.000000000000002" } end
      book:open_account{ name = "commons" }
      """)
    transcript.run(
      Self.round.replacingOccurrences(
        of: "silence_fee = 30", with: "silence_fee = 30, ledger = book, collector = 'commons'"))
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("round.account, book:balance('r1 deposits')") == "r1 deposits\t0.0000000000000024")
    transcript.run(
      """
      round:deliver{ who = "o1", time = 30 }
      round:update{ who = "b1", time = 40 }
      round:report{ who = "o1", accuracy_ppm = 890000 }
      round:vote{ who = "o2", punish = true }
      round:advance(60)
      for _, who in ipairs{ "o1", "o2", "b1" } do round:withdraw{ who = who } end
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("round.collected, book:balance('commons')") == "2\t0.000000000000000002")
    #expect(transcript.value("book:balance('r1 deposits'), book:verify().sound") == "0\ttrue")
    // The name is used: another round would mix its deposits with these.
    #expect(
      transcript.value("select(2, pcall(ledger.crowdfunding, { name = 'r1', ledger = book })).kind")
        == "InvalidParameter")
    #expect(
      transcript.value("select(2, pcall(ledger.crowdfunding, { collector = 'b1' })).kind") == "InvalidParameter")
    #expect(
      transcript.value("select(2, pcall(ledger.crowdfunding, { name = 'r2', ledger = book, pool = 5 })).kind")
        == "InvalidParameter")
  }

  @Test(arguments: [
    ("round:deliver{ who = 'o2', time = 30 }", "NotAuthorized"),
    ("round:deliver{ who = 'o1', time = 10 }", "InvalidTime"),
    ("round:update{ who = 'b1', time = 30 }", "WrongState"),
    ("round:withdraw{ who = 'b1' }", "WrongState"),
    ("round:commit{ who = 'b1', digest = 'x' }", "WrongState"),
    ("round:register{ who = 'x', side = 'owner', deposit = -1 }", "NegativeAmount"),
    ("round:register{ who = 'x', side = 'nobody', deposit = 1 }", "InvalidParameter"),
    ("ledger.crowdfunding{ commit = 10 }", "InvalidSchedule"),
    ("ledger.crowdfunding{ beacon_numerator = 2 }", "InvalidParameter"),
    ("ledger.crowdfunding{ owner_bond = ('9'):rep(36) }", "AmountOverflow"),
    ("ledger.deposit_required{ side = 'owner', claims = { 1, 2 }, transfers = { 1 } }", "DimensionMismatch"),
    ("ledger.split_secret{ secret = 5, shares = 3, threshold = 2, modulus = 4 }", "InvalidParameter"),
    ("ledger.split_secret{ secret = 5, shares = 3, modulus = 11 }", "InvalidParameter"),
    ("ledger.split_secret{ secret = 12, shares = 3, threshold = 2, modulus = 11 }", "InvalidParameter"),
    ("ledger.split_secret{ secret = 1, shares = 2, threshold = 3, modulus = 11 }", "NotEnoughShares"),
    ("ledger.split_secret{ secret = -1, shares = 2, threshold = 2, modulus = 11 }", "InvalidParameter"),
    ("ledger.recover_secret{ shares = { { 1, 2 } }, threshold = 2, modulus = 11 }", "NotEnoughShares"),
    ("ledger.recover_secret{ shares = { { 1, 2 }, { 1, 3 } }, threshold = 2, modulus = 11 }", "DuplicateShare"),
    ("ledger.recover_secret{ shares = { { 0, 2 }, { 1, 3 } }, threshold = 2, modulus = 11 }", "InvalidParameter"),
    ("ledger.private_average{ ratings = { 1, 2 }, prime = 23 }", "TooFewRaters"),
    ("ledger.private_average{ ratings = { 1, 2, 11 }, prime = 23 }", "RatingOutOfRange"),
    ("ledger.private_average{ ratings = { 1, 2, 3 }, prime = 24 }", "InvalidParameter"),
    ("ledger.private_average{ ratings = { 1, 2, 3 }, prime = 23, decryptors = { 1 } }", "NotEnoughShares"),
    ("ledger.private_average{ ratings = { 8, 8, 8, 8, 8 }, prime = 47 }", "InvalidParameter"),
    ("ledger.encode_data{ data = '0', needed = 1, total = 2 }", "InvalidParameter"),
    ("ledger.encode_data{ data = '00', needed = 3, total = 2 }", "InvalidCodeParameters"),
    ("ledger.recover_data{ shares = { { 0, '00' } }, needed = 1, total = 2, length = 1 }", "InvalidParameter"),
    (
      "ledger.recover_data{ shares = { { math.mininteger, '00' } }, needed = 1, total = 2, length = 1 }",
      "InvalidParameter"
    ),
    (
      "ledger.correct_data{ shares = { { 1, '00' }, { 2, '01' } }, needed = 1, total = 2, length = 1 }", "Uncorrectable"
    ),
    ("ledger.signcrypt{ message = 'm', sender = 'a', receiver = 'b', tamper = 'proof' }", "SigncryptionInvalid"),
    ("ledger.signcrypt{ message = 'm', sender = '', receiver = 'b' }", "InvalidParameter"),
  ])
  func badInputIsNamed(_ call: String, _ kind: String) throws {
    let transcript = try Transcript()
    transcript.run(Self.round)
    #expect(transcript.value("select(2, pcall(function() return \(call) end)).kind") == kind, "\(call)")
  }

  /// Shares of data are numbered from 1 here, in messages too.
  @Test(arguments: [
    ("{ { 3, '00' }, { 3, '00' } }", "share 3 is given twice"),
    ("{ { 0, '00' } }", "no share 0: they go from 1 to 4"), ("{ { 5, '00' } }", "no share 5: they go from 1 to 4"),
    ("{ { 4, '0000' } }", "share 4 has 2 bytes"),
  ])
  func messagesNumberSharesAsScriptsDo(shares: String, words: String) throws {
    let transcript = try Transcript()
    transcript.run(
      "ok, problem = pcall(ledger.recover_data, { shares = \(shares), needed = 1, total = 4, length = 1 })")
    #expect(transcript.value("problem.message").contains(words), "\(transcript.value("problem.message"))")
  }

  @Test func refusalsChangeNothing() throws {
    let transcript = try Transcript()
    transcript.run(Self.round)
    let before = transcript.value("round:participants():summary() .. round.stage .. round.time")
    #expect(transcript.value("pcall(round.deliver, round, { who = 'o2' })").hasPrefix("false"))
    #expect(transcript.value("round:participants():summary() .. round.stage .. round.time") == before)
  }

  @Test func sharesGoThereAndBack() throws {
    let transcript = try Transcript()
    transcript.run(
      """
      modulus = "1092814357813179959"
      parts = ledger.split_secret{ secret = "123456789012345678", shares = 5, threshold = 3, modulus = modulus }
      some = { parts.shares[5], parts.shares[1], parts.shares[3] }
      again = ledger.recover_secret{ shares = some, threshold = 3, modulus = modulus }
      coded = ledger.encode_data{ data = "68656c6c6f", needed = 2, total = 6 }
      damaged = {}
      for i, share in ipairs(coded.shares) do damaged[i] = { i, i == 4 and "000000" or share } end
      fixed = ledger.correct_data{ shares = damaged, needed = 2, total = 6, length = coded.length }
      told = ledger.signcrypt{ message = "for you", sender = "alice", receiver = "bob" }
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("again.secret == '123456789012345678' and again.consistent") == "true")
    #expect(transcript.value("fixed.data == '68656c6c6f' and #fixed.wrong == 1 and fixed.wrong[1] == 4") == "true")
    #expect(transcript.value("told.message == 'for you' and told.sender == 'alice'") == "true")
    #expect(
      transcript.value("ledger.private_average{ ratings = { 2, 4, 9 }, prime = '2185628715626359919' }.average")
        == "5.0")
  }
}
