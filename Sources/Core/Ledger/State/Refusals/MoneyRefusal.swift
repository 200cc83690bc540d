import Tensor

/// Why money or gas is refused.
public enum MoneyRefusal: Diagnosable, Equatable {
  case allowanceExceeded(owner: Label, spender: Label, allowed: Amount, asked: Amount)
  case gasLimitTooLow(needed: UInt64, offered: UInt64)
  case gasPriceTooLow(charged: Amount, offered: Amount)
  case gasPriceTooHigh(price: Amount, richest: Amount)
  case feeTooLarge(limit: UInt64, price: Amount)
  case feeUnpaid(account: Label, balance: Amount, needed: Amount)

  public var kind: String {
    switch self {
    case .allowanceExceeded: "AllowanceExceeded"
    case .gasLimitTooLow: "OutOfGas"
    case .gasPriceTooLow: "GasPriceTooLow"
    case .gasPriceTooHigh: "GasPriceTooHigh"
    case .feeTooLarge: "AmountOverflow"
    case .feeUnpaid: "InsufficientFunds"
    }
  }

  public var message: String {
    switch self {
    case .allowanceExceeded(let owner, let spender, let allowed, let asked):
      "\(owner) lets \(spender) spend \(allowed) tokens, not \(asked)"
    case .gasLimitTooLow(let needed, let offered):
      "the transaction needs \(needed) units of gas at least, and its limit is \(offered)"
    case .gasPriceTooLow(let charged, let offered):
      "a unit of gas costs \(charged) tokens, and the transaction offers \(offered)"
    case .gasPriceTooHigh(let price, let richest):
      "at \(price) tokens a unit of gas nobody could pay for a transaction, nor for another price: the richest account has "
        + "\(richest), and a transfer takes some 4300 units"
    case .feeTooLarge(let limit, let price):
      "\(limit) units of gas at \(price) tokens are more than a ledger can hold"
    case .feeUnpaid(let account, let balance, let needed):
      "\(account) has \(balance) tokens, and the fee for gas takes \(needed)"
    }
  }

  public var hint: String? {
    switch self {
    case .feeUnpaid(let account, _, _):
      "have somebody with money pay \(account): ledger:transfer{ from = ..., to = \"\(account)\", amount = ... }; issuers, "
        + "DAOs and auctioneers need money before gas has a price"
    default: nil
    }
  }
}
