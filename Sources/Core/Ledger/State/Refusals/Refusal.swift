import Tensor

/// Why the ledger does not take a transaction. The state is then as if it had never been seen.
public enum Refusal: Diagnosable, Equatable {
  case notFounded
  case alreadyFounded
  case wrongChain(expected: Digest, given: Digest)
  case invalidSignature(sender: Address)
  case wrongNonce(account: Label, expected: UInt64, given: UInt64)
  case unknownAccount(Address)
  case accountExists(Label)
  case nameTaken(Label)
  case notIssuer(Label)
  case insufficientFunds(account: Label, balance: Amount, needed: Amount)
  case supplyExceeded(issued: Amount, more: Amount)

  case invalidRecord(MintRecordError)
  case foreignRecord(key: String)
  case unknownMember(String)
  case duplicateMember(String)
  case tokenExists(Digest)
  case unknownToken(Digest)
  case notOwner(account: Label, token: Digest)
  case notMember(account: Label, token: Digest)
  case alreadyVoted(account: Label)
  case asksMissing(declared: Int, members: Int)
  case wrongBallot(members: Int, given: Int)
  case askTooLarge(micro: UInt64)
  case transferNotApproved(votes: Int, members: Int)

  case auctionExists(Label)
  case unknownAuction(Label)
  case invalidDeadline(now: Timestamp, deadline: Timestamp, settlement: Timestamp)
  case lateBid(deadline: Timestamp, now: Timestamp)
  case duplicateBid(bidder: Label)
  case replayedCommitment(Digest)
  case invalidBidSignature(bidder: Label)
  case invalidOffer(String)
  case auctionOpen(deadline: Timestamp, now: Timestamp)
  case auctionSettled(Label)
  case settlementLate(deadline: Timestamp, now: Timestamp)
  case settlementPending(deadline: Timestamp, now: Timestamp)
  case unknownBid(auction: Label, bidder: Label)
  case alreadyOpened(bidder: Label)
  case commitmentMismatch(bidder: Label)
  case bidExceedsDeposit(bidder: Label, bid: Amount, deposit: Amount)
  case notAuctioneer(account: Label, auction: Label)
  case notBidder(account: Label)
  case invalidSettlement(String)
  case nothingToReclaim(account: Label)

  case unknownEscrow(Digest)
  case escrowClosed(Digest)
  case notParty(account: Label, escrow: Digest)

  case money(MoneyRefusal)
  case token(TokenRefusal)
  case trade(TradeRefusal)
  case collective(CollectiveRefusal)
  case contract(ContractRefusal)
  case stake(StakeRefusal)

  case notConserved(issued: Amount, held: Amount)
}

extension Refusal {
  /// What a facet of the ledger says of its own refusals.
  var facet: (any Diagnosable)? {
    switch self {
    case .money(let refusal): refusal
    case .token(let refusal): refusal
    case .trade(let refusal): refusal
    case .collective(let refusal): refusal
    case .contract(let refusal): refusal
    case .stake(let refusal): refusal
    default: nil
    }
  }

  public var kind: String {
    switch self {
    case .notFounded: "NotFounded"
    case .alreadyFounded: "AlreadyFounded"
    case .wrongChain: "WrongChain"
    case .invalidSignature: "InvalidSignature"
    case .wrongNonce: "WrongNonce"
    case .unknownAccount: "UnknownAccount"
    case .accountExists: "AccountExists"
    case .nameTaken: "NameTaken"
    case .notIssuer: "NotIssuer"
    case .insufficientFunds: "InsufficientFunds"
    case .supplyExceeded: "AmountOverflow"
    case .invalidRecord, .foreignRecord, .unknownMember, .duplicateMember, .wrongBallot, .askTooLarge,
      .invalidDeadline, .invalidOffer:
      "InvalidParameter"
    case .tokenExists: "TokenExists"
    case .unknownToken: "UnknownToken"
    case .notOwner: "NotOwner"
    case .notMember: "NotMember"
    case .alreadyVoted: "AlreadyVoted"
    case .asksMissing: "AsksMissing"
    case .transferNotApproved: "TransferNotApproved"
    case .auctionExists: "AuctionExists"
    case .unknownAuction: "UnknownAuction"
    case .lateBid: "LateBid"
    case .duplicateBid: "DuplicateBid"
    case .replayedCommitment: "ReplayedBid"
    case .invalidBidSignature: "InvalidSignature"
    case .auctionOpen: "AuctionOpen"
    case .auctionSettled: "AuctionSettled"
    case .settlementLate: "SettlementLate"
    case .settlementPending: "SettlementPending"
    case .unknownBid: "UnknownBid"
    case .alreadyOpened: "AlreadyOpened"
    case .commitmentMismatch: "CommitmentMismatch"
    case .bidExceedsDeposit: "BidExceedsDeposit"
    case .notAuctioneer: "NotAuctioneer"
    case .notBidder: "NotBidder"
    case .invalidSettlement: "InvalidSettlement"
    case .nothingToReclaim: "NothingToReclaim"
    case .unknownEscrow: "UnknownEscrow"
    case .escrowClosed: "EscrowClosed"
    case .notParty: "NotParty"
    case .money, .token, .trade, .collective, .contract, .stake: facet?.kind ?? "Refused"
    case .notConserved: "NotConserved"
    }
  }
}
