extension Turn {
  func openAuction(
    _ name: Label, deadline: Timestamp, settlementDeadline: Timestamp, _ state: inout LedgerState
  ) throws(Refusal) {
    guard state.auction(name) == nil else { throw .auctionExists(name) }
    guard now < deadline, deadline < settlementDeadline else {
      throw .invalidDeadline(now: now, deadline: deadline, settlement: settlementDeadline)
    }
    state.set(
      .auction(name),
      .auction(
        AuctionRecord(
          auctioneer: sender, deadline: deadline, settlementDeadline: settlementDeadline, bidders: [],
          isSettled: false)))
  }

  func commit(
    _ sealed: SealedBid, side: BidSide, token: Digest?, deposit: Amount, _ state: inout LedgerState
  ) throws(Refusal) {
    let name = sealed.auction
    let account = try state.existingAccount(sender)
    guard var auction = state.auction(name) else { throw .unknownAuction(name) }
    guard now < auction.deadline else { throw .lateBid(deadline: auction.deadline, now: now) }
    guard sealed.isSigned(by: account.publicKey) else { throw .invalidBidSignature(bidder: account.name) }
    guard state.bid(auction: name, bidder: sender) == nil else { throw .duplicateBid(bidder: account.name) }
    guard state[.commitment(auction: name, sealed.commitment)] == nil else {
      throw .replayedCommitment(sealed.commitment)
    }
    try state.checkOffer(of: token, side: side, by: sender)

    try state.debit(deposit, from: sender)
    auction.bidders.append(sender)
    state.set(.auction(name), .auction(auction))
    state.set(.commitment(auction: name, sealed.commitment), .commitment(bidder: sender))
    state.set(
      .bid(auction: name, bidder: sender),
      .bid(BidRecord(sealed: sealed, side: side, token: token, deposit: deposit, opened: nil)))
  }

  func open(_ bid: Bid, _ state: inout LedgerState) throws(Refusal) {
    let account = try state.existingAccount(sender)
    guard let auction = state.auction(bid.auction) else { throw .unknownAuction(bid.auction) }
    guard now >= auction.deadline else { throw .auctionOpen(deadline: auction.deadline, now: now) }
    guard !auction.isSettled else { throw .auctionSettled(bid.auction) }
    guard
      let bidder = state.address(named: bid.bidder),
      var record = state.bid(auction: bid.auction, bidder: bidder)
    else { throw .unknownBid(auction: bid.auction, bidder: bid.bidder) }
    guard sender == auction.auctioneer || sender == bidder else { throw .notBidder(account: account.name) }
    guard record.opened == nil else { throw .alreadyOpened(bidder: bid.bidder) }
    guard bid.commitment == record.sealed.commitment else { throw .commitmentMismatch(bidder: bid.bidder) }
    let value = Amount(micro: bid.valueMicro)
    guard record.side == .ask || value <= record.deposit else {
      throw .bidExceedsDeposit(bidder: bid.bidder, bid: value, deposit: record.deposit)
    }
    // The seller may have parted with the model since.
    try state.checkOffer(of: record.token, side: record.side, by: bidder)
    try state.checkVotedAsk(bid, for: record.token)
    record.opened = bid
    state.set(.bid(auction: bid.auction, bidder: bidder), .bid(record))
  }

  func reclaimDeposit(from name: Label, _ state: inout LedgerState) throws(Refusal) {
    let account = try state.existingAccount(sender)
    guard let auction = state.auction(name) else { throw .unknownAuction(name) }
    guard !auction.isSettled else { throw .auctionSettled(name) }
    guard now >= auction.settlementDeadline else {
      throw .settlementPending(deadline: auction.settlementDeadline, now: now)
    }
    guard var bid = state.bid(auction: name, bidder: sender), !bid.deposit.isZero else {
      throw .nothingToReclaim(account: account.name)
    }
    let deposit = bid.deposit
    bid.deposit = .zero
    state.set(.bid(auction: name, bidder: sender), .bid(bid))
    try state.credit(deposit, to: sender)
  }
}
