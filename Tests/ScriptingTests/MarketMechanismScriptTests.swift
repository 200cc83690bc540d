import Testing

@testable import Scripting

/// The mechanisms of HCFL and Network3 under audit: the broken ones are caught, the sound ones are not accused.
@Suite struct MarketMechanismScriptTests {
  private static let project = "owners = 2, stations = 1, prices = { 4, 3 }, largest_value = 9, largest_cost = 9"

  private func verdict(_ mechanism: String, _ property: String, _ options: String = "") throws -> String {
    let transcript = try Transcript()
    return transcript.value(
      "(\(mechanism)):audit{ properties = { '\(property)' }, trials = 1000\(options) }.\(property)")
  }

  @Test(arguments: [
    ("joint", "ic", "not violated"), ("joint", "weak_bb", "not violated"), ("joint", "efficiency", "not violated"),
    ("joint", "ir", "violated"), ("side", "ic", "violated"), ("printed", "ic", "violated"),
    ("printed", "weak_bb", "violated"),
  ])
  func publicProjects(rule: String, property: String, expected: String) throws {
    #expect(try verdict("auction.public_project{ \(Self.project), rule = '\(rule)' }", property) == expected)
  }

  @Test(arguments: ["ic", "ir"])
  func procurementIsTruthfulAndVoluntary(property: String) throws {
    for income in ["sqrt", "log", "exp", "linear"] {
      let mechanism = "auction.data_procurement{ providers = 3, income = '\(income)', scale = 3 }"
      #expect(try verdict(mechanism, property) == "not violated", "\(income)")
    }
  }

  /// Truthful, and worth taking part in by everybody's own belief; once all types are known somebody may have lost.
  @Test func extractionIsTruthfulByItsPrior() throws {
    let mechanism = "auction.full_extraction{ valuations = { { 4, 1 }, { 3, 1 } }, prior = { 0.4, 0.1, 0.1, 0.4 } }"
    let prior = """
      , prior = {
        { values = { { 4, 1 }, { 3, 1 } }, probability = 0.4 }, { values = { { 4, 1 }, { 1, 2 } }, probability = 0.1 },
        { values = { { 1, 2 }, { 3, 1 } }, probability = 0.1 }, { values = { { 1, 2 }, { 1, 2 } }, probability = 0.4 },
      }
      """
    for property in ["bayesian_ic", "interim_ir"] {
      #expect(try verdict(mechanism, property, prior).hasPrefix("violated") == false)
    }
    #expect(try verdict(mechanism, "ir", prior) == "violated")
  }

  @Test func independentTypesHaveNoMechanism() throws {
    let transcript = try Transcript()
    let call = "auction.full_extraction{ valuations = { { 4, 1 }, { 3, 1 } }, prior = { 0.25, 0.25, 0.25, 0.25 } }"
    #expect(transcript.value("select(2, pcall(function() return \(call) end)).kind") == "Infeasible")
  }
}
