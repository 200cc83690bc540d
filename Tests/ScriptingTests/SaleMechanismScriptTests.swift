import Testing

@testable import Scripting

/// Votes, sealed markets and the project's variants as scripts see them.
@Suite struct SaleMechanismScriptTests {
  @Test func everyVariantCanBeRunAskedAndAudited() throws {
    let transcript = try Transcript()
    transcript.run(
      """
      vote = auction.member_vote{ benefits = { 1, 1, 2 }, receipt = 40, variant = "paper" }
      out = vote:run{ { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 }, 40 }
      market = auction.sealed_market{ buyers = 2, ask_shares = { 0.4, 0.5 }, value = { 0, 10 }, rule = "mcafee" }
      project = auction.public_project{ owners = 2, stations = 1, intervals = { { 1, 3 } }, owner_weights = { 3, 1 },
        largest_value = 9, largest_cost = 9 }
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    #expect(transcript.value("out.payments") == "{ -10.0, -10.0, -20.0, 40.0 }")
    #expect(transcript.value("out.approved") == "3.0")
    #expect(transcript.value("vote:audit{}.ic") == "violated")
    #expect(transcript.value("market:run{ 0.4, 0.5, { 10, 0 }, { 8, 0 } }.payments[3]") == "8.5")
    #expect(transcript.value("market:run{ 0.4, 0.5, { 9, 0 }, { 8, 0 } }.payments[3]") == "8.25")
    #expect(transcript.value("project:run{ 4, 4, 1, 0.5 }.payments") == "{ 1.5, 0.5, -2.0, 0.0 }")
    #expect(transcript.value("project:run{ 4, 4, 1, 0.5 }.total_payment") == "2.0")
    #expect(transcript.value("project:utilities{ 4, 4, 1, 0.5 }") == "{ 2.5, 3.5, 1.0, 0.0 }")
  }

  @Test(arguments: [
    ("auction.member_vote{ benefits = { 1 }, receipt = 1 }", "InvalidParameter"),
    ("auction.member_vote{ benefits = { 1, -1 }, receipt = 1 }", "InvalidParameter"),
    ("auction.member_vote{ benefits = { 1, 1 }, receipt = 1, evidence = { true } }", "ShapeMismatch"),
    (
      "auction.member_vote{ benefits = { 1, 1 }, receipt = 1, variant = 'paper', evidence = { true, false } }",
      "InvalidParameter"
    ),
    ("auction.sealed_market{ buyers = 2 }", "InvalidParameter"),
    ("auction.sealed_market{ buyers = 2, sellers = 1, ask_shares = { 1 } }", "InvalidParameter"),
    ("auction.sealed_market{ buyers = 2, sellers = 1, forecast = 1 }", "InvalidParameter"),
    ("auction.sealed_market{ buyers = 2, ask_shares = {} }", "EmptyInput"),
    ("auction.sealed_market{ buyers = 2, ask_shares = { -1 } }", "InvalidParameter"),
    ("auction.sealed_market{ buyers = 2, sellers = 1, value = { -1, 1 } }", "InvalidParameter"),
    ("auction.sealed_market{ buyers = 2, sellers = 1, value = { 0, 1e30 } }", "AmountOverflow"),
    ("auction.public_project{ owners = 1, stations = 1 }", "InvalidParameter"),
    ("auction.public_project{ owners = 1, stations = 1, prices = { 1 }, models = 1 }", "InvalidParameter"),
    ("auction.public_project{ owners = 1, stations = 1, prices = { 1 }, beacon = 0.5 }", "InvalidParameter"),
    ("auction.public_project{ owners = 1, stations = 1, intervals = { { 2, 1 } } }", "EmptyInterval"),
    ("auction.public_project{ owners = 1, stations = 1, intervals = { 1 } }", "InvalidParameter"),
    ("auction.public_project{ owners = 1, stations = 1, intervals = {} }", "EmptyInput"),
    ("auction.public_project{ owners = 2, stations = 1, prices = { 1 }, owner_weights = { 1 } }", "ShapeMismatch"),
    ("auction.public_project{ owners = 2, stations = 1, prices = { 1 }, owner_weights = { 0, 0 } }", "ZeroWeight"),
    ("auction.public_project{ owners = 2, stations = 1, prices = { 1 }, rebate = 'cavallo' }", "InvalidParameter"),
    ("auction.public_project{ owners = 2, stations = 1, prices = { 1 }, rebate = 'all' }", "InvalidParameter"),
  ])
  func badOptionsAreRefused(code: String, kind: String) throws {
    let transcript = try Transcript()
    #expect(transcript.value("select(2, pcall(function() return \(code) end)).kind") == kind, "\(code)")
  }
}
