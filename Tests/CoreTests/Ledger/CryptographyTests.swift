import Tensor
import Testing

@testable import Core

@Suite struct CryptographyTests {
  /// FIPS 180-4, examples of the standard.
  @Test func sha256() {
    #expect(SHA256.hash("").description == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(SHA256.hash("abc").description == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  /// RFC 8032, 7.1, test 2.
  @Test func ed25519() throws {
    let seed = try #require(
      Bytes32(hexadecimal: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
    let key = try KeyPair(seed: seed)
    #expect(
      key.publicKey.description == "ed25519:3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    let signature = try key.sign([0x72])
    #expect(
      signature.description
        == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
    #expect(key.publicKey.verifies(signature, of: [0x72]))
    #expect(!key.publicKey.verifies(signature, of: [0x73]))
    #expect(try PublicKey(key.publicKey.description) == key.publicKey)
    #expect(kind { _ = try PublicKey("ed25519:00") } == "InvalidParameter")
  }

  @Test func keysFollowFromSeedAndName() throws {
    #expect(try KeyPair(runSeed: 1, account: "ann").publicKey == KeyPair(runSeed: 1, account: "ann").publicKey)
    let keys = Set([
      try KeyPair(runSeed: 1, account: "ann").publicKey, try KeyPair(runSeed: 2, account: "ann").publicKey,
      try KeyPair(runSeed: 1, account: "bob").publicKey,
    ])
    #expect(keys.count == 3)
  }

  /// `SealedBox.open` is `crypto_box_seal_open`: what we seal without randomness is a sealed box like any other.
  @Test func derivedBoxesOpen() throws {
    let ann = try KeyPair(runSeed: 1, account: "ann")
    let bob = try KeyPair(runSeed: 1, account: "bob")
    let cyd = try KeyPair(runSeed: 1, account: "cyd")
    for length in [0, 1, 63, 64, 1000] {
      let message = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
      let box = try SealedBox.seal(message, to: bob.publicKey, by: ann, context: [1])
      #expect(box.count == length + SealedBox.overhead)
      #expect(try SealedBox.open(box, by: bob) == message)
      #expect(try SealedBox.open(box, by: cyd) == nil)
      #expect(try SealedBox.open(box, by: ann) == nil)
      #expect(try SealedBox.seal(message, to: bob.publicKey, by: ann, context: [1]) == box)
      // Another context, message, sender or recipient: another ephemeral key.
      let others = [
        try SealedBox.seal(message, to: bob.publicKey, by: ann, context: [2]),
        try SealedBox.seal(message + [0], to: bob.publicKey, by: ann, context: [1]),
        try SealedBox.seal(message, to: bob.publicKey, by: cyd, context: [1]),
        try SealedBox.seal(message, to: cyd.publicKey, by: ann, context: [1]), box,
      ]
      #expect(Set(others.map { Array($0.prefix(32)) }).count == others.count)
      for index in box.indices {
        var broken = box
        broken[index] ^= 1
        // The top bit of the ephemeral key is ignored by X25519 and caught by the nonce.
        #expect(try SealedBox.open(broken, by: bob) == nil)
      }
    }
    #expect(try SealedBox.open([1, 2, 3], by: bob) == nil)
  }

  @Test func keysThatAreNoPointsAreRefused() throws {
    let key = try KeyPair(runSeed: 1, account: "ann")
    let zero = PublicKey(bytes: .zero)
    #expect(kind { _ = try SealedBox.seal([1], to: zero, by: key, context: []) } == "InvalidParameter")
    #expect(!zero.verifies(try key.sign([1]), of: [1]))
  }

  @Test func hexadecimal() {
    #expect(Hexadecimal.encode([0, 0xff, 0x1a]) == "00ff1a")
    #expect(Hexadecimal.decode("00fF1a") == [0, 0xff, 0x1a])
    #expect(Hexadecimal.decode("0") == nil)
    #expect(Hexadecimal.decode("0g") == nil)
    #expect(Hexadecimal.decode("é") == nil)
  }

  /// RFC 6962: the empty list, one leaf, and three leaves cut 2 + 1.
  @Test func merkleRoots() {
    let leaves = (0..<3).map { SHA256.hash("\($0)") }
    let hashed = leaves.map { SHA256.hash([0] + $0.bytes.bytes) }
    func node(_ left: Digest, _ right: Digest) -> Digest { SHA256.hash([1] + left.bytes.bytes + right.bytes.bytes) }
    #expect(MerkleTree.root(of: []) == SHA256.hash(""))
    #expect(MerkleTree.root(of: [leaves[0]]) == hashed[0])
    #expect(MerkleTree.root(of: leaves) == node(node(hashed[0], hashed[1]), hashed[2]))
    #expect(MerkleTree.root(of: leaves) != MerkleTree.root(of: leaves + [leaves[2]]))
  }
}
