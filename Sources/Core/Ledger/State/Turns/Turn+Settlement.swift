extension Turn {
  /// Closes an auction: nobody pays more than it bid or receives less than it asked, what the payments leave over goes
  /// to the auctioneer, who also covers what they lack, and every deposit's rest goes back.
  func settle(_ settlement: Settlement, _ state: inout LedgerState) throws(Refusal) {
    let name = settlement.auction
    guard var auction = state.auction(name) else { throw .unknownAuction(name) }
    guard auction.auctioneer == sender else {
      throw .notAuctioneer(account: try state.existingAccount(sender).name, auction: name)
    }
    guard now >= auction.deadline else { throw .auctionOpen(deadline: auction.deadline, now: now) }
    guard !auction.isSettled else { throw .auctionSettled(name) }
    guard now < auction.settlementDeadline else {
      throw .settlementLate(deadline: auction.settlementDeadline, now: now)
    }

    try collect(settlement, &state)
    try payOut(settlement, &state)
    for bidder in auction.bidders {
      guard var bid = state.bid(auction: name, bidder: bidder), !bid.deposit.isZero else { continue }
      let rest = bid.deposit
      bid.deposit = .zero
      state.set(.bid(auction: name, bidder: bidder), .bid(bid))
      try state.credit(rest, to: bidder)
    }
    auction.isSettled = true
    state.set(.auction(name), .auction(auction))
  }

  /// Takes the payments out of the buyers' deposits into the auctioneer's account, and grants access.
  private func collect(_ settlement: Settlement, _ state: inout LedgerState) throws(Refusal) {
    let offered = offeredTokens(settlement.auction, state)
    var payers: Set<Address> = []
    var total = Amount.zero
    for purchase in settlement.purchases {
      let buyer = try state.existingAccount(purchase.buyer)
      guard
        var record = state.bid(auction: settlement.auction, bidder: purchase.buyer), record.side == .bid,
        let bid = record.opened
      else { throw .invalidSettlement("\(buyer.name) has no opened bid to pay for") }
      guard payers.insert(purchase.buyer).inserted else { throw .invalidSettlement("\(buyer.name) is to pay twice") }
      guard purchase.payment <= Amount(micro: bid.valueMicro), let rest = try? record.deposit - purchase.payment else {
        throw .invalidSettlement(
          "\(buyer.name) bid \(Amount(micro: bid.valueMicro)) tokens and is to pay \(purchase.payment)")
      }
      for token in purchase.tokens where !offered.contains(token) {
        throw .invalidSettlement("the token \(token) that \(buyer.name) is to get is not offered")
      }
      record.deposit = rest
      state.set(.bid(auction: settlement.auction, bidder: purchase.buyer), .bid(record))
      guard let sum = try? total + purchase.payment else { throw .invalidSettlement("the payments are too large") }
      total = sum
    }
    grantAccess(settlement, &state)
    try state.credit(total, to: sender)
  }

  /// Who bid more is served first; of equal bids the one that was committed first.
  private func grantAccess(_ settlement: Settlement, _ state: inout LedgerState) {
    let bidders = state.auction(settlement.auction)?.bidders ?? []
    let ranked = settlement.purchases.map { purchase in
      (
        purchase: purchase,
        bid: state.bid(auction: settlement.auction, bidder: purchase.buyer)?.opened?.valueMicro ?? 0,
        place: bidders.firstIndex(of: purchase.buyer) ?? 0
      )
    }.sorted { ($1.bid, $0.place) < ($0.bid, $1.place) }
    for (rank, entry) in ranked.enumerated() {
      let licence = Licence(payment: entry.purchase.payment, priority: UInt32(clamping: rank + 1))
      for token in entry.purchase.tokens {
        state.set(.licence(token: token, holder: entry.purchase.buyer), .licence(licence))
      }
    }
  }

  private func payOut(_ settlement: Settlement, _ state: inout LedgerState) throws(Refusal) {
    var sellers: Set<Address> = []
    for receipt in settlement.receipts {
      let seller = try state.existingAccount(receipt.to)
      guard
        let record = state.bid(auction: settlement.auction, bidder: receipt.to), record.side == .ask,
        let ask = record.opened
      else { throw .invalidSettlement("\(seller.name) has no opened ask to be paid for") }
      guard sellers.insert(receipt.to).inserted else { throw .invalidSettlement("\(seller.name) is to be paid twice") }
      guard receipt.amount >= Amount(micro: ask.valueMicro) else {
        throw .invalidSettlement(
          "\(seller.name) asked \(Amount(micro: ask.valueMicro)) tokens and is to receive \(receipt.amount)")
      }
      try state.checkOffer(of: record.token, side: .ask, by: receipt.to)
      try transfer(receipt.amount, to: receipt.to, &state)
    }
  }

  /// The tokens of the asks that were opened, as far as their sellers still have them.
  private func offeredTokens(_ auction: Label, _ state: LedgerState) -> Set<Digest> {
    let bidders = state.auction(auction)?.bidders ?? []
    return Set(
      bidders.compactMap { bidder in
        guard let bid = state.bid(auction: auction, bidder: bidder), bid.opened != nil, let token = bid.token,
          state.token(token)?.owner == bidder
        else { return nil }
        return token
      })
  }
}
