/// Where something stands in the state.
public enum StateKey: Hashable, Sendable {
  case chain
  case account(Address)
  case name(Label)
  case token(Digest)
  case memberVote(token: Digest, member: Address)
  case transferVote(token: Digest, recipient: Address)
  case licence(token: Digest, holder: Address)
  case auction(Label)
  case bid(auction: Label, bidder: Address)
  case commitment(auction: Label, Digest)
  case escrow(Digest)
  case allowance(owner: Address, spender: Address)
  case terms(token: Digest)
  case operatorRight(owner: Address, Address)
  case listing(Digest)
  case sale(Digest)
  case collective(Address)
  case proposal(Digest)
  case contract(Address)
  case storage(contract: Address, key: [UInt8])
  case stake(Digest)
  /// What early exits have forfeited, for the next distribution.
  case stakerPool
}

/// What stands there.
public enum StateEntry: Hashable, Sendable {
  case chain(ChainRecord)
  case account(Account)
  case name(Address)
  case token(ModelToken)
  case memberVote(MemberVote)
  case transferVote(approvals: [Address])
  case licence(Licence)
  case auction(AuctionRecord)
  case bid(BidRecord)
  case commitment(bidder: Address)
  case escrow(Escrow)
  case allowance(Amount)
  case terms(TokenTerms)
  case operatorRight(isAllowed: Bool)
  case listing(Listing)
  case sale(OpenSale)
  case collective(Collective)
  case proposal(CollectiveProposal)
  case contract(DeployedContract)
  case storage(ContractValue)
  case stake(Stake)
  case stakerPool(Amount)
}

/// What the founding transaction laid down, and how much money there is.
public struct ChainRecord: Hashable, Sendable {
  public let identifier: Digest
  public let name: Label
  public let issuer: Address
  /// The sum of all issues.
  public internal(set) var issued: Amount
  /// The sum of all that was taken out of being.
  public internal(set) var burned = Amount.zero
  /// For a unit of gas.
  public internal(set) var gasPrice = Amount.zero
  /// Who receives the fees.
  public internal(set) var feeCollector: Address

  /// All money there is; what accounts, deposits, escrows, bids and contracts hold always sums to it.
  public var supply: Amount { (try? issued - burned) ?? .zero }
}

public struct Account: Hashable, Sendable {
  public let name: Label
  public let publicKey: PublicKey
  public internal(set) var balance: Amount
  /// The nonce that its next transaction must bear.
  public internal(set) var nonce: UInt64
}

/// A minted model.
public struct ModelToken: Hashable, Sendable {
  /// The canonical bytes of its `MintRecord`.
  public let record: [UInt8]
  /// The account that minted it.
  public let dao: Address
  /// The members' accounts, in the record's order.
  public let members: [Address]
  public internal(set) var owner: Address

  /// What its record says.
  ///
  /// - Throws: `MintRecordError`; never for a token on a ledger, which took the record only because it can be read.
  public func decodedRecord() throws(MintRecordError) -> MintRecord {
    try MintRecord(decoding: record)
  }
}

/// What one member of a DAO has said about the asking price.
public struct MemberVote: Hashable, Sendable {
  /// Its own ask, in millionths.
  public internal(set) var ask: UInt64
  /// Whose asks it approves, in the order of the members; `nil` until it has voted.
  public internal(set) var approvals: [Bool]?
}

public struct AuctionRecord: Hashable, Sendable {
  public let auctioneer: Address
  /// Bids are taken before it, opened from it on.
  public let deadline: Timestamp
  /// Settled before it, or deposits may be reclaimed.
  public let settlementDeadline: Timestamp
  /// In the order in which they committed.
  public internal(set) var bidders: [Address]
  public internal(set) var isSettled: Bool
}

public struct BidRecord: Hashable, Sendable {
  public let sealed: SealedBid
  public let side: BidSide
  /// The model that a seller offers.
  public let token: Digest?
  /// What is left of the deposit.
  public internal(set) var deposit: Amount
  /// What was in the envelope, once it has been opened.
  public internal(set) var opened: Bid?
}

/// Money set aside between two parties.
public struct Escrow: Hashable, Sendable {
  public let depositor: Address
  public let beneficiary: Address
  public let arbiter: Address
  public let expiry: Timestamp
  /// Zero once it has been released or refunded.
  public internal(set) var amount: Amount
}

/// The right to use a model.
public struct Licence: Hashable, Sendable {
  /// What was paid for it.
  public let payment: Amount
  /// The place in the order in which several holders are served, from 1: by their bids, equal ones by who committed first.
  public let priority: UInt32

  func encode(into writer: inout ByteWriter) {
    writer.write(payment)
    writer.write(priority)
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self.init(payment: try reader.readAmount(), priority: try reader.read(UInt32.self))
  }

  init(payment: Amount, priority: UInt32) { (self.payment, self.priority) = (payment, priority) }
}
