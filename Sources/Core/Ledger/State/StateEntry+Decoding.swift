extension StateKey {
  /// Reads what `encode` wrote.
  ///
  /// - Throws: `DecodingFailure`.
  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self =
      switch try reader.read(UInt8.self) {
      case 0: .chain
      case 1: .account(try reader.readAddress())
      case 2: .name(try reader.readLabel())
      case 3: .token(try reader.readDigest())
      case 4: .memberVote(token: try reader.readDigest(), member: try reader.readAddress())
      case 5: .transferVote(token: try reader.readDigest(), recipient: try reader.readAddress())
      case 6: .licence(token: try reader.readDigest(), holder: try reader.readAddress())
      case 7: .auction(try reader.readLabel())
      case 8: .bid(auction: try reader.readLabel(), bidder: try reader.readAddress())
      case 9: .commitment(auction: try reader.readLabel(), try reader.readDigest())
      case 10: .escrow(try reader.readDigest())
      case 11: .allowance(owner: try reader.readAddress(), spender: try reader.readAddress())
      case 12: .terms(token: try reader.readDigest())
      case 13: .operatorRight(owner: try reader.readAddress(), try reader.readAddress())
      case 14: .listing(try reader.readDigest())
      case 15: .sale(try reader.readDigest())
      case 16: .collective(try reader.readAddress())
      case 17: .proposal(try reader.readDigest())
      case 18: .contract(try reader.readAddress())
      case 20: .stake(try reader.readDigest())
      case 21: .stakerPool
      case 19: .storage(contract: try reader.readAddress(), key: try reader.readBytes())
      default: throw DecodingFailure(position: 0, expected: "the kind of a state's entry")
      }
  }
}

extension StateEntry {
  /// Reads what `encode` wrote of the entry that stands under a key.
  ///
  /// - Throws: `DecodingFailure`.
  init(of key: StateKey, from reader: inout ByteReader) throws(DecodingFailure) {
    self =
      switch key {
      case .chain: .chain(try ChainRecord(from: &reader))
      case .account: .account(try Account(from: &reader))
      case .name: .name(try reader.readAddress())
      case .token: .token(try ModelToken(from: &reader))
      case .memberVote: .memberVote(try MemberVote(from: &reader))
      case .transferVote: .transferVote(approvals: try reader.readAddresses())
      case .licence: .licence(try Licence(from: &reader))
      case .auction: .auction(try AuctionRecord(from: &reader))
      case .bid: .bid(try BidRecord(from: &reader))
      case .commitment: .commitment(bidder: try reader.readAddress())
      case .escrow: .escrow(try Escrow(from: &reader))
      case .allowance: .allowance(try reader.readAmount())
      case .terms: .terms(try TokenTerms(from: &reader))
      case .operatorRight: .operatorRight(isAllowed: try reader.readBool())
      case .listing: .listing(try Listing(from: &reader))
      case .sale: .sale(try OpenSale(from: &reader))
      case .collective: .collective(try Collective(from: &reader))
      case .proposal: .proposal(try CollectiveProposal(from: &reader))
      case .contract: .contract(try DeployedContract(from: &reader))
      case .storage: .storage(try reader.readContractValue())
      case .stake: .stake(try Stake(from: &reader))
      case .stakerPool: .stakerPool(try reader.readAmount())
      }
  }
}

extension ChainRecord {
  fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
    identifier = try reader.readDigest()
    name = try reader.readLabel()
    issuer = try reader.readAddress()
    issued = try reader.readAmount()
    burned = try reader.readAmount()
    gasPrice = try reader.readAmount()
    feeCollector = try reader.readAddress()
  }
}

extension Account {
  fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
    name = try reader.readLabel()
    publicKey = PublicKey(bytes: try reader.readBytes32())
    balance = try reader.readAmount()
    nonce = try reader.read(UInt64.self)
  }
}

extension ModelToken {
  fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
    record = try reader.readBytes()
    dao = try reader.readAddress()
    members = try reader.readAddresses()
    owner = try reader.readAddress()
  }
}

extension MemberVote {
  fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
    ask = try reader.read(UInt64.self)
    approvals = try reader.readOptional { (reader) throws(DecodingFailure) in
      try reader.readList { (reader) throws(DecodingFailure) in try reader.readBool() }
    }
  }
}

extension AuctionRecord {
  fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
    auctioneer = try reader.readAddress()
    deadline = try reader.readTimestamp()
    settlementDeadline = try reader.readTimestamp()
    bidders = try reader.readAddresses()
    isSettled = try reader.readBool()
  }
}

extension BidRecord {
  fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
    sealed = try SealedBid(from: &reader)
    side = try reader.readSide()
    token = try reader.readOptionalDigest()
    deposit = try reader.readAmount()
    opened = try reader.readOptional { (reader) throws(DecodingFailure) in try Bid(from: &reader) }
  }
}

extension Escrow {
  fileprivate init(from reader: inout ByteReader) throws(DecodingFailure) {
    depositor = try reader.readAddress()
    beneficiary = try reader.readAddress()
    arbiter = try reader.readAddress()
    expiry = try reader.readTimestamp()
    amount = try reader.readAmount()
  }
}
