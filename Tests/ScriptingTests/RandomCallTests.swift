import Foundation
import Testing

@testable import Scripting
@testable import Tensor

/// Every declared function, called with anything at all: it answers or raises an error that says what is wrong. Nothing
/// that a user can type may end the process.
@Suite(.serialized) struct RandomCallTests {
  private static let callsPerFunction = ProcessInfo.processInfo.environment["FLNFT_LONG_TESTS"] == nil ? 80 : 1500

  @Test func nothingTraps() throws {
    let transcript = try Transcript { $0.memoryLimit = 256 << 20 }
    transcript.run(
      """
      digits = data.digits{ train = 40, test = 20 }
      fed = fl.federation{ data = digits, clients = 2 }
      book = ledger.create{}
      book:open_account{ name = "A", amount = 100 }
      solution = game.bid_equilibrium{ values = { 1, 2 }, loads = { 0.5 } }
      """)
    #expect(transcript.errors.isEmpty)
    let machine = transcript.session.machine
    var stream = RandomStream(seed: 1, purpose: "random calls")
    // Training for a drawn number of rounds and measuring for a drawn number of seconds would not end.
    let endless: Set = ["bench", "data.digits"]
    for signature in (machine.words + machine.modules.flatMap(\.functions)).map(\.signature)
    where !endless.contains(signature.name) {
      for _ in 0..<Self.callsPerFunction {
        let arguments = self.arguments(for: signature, &stream)
        let call =
          "local ok, problem = pcall(\(signature.name), \(arguments)) return ok, type(problem) == 'table' and type(problem.kind) == 'string' and type(problem.message) == 'string'"
        let answer = transcript.value(call)
        #expect(answer.hasPrefix("true\t") || answer == "false\ttrue", "\(signature.name)(\(arguments)): \(answer)")
      }
    }
  }

  /// Methods of a living federation, ledger and result.
  @Test func noMethodTraps() throws {
    let transcript = try Transcript { $0.memoryLimit = 256 << 20 }
    let prelude = """
      digits = data.digits{ train = 40, test = 20 }
      fed = fl.federation{ data = digits, clients = 2 }
      book = ledger.create{}
      book:open_account{ name = "A", amount = 100 }
      dao = book:dao{ name = "D", members = { "M1", "M2" } }
      nft = dao:mint{ model_hash = ("ab"):rep(32), round = 1 }
      sale = book:auction{ name = "S" }
      network, dataset, federation, plot_object = fl.mlp{ 784, 10 }, digits, fed, plot.line{ y = { 1, 2 } }
      """
    let objects = [
      "dataset": "digits", "network": "network", "federation": "fed", "ledger": "book", "dao": "dao", "sale": "sale",
      "plot": "plot_object", "result": "nft",
    ]
    transcript.run(prelude)
    #expect(transcript.errors.isEmpty)
    var stream = RandomStream(seed: 2, purpose: "random calls")
    for type in transcript.session.machine.documentedTypes {
      let object = try #require(objects[type.name], "no object of type \(type.name) to call methods of")
      for method in type.methods where method.signature.name != "ledger:close" {
        for _ in 0..<(Self.callsPerFunction / 4) {
          var arguments = self.arguments(for: method.signature, &stream)
          if method.signature.name == "federation:train" {
            // What is allowed and long would only be long.
            let iterations = ["0", "2", "-1", "0.5", "0/0", "1e18", "math.maxinteger"][Int(stream.next() % 7)]
            arguments = "{ rounds = 1, iterations = \(iterations), privacy_budget = \(number(&stream)) }"
          }
          let call =
            "local ok, problem = pcall(\(object).\(method.signature.shortName), \(object), \(arguments)) return ok, type(problem) == 'table' and type(problem.kind) == 'string'"
          let answer = transcript.value(call)
          #expect(
            answer.hasPrefix("true\t") || answer == "false\ttrue", "\(method.signature.name)(\(arguments)): \(answer)")
        }
      }
    }
    #expect(transcript.value("book:verify().sound") == "true")
  }

  // MARK: Drawing

  private func arguments(for signature: Signature, _ stream: inout RandomStream) -> String {
    switch stream.next() % 5 {
    case 0: return (0..<Int(stream.next() % 4)).map { _ in value(&stream, depth: 0) }.joined(separator: ", ").nonEmpty
    default:
      var options: [String] = []
      for parameter in signature.parameters where stream.next() % 4 != 0 {
        options.append("\(parameter.name) = \(fitting(parameter, &stream))")
      }
      return "{ \(options.joined(separator: ", ")) }"
    }
  }

  /// Mostly a value of the right type, which gets further into the function.
  private func fitting(_ parameter: any AnyParameter, _ stream: inout RandomStream) -> String {
    if stream.next() % 6 == 0 { return value(&stream, depth: 0) }
    if let word = parameter.choices.randomElement(using: &stream) { return "\"\(word)\"" }
    // Files are not drawn: a random name might be one of the machine's own.
    if parameter.name == "path" { return "\"/nonexistent/\(stream.next() % 10)\"" }
    let name = parameter.typeName
    if name.contains("rows") {
      return "{ \((0..<Int(stream.next() % 4)).map { _ in list(&stream) }.joined(separator: ", ")) }"
    }
    if name.contains("list") { return list(&stream) }
    if name.contains("number") { return number(&stream) }
    if name.contains("data set") { return "digits" }
    if name.contains("federation") { return "fed" }
    return value(&stream, depth: 0)
  }

  private func list(_ stream: inout RandomStream) -> String {
    "{ \((0..<Int(stream.next() % 5)).map { _ in number(&stream) }.joined(separator: ", ")) }"
  }

  private func number(_ stream: inout RandomStream) -> String {
    let corners = [
      "0", "1", "2", "3", "-1", "0.5", "-0.0", "1e-320", "1e308", "-1e308", "1e18", "0/0", "1/0", "-1/0",
      "math.maxinteger", "math.mininteger", "1 << 62", "4e9", "64", "0.01",
    ]
    return corners[Int(stream.next() % UInt64(corners.count))]
  }

  private func value(_ stream: inout RandomStream, depth: Int) -> String {
    let plain = [
      "nil", "true", "false", "\"\"", "\"text\"", "\"a\\0b\"", "\"\\xff\\xfe\"", "(\"x\"):rep(5000)", "print", "{}",
      "digits", "fed", "book", "solution", "coroutine.create(print)", "io.stdout",
      "setmetatable({}, { __index = print })",
    ]
    switch stream.next() % 4 {
    case 0: return number(&stream)
    case 1: return list(&stream)
    case 2 where depth < 2: return "{ x = \(value(&stream, depth: depth + 1)), \(value(&stream, depth: depth + 1)) }"
    default: return plain[Int(stream.next() % UInt64(plain.count))]
    }
  }
}

extension String {
  fileprivate var nonEmpty: String { isEmpty ? "nil" : self }
}
