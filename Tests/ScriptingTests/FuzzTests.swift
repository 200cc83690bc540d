import Foundation
import Testing

@testable import Scripting
@testable import Tensor

/// Whatever a script passes to whatever function, it gets a result that prints or an error object; the process lives on.
@Suite(.serialized) struct FuzzTests {
  @Test func functionsOfModulesAndWordsSurviveAnyArguments() throws {
    let market = try FuzzedMarket()
    // `session.reset` would take away what the calls are made with, and `session.load` make all of them again.
    let modules = market.session.machine.modules.flatMap(\.functions).map(\.signature)
      .filter { $0.name != "session.reset" && $0.name != "session.load" }
    // `bench` measures for as long as it is told.
    let words = market.session.machine.words.map(\.signature).filter { $0.name != "bench" }
    #expect(modules.count > 40)
    for signature in modules + words { try market.fuzz(signature, calls: 300) }
  }

  @Test(arguments: [
    "result", "frame", "dataset", "federation", "ledger", "dao", "sale", "contract", "plot", "tensor", "normalform",
    "hmm",
    "strategic_game",
    "utility", "mechanism", "audit_report", "counterexample", "reverse_auction", "item_auction",
    "economy",
    "crowdfunding", "consensus_report",
  ])
  func methodsSurviveAnyArguments(type: String) throws {
    let market = try FuzzedMarket()
    let methods = try #require(market.session.machine.type(named: type)).methods.map(\.signature)
    #expect(!methods.isEmpty)
    // What ends the life of its object comes last.
    for signature in methods.sorted(by: { $1.shortName == "close" && $0.shortName != "close" }) {
      try market.fuzz(signature, calls: 150)
    }
  }
}

/// A small market in a session, and calls into it drawn from a fixed seed.
private final class FuzzedMarket {
  let transcript: Transcript
  var session: Session { transcript.session }
  /// One seed in the tests; others may be tried by hand.
  private var random = RandomStream(
    seed: ProcessInfo.processInfo.environment["FLNFT_FUZZ_SEED"].flatMap(UInt64.init) ?? 5, purpose: "fuzzed calls")
  private let folder: URL
  /// When set and there, every call is appended to it before it is made, so that a crash leaves its cause behind.
  private let log = ProcessInfo.processInfo.environment["FLNFT_FUZZ_LOG"].flatMap {
    let file = FileHandle(forWritingAtPath: $0)
    file?.seekToEndOfFile()
    return file
  }

  init() throws {
    transcript = try Transcript { $0.memoryLimit = 1 << 30 }
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("flnft-fuzz-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    #expect(transcript.run(Self.prelude) == .succeeded, "\(transcript.errors)")
  }

  deinit {
    session.close()
    try? FileManager.default.removeItem(at: folder)
  }

  private static let prelude = """
    digits = data.digits{ train = 40, test = 20 }
    fed = fl.federation{ data = digits, clients = 2, batch = 8, model = fl.mlp{ 784, 4, 10 }, noise = "update" }
    fed:train{ iterations = 1 }
    solution = game.iisg{ federation = fed, providers = 2 }
    book = ledger.create{}
    book:open_account{ name = "P1", amount = 1000 } book:open_account{ name = "P2", amount = 1000 }
    dao = book:dao{ name = "D", members = fed:members().name }
    nft = dao:mint{ federation = fed }
    vote = dao:vote{ token = nft.token, asks = { 10, 20 } }
    sale = book:auction{ name = "S" }
    contract = book:deploy{ by = "P1", name = "C", source = "function f(a) return a end" }
    picture = plot.line{ y = { 1, 2 } }
    frame = data.frame{ columns = { kind = { "a", "b", "a" }, price = { 3, 0/0, 2 }, count = { 1, 2, 2 } } }
    duel = game.normal_form{ row = { { 3, 0 }, { 0, 2 } }, column = { { 2, 0 }, { 0, 3 } } }
    trio = game.normal_form{ strategies = { 2, 1, 2 }, payoffs = function(a, b, c) return a * c, 1e150 * b, -c end }
    flat = game.normal_form{ zero_sum = { { 0, 0, 0 } } }
    hmm = predict.hmm{ states = 2, symbols = 3 }
    reverse_auction = auction.ranet{ sizes = { 2e4, 1e4 }, emds = { 0.8, 0.3 }, iterations = 2, hidden = { 4 } }
    item_auction = auction.learn{ bidders = 1, items = 2, iterations = 2, hidden = { 4 } }
    duopoly = game.game{ players = { "left", "right" }, strategy = { 0, 10 }, parameters = { cost = 1 },
      utility = function(x, p, i) return x[i] * (10 - x.left - x.right) - p.cost * x[i] end }
    steps = game.game{ players = 2, strategy = game.choices{ 1, 2 }, utility = function(x, p, i) return x[i] - x[1] * x[2] end }
    profit = game.utility(function(x)
      local sum = 0
      for _, v in pairs(x) do
        if type(v) == "number" or tostring(v):find("^symbol") then sum = sum + v * v end
      end
      return sum
    end)
    second = auction.mechanism{ bidders = 2, rule = function(bids)
      local winner = bids[1] >= bids[2] and 1 or 2
      return { winner = winner, price = bids[3 - winner] }
    end }
    tossed = auction.mechanism{ buyers = 1, sellers = 2, types = { 1, 2 }, rule = function(bids, asks)
      if bids[1] > 1.5 then error("no") end
      return { winner = 1, payments = { 0/0 } }, { winner = math.random(3), receipts = { 1, 2 } }
    end }
    judged = second:audit{ trials = 20 }
    economy = token.simulate{ weeks = 3, runs = 2, sweep = { burn_bps = { 0, 5000 } } }
    crowdfunding = ledger.crowdfunding{}
    consensus_report = consensus.proof_of_work{ blocks = 20 }
    row, grid = tensor.new{ 1, -2 }, tensor.new{ { 1, 2 }, { 0/0, -1/0 } }
    loop = {} loop.loop = loop
    deep = {} for i = 1, 300 do deep = { deep } end
    long = ("a"):rep(100000)
    function fuzz(f, ...)
      local results = table.pack(pcall(f, ...))
      if results[1] then
        for i = 2, results.n do
          tostring(results[i])
          inspect(results[i])
          if type(results[i]) == "userdata" then pcall(function() return results[i]:summary() end) end
        end
        return "fine"
      end
      local e = results[2]
      if type(e) == "string" then return "a plain text was raised: " .. e end
      if type(e.kind) ~= "string" or type(e.message) ~= "string" or e.message == "" then return "no kind or message" end
      return "refused " .. e.kind
    end
    """

  /// Functions that would work for hours, or on files that are not ours, when left their defaults.
  private static let always: [String: [String]] = [
    "data.mnist": ["path"], "data.fashion_mnist": ["path"], "data.cifar10": ["path"], "data.digits": ["train", "test"],
    "federation:train": ["rounds", "iterations"], "mechanism:audit": ["trials"], "audit.mechanism": ["trials"],
    "audit.compare": ["mechanisms", "trials"], "auction.ranet": ["iterations"], "auction.learn": ["iterations"],
    "reverse_auction:evaluate": ["profiles"], "item_auction:evaluate": ["profiles", "starts", "steps"],
    "token.simulate": ["weeks"],
  ]

  /// What any function may raise before it starts.
  private static let ofTheArgumentCheck: Set<String> = [
    "InvalidParameter", "ShapeMismatch", "NotFinite", "OutOfMemory",
  ]

  func fuzz(_ signature: Signature, calls: Int) throws {
    let isMethod = signature.name.contains(":")
    let start = ContinuousClock.now
    var kinds: Set<String> = []
    var fine = 0
    for _ in 0..<calls {
      let named = signature.parameters.filter { parameter in
        Self.always[signature.name]?.contains(parameter.name) ?? false || chance(parameter.isRequired ? 0.93 : 0.4)
      }
      var arguments: String
      if chance(0.8), !signature.takesPlainTable {
        arguments = "{ " + named.map { "\($0.name) = \(value(for: $0, of: signature))" }.joined(separator: ", ") + " }"
        if chance(0.02) { arguments = "{ no_such_option = 1 }" }
      } else {
        let takes =
          Self.always[signature.name] == nil ? Int(drawn: &random, below: signature.parameters.count + 1) : nil
        arguments = signature.parameters.prefix(takes ?? signature.parameters.count)
          .map { value(for: $0, of: signature) }.joined(separator: ", ")
        if chance(0.05) { arguments += (arguments.isEmpty ? "" : ", ") + anything() }
      }
      if isMethod {
        let receiver = chance(0.97) ? receiver(of: signature.moduleName) : anything()
        arguments = receiver + (arguments.isEmpty ? "" : ", ") + arguments
      }
      let function = isMethod ? "\(receiver(of: signature.moduleName)).\(signature.shortName)" : signature.name
      let call = "fuzz(\(function)\(arguments.isEmpty ? "" : ", ")\(arguments))"
      log?.write(Data((call + "\n").utf8))
      let answer = transcript.value(call)
      #expect(answer == "fine" || answer.hasPrefix("refused "), "\(call.prefix(2000)): \(answer.prefix(500))")
      if answer == "fine" { fine += 1 }
      let kind = answer.hasPrefix("refused ") ? String(answer.dropFirst(8)) : nil
      if let kind, !Self.ofTheArgumentCheck.contains(kind), kinds.insert(kind).inserted {
        #expect(signature.errors.contains(kind), "\(signature.name) does not declare \(kind): \(call.prefix(500))")
      }
      transcript.run("seed(0)")
    }
    log?.write(Data("-- \(signature.name): \(fine) of \(calls) fine, \(ContinuousClock.now - start)\n".utf8))
  }

  private func receiver(of type: String) -> String {
    switch type {
    case "mechanism": pick(["second", "tossed"])
    case "audit_report": pick(["judged", "tossed:audit{ trials = 5 }"])
    case "counterexample": "judged:counterexample('strong_bb')"
    case "result": pick(["solution", "nft", "vote", "fed:history()"])
    case "dataset": "digits"
    case "federation": "fed"
    case "ledger": "book"
    case "tensor": tensor()
    case "strategic_game": pick(["duopoly", "steps"])
    case "utility": "profit"
    case "normalform": pick(["duel", "trio", "flat"])
    case "plot":
      pick([
        "picture", "plot.bar{ y = { 0/0, 1e308 } }", "plot.line{ y = {} }", "solution:plot()",
        "plot.heatmap{ values = { { 0/0, 1 }, { 1/0, 2 } } }", "plot.histogram{ values = { 1, 0/0, 1e308 } }",
      ])
    default: type
    }
  }

  // MARK: Values

  private func value(for parameter: any AnyParameter, of signature: Signature) -> String {
    // Files are read and written in a folder of our own only.
    if parameter.name == "path" || parameter.name.hasSuffix("_images") || parameter.name.hasSuffix("_labels") {
      return pick([path(), path(), path(), "1", "{}"])
    }
    // Each of them is honest work, only too much of it for a test.
    if signature.name == "federation:train", ["rounds", "iterations"].contains(parameter.name) {
      return pick(["1", "2", "0", "-1", "0.5", "2^60", "{ 1, 0 }", "{ 1, 2, 3 }", "0/0", "{}", "'1'"])
    }
    if ["mechanism:audit", "audit.mechanism", "audit.compare"].contains(signature.name) {
      switch parameter.name {
      case "trials": return pick(["1", "20", "0", "-1", "0.5", "'1'", "{}"])
      case "seconds": return pick(["0.01", "0", "-1", "0/0", "{}"])
      case "effort": return pick(["1", "2", "0", "0.5"])
      case "mechanisms": return list { self.pick(["second", "tossed", "1"]) }
      default: break
      }
    }
    guard chance(0.85) else { return anything() }
    if !parameter.choices.isEmpty { return chance(0.9) ? "'\(pick(parameter.choices))'" : string() }
    let words = parameter.typeName
    if words == "a tensor" { return tensor() }
    if words == "a list of tensors" { return list { self.tensor() } }
    if words.contains("whole numbers") { return list { self.integer() } }
    if words.contains("whole number") { return integer() }
    if words.contains("rows") && (words.contains("of numbers or") ? chance(0.5) : true) { return matrix() }
    if words.contains("a number or a list") { return chance(0.4) ? number() : list { self.number() } }
    if words.contains("list of numbers") { return list { self.number() } }
    if words.contains("list of strings") { return list { self.string() } }
    if words.contains("an amount") { return chance(0.5) ? number() : string() }
    if words.contains("string") { return string() }
    if words.contains("number") { return number() }
    if words.contains("true or false") { return pick(["true", "false"]) }
    if words.contains("function") { return chance(0.5) ? function() : object() }
    if words == "anything" { return anything() }
    return object()
  }

  private func anything() -> String {
    switch Int(drawn: &random, below: 9) {
    case 0: "nil"
    case 1: pick(["true", "false"])
    case 2: integer()
    case 3: number()
    case 4: string()
    case 5: list { self.number() }
    case 6: matrix()
    case 7: pick(["{}", "{ {} }", "{ a = 1 }", "{ 1, a = 2 }", "loop", "deep", "{ [0.5] = 1, [true] = 2 }", "_G"])
    default: chance(0.5) ? function() : object()
    }
  }

  private func integer() -> String {
    pick([
      "0", "1", "1", "2", "2", "3", "5", "10", "-1", "2.0", "1.5", "2^31", "2^53", "2^60", "1 << 62", "math.maxinteger",
      "math.mininteger", "math.maxinteger - 1",
    ])
  }

  private func number() -> String {
    pick([
      "0", "1", "1", "2", "0.5", "0.5", "0.25", "3", "100", "3e9", "5000", "-1", "-0.0", "1e-300", "5e-324", "1e308",
      "-1e308", "1e18", "2^60", "math.maxinteger", "math.mininteger", "0/0", "1/0", "-1/0",
    ])
  }

  private func string() -> String {
    pick([
      "''", "'x'", "'P1'", "'P2'", "'D'", "'vr'", "'\\0'", "'a\\0b'", "'\\xff\\xfe'", "long", "'12.5'", "'-1'",
      "'1e400'",
      "'999999999999999999999999'", "'{\"a\":[1,{}]}'", "('['):rep(100000)", "'00112233445566778899aabbccddeeff'",
      "nft.token", "nft.model_hash", "'\\u{1F600}'", "('0'):rep(64)",
    ])
  }

  private func path() -> String {
    pick([
      "'\(folder.path)/a.json'", "'\(folder.path)/a.csv'", "'\(folder.path)/a.svg'", "'\(folder.path)/a.png'",
      "'\(folder.path)/a.md'", "'\(folder.path)/a.sqlite'",
      "'\(folder.path)/none/a.json'", "'\(folder.path)'", "'\(folder.path)/a\\0.json'", "'\(folder.path)/' .. long",
      "'\(folder.path)/\\xff.json'",
    ])
  }

  private func list(_ element: () -> String) -> String {
    let count = chance(0.6) ? 2 : Int(drawn: &random, below: 5)
    // Now and then all elements alike, which more functions accept.
    let same = chance(0.4) ? element() : nil
    return "{ " + (0..<count).map { _ in same ?? element() }.joined(separator: ", ") + " }"
  }

  private func matrix() -> String {
    let columns = chance(0.7) ? 2 : Int(drawn: &random, below: 4)
    let isRagged = chance(0.1)
    return list {
      let width = isRagged ? Int(drawn: &random, below: 4) : columns
      return "{ " + (0..<width).map { _ in number() }.joined(separator: ", ") + " }"
    }
  }

  private func function() -> String {
    pick([
      "function() end", "function(...) return ... end", "function() return solution end", "print", "seed",
      "function() return 1 end", "function(bids) return { winner = 1, payments = bids } end",
    ])
  }

  private func tensor() -> String {
    pick([
      "row", "row", "row", "grid", "grid", "tensor.zeros{ 0 }", "tensor.ones{ 2, 0 }", "grid[1]", "row:reshape{ 2, 1 }",
    ])
  }

  private func object() -> String {
    pick([
      "row", "grid",
      "solution", "solution", "fed", "fed", "digits", "digits", "book", "dao", "sale", "sale", "nft", "vote",
      "picture", "second", "tossed", "judged", "fl.mlp{ 784, 2, 10 }", "fl.mlp{ 1, 1 }", "coroutine.create(print)",
      "io.stdout",
    ])
  }

  private func pick<Element>(_ values: [Element]) -> Element { values[Int(drawn: &random, below: values.count)] }
  private func chance(_ probability: Double) -> Bool { random.uniform() < probability }
}

extension Int {
  fileprivate init(drawn random: inout RandomStream, below bound: Int) {
    self = Int(random.next() % UInt64(Swift.max(1, bound)))
  }
}
