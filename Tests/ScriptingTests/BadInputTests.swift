import Foundation
import Testing

@testable import Scripting

/// Bad input is told at its line, by kind, and costs nothing: neither the session nor a byte of the ledger.
@Suite struct BadInputTests {
  private static let market = """
    book = ledger.create{}
    book:open_account{ name = "rich", amount = 100 }
    book:open_account{ name = "poor", amount = 1 }
    dao = book:dao{ name = "D", members = { "M1", "M2" } }
    nft = dao:mint{ model_hash = ("ab"):rep(32), round = 1 }
    sale = book:auction{ name = "S", duration = 10 }
    sale:bid{ bidder = "rich", quality = 5 }
    """

  @Test(arguments: [
    ("book:transfer{ from = 'poor', to = 'rich', amount = 2 }", "InsufficientFunds"),
    ("book:transfer{ from = 'poor', to = 'rich', amount = 0/0 }", "NotFinite"),
    ("book:transfer{ from = 'poor', to = 'rich', amount = -1 }", "InvalidParameter"),
    ("book:transfer{ from = 'poor', to = 'rich', amount = '1e3' }", "InvalidParameter"),
    ("book:transfer{ from = 'poor', to = 'reich', amount = 1 }", "UnknownAccount"),
    ("book:open_account{ name = 'rich' }", "AccountExists"),
    ("book:open_account{ name = 'a|b' }", "InvalidParameter"),
    ("book:open_account{ name = 'a\\0b' }", "InvalidParameter"),
    ("book:open_account{ name = '\\xff' }", "InvalidParameter"),
    ("book:open_account{ name = ('x'):rep(65) }", "InvalidParameter"),
    ("sale:bid{ bidder = 'rich', quality = 5 }", "DuplicateBid"),
    ("sale:bid{ bidder = 'poor', quality = 0/0 }", "NotFinite"),
    ("sale:bid{ bidder = 'poor', quality = -1 }", "InvalidParameter"),
    ("sale:bid{ bidder = 'poor', quality = 50 }", "InsufficientFunds"),
    ("sale:ask{ seller = 'D', price = 1, token = ('00'):rep(32) }", "UnknownToken"),
    ("sale:clear{}", "WrongStage"),
    ("sale:settle()", "WrongStage"),
    ("dao:vote{ token = nft.token, asks = { 1 } }", "ShapeMismatch"),
    ("dao:mint{ model_hash = 'ff', round = 1 }", "InvalidParameter"),
    ("dao:share{ receipt = 5, weights = { 1, 1 } }", "InsufficientFunds"),
    ("book:block{ height = 99 }", "InvalidParameter"),
    ("book:advance(-1)", "InvalidParameter"),
    ("ledger.create{ path = '/nonexistent/x.sqlite' }", "StorageFailed"),
  ])
  func theLedgerRefusesAndStays(call: String, kind: String) throws {
    let transcript = try Transcript()
    #expect(transcript.run(Self.market) == .succeeded, "\(transcript.errors)")
    let before = transcript.value("book.head")
    #expect(transcript.run("function attempt() return \(call) end") == .succeeded)
    #expect(
      transcript.value("select(2, pcall(attempt)).kind") == kind, "\(transcript.value("select(2, pcall(attempt))"))")
    #expect(transcript.value("select(2, pcall(attempt)).position") == "input:1")
    #expect(transcript.value("book.head") == before)
    #expect(transcript.value("book:verify().sound") == "true")
    #expect(transcript.value("book:transfer{ from = 'rich', to = 'poor', amount = '0.5' } > 0") == "true")
  }

  @Test(arguments: [
    ("fl.federation{ data = 3 }", "InvalidParameter"),
    ("fl.federation{ data = digits, clients = 2.5 }", "InvalidParameter"),
    ("fl.federation{ data = digits, clients = 1000 }", "InvalidParameter"),
    ("fl.federation{ data = digits, learning_rate = 0/0 }", "NotFinite"),
    ("fl.federation{ data = digits, model = fl.mlp{ 3, 2 } }", "ShapeMismatch"),
    ("fl.federation{ data = digits, frequency = { 1e9 } }", "ShapeMismatch"),
    ("fl.mlp{ 784, 'x', 10 }", "InvalidParameter"),
    ("fl.mlp{ 784, 1 << 62, 10 }", "InvalidParameter"),
    ("fed:train{ rounds = 0 }", "InvalidParameter"),
    ("fed:train{ iterations = { 1, 2, 3 } }", "ShapeMismatch"),
    ("fed:train{ iterations = -1 }", "InvalidParameter"),
    ("fed:train{ strategy = function() return 3 end }", "InvalidParameter"),
    ("fed.train{ rounds = 1 }", "InvalidParameter"),
    ("fed.acuracy", "NoSuchField"),
    ("fl.fedration{}", "NoSuchField"),
    ("data.mnist{ path = '/nonexistent' }", "MissingData"),
    ("game.iisg{ federation = fed, budget = { 100 }, providers = 1 }", "InvalidParameter"),
    ("game.iisg{ federation = fed, budget = -5 }", "InvalidParameter"),
    ("game.iisg{ sizes = { 1 } }", "InvalidParameter"),
    ("auction.double{ asks = { 1, 0/0 }, bids = { 2 } }", "NotFinite"),
    ("auction.double{ asks = { 1 }, bids = {}, rule = 'mcafee' }", "EmptyInput"),
    ("auction.double{ asks = { 1 }, bids = { -2 } }", "InvalidParameter"),
    ("auction.double{ asks = { 1 }, bids = { 2 }, rule = 'mcaffee' }", "InvalidParameter"),
    ("json.parse('{')", "MalformedJSON"),
    ("json.text(loop)", "InvalidParameter"),
    ("solution:save('/nonexistent/x.json')", "FileError"),
    ("solution:save('x.txt')", "InvalidParameter"),
    ("plot.line{ y = { 1 }, x = { 1, 2 } }", "ShapeMismatch"),
  ])
  func theSessionGoesOn(call: String, kind: String) throws {
    let transcript = try Transcript()
    transcript.run(
      """
      digits = data.digits{ train = 100, test = 50 }
      fed = fl.federation{ data = digits, clients = 2 }
      solution = game.iisg{ federation = fed }
      loop = {} loop.loop = loop
      """)
    #expect(transcript.errors.isEmpty, "\(transcript.errors)")
    let before = transcript.value("fed.model_hash")
    #expect(transcript.run("function attempt() return \(call) end") == .succeeded)
    #expect(
      transcript.value("select(2, pcall(attempt)).kind") == kind, "\(transcript.value("select(2, pcall(attempt))"))")
    #expect(transcript.value("fed.model_hash") == before)
    #expect(transcript.value("fed:train{ rounds = 1 }.round[1]") == "1")
  }

  @Test func divergedTrainingKeepsTheLastGoodModel() throws {
    let transcript = try Transcript()
    transcript.run(
      "fed = fl.federation{ data = data.digits{ train = 200, test = 50 }, clients = 2, learning_rate = 1e30 }")
    let before = transcript.value("fed.model_hash")
    #expect(transcript.run("fed:train{ iterations = 50 }") == .failed)
    let message = transcript.errors.last?.message ?? ""
    #expect(message.contains("round 1") && message.contains("member"), "\(message)")
    #expect(transcript.value("fed.model_hash") == before)
    #expect(transcript.value("fed.round") == "0")
  }

  // MARK: Files

  @Test func damagedImageSetsAreRefused() throws {
    let folder = try Folder()
    func bytes(_ numbers: [UInt32]) -> [UInt8] {
      numbers.flatMap { number in withUnsafeBytes(of: number.bigEndian) { Array($0) } }
    }
    let images = bytes([0x803, 20, 2, 2]) + [UInt8](repeating: 7, count: 80)
    try folder.write(images, to: "images")
    try folder.write(bytes([0x801, 20]) + [UInt8](repeating: 3, count: 20), to: "labels")
    try folder.write(bytes([0x801, 20]) + [UInt8](repeating: 13, count: 20), to: "wrong-labels")
    try folder.write(Array(images.prefix(50)), to: "cut")
    // The start of a gzip stream, and no more.
    try folder.write([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x63], to: "cut.gz")
    let transcript = try Transcript()
    func load(_ images: String, _ labels: String) -> String {
      let path = folder.path
      return transcript.value(
        "data.idx{ train_images = '\(path)/\(images)', train_labels = '\(path)/\(labels)', test_images = '\(path)/images', test_labels = '\(path)/labels' }"
      )
    }
    #expect(load("images", "labels").contains("20 images"))
    #expect(load("images", "wrong-labels").contains("13"))
    for file in ["cut", "cut.gz", "absent"] {
      let answer = load(file, "labels")
      #expect(answer.hasPrefix("error: input:1: data.idx: ") && answer.contains(file), "\(answer)")
    }
    #expect(load("labels", "labels").hasPrefix("error: "))
  }

  @Test func aTamperedLedgerIsNotOpened() throws {
    let folder = try Folder()
    let path = folder.path + "/book.sqlite"
    let maker = try Transcript()
    maker.run("b = ledger.create{ path = '\(path)' } b:open_account{ name = 'needle', amount = 7 } b:close()")
    #expect(maker.errors.isEmpty, "\(maker.errors)")
    #expect(maker.value("b:verify()").contains("closed"))
    #expect(maker.value("ledger.create{ path = '\(path)' }").contains("error: "))

    let original = try Data(contentsOf: URL(fileURLWithPath: path))
    var tampered = original
    let place = try #require(original.range(of: Data("needle".utf8)))
    tampered[place.lowerBound] ^= 1
    try tampered.write(to: URL(fileURLWithPath: path))
    let reader = try Transcript()
    #expect(reader.value("select(2, pcall(ledger.open, '\(path)')).kind") == "CorruptLedger")
    try original.write(to: URL(fileURLWithPath: path))
    #expect(reader.value("ledger.open{ path = '\(path)', read_only = true }:verify().sound") == "true")
    #expect(reader.value("select(2, pcall(ledger.open, '\(folder.path)/absent')).kind") == "MissingFile")
    try folder.write(Array("no database at all".utf8), to: "text")
    #expect(reader.value("select(2, pcall(ledger.open, '\(folder.path)/text')).kind") == "NotALedger")
  }

  @Test func anotherSeedHasOtherKeys() throws {
    let folder = try Folder()
    let path = folder.path + "/book.sqlite"
    let maker = try Transcript { $0.seed = 1 }
    maker.run(
      "b = ledger.create{ path = '\(path)' } b:open_account{ name = 'A', amount = 7 } b:open_account{ name = 'B' } b:close()"
    )
    let stranger = try Transcript { $0.seed = 2 }
    stranger.run("b = ledger.open('\(path)') head = b.head")
    #expect(stranger.value("b:transfer{ from = 'A', to = 'B', amount = 1 }").contains("error: "))
    #expect(stranger.value("b:open_account{ name = 'C', amount = 1 }").contains("seed"))
    #expect(stranger.value("b.head == head and b:balance('A')") == "7")
  }

  private final class Folder {
    let path: String

    init() throws {
      path = FileManager.default.temporaryDirectory.appendingPathComponent("bad-input-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], to name: String) throws {
      try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }
  }
}
