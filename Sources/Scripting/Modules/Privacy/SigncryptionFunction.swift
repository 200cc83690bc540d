import CLuaShim
import Core
import Tensor

/// `ledger.signcrypt`.
enum SigncryptionFunction {
  /// A party's name and, for published cases, its secrets.
  private struct PartyOption {
    let name: String
    let own: Natural?
    let blinding: Natural?

    static func parameter(_ name: String, _ summary: String) -> Parameter<PartyOption> {
      let words = "a name, or a table with id, x and rho"
      return Parameter(
        name: name, summary: summary, typeName: words, unit: nil, domain: nil, fallback: nil, fallbackText: nil,
        choices: []
      ) { stack, index in
        if let name = stack.text(at: index), stack.kind(at: index) == .string {
          return PartyOption(name: name, own: nil, blinding: nil)
        }
        guard stack.kind(at: index) == .table else { throw Mismatch(words, stack, index) }
        let fields = TableFields(stack, index)
        return PartyOption(
          name: try fields.read("id") { place in
            guard let text = stack.text(at: place) else { throw Mismatch("a name", stack, place) }
            return text
          }, own: try fields.read("x") { try NaturalReader.read(stack, $0) },
          blinding: try fields.read("rho") { try NaturalReader.read(stack, $0) })
      }
    }
  }

  private enum Tampering: String, CaseIterable {
    case cipher, proof, mask
  }

  static func function(_ context: RunContext) -> Function {
    let message = Parameter<String>.string("message", "what only the receiver may read")
    let sender = PartyOption.parameter("sender", "who signs; x and rho are random where only a name is given")
    let receiver = PartyOption.parameter("receiver", "who can read it")
    let prime = Parameter.natural("prime", "p, a safe prime").optional("RFC 3526, group 14, of 2048 bits")
    let generator = Parameter.natural("generator", "g").optional("4")
    let master = Parameter.natural("master", "the authority's secret").optional("random")
    let nonce = Parameter.natural("nonce", "used once").optional("random")
    let tamper = Parameter<Tampering>.choice("tamper", "what somebody changes on the way").optional("nothing")
    return Function(
      Signature(
        "ledger.signcrypt", "Signs and seals a message in one, sends it, and opens it: certificateless signcryption.",
        [message, sender, receiver, prime, generator, master, nonce, tamper],
        result: """
          a table with message and sender as the receiver reads them, mask (U), cipher and proof (v), sender_key and \
          receiver_key
          """,
        errors: ["InvalidParameter", "SigncryptionInvalid"], source: "specification 2.9, after Zheng 1997",
        example: "ledger.signcrypt{ message = \"hello network\", sender = \"alice\", receiver = \"bob\" }.sender")
    ) { arguments in
      var stream = context.nextStream(purpose: "signcryption")
      let group =
        if let prime = arguments[prime] {
          try PrimeGroup(prime: prime, generator: arguments[generator] ?? Natural(4))
        } else { PrimeGroup.rfc3526Group14 }
      let scheme = Signcryption(group)
      let random = { (stream: inout RandomStream) in group.exponents.random(&stream) }
      let authority = try SigncryptionAuthority(scheme, master: arguments[master] ?? random(&stream))
      func party(_ option: PartyOption) throws -> SigncryptionParty {
        try authority.party(
          option.name, own: option.own ?? random(&stream), blinding: option.blinding ?? random(&stream))
      }
      let (from, to) = (try party(arguments[sender]), try party(arguments[receiver]))
      var envelope = try scheme.seal(
        Array(arguments[message].utf8), from: from, to: to.identity,
        nonce: arguments[nonce] ?? group.exponents.sum(random(&stream), .one))
      switch arguments[tamper] {
      case .cipher: envelope.cipher[envelope.cipher.count - 1] ^= 1
      case .proof: envelope.proof = group.exponents.sum(envelope.proof, .one)
      case .mask: envelope.mask = group.field.product(envelope.mask, group.generator)
      case nil: break
      }
      let opened = try scheme.open(envelope, for: to) { name in
        [from.identity, to.identity].first { $0.name == name }
      }
      return .record([
        "message": .bytes(opened.message), "sender": .string(opened.sender), "mask": .natural(envelope.mask),
        "cipher": .string(Hexadecimal.encode(envelope.cipher)), "proof": .natural(envelope.proof),
        "sender_key": .natural(from.identity.publicKey), "receiver_key": .natural(to.identity.publicKey),
      ])
    }
  }
}
