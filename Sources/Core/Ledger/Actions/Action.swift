/// What a transaction asks of the ledger. The one who signs it is the sender.
public indirect enum Action: Hashable, Sendable {
  /// The first transaction of a chain; makes its sender, under the name `issuer`, the issuer of its money.
  case found(chain: Label, issuer: Label)
  /// Opens the sender's account under a name that nobody else has.
  case openAccount(name: Label)
  /// The issuer brings new money into being.
  case issue(to: Address, amount: Amount)
  case transfer(to: Address, amount: Amount)
  /// Several transfers that succeed or fail together.
  case pay([Payment])

  /// The sender, a DAO, mints a model; the record names its key and its members' accounts.
  case mint(record: [UInt8])
  /// The owner passes a token on; a DAO needs the votes of more than half of its members.
  case transferToken(Digest, to: Address)
  /// A member states what it wants for its part in a model, in millionths.
  case declareAsk(token: Digest, micro: UInt64)
  /// A member says, member by member, whose ask it approves; its own entry does not count.
  case voteOnAsks(token: Digest, approvals: [Bool])
  /// A member approves that the DAO passes a token on.
  case voteOnTransfer(token: Digest, to: Address)

  /// The sender, the auctioneer, takes sealed bids until `deadline` and must settle before `settlementDeadline`.
  case openAuction(Label, deadline: Timestamp, settlementDeadline: Timestamp)
  /// One sealed bid of the sender, with the deposit that covers it; a seller names the token that it offers.
  case commitBid(SealedBid, side: BidSide, token: Digest?, deposit: Amount)
  /// Reveals a bid once the clock has expired; the auctioneer or the bidder itself may.
  case openBid(Bid)
  /// The auctioneer closes the books: buyers pay from their deposits, sellers receive, the rest goes back.
  case settle(Settlement)
  /// A bidder takes its deposit back from an auction that was not settled in time.
  case reclaimDeposit(auction: Label)

  /// Sets money aside for a beneficiary; the depositor may take it back from `expiry` on.
  case openEscrow(beneficiary: Address, arbiter: Address, amount: Amount, expiry: Timestamp)
  /// Pays the beneficiary; the depositor or the arbiter may.
  case releaseEscrow(Digest)
  /// Pays the depositor back; the beneficiary or the arbiter may, and from the expiry on the depositor.
  case refundEscrow(Digest)

  // Facets with files of their own.
  case money(MoneyAction)
  case token(TokenAction)
  case trade(TradeAction)
  case collective(CollectiveAction)
  case contract(ContractAction)
  case stake(StakeAction)
}

/// Money for somebody.
public struct Payment: Hashable, Sendable {
  public let to: Address
  public let amount: Amount

  public init(to: Address, amount: Amount) {
    (self.to, self.amount) = (to, amount)
  }
}

/// How an auction ends.
public struct Settlement: Hashable, Sendable {
  /// What a buyer pays, and the models to which that gives it access.
  public struct Purchase: Hashable, Sendable {
    public let buyer: Address
    public let payment: Amount
    public let tokens: [Digest]

    public init(buyer: Address, payment: Amount, tokens: [Digest]) {
      (self.buyer, self.payment, self.tokens) = (buyer, payment, tokens)
    }
  }

  public let auction: Label
  public let purchases: [Purchase]
  /// What the sellers receive.
  public let receipts: [Payment]

  public init(auction: Label, purchases: [Purchase], receipts: [Payment]) {
    (self.auction, self.purchases, self.receipts) = (auction, purchases, receipts)
  }
}
