import Tensor
import Testing

@testable import Core

@Suite("Certificateless signcryption")
struct SigncryptionTests {
  private struct Fixture {
    var stream = RandomStream(seed: 1, purpose: "signcryption")
    let scheme: Signcryption
    let alice: SigncryptionParty
    let bob: SigncryptionParty
    let eve: SigncryptionParty
    let authority: SigncryptionAuthority

    init() throws {
      scheme = Signcryption(
        try PrimeGroup(prime: #require(Natural("2185628715626359919")), generator: Natural(4)))
      authority = try SigncryptionAuthority(scheme, master: scheme.group.exponents.random(&stream))
      alice = try authority.party("alice", &stream)
      bob = try authority.party("bob", &stream)
      eve = try authority.party("eve", &stream)
    }

    func known(_ name: String) -> SigncryptionIdentity? {
      [alice, bob, eve].map(\.identity).first { $0.name == name }
    }

    mutating func envelope(_ message: [UInt8]) throws -> Signcryption.Envelope {
      try scheme.seal(message, from: alice, to: bob.identity, nonce: scheme.group.exponents.random(&stream))
    }

    func opens(_ envelope: Signcryption.Envelope, _ receiver: SigncryptionParty) -> Bool {
      (try? scheme.open(envelope, for: receiver, senders: known)) != nil
    }
  }

  @Test func whatIsSealedOpens() throws {
    var fixture = try Fixture()
    for length in [0, 1, 30, 31, 64, 1000] {
      let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7) }
      let opened = try fixture.scheme.open(fixture.envelope(message), for: fixture.bob, senders: fixture.known)
      #expect(opened.message == message && opened.sender == "alice")
    }
  }

  @Test func nothingChangedOpens() throws {
    var fixture = try Fixture()
    let envelope = try fixture.envelope(Array("hello network".utf8))
    #expect(fixture.opens(envelope, fixture.bob))
    #expect(!fixture.opens(envelope, fixture.eve))
    for place in envelope.cipher.indices {
      var changed = envelope
      changed.cipher[place] ^= 1
      #expect(!fixture.opens(changed, fixture.bob))
    }
    var changed = envelope
    changed.proof = fixture.scheme.group.exponents.sum(changed.proof, .one)
    #expect(!fixture.opens(changed, fixture.bob))
    changed = envelope
    changed.mask = fixture.scheme.group.field.product(changed.mask, fixture.scheme.group.generator)
    #expect(!fixture.opens(changed, fixture.bob))
    changed = envelope
    changed.cipher = []
    #expect(!fixture.opens(changed, fixture.bob))
    let directory: (String) -> SigncryptionIdentity? = { _ in nil }
    #expect(throws: SecrecyError.self) {
      try fixture.scheme.open(envelope, for: fixture.bob, senders: directory)
    }
  }

  @Test func keysBelongToNames() throws {
    let fixture = try Fixture()
    let identity = fixture.alice.identity
    #expect(fixture.scheme.verifies(identity, authority: fixture.authority.publicKey))
    let renamed = SigncryptionIdentity(
      name: "mallory", publicKey: identity.publicKey, ownPart: identity.ownPart, givenPart: identity.givenPart)
    #expect(!fixture.scheme.verifies(renamed, authority: fixture.authority.publicKey))
  }
}
