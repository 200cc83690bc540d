extension Refusal {
  public var message: String {
    switch self {
    case .notFounded: "the chain has not been founded"
    case .alreadyFounded: "the chain has been founded already"
    case .wrongChain(let expected, let given): "the transaction is for chain \(given), and this is \(expected)"
    case .invalidSignature(let sender): "the transaction is not signed by its sender \(sender)"
    case .wrongNonce(let account, let expected, let given):
      "the next transaction of \(account) bears nonce \(expected), not \(given)"
    case .unknownAccount(let address): "no account has the address \(address)"
    case .accountExists(let name): "the sender already has the account \(name)"
    case .nameTaken(let name): "there is already an account named \(name)"
    case .notIssuer(let name): "only the issuer brings money into being, not \(name)"
    case .insufficientFunds(let account, let balance, let needed):
      "\(account) has \(balance) tokens, and \(needed) are needed"
    case .supplyExceeded(let issued, let more):
      "\(more) tokens more than the \(issued) issued is more than a ledger can hold"

    case .invalidRecord(let error): error.message
    case .foreignRecord(let key): "the minting record names the key \(key), which is not the sender's"
    case .unknownMember(let name): "the minting record names the member \(name), who has no account"
    case .duplicateMember(let name): "the minting record names the member \(name) twice"
    case .tokenExists(let token): "the model \(token) has been minted already"
    case .unknownToken(let token): "no token has the digest \(token)"
    case .notOwner(let account, let token): "\(account) does not own the token \(token)"
    case .notMember(let account, let token): "\(account) is no member of the DAO that minted \(token)"
    case .alreadyVoted(let account): "\(account) has voted on this already"
    case .asksMissing(let declared, let members):
      "\(declared) of \(members) members have declared their asks; the vote needs all of them"
    case .wrongBallot(let members, let given): "a ballot has one entry for each of \(members) members, not \(given)"
    case .askTooLarge(let micro): "an ask is at most \(Micro.maximum) millionths of a token, not \(micro)"
    case .transferNotApproved(let votes, let members):
      "\(votes) of \(members) members approve the transfer; more than half must"

    default: facet?.message ?? auctionMessage
    }
  }

  public var hint: String? {
    switch self {
    case .auctionExists(let name): "ledger:resume_auction(\"\(name)\") goes on with it"
    case .unknownAuction: "ledger:auctions() lists those that there are"
    default: facet?.hint
    }
  }

  private var auctionMessage: String {
    switch self {
    case .auctionExists(let name): "there is already an auction named \(name)"
    case .unknownAuction(let name): "there is no auction named \(name)"
    case .invalidDeadline(let now, let deadline, let settlement):
      "now (\(now)), the deadline (\(deadline)) and the settlement's (\(settlement)) must follow on one another"
    case .lateBid(let deadline, let now): "bids were taken before \(deadline), and it is \(now)"
    case .duplicateBid(let bidder): "\(bidder) has already committed to a bid in this auction"
    case .replayedCommitment(let commitment): "the commitment \(commitment) stands in this auction already"
    case .invalidBidSignature(let bidder): "the sealed bid is not signed by \(bidder)"
    case .invalidOffer(let what): what
    case .auctionOpen(let deadline, let now): "bids are taken until \(deadline), and it is \(now)"
    case .auctionSettled(let name): "the auction \(name) has been settled"
    case .settlementLate(let deadline, let now): "the auction had to be settled before \(deadline), and it is \(now)"
    case .settlementPending(let deadline, let now): "the auction may be settled until \(deadline), and it is \(now)"
    case .unknownBid(let auction, let bidder): "\(bidder) has committed to no bid in auction \(auction)"
    case .alreadyOpened(let bidder): "the bid of \(bidder) has been opened already"
    case .commitmentMismatch(let bidder): "this is not the bid that \(bidder) committed to"
    case .bidExceedsDeposit(let bidder, let bid, let deposit):
      "the bid of \(bidder), \(bid) tokens, exceeds its deposit of \(deposit)"
    case .notAuctioneer(let account, let auction): "\(account) is not the auctioneer of \(auction)"
    case .notBidder(let account): "\(account) is neither the auctioneer nor the bidder"
    case .invalidSettlement(let what): what
    case .nothingToReclaim(let account): "\(account) has no deposit in this auction"
    case .unknownEscrow(let escrow): "there is no escrow \(escrow)"
    case .escrowClosed(let escrow): "the escrow \(escrow) has been paid out"
    case .notParty(let account, let escrow): "\(account) may not do this with the escrow \(escrow) now"
    case .notConserved(let issued, let held): "\(issued) tokens were issued and \(held) are held"
    default: kind
    }
  }
}
