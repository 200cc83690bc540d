extension Action {
  /// The first byte of an encoded action. Numbers are never reused: blocks of old files keep their meaning.
  private enum Code: UInt8 {
    case found = 0, openAccount, issue, transfer, pay
    case mint = 16, transferToken, declareAsk, voteOnAsks, voteOnTransfer
    case openAuction = 32, commitBid, openBid, settle, reclaimDeposit
    case openEscrow = 48, releaseEscrow, refundEscrow
    case money = 64, token, trade, collective, contract, stake
  }

  static let collectiveCode = Code.collective.rawValue

  func encode(into writer: inout ByteWriter) {
    writer.write(code.rawValue)
    switch self {
    case .found(let chain, let issuer):
      writer.write(chain)
      writer.write(issuer)
    case .openAccount(let name):
      writer.write(name)
    case .issue(let to, let amount), .transfer(let to, let amount):
      Payment(to: to, amount: amount).encode(into: &writer)
    case .pay(let payments):
      writer.write(list: payments) { $1.encode(into: &$0) }
    case .mint(let record):
      writer.write(record)
    case .transferToken(let token, let to), .voteOnTransfer(let token, let to):
      writer.write(token.bytes)
      writer.write(to.bytes)
    case .declareAsk(let token, let micro):
      writer.write(token.bytes)
      writer.write(micro)
    case .voteOnAsks(let token, let approvals):
      writer.write(token.bytes)
      writer.write(list: approvals) { $0.write($1) }
    case .openAuction(let auction, let deadline, let settlementDeadline):
      writer.write(auction)
      writer.write(deadline)
      writer.write(settlementDeadline)
    case .commitBid(let bid, let side, let token, let deposit):
      bid.encode(into: &writer)
      writer.write(side.rawValue)
      writer.write(optional: token) { $0.write($1.bytes) }
      writer.write(deposit)
    case .openBid(let bid):
      writer.write(Array(bid.canonicalText.utf8))
    case .settle(let settlement):
      settlement.encode(into: &writer)
    case .reclaimDeposit(let auction):
      writer.write(auction)
    case .openEscrow(let beneficiary, let arbiter, let amount, let expiry):
      writer.write(beneficiary.bytes)
      writer.write(arbiter.bytes)
      writer.write(amount)
      writer.write(expiry)
    case .releaseEscrow(let escrow), .refundEscrow(let escrow):
      writer.write(escrow.bytes)
    case .money(let action): action.encode(into: &writer)
    case .token(let action): action.encode(into: &writer)
    case .trade(let action): action.encode(into: &writer)
    case .collective(let action): action.encode(into: &writer)
    case .contract(let action): action.encode(into: &writer)
    case .stake(let action): action.encode(into: &writer)
    }
  }

  init(from reader: inout ByteReader) throws(DecodingFailure) {
    self =
      switch try reader.readCode(Code.self) {
      case .found: .found(chain: try reader.readLabel(), issuer: try reader.readLabel())
      case .openAccount: .openAccount(name: try reader.readLabel())
      case .issue: .issue(to: try reader.readAddress(), amount: try reader.readAmount())
      case .transfer: .transfer(to: try reader.readAddress(), amount: try reader.readAmount())
      case .pay: .pay(try reader.readList(Payment.init(from:)))
      case .mint: .mint(record: try reader.readBytes())
      case .transferToken: .transferToken(try reader.readDigest(), to: try reader.readAddress())
      case .declareAsk: .declareAsk(token: try reader.readDigest(), micro: try reader.read(UInt64.self))
      case .voteOnAsks:
        .voteOnAsks(
          token: try reader.readDigest(),
          approvals: try reader.readList { (reader) throws(DecodingFailure) in try reader.readBool() })
      case .voteOnTransfer: .voteOnTransfer(token: try reader.readDigest(), to: try reader.readAddress())
      case .openAuction:
        .openAuction(
          try reader.readLabel(), deadline: try reader.readTimestamp(),
          settlementDeadline: try reader.readTimestamp())
      case .commitBid:
        .commitBid(
          try SealedBid(from: &reader), side: try reader.readSide(), token: try reader.readOptionalDigest(),
          deposit: try reader.readAmount())
      case .openBid: .openBid(try Bid(from: &reader))
      case .settle: .settle(try Settlement(from: &reader))
      case .reclaimDeposit: .reclaimDeposit(auction: try reader.readLabel())
      case .openEscrow:
        .openEscrow(
          beneficiary: try reader.readAddress(), arbiter: try reader.readAddress(),
          amount: try reader.readAmount(), expiry: try reader.readTimestamp())
      case .releaseEscrow: .releaseEscrow(try reader.readDigest())
      case .refundEscrow: .refundEscrow(try reader.readDigest())
      case .money: .money(try MoneyAction(from: &reader))
      case .token: .token(try TokenAction(from: &reader))
      case .trade: .trade(try TradeAction(from: &reader))
      case .collective: .collective(try CollectiveAction(from: &reader))
      case .contract: .contract(try ContractAction(from: &reader))
      case .stake: .stake(try StakeAction(from: &reader))
      }
  }

  private var code: Code {
    switch self {
    case .found: .found
    case .openAccount: .openAccount
    case .issue: .issue
    case .transfer: .transfer
    case .pay: .pay
    case .mint: .mint
    case .transferToken: .transferToken
    case .declareAsk: .declareAsk
    case .voteOnAsks: .voteOnAsks
    case .voteOnTransfer: .voteOnTransfer
    case .openAuction: .openAuction
    case .commitBid: .commitBid
    case .openBid: .openBid
    case .settle: .settle
    case .reclaimDeposit: .reclaimDeposit
    case .openEscrow: .openEscrow
    case .releaseEscrow: .releaseEscrow
    case .refundEscrow: .refundEscrow
    case .money: .money
    case .token: .token
    case .trade: .trade
    case .collective: .collective
    case .contract: .contract
    case .stake: .stake
    }
  }
}
