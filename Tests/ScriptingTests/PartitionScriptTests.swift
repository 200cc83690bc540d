import Testing

@testable import Scripting

@Suite struct PartitionScriptTests {
  private func transcript() throws -> Transcript {
    let transcript = try Transcript()
    #expect(transcript.run("digits = data.digits{ train = 300, test = 20 }") == .succeeded)
    return transcript
  }

  /// What `fl.partition` reports is what `fl.federation` does, of the same seed.
  @Test(arguments: ["iid", "dirichlet"])
  func theReportIsOfTheFederation(partition: String) throws {
    let transcript = try transcript()
    let concentration = partition == "dirichlet" ? ", concentration = 0.3" : ""
    let options = "data = digits, clients = 6, partition = '\(partition)', seed = 5\(concentration)"
    transcript.run("fed = fl.federation{ \(options) } report = fl.partition{ \(options) }")
    #expect(transcript.value("inspect(report.sizes) == inspect(fed:members().samples)") == "true")
    #expect(transcript.value("report.each_once") == "true")
  }

  /// A report's own lists give the same report again.
  @Test func listsCanBeGivenBack() throws {
    let transcript = try transcript()
    transcript.run(
      """
      report = fl.partition{ data = digits, clients = 5, partition = "mixture", main_share = 0.5 }
      again = fl.partition{ data = digits, clients = 5, partition = "explicit", indices = report.indices }
      """)
    #expect(transcript.value("inspect(again.histogram) == inspect(report.histogram)") == "true")
    // Thirty images of each class: 0.75 of the size is asked of a class that is somebody's main class.
    #expect(transcript.value("math.abs(report.emd[1] - 0.9) < 1e-9 and report.sizes[1] == 40") == "true")
  }

  @Test func optionsOfAnotherPartitionAreRefused() throws {
    let transcript = try transcript()
    for (option, partition) in [
      ("main_share = 0.5", "iid"), ("shards = 2", "mixture"), ("exponent = 1", "dirichlet"),
      ("indices = { { 1 } }", "iid"), ("concentration = 0.3", "iid"), ("concentration = 0.3", "shards"),
    ] {
      let answer = transcript.value("fl.partition{ data = digits, partition = '\(partition)', \(option) }")
      #expect(answer.contains("belongs to partition"), "\(answer)")
    }
    #expect(transcript.value("fl.partition{ data = digits, partition = 'explicit' }").contains("'indices'"))
  }

  /// Classes count from 1, as everywhere in Lua: members of a set without the first class hold none of it.
  @Test func restrictedSetsHaveNoOtherClass() throws {
    let transcript = try transcript()
    transcript.run(
      """
      some = digits:restricted{ train = { 2, 5 }, test = { 2 } }
      report = fl.partition{ data = some, clients = 2 }
      held = {}
      for class = 1, 10 do held[class] = report.histogram[1][class] + report.histogram[2][class] > 0 end
      """)
    #expect(
      transcript.value("held[2] and held[5] and not (held[1] or held[3] or held[4] or held[6] or held[10])") == "true")
    #expect(transcript.value("some.classes == 10 and digits.train_count == 300 and some.train_count < 300") == "true")
    for wrong in ["{}", "{ 0 }", "{ 11 }", "{ 1.5 }", "{ math.mininteger }", "3", "{ 'one' }"] {
      let answer = transcript.value("digits:restricted{ test = \(wrong) }")
      #expect(answer.hasPrefix("error"), "\(wrong): \(answer)")
    }
  }

  @Test func augmentationIsReadStrictly() throws {
    let transcript = try transcript()
    #expect(
      transcript.value("tostring(data.digits{ train = 10, test = 10, augment = { flip = true, crop = 2 } })")
        .hasSuffix("in training mirrored and moved by up to 2 at random"))
    for wrong in [
      "{ flop = true }", "{ flip = 1 }", "{ crop = 0.5 }", "{ crop = -1 }", "{ crop = 28 }", "{ 1 }", "true",
    ] {
      let answer = transcript.value("data.digits{ train = 10, test = 10, augment = \(wrong) }")
      #expect(answer.hasPrefix("error"), "\(wrong): \(answer)")
    }
  }

  @Test func seedsAndRoundsAddressSelections() throws {
    let transcript = try transcript()
    let call = "inspect(fl.poisson_selection{ clients = 200, probability = 0.5, seed = 1, round = 2 })"
    #expect(transcript.value("\(call) == \(call)") == "true")
    let other = call.replacing("round = 2", with: "round = 3")
    #expect(transcript.value("\(call) == \(other)") == "false")
  }
}
