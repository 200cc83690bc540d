extension Action {
  /// What the action does, in a word.
  public var name: String {
    switch self {
    case .found: "found"
    case .openAccount: "open account"
    case .issue: "issue"
    case .transfer: "transfer"
    case .pay: "pay"
    case .mint: "mint"
    case .transferToken: "transfer model"
    case .declareAsk: "declare ask"
    case .voteOnAsks: "vote on asks"
    case .voteOnTransfer: "vote on transfer"
    case .openAuction: "open auction"
    case .commitBid: "commit bid"
    case .openBid: "open bid"
    case .settle: "settle"
    case .reclaimDeposit: "reclaim deposit"
    case .openEscrow: "open escrow"
    case .releaseEscrow: "release escrow"
    case .refundEscrow: "refund escrow"
    case .money(let action): action.name
    case .token(let action): action.name
    case .trade(let action): action.name
    case .collective(let action): action.name
    case .contract(let action): action.name
    case .stake(let action): action.name
    }
  }
}

extension MoneyAction {
  public var name: String {
    switch self {
    case .burn: "burn"
    case .approve: "approve"
    case .spend: "spend"
    case .setGasPrice: "set gas price"
    }
  }
}

extension TokenAction {
  public var name: String {
    switch self {
    case .approve: "approve model"
    case .setOperator: "set operator"
    case .burn: "burn model"
    case .setRoyalty: "set royalty"
    case .transferShare: "transfer share"
    case .bindAsk: "bind ask"
    }
  }
}

extension TradeAction {
  public var name: String {
    switch self {
    case .list: "list"
    case .cancelListing: "cancel listing"
    case .buy: "buy"
    case .openSale: "open sale"
    case .raise: "raise"
    case .closeSale: "close sale"
    }
  }
}

extension CollectiveAction {
  public var name: String {
    switch self {
    case .found: "found organisation"
    case .propose: "propose"
    case .vote: "vote"
    case .execute: "execute"
    case .setMembers: "set members"
    case .punish: "punish"
    }
  }
}

extension StakeAction {
  public var name: String {
    switch self {
    case .stake: "stake"
    case .lock: "lock"
    case .unstake: "unstake"
    case .slash: "slash"
    case .distribute: "distribute"
    }
  }
}

extension ContractAction {
  public var name: String {
    switch self {
    case .deploy: "deploy"
    case .call: "call"
    }
  }
}
