extension StateKey {
  /// The key's place in the state tree.
  var digest: Digest {
    var writer = ByteWriter(tag: "FLNFT-STATE-KEY-v1")
    encode(into: &writer)
    return SHA256.hash(writer.bytes)
  }

  func encode(into writer: inout ByteWriter) {
    switch self {
    case .chain:
      writer.write(UInt8(0))
    case .account(let address):
      writer.write(UInt8(1))
      writer.write(address.bytes)
    case .name(let label):
      writer.write(UInt8(2))
      writer.write(label)
    case .token(let token):
      writer.write(UInt8(3))
      writer.write(token.bytes)
    case .memberVote(let token, let member):
      writer.write(UInt8(4))
      writer.write(token.bytes)
      writer.write(member.bytes)
    case .transferVote(let token, let recipient):
      writer.write(UInt8(5))
      writer.write(token.bytes)
      writer.write(recipient.bytes)
    case .licence(let token, let holder):
      writer.write(UInt8(6))
      writer.write(token.bytes)
      writer.write(holder.bytes)
    case .auction(let label):
      writer.write(UInt8(7))
      writer.write(label)
    case .bid(let auction, let bidder):
      writer.write(UInt8(8))
      writer.write(auction)
      writer.write(bidder.bytes)
    case .commitment(let auction, let commitment):
      writer.write(UInt8(9))
      writer.write(auction)
      writer.write(commitment.bytes)
    case .escrow(let escrow):
      writer.write(UInt8(10))
      writer.write(escrow.bytes)
    case .allowance(let owner, let spender):
      writer.write(UInt8(11))
      writer.write(owner.bytes)
      writer.write(spender.bytes)
    case .terms(let token):
      writer.write(UInt8(12))
      writer.write(token.bytes)
    case .operatorRight(let owner, let address):
      writer.write(UInt8(13))
      writer.write(owner.bytes)
      writer.write(address.bytes)
    case .listing(let listing):
      writer.write(UInt8(14))
      writer.write(listing.bytes)
    case .sale(let sale):
      writer.write(UInt8(15))
      writer.write(sale.bytes)
    case .collective(let address):
      writer.write(UInt8(16))
      writer.write(address.bytes)
    case .proposal(let proposal):
      writer.write(UInt8(17))
      writer.write(proposal.bytes)
    case .contract(let address):
      writer.write(UInt8(18))
      writer.write(address.bytes)
    case .storage(let contract, let key):
      writer.write(UInt8(19))
      writer.write(contract.bytes)
      writer.write(key)
    case .stake(let stake):
      writer.write(UInt8(20))
      writer.write(stake.bytes)
    case .stakerPool:
      writer.write(UInt8(21))
    }
  }
}

extension StateEntry {
  /// The money that stands here; what was issued stands nowhere, it is what the rest must sum to.
  var holding: Amount {
    switch self {
    case .account(let account): account.balance
    case .bid(let bid): bid.deposit
    case .escrow(let escrow): escrow.amount
    case .sale(let sale): sale.bid
    case .contract(let contract): contract.balance
    case .stake(let stake): stake.held
    case .stakerPool(let amount): amount
    default: .zero
    }
  }

  func encode(into writer: inout ByteWriter) {
    switch self {
    case .chain(let chain):
      writer.write(chain.identifier.bytes)
      writer.write(chain.name)
      writer.write(chain.issuer.bytes)
      writer.write(chain.issued)
      writer.write(chain.burned)
      writer.write(chain.gasPrice)
      writer.write(chain.feeCollector.bytes)
    case .account(let account):
      writer.write(account.name)
      writer.write(account.publicKey.bytes)
      writer.write(account.balance)
      writer.write(account.nonce)
    case .name(let address), .commitment(let address):
      writer.write(address.bytes)
    case .token(let token):
      writer.write(token.record)
      writer.write(token.dao.bytes)
      writer.write(list: token.members) { $0.write($1.bytes) }
      writer.write(token.owner.bytes)
    case .memberVote(let vote):
      writer.write(vote.ask)
      writer.write(optional: vote.approvals) { $0.write(list: $1) { $0.write($1) } }
    case .transferVote(let approvals):
      writer.write(list: approvals) { $0.write($1.bytes) }
    case .licence(let licence): licence.encode(into: &writer)
    case .auction(let auction):
      writer.write(auction.auctioneer.bytes)
      writer.write(auction.deadline)
      writer.write(auction.settlementDeadline)
      writer.write(list: auction.bidders) { $0.write($1.bytes) }
      writer.write(auction.isSettled)
    case .bid(let bid):
      bid.sealed.encode(into: &writer)
      writer.write(bid.side.rawValue)
      writer.write(optional: bid.token) { $0.write($1.bytes) }
      writer.write(bid.deposit)
      writer.write(optional: bid.opened) { $0.write(Array($1.canonicalText.utf8)) }
    case .escrow(let escrow):
      writer.write(escrow.depositor.bytes)
      writer.write(escrow.beneficiary.bytes)
      writer.write(escrow.arbiter.bytes)
      writer.write(escrow.expiry)
      writer.write(escrow.amount)
    case .allowance(let amount): writer.write(amount)
    case .terms(let terms): terms.encode(into: &writer)
    case .operatorRight(let isAllowed): writer.write(isAllowed)
    case .listing(let listing): listing.encode(into: &writer)
    case .sale(let sale): sale.encode(into: &writer)
    case .collective(let collective): collective.encode(into: &writer)
    case .proposal(let proposal): proposal.encode(into: &writer)
    case .contract(let contract): contract.encode(into: &writer)
    case .storage(let value): writer.write(value)
    case .stake(let stake): stake.encode(into: &writer)
    case .stakerPool(let amount): writer.write(amount)
    }
  }
}
