import Core

/// Data in shares of which some are enough, though others be lost or wrong.
enum CodingFunctions {
  static var all: [Function] { [encode, recover, correct] }

  private static let needed = Parameter<Int>.integer("needed", "k, how many shares are enough")
  private static let total = Parameter<Int>.integer("total", "n, how many there are")
  private static let length = Parameter<Int>.integer("length", "of the data", unit: "bytes")
  private static let shares = Parameter<[ReedSolomonCode.Share]>(
    name: "shares", summary: "pairs of an index, from 1, and the share in hexadecimal digits",
    typeName: "a list of pairs of an index and hexadecimal digits", unit: nil, domain: nil, fallback: nil,
    fallbackText: nil, choices: []
  ) { stack, index in
    try PairReader.pairs(stack, index, "a list of pairs of an index and hexadecimal digits") { index, place in
      guard let text = stack.text(at: place), let bytes = Hexadecimal.decode(text) else {
        throw Mismatch("hexadecimal digits", stack, place)
      }
      let (zeroBased, overflow) = index.subtractingReportingOverflow(1)
      return ReedSolomonCode.Share(index: overflow ? -1 : zeroBased, bytes: bytes)
    }
  }

  private static let errors = [
    "InvalidCodeParameters", "NotEnoughShares", "DuplicateShare", "DimensionMismatch", "InvalidParameter",
  ]

  private static func code(_ arguments: Arguments) throws -> ReedSolomonCode {
    try ReedSolomonCode(dataShares: arguments[needed], totalShares: arguments[total])
  }

  private static var encode: Function {
    let data = Parameter<String>.string("data", "in hexadecimal digits")
    return Function(
      Signature(
        "ledger.encode_data", "Codes data in shares of which any few give it back.", [data, needed, total],
        result: "a table with length, shares and digests (SHA-256 of each), in hexadecimal digits",
        errors: errors, source: "Reed and Solomon 1960; specification 2.9",
        example: "ledger.encode_data{ data = \"8696958c1ed23e41\", needed = 4, total = 7 }.shares[5]")
    ) { arguments in
      guard let data = Hexadecimal.decode(arguments[data]) else {
        throw ScriptError.invalidParameter("option 'data' must be an even number of hexadecimal digits")
      }
      let coded = CodedData(data, code: try code(arguments))
      return .record([
        "length": .integer(coded.length),
        "shares": .strings(coded.shares.map { Hexadecimal.encode($0.share.bytes) }),
        "digests": .strings(coded.shares.map(\.digest.description)),
      ])
    }
  }

  private static var recover: Function {
    Function(
      Signature(
        "ledger.recover_data", "Gives data back from enough of its shares; further ones tell whether any is wrong.",
        [shares, needed, total, length],
        result: "a table with data, in hexadecimal digits, and error_detected", errors: errors,
        source: "Reed and Solomon 1960",
        example: """
          ledger.recover_data{ shares = { { 1, "861e" }, { 2, "96d2" }, { 3, "953e" }, { 4, "8c41" } },
            needed = 4, total = 7, length = 8 }.data
          """)
    ) { arguments in
      let recovered = try code(arguments).recover(arguments[shares], length: arguments[length])
      return .record([
        "data": .string(Hexadecimal.encode(recovered.data)), "error_detected": .boolean(recovered.isErrorDetected),
      ])
    }
  }

  private static var correct: Function {
    Function(
      Signature(
        "ledger.correct_data", "Gives data back though up to (m - k) / 2 of its m shares are wrong, and says which.",
        [shares, needed, total, length],
        result: "a table with data, in hexadecimal digits, and wrong: the indices of wrong shares",
        errors: errors + ["Uncorrectable"], source: "Berlekamp and Welch 1986",
        example: """
          ledger.correct_data{ shares = { { 1, "05" }, { 2, "05" }, { 3, "07" } }, needed = 1, total = 3, length = 1 }.wrong
          """)
    ) { arguments in
      let corrected = try code(arguments).correct(arguments[shares], length: arguments[length])
      return .record([
        "data": .string(Hexadecimal.encode(corrected.data)), "wrong": .integers(corrected.wrong.map { $0 + 1 }),
      ])
    }
  }
}
