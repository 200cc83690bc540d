import Tensor

/// A sealed-bid double auction on a ledger, step by step (PMS-AM 5.2; specification 9.3 to 9.5).
///
/// Open, submit, close, open the bids, clear, settle: each is a method of its own, so that a script can look between.
/// A step that fails changes nothing, neither here nor on the ledger, and may be tried again.
public struct SealedBidAuction {
  public enum Stage: Hashable, Sendable {
    case takingBids, closed, opened, cleared, settled

    var explanation: String {
      switch self {
      case .takingBids: "the auction is taking bids"
      case .closed: "the auction is closed and its bids are sealed"
      case .opened: "the bids are open and not yet cleared"
      case .cleared: "the auction is cleared and not yet settled"
      case .settled: "the auction is settled"
      }
    }
  }

  public let name: Label
  public let deadline: Timestamp
  public private(set) var stage = Stage.takingBids
  public private(set) var openedBids: OpenedBids?
  public private(set) var clearing: Clearing?
  private let ledger: Ledger
  private let auctioneer: KeyPair

  // MARK: Opening

  /// Opens an auction on the ledger, as one block.
  ///
  /// - Parameters:
  ///   - auctioneer: has an account; bids are sealed to this key.
  ///   - deadline: bids are taken before it.
  ///   - settlementDeadline: unless settled before it, bidders may reclaim their deposits.
  /// - Throws: `LedgerError`.
  public init(
    named name: Label, on ledger: Ledger, auctioneer: KeyPair, deadline: Timestamp, settlementDeadline: Timestamp,
    at now: Timestamp
  ) throws {
    try ledger.perform(
      [(.openAuction(name, deadline: deadline, settlementDeadline: settlementDeadline), auctioneer)], at: now)
    (self.name, self.ledger, self.auctioneer, self.deadline) = (name, ledger, auctioneer, deadline)
  }

  /// Takes up an auction that stands on the ledger, where it was left: bids are taken or waited for, or lie open, or it
  /// is settled. How it was cleared is not on the ledger before it is settled, and is decided again.
  ///
  /// - Throws: `Refusal` (`unknownAuction`; `notAuctioneer` for another's key); `CryptographyError`.
  public init(resuming name: Label, on ledger: Ledger, auctioneer: KeyPair) throws {
    guard let record = ledger.state.auction(name) else { throw Refusal.unknownAuction(name) }
    guard record.auctioneer == auctioneer.address else {
      throw Refusal.notAuctioneer(account: try ledger.state.existingAccount(auctioneer.address).name, auction: name)
    }
    (self.name, self.ledger, self.auctioneer, self.deadline) = (name, ledger, auctioneer, record.deadline)
    guard !record.isSettled else {
      stage = .settled
      return
    }
    // Nothing is unsealed before some bid lies open.
    guard record.bidders.contains(where: { ledger.state.bid(auction: name, bidder: $0)?.opened != nil }) else { return }
    let (opened, left) = try readBids()
    // Bidders may have opened their own.
    stage = left.isEmpty ? .opened : .closed
    openedBids = left.isEmpty ? opened : nil
  }

  // MARK: Submitting

  /// What a bidder hands in.
  public struct Submission: Sendable {
    public let bidder: Label
    public let key: KeyPair
    public let side: BidSide
    /// The bid for quality and for freshness, in tokens; an ask is their sum too.
    public let quality: Double
    public let freshness: Double
    /// What covers a buyer's bid; its own value when `nil`. A larger deposit hides the bid better.
    public let deposit: Amount?
    /// The model that a seller offers.
    public let token: Digest?

    public static func bid(
      by bidder: Label, key: KeyPair, quality: Double, freshness: Double, deposit: Amount? = nil
    ) -> Submission {
      Submission(
        bidder: bidder, key: key, side: .bid, quality: quality, freshness: freshness, deposit: deposit, token: nil)
    }

    public static func ask(by seller: Label, key: KeyPair, price: Double, token: Digest) -> Submission {
      Submission(
        bidder: seller, key: key, side: .ask, quality: price, freshness: 0, deposit: .zero, token: token)
    }
  }

  /// Seals, signs and commits bids, as one block: all are taken or none.
  ///
  /// - Returns: the envelopes that now stand on the ledger.
  /// - Throws: `AmountError` for a price that is no money, `LedgerError` (kinds `LateBid`, `DuplicateBid`,
  ///   `InsufficientFunds`, ...), `MarketError.wrongStage`.
  @discardableResult
  public func submit(_ submissions: [Submission], at now: Timestamp) throws -> [SealedBid] {
    try require(.takingBids, to: "take a bid", at: now)
    var actions: [(action: Action, by: KeyPair)] = []
    var envelopes: [SealedBid] = []
    for submission in submissions {
      let bid = try Bid(
        auction: name, bidder: submission.bidder, qualityMicro: Micro.from(submission.quality),
        freshnessMicro: Micro.from(submission.freshness), nonce: nonce(of: submission))
      let sealed = try SealedBid.seal(bid, by: submission.key, to: auctioneer.publicKey)
      let deposit = submission.deposit ?? Amount(micro: bid.valueMicro)
      actions.append(
        (.commitBid(sealed, side: submission.side, token: submission.token, deposit: deposit), submission.key))
      envelopes.append(sealed)
    }
    try ledger.perform(actions, at: now)
    return envelopes
  }

  /// 128 bits that only the bidder can compute.
  private func nonce(of submission: Submission) throws -> [UInt8] {
    var writer = ByteWriter(tag: "FLNFT-BID-NONCE-v1")
    writer.write(ledger.chain.bytes)
    writer.write(name)
    return try submission.key.pseudorandom(16, message: writer.bytes)
  }

  // MARK: Closing and opening the bids

  /// Ends the time for bids.
  ///
  /// - Throws: `LedgerError.refused` of kind `AuctionOpen` before the deadline; `MarketError.wrongStage`.
  public mutating func close(at now: Timestamp) throws {
    try require(.takingBids, to: "close the auction", at: now)
    guard now >= deadline else {
      throw LedgerError.refused(.auctionOpen(deadline: deadline, now: now), position: 1)
    }
    stage = .closed
  }

  /// Opens every envelope, the signature first, and reveals on the ledger, as one block, those that hold what was
  /// committed to. The others do not count, and get their deposits back when the auction is settled.
  ///
  /// - Throws: `LedgerError`, `CryptographyError`, `MarketError.wrongStage`.
  public mutating func openBids(at now: Timestamp) throws -> OpenedBids {
    try require(.closed, to: "open the bids", at: now)
    let (opened, left) = try readBids()
    if !left.isEmpty { try ledger.perform(left.map { (.openBid($0), auctioneer) }, at: now) }
    openedBids = opened
    stage = .opened
    return opened
  }

  /// What the envelopes hold, and of that what is not yet open on the ledger.
  private func readBids() throws -> (opened: OpenedBids, left: [Bid]) {
    var opened = OpenedBids()
    var left: [Bid] = []
    for bidder in ledger.state.auction(name)?.bidders ?? [] {
      guard
        let record = ledger.state.bid(auction: name, bidder: bidder), let account = ledger.state.account(bidder)
      else { continue }
      do {
        let bid = try record.opened ?? unsealed(record, account)
        if record.opened == nil { left.append(bid) }
        opened.add(OpenedBids.Entry(bidder: bidder, bid: bid, token: record.token), side: record.side)
      } catch let error as BidError {
        opened.discarded.append(OpenedBids.Discarded(bidder: account.name, reason: error))
      }
    }
    return (opened, left)
  }

  private func unsealed(_ record: BidRecord, _ account: Account) throws -> Bid {
    let bid = try record.sealed.open(by: auctioneer, bidder: account.publicKey, named: account.name)
    let value = Amount(micro: bid.valueMicro)
    if record.side == .bid, value > record.deposit {
      throw BidError.exceedsDeposit(bidder: account.name, bid: value, deposit: record.deposit)
    }
    do {
      try ledger.state.checkOffer(of: record.token, side: record.side, by: account.publicKey.address)
      try ledger.state.checkVotedAsk(bid, for: record.token)
    } catch {
      throw BidError(error)
    }
    return bid
  }

  /// Why an ask that has been opened does not count any more; nil where it does.
  private func withdrawal(of ask: OpenedBids.Entry) -> BidError? {
    do {
      try ledger.state.checkOffer(of: ask.token, side: .ask, by: ask.bidder)
      return nil
    } catch {
      return BidError(error)
    }
  }

  // MARK: Clearing and settling

  /// Hands the opened bids to a rule: asks and bids in tokens, in the order of their commitment; what comes back is
  /// what each buyer pays and each seller receives, in the same orders. The ask of a seller that has parted with its model
  /// since the opening is discarded first; where that happens after the clearing, settling is refused, and another clearing
  /// goes without it.
  ///
  /// - Throws: what the rule throws; `MarketError`; `AmountError` for a payment that is no money.
  public mutating func clear(
    at now: Timestamp,
    by rule: (_ asks: [Double], _ bids: [Double]) throws -> (buyerPayments: [Double], sellerReceipts: [Double])
  ) throws -> Clearing {
    try require(.opened, .cleared, to: "clear the auction", at: now)
    guard var openedBids else { throw MarketError.wrongStage(step: "clear the auction", stage: stage) }
    openedBids.discardAsks { withdrawal(of: $0) }
    let outcome = try rule(openedBids.asks.map(\.value), openedBids.bids.map(\.value))
    let clearing = try Clearing(
      of: openedBids, buyerPayments: outcome.buyerPayments, sellerReceipts: outcome.sellerReceipts)
    self.openedBids = openedBids
    self.clearing = clearing
    stage = .cleared
    return clearing
  }

  /// Settles on the ledger, as one block: winners' deposits pay, sellers receive, the rest goes back, and every winner
  /// gets access to the models sold.
  ///
  /// - Throws: `MarketError.deficit` when receipts exceed payments by more than the auctioneer has; `LedgerError`
  ///   (kind `InvalidSettlement` when somebody would pay more than it bid or receive less than it asked).
  @discardableResult
  public mutating func settle(at now: Timestamp) throws -> Block {
    try require(.cleared, to: "settle the auction", at: now)
    guard let clearing else { throw MarketError.wrongStage(step: "settle the auction", stage: stage) }
    let subsidy = ledger.state.account(auctioneer.address)?.balance ?? .zero
    guard try clearing.totalReceipts <= clearing.totalPayments + subsidy else {
      throw MarketError.deficit(
        payments: clearing.totalPayments, receipts: clearing.totalReceipts, subsidy: subsidy)
    }
    let block = try ledger.perform([(.settle(clearing.settlement(of: name)), auctioneer)], at: now)
    stage = .settled
    return block
  }

  private func require(_ expected: Stage..., to step: String, at now: Timestamp) throws(MarketError) {
    guard !expected.contains(stage) else { return }
    if stage == .takingBids, now >= deadline { throw .notClosed(step: step, deadline: deadline) }
    throw .wrongStage(step: step, stage: stage)
  }
}
