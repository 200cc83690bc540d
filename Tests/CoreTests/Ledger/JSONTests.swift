import Tensor
import Testing

@testable import Core

@Suite struct JSONTests {
  @Test func integersStayIntegersAndDoublesDoubles() throws {
    let json = try JSON.parse(
      #"{"a":1,"b":1.0,"c":true,"d":null,"e":9223372036854775807,"f":1e2,"g":[0,-0.5,"x"],"h":false,"i":-3}"#)
    #expect(
      json
        == .object([
          "a": .integer(1), "b": .number(1), "c": .bool(true), "d": .null, "e": .integer(.max), "f": .number(100),
          "g": .array([.integer(0), .number(-0.5), .string("x")]), "h": .bool(false), "i": .integer(-3),
        ]))
  }

  @Test func integersBeyond64BitsBecomeDoubles() throws {
    #expect(try JSON.parse("9223372036854775808") == .number(9_223_372_036_854_775_808))
    #expect(try JSON.parse("-123456789012345678901234567890") == .number(-1.2345678901234568e29))
  }

  @Test(arguments: [
    "", "{", "[1,]", "[1,,2]", "[1 2]", "nul", "nullx", "{\"a\"}", "{a:1}", "{\"a\":1,}", "{\"a\":1,\"a\":1}",
    "01", "-", "-01", "1.", ".5", "+1", "1e", "1e999", "NaN", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\n\"", "[", "]", "1 1", "'a'", "\u{1}", String(repeating: "[", count: 100_000),
  ])
  func otherTextIsRefused(text: String) {
    #expect(kind { _ = try JSON.parse(text) } == "MalformedJSON")
  }

  @Test func failuresSayWhere() {
    #expect(throws: JSONError.malformed("line 2, column 5: a value was expected")) { try JSON.parse("{\n\"a\":x}") }
  }

  /// Any bytes: a value that reads back, or an error; never a trap.
  @Test func parsingIsTotal() throws {
    var stream = RandomStream(seed: 9, purpose: "json")
    let alphabet = Array("{}[]\",:\\u0019dDe.-+ntf \n\u{e9}".utf8) + [0xff, 0]
    var read = 0
    for _ in 0..<20_000 {
      let noise = (0..<Int(stream.next() % 12)).map { _ in alphabet[Int(stream.next() % UInt64(alphabet.count))] }
      guard let json = try? JSON.parse(noise) else { continue }
      #expect(try JSON.parse(json.compact()) == json)
      read += 1
    }
    #expect(read > 50)
    #expect(try JSON.parse(String(repeating: "[", count: 500) + String(repeating: "]", count: 500)) != .null)
    #expect(try JSON.parse("\"\\ud83d\\ude00\\u00e9\\/\"") == .string("😀é/"))
  }

  @Test func writersReadBack() throws {
    let json = JSON.object([
      "b": .array([
        .number(0.1), .number(1), .number(1e300), .number(-0.0), .number(.leastNonzeroMagnitude), .integer(.min),
      ]),
      "a": .string("\u{1}\"\\/\u{7f}é😀\n"), "": .object([:]), "z": .array([]), "y": .bool(false), "n": .null,
    ])
    #expect(try JSON.parse(try json.compact()) == json)
    #expect(try JSON.parse(try json.pretty()) == json)
    #expect(throws: JSONError.notFinite(.infinity)) { try JSON.number(.infinity).compact() }
    #expect(throws: Cancelled.self) { try JSON.array([.null]).pretty(cancellation: Cancellation { true }) }
  }

  @Test func anyDoubleReadsBack() throws {
    var stream = RandomStream(seed: 8, purpose: "doubles")
    for _ in 0..<5000 {
      let double = Double(bitPattern: stream.next())
      guard double.isFinite else { continue }
      for value in [double, Double(Int32(truncatingIfNeeded: stream.next())), stream.uniform(0, 1e4)] {
        #expect(try JSON.parse(JSON.number(value).compact()) == .number(value))
      }
      let integer = Int64(bitPattern: stream.next()) >> Int64(stream.next() % 64)
      #expect(try JSON.parse(JSON.integer(integer).compact()) == .integer(integer))
    }
  }

  @Test func prettyIsIndented() throws {
    let json = JSON.object(["b": .array([.integer(1), .integer(2)]), "a": .object([:])])
    #expect(try json.pretty() == "{\n  \"a\": {},\n  \"b\": [\n    1,\n    2\n  ]\n}")
    #expect(try json.compact() == #"{"a":{},"b":[1,2]}"#)
  }

  /// Keys by code point, everything beyond ASCII escaped in UTF-16, as Python's `json.dumps(sort_keys=True,
  /// separators=(",", ":"))` writes them.
  @Test func canonicalFormIsASCII() throws {
    let json = JSON.object([
      "é": .string("😀\u{7f}"), "Z": .integer(-1), "a": .string("\t/\u{0}"), "😀": .null, "\u{ffee}": .bool(true),
    ])
    #expect(
      String(decoding: try json.canonical(), as: UTF8.self)
        == #"{"Z":-1,"a":"\t/\u0000","\u00e9":"\ud83d\ude00\u007f","\uffee":true,"\ud83d\ude00":null}"#)
    #expect(kind { _ = try JSON.array([.number(1)]).canonical() } == "InvalidParameter")
  }

  /// Golden case iisg/pub-mint_record_digest-1.
  @Test func mintRecordDigestIsTheSpecifications() throws {
    let digest = try MintRecord.digest(
      of: JSON.parse(
        """
        {"name": "fl-nft", "timestamp": 1700000000, "round": 100, "model_uri": "ipfs://bafy", "members": ["U1","U2","U3"],
         "model_hash": "sha256:abababababababababababababababababababababababababababababababab",
         "dao_public_key": "ed25519:0101010101010101010101010101010101010101010101010101010101010101",
         "contributions_micro": {"U1": 500000, "U2": 300000, "U3": 200000}}
        """))
    #expect(digest.description == "eb65049b208c9d9b7ac86e1feee549b118618ef42668b675aca753a7281bcc75")
  }

  @Test func incompleteRecordsAreRefused() throws {
    let whole: [String: JSON] = [
      "name": .string("x"), "model_hash": .string("h"), "timestamp": .integer(1), "dao_public_key": .string("k"),
      "members": .array([]), "round": .integer(0),
    ]
    _ = try MintRecord(.object(whole))
    for key in MintRecord.requiredKeys {
      var record = whole
      record[key] = nil
      #expect(throws: MintRecordError.missingKey(key)) { try MintRecord(.object(record)) }
    }
    var record = whole
    record["share"] = .array([.object(["U1": .number(0.5)])])
    #expect(throws: MintRecordError.fraction) { try MintRecord(.object(record)) }
    #expect(throws: MintRecordError.notAnObject) { try MintRecord(.array([])) }
    #expect(throws: MintRecordError.notCanonical) {
      try MintRecord(decoding: Array(JSON.object(whole).pretty().utf8))
    }
  }
}
