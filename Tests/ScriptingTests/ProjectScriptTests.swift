import Testing

@testable import Scripting

/// Public projects, procurement and correlated types from Lua.
@Suite struct ProjectScriptTests {
  private static let shares = "owner_shares = { { 2, 2 }, { 2, 2 } }, station_shares = { { 4, 4 } }"

  /// Numbers, whole floats and texts are the same amounts; what does not fit a number of Lua comes back as a text.
  @Test func amountsAreExact() throws {
    let transcript = try Transcript()
    #expect(transcript.value("math.type(auction.cost_shares{ total = 7.0, participants = 2 }[1])") == "integer")
    transcript.run("parts = auction.cost_shares{ total = '1000000000000000000002', weights = { 5, '3', 3, 0 } }")
    #expect(
      transcript.value("parts[1] .. ' ' .. parts[2] .. ' ' .. parts[4]")
        == "454545454545454545456 272727272727272727273 0")
    #expect(
      transcript.value(
        "auction.select_model{ owner_bids = { { '9223372036854775807' } }, station_claims = { { 0 } } }.margins[1]")
        == "9223372036854775807")
  }

  @Test(arguments: [
    ("auction.cost_shares{ total = 1.5, participants = 2 }", "InvalidParameter"),
    ("auction.cost_shares{ total = '1e3', participants = 2 }", "InvalidParameter"),
    ("auction.cost_shares{ total = ('9'):rep(60), participants = 2 }", "AmountOverflow"),
    ("auction.cost_shares{ total = 1e300, participants = 2 }", "AmountOverflow"),
    ("auction.cost_shares{ total = 0/0, participants = 2 }", "NotFinite"),
    ("auction.cost_shares{ total = -1, participants = 2 }", "NegativeAmount"),
    ("auction.cost_shares{ total = 5 }", "InvalidParameter"),
    ("auction.cost_shares{ total = 5, weights = { 0, 0 } }", "ZeroWeight"),
    ("auction.select_model{ owner_bids = {}, station_claims = { { 1 } } }", "NoParticipants"),
    ("auction.select_model{ owner_bids = { { 1, 2 }, { 3 } }, station_claims = { { 1, 1 } } }", "ShapeMismatch"),
    (
      "auction.clarke_tax{ owner_bids = { {} }, station_claims = { {} }, owner_shares = { {} }, station_shares = { {} } }",
      "EmptyInput"
    ),
    (
      "auction.pvcg{ income = 'sqrt', scale = 1e308, supplies = { { 1e308 } }, cost_types = { 1 }, quality = { 1 }, unit_costs = { 1 } }",
      "NotFinite"
    ),
    ("auction.cremer_mclean{ valuations = { { 1e308, 1e308 }, { 1e308 } }, prior = { 0.5, 0.5 } }", "InvalidParameter"),
    ("auction.total_payment{ low = 5, high = 4, beacon_numerator = 0, beacon_denominator = 1 }", "EmptyInterval"),
    ("auction.total_payment{ low = 1, high = 4, beacon_numerator = 1, beacon_denominator = 1 }", "InvalidParameter"),
    (
      "auction.clarke_tax{ owner_bids = { { 1 } }, station_claims = { { 1 } }, owner_shares = { { 2 } }, station_shares = { { 3 } } }",
      "SharesNotBalanced"
    ),
    ("auction.client_rewards{ reward = 5, rule = 'loo', full = 3 }", "InvalidParameter"),
    ("auction.client_rewards{ reward = 5, rule = 'shapley', values = { 1, 2, 3 } }", "ShapeMismatch"),
    ("auction.punishment{ promised_ppm = 5, measured_ppm = 1, votes = { true, 3 }, bond = 1 }", "InvalidParameter"),
    ("auction.punishment{ promised_ppm = 0, measured_ppm = 1, votes = {}, bond = 1 }", "InvalidAccuracy"),
    ("auction.pvcg_levels{ levels = { 2 }, income = { 0, 1 }, costs = { { 1, 2 } } }", "InvalidCost"),
    ("auction.cremer_mclean{ valuations = { { 4, 1 }, { 3 } }, prior = { 0.5, 0.6 } }", "InvalidPrior"),
    ("auction.cremer_mclean{ valuations = { { 4, 1 }, { 3 } }, prior = { 0.5, 0.2, 0.3 } }", "ShapeMismatch"),
    ("audit.data_offering_rate{ claimed = { 5 }, owned = { 4 } }", "OverClaim"),
  ])
  func mistakesHaveNames(call: String, kind: String) throws {
    let transcript = try Transcript()
    #expect(transcript.value("select(2, pcall(function() return \(call) end)).kind") == kind)
  }

  @Test func theTaxSaysWhoChangedTheChoice() throws {
    let transcript = try Transcript()
    transcript.run(
      "tax = auction.clarke_tax{ owner_bids = { { 10, 0 }, { 2, 6 } }, station_claims = { { 0, 0 } }, \(Self.shares) }")
    #expect(transcript.value("tax.selected .. ' ' .. tax.owner_tax[1] .. ' ' .. tax.tax_total") == "1 4 4")
    #expect(transcript.value("tax.owner_pivot[1] and not tax.owner_pivot[2]") == "true")
    #expect(transcript.value("tax:summary():find('model 1 is trained', 1, true) ~= nil") == "true")
    transcript.run(
      "veto = auction.clarke_tax{ owner_bids = { { 0, 0 }, { 1, 0 } }, station_claims = { { 9, 9 } }, \(Self.shares) }")
    #expect(transcript.value("veto.selected == nil") == "true")
  }

  @Test func anInfeasibleProgrammeSaysWhy() throws {
    let transcript = try Transcript()
    transcript.run(
      "full = auction.cremer_mclean{ valuations = { { 4, 1 }, { 3, 1 } }, prior = { 0.4, 0.1, 0.1, 0.4 } }")
    #expect(transcript.value("not full.feasible and full.payments == nil and #full.contradiction > 2") == "true")
    #expect(transcript.value("full:summary():find('contradict each other', 1, true) ~= nil") == "true")
  }

  @Test func nullsInListsKeepTheirPlaces() throws {
    let transcript = try Transcript()
    #expect(transcript.value("#json.parse{ text = '[true, null, null]', null = 'absent' }") == "3")
    #expect(transcript.value("json.parse('{\"a\": null}').a == nil") == "true")
  }
}
