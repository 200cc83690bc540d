import Testing

@testable import FLNFTShell

/// What `--set` may say.
@Suite struct SettingTests {
  @Test(arguments: [
    ("clients=50", ["50"]), ("rule=paper,corrected", ["paper", "corrected"]), ("seed=1..4", ["1", "2", "3", "4"]),
    ("rate=0..0.3..0.1", ["0", "0.1", "0.2", "0.3"]), ("x=1,4..6,9", ["1", "4", "5", "6", "9"]),
    ("layers={784,64,10},{784,10}", ["{784,64,10}", "{784,10}"]), ("name=\"a,b\"", ["a,b"]), ("path=../x", ["../x"]),
    ("empty=", [""]), ("x=-2..1", ["-2", "-1", "0", "1"]),
  ])
  func valuesAreReadAsWritten(text: String, values: [String]) throws {
    let setting = try Setting(text)
    #expect(setting.values == values)
    #expect(setting.name == text.split(separator: "=")[0])
  }

  @Test(arguments: ["clients", "=5", "a b=1", "x=3..1", "x=0..1..0", "x={1,2", "x=\"a", "x=1..100000000"])
  func whatIsNoneIsRefused(text: String) {
    #expect(throws: CommandProblem.self) { try Setting(text) }
  }

  @Test func casesAreEveryCombinationInOrder() throws {
    let cases = try RunCase.all(of: [try Setting("a=1,2"), try Setting("seed=7,8")], seed: 0)
    #expect(cases.map(\.description) == ["seed=7 a=1", "seed=8 a=1", "seed=7 a=2", "seed=8 a=2"])
    #expect(try RunCase.all(of: [], seed: 3) == [RunCase(seed: 3, settings: [:])])
    #expect(throws: CommandProblem.self) { try RunCase.all(of: [try Setting("seed=x")], seed: 0) }
    #expect(throws: CommandProblem.self) { try RunCase.all(of: [try Setting("a=1"), try Setting("a=2")], seed: 0) }
    let many = try (0..<4).map { try Setting("a\($0)=1..100") }
    #expect(throws: CommandProblem.self) { try RunCase.all(of: many, seed: 0) }
  }

  /// Blocks of any number of tasks are a partition of the cases, as equal as can be.
  @Test(arguments: [(1, 1), (10, 3), (7, 7), (3, 5), (100, 7)])
  func blocksCoverEveryCaseOnce(cases: Int, tasks: Int) throws {
    let folder = try TemporaryFolder()
    let script = try ScriptIdentity(path: folder.write("print(1)", to: "s.lua"), arguments: [])
    let plan = SweepPlan(script: script, cases: try RunCase.all(of: [try Setting("seed=1..\(cases)")], seed: 0))
    let blocks = (1...tasks).map { plan.block($0, of: tasks) }
    #expect(blocks.flatMap { $0 } == plan.cases)
    let sizes = blocks.map(\.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test func theAddressTellsCasesApart() throws {
    let folder = try TemporaryFolder()
    let one = try ScriptIdentity(path: folder.write("print(1)", to: "one.lua"), arguments: [])
    let two = try ScriptIdentity(path: folder.write("print(2)", to: "two.lua"), arguments: [])
    let same = try ScriptIdentity(path: folder.write("print(1)", to: "same.lua"), arguments: [])
    let given = RunCase(seed: 1, settings: ["a": "1"])
    #expect(given.key(of: one) == given.key(of: same), "the same text is the same case, wherever it lies")
    let others = [
      given.key(of: two), RunCase(seed: 2, settings: ["a": "1"]).key(of: one),
      RunCase(seed: 1, settings: ["a": "2"]).key(of: one),
      RunCase(seed: 1, settings: ["a": "1", "b": "1"]).key(of: one),
      given.key(of: try ScriptIdentity(path: one.path, arguments: ["x"])),
    ]
    #expect(Set(others + [given.key(of: one)]).count == 6)
  }
}
