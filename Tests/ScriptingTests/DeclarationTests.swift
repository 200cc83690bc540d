import Foundation
import Testing

@testable import Scripting

/// What every declaration owes its users, and that every example runs as it stands.
@Suite struct DeclarationTests {
  private func signatures(_ transcript: Transcript) -> [Signature] {
    let machine = transcript.session.machine
    let functions = machine.words + machine.modules.flatMap(\.functions) + machine.documentedTypes.flatMap(\.methods)
    return functions.map(\.signature)
  }

  @Test func declarationsAreWhole() throws {
    let transcript = try Transcript()
    let all = signatures(transcript)
    #expect(all.count > 60)
    #expect(Set(all.map(\.name)).count == all.count, "two functions of one name")
    let help = Help(machine: transcript.session.machine)
    for signature in all {
      let name = signature.name
      #expect(name.wholeMatch(of: /[a-z_]+([.:][a-z0-9_]+)?/) != nil, "\(name)")
      #expect(signature.summary.hasSuffix(".") && !signature.summary.contains("\n"), "\(name): \(signature.summary)")
      #expect(!signature.result.isEmpty, "\(name) does not say what it gives")
      #expect(signature.example != nil, "\(name) has no example")
      #expect(Set(signature.parameterNames).count == signature.parameters.count, "\(name) names an option twice")
      for parameter in signature.parameters {
        #expect(parameter.name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil, "\(name): \(parameter.name)")
        #expect(!parameter.summary.isEmpty, "\(name): \(parameter.name) is not explained")
      }
      if let list = signature.listParameter { #expect(signature.place(of: list) != nil, "\(name)") }
      #expect(help.text(of: signature).hasPrefix(name), "\(name)")
    }
    for type in transcript.session.machine.documentedTypes {
      #expect(!type.summary.isEmpty)
      for method in type.methods { #expect(method.signature.moduleName == type.name) }
    }
  }

  @Test func everyFunctionRefusesUnknownOptions() throws {
    let transcript = try Transcript()
    let machine = transcript.session.machine
    for signature in (machine.words + machine.modules.flatMap(\.functions)).map(\.signature)
    where !signature.takesPlainTable {
      let answer = transcript.value("\(signature.name){ no_such_option = 1 }")
      #expect(answer.hasPrefix("error: input:1: \(signature.name): unknown option 'no_such_option'"), "\(answer)")
      if let required = signature.parameters.first(where: \.isRequired) {
        let answer = transcript.value("\(signature.name){}")
        #expect(answer.contains("\(signature.name): option '\(required.name)' is missing"), "\(answer)")
      }
    }
  }

  // MARK: Examples

  /// What the examples' names stand for.
  private static let prelude = ExamplePreparation(
    for: "digits fed solution duopoly second first profit book dao nft"
  ).code.joined(separator: "\n")
  private static let settledSale = """
    sale = book:auction{ name = "sold" }
    sale:ask{ seller = "Aurora", price = 100, token = nft.token }
    sale:bid{ bidder = "MSP 1", quality = 150 }
    sale:close() sale:open_bids() sale:clear() sale:settle()
    parts = dao:share{ receipt = 100, weights = { 1, 2 } }
    """
  private static let jar = ExamplePreparation(for: "jar").code.suffix(1).joined()
  private static let openSale = "sale = book:auction{ name = \"open\" }"
  private static let richDAO = "dao:vote{ token = nft.token, asks = { 1, 1 } } "

  /// PromptTests runs it.
  private static let needingTerminal = "session.edit"

  private func run(_ functions: [Function], after preparation: [String], in folder: URL) throws {
    let transcript = try Transcript()
    for text in preparation { #expect(transcript.run(text) == .succeeded, "\(transcript.errors)") }
    for signature in functions.map(\.signature) where signature.name != Self.needingTerminal {
      // Files of examples belong into a folder of their own.
      let files = /"([\w-]+\.(?:sqlite|json|jsonl|csv|svg|gz|nfg|ckp|safetensors|lua|txt)|fashion-mnist)"/
      let example = (signature.example ?? "").replacing(files) {
        "\"\(folder.path)/\($0.1)\""
      }
      // Several statements, or one expression.
      let status = transcript.run(example)
      #expect(status == .succeeded, "\(signature.name): \(transcript.errors.last?.message ?? "")\n\(example)")
    }
  }

  @Test func everyExampleRuns() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("examples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Self.writeFiles(to: folder)

    let declared = try Transcript()
    defer { declared.session.close() }
    let machine = declared.session.machine
    #expect(machine.modules.count > 8 && machine.documentedTypes.count > 6)
    try run(
      machine.words + machine.modules.filter { $0.name != "ledger" && $0.name != "session" }.flatMap(\.functions),
      after: [Self.prelude, Self.settledSale], in: folder)
    // One of them lets go of all names.
    for function in machine.modules.filter({ $0.name == "session" }).flatMap(\.functions) {
      try run([function], after: ["x = 1"], in: folder)
    }
    // Opened after it was made, and let go of in between.
    let ledgers = machine.modules.filter { $0.name == "ledger" }.flatMap(\.functions)
    for function in ledgers { try run([function], after: [Self.prelude, "collectgarbage()"], in: folder) }

    for type in machine.documentedTypes {
      let preparation =
        switch type.name {
        case "sale": [Self.prelude, Self.openSale]
        case "contract": [Self.prelude, Self.jar]
        case "dao":
          [
            Self.prelude,
            Self.settledSale.replacing(
              "parts", with: "book:transfer{ from = 'MSP 2', to = 'Aurora', amount = 100 } parts"),
          ]
        case "crowdfunding": ["round = ledger.crowdfunding{ name = 'spring' }"]
        case "ledger":
          [
            "book = ledger.create{} fed = fl.federation{ data = data.digits{ train = 200, test = 50 }, clients = 2 } book:open_account{ name = 'MSP 2' }"
          ]
        default: [Self.prelude]
        }
      try run(type.methods, after: preparation, in: folder)
    }
  }

  /// Small sets and texts under the names that examples use.
  private static func writeFiles(to folder: URL) throws {
    func header(_ numbers: [UInt32]) -> [UInt8] {
      numbers.flatMap { number in withUnsafeBytes(of: number.bigEndian) { Array($0) } }
    }
    let images = header([0x803, 20, 2, 2]) + (0..<80).map { UInt8($0) }
    let labels = header([0x801, 20]) + (0..<20).map { UInt8($0 % 10) }
    for (name, bytes) in [("a.gz", images), ("b.gz", labels), ("c.gz", images), ("d.gz", labels)] {
      try Data(bytes).write(to: folder.appendingPathComponent(name))
    }
    let clothes = folder.appendingPathComponent("fashion-mnist")
    try FileManager.default.createDirectory(at: clothes, withIntermediateDirectories: true)
    for part in ["train", "t10k"] {
      try Data(images).write(to: clothes.appendingPathComponent("\(part)-images-idx3-ubyte"))
      try Data(labels).write(to: clothes.appendingPathComponent("\(part)-labels-idx1-ubyte"))
    }
    let rows = (0..<20).map { "\($0),\($0 % 7),\($0 % 2 == 0 ? "rose" : "tulip")" }
    try Data((["length,width,kind"] + rows).joined(separator: "\n").utf8).write(
      to: folder.appendingPathComponent("flowers.csv"))
    try Data("{\"cases\": []}".utf8).write(to: folder.appendingPathComponent("cases.json"))
    let transcript = try Transcript()
    transcript.run("ledger.create{ path = '\(folder.path)/market.sqlite' }:close()")
  }
}
