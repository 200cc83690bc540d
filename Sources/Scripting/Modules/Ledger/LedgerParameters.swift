import Core

/// Options that several methods of a ledger share.
enum LedgerParameters {
  static let token = digest("token", "the model's token, from dao:mint")

  /// A hash or an identifier that another function gave.
  static func digest(_ name: String, _ summary: String) -> Parameter<Digest> {
    Parameter(
      name: name, summary: summary, typeName: words, unit: nil, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in
      guard let text = stack.text(at: index), let digest = Digest(hexadecimal: text) else {
        throw Mismatch(words, stack, index)
      }
      return digest
    }
  }

  static func digests(_ name: String, _ summary: String) -> Parameter<[Digest]> {
    let expected = "a list of texts of 64 hexadecimal digits"
    return Parameter(
      name: name, summary: summary, typeName: expected, unit: nil, domain: nil, fallback: nil, fallbackText: nil,
      choices: []
    ) { stack, index in
      try ListReader.elements(stack, index, expected: expected) { element in
        guard let text = stack.text(at: element), let digest = Digest(hexadecimal: text) else {
          throw Mismatch(words, stack, element)
        }
        return digest
      }
    }
  }

  private static let words = "a text of 64 hexadecimal digits"

  /// A part from 0 to 1 in ten-thousandths, as the ledger keeps it.
  ///
  /// - Throws: `InvalidParameter` for what lies between two of them: it would not be what was asked for.
  static func basisPoints(_ part: Double, option: String) throws -> UInt16 {
    let steps = part * 10_000
    guard (0...10_000).contains(steps), abs(steps - steps.rounded()) < 1e-6 else {
      throw ScriptError.invalidParameter(
        "option '\(option)' must be a multiple of 0.0001 between 0 and 1, got \(NumberFormat.shortest(part))")
    }
    return UInt16(steps.rounded())
  }

  /// What any block that is appended can be refused for.
  static let writing = [
    "UnknownAccount", "InvalidParameter", "InsufficientFunds", "AmountOverflow", "OutOfGas", "ReadOnlyLedger",
    "ClosedLedger", "LedgerInUse", "StorageFull", "StorageFailed", "ClockWentBackwards",
  ]
}

extension LedgerObject {
  /// Appends one action of an account as a block of its own.
  ///
  /// - Returns: the block; its height is what most methods give.
  @discardableResult
  func perform(_ action: Action, by name: String, gasLimit: UInt64 = GasOffer.usual.limit) throws -> Block {
    _ = try address(of: name)
    return try ledger.perform([(action, try key(of: name))], gasLimit: gasLimit, at: now)
  }

  /// The identity of what the next transaction of an account brings into being is made with this.
  func nextNonce(of name: String) throws -> (address: Address, nonce: UInt64) {
    let address = try address(of: name)
    return (address, ledger.state.account(address)?.nonce ?? 0)
  }

  /// An account's name, or its address for what has none.
  func name(of address: Address) -> String {
    ledger.state.account(address)?.name.text ?? ledger.state.contract(address)?.name.text ?? address.description
  }
}

extension Block {
  var luaHeight: LuaValue { .integer(Int(clamping: height)) }
}
