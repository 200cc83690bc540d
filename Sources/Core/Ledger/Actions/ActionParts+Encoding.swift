extension ByteReader {
  mutating func readDigest() throws(DecodingFailure) -> Digest {
    Digest(bytes: try readBytes32())
  }

  mutating func readAddress() throws(DecodingFailure) -> Address {
    Address(bytes: try readBytes32())
  }

  mutating func readDigests() throws(DecodingFailure) -> [Digest] {
    try readList { (reader) throws(DecodingFailure) in try reader.readDigest() }
  }

  mutating func readAddresses() throws(DecodingFailure) -> [Address] {
    try readList { (reader) throws(DecodingFailure) in try reader.readAddress() }
  }

  mutating func readOptionalAddress() throws(DecodingFailure) -> Address? {
    try readOptional { (reader) throws(DecodingFailure) in try reader.readAddress() }
  }

  mutating func readText() throws(DecodingFailure) -> String {
    guard let text = String(validating: try readBytes(), as: UTF8.self) else {
      throw DecodingFailure(position: 0, expected: "text in UTF-8")
    }
    return text
  }

  /// One byte that says which of a few things follows.
  mutating func readCode<Code: RawRepresentable>(
    _ type: Code.Type
  ) throws(DecodingFailure) -> Code where Code.RawValue == UInt8 {
    guard let code = Code(rawValue: try read(UInt8.self)) else {
      throw DecodingFailure(position: 0, expected: "the code of \(type)")
    }
    return code
  }

  mutating func readOptionalDigest() throws(DecodingFailure) -> Digest? {
    try readOptional { (reader) throws(DecodingFailure) in try reader.readDigest() }
  }

  mutating func readSignature() throws(DecodingFailure) -> Signature {
    guard let signature = Signature(try read(fixed: Signature.count)) else {
      throw DecodingFailure(position: 0, expected: "a signature")
    }
    return signature
  }

  mutating func readSide() throws(DecodingFailure) -> BidSide {
    guard let side = BidSide(rawValue: try read(UInt8.self)) else {
      throw DecodingFailure(position: 0, expected: "the side of a bid")
    }
    return side
  }
}

extension Payment {
  func encode(into writer: inout ByteWriter) {
    writer.write(to.bytes)
    writer.write(amount)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self.init(to: try reader.readAddress(), amount: try reader.readAmount())
  }
}

extension SealedBid {
  func encode(into writer: inout ByteWriter) {
    writer.write(auction)
    writer.write(commitment.bytes)
    writer.write(ciphertext)
    writer.write(fixed: signature.bytes)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self.init(
      auction: try reader.readLabel(), commitment: try reader.readDigest(), ciphertext: try reader.readBytes(),
      signature: try reader.readSignature())
  }
}

extension Bid {
  init(from reader: inout ByteReader) throws(DecodingFailure) {
    guard let bid = Bid(canonical: try reader.readBytes()) else {
      throw DecodingFailure(position: 0, expected: "a canonical bid")
    }
    self = bid
  }
}

extension Settlement {
  func encode(into writer: inout ByteWriter) {
    writer.write(auction)
    writer.write(list: purchases) { writer, purchase in
      writer.write(purchase.buyer.bytes)
      writer.write(purchase.payment)
      writer.write(list: purchase.tokens) { $0.write($1.bytes) }
    }
    writer.write(list: receipts) { $1.encode(into: &$0) }
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self.init(
      auction: try reader.readLabel(),
      purchases: try reader.readList { (reader) throws(DecodingFailure) in
        Purchase(
          buyer: try reader.readAddress(), payment: try reader.readAmount(),
          tokens: try reader.readList { (reader) throws(DecodingFailure) in try reader.readDigest() })
      },
      receipts: try reader.readList(Payment.init(from:)))
  }
}
