import Tensor

/// Why something is refused that concerns a token's terms.
public enum TokenRefusal: Diagnosable, Equatable {
  /// A sale that is under way holds the token fast.
  case onSale(token: Digest, sale: Digest)
  case invalidOperator(Label)
  case notMinter(account: Label, token: Digest)
  case royaltySet(token: Digest)
  case invalidRoyalty(basisPoints: UInt16)
  /// The DAO wanted its ask to be what its members voted, and this one is not.
  case askNotVoted(seller: Label, ask: Amount, voted: Amount)
  case shareExceeded(holder: Label, holds: UInt64, asked: UInt64)

  public var kind: String {
    switch self {
    case .onSale: "TokenOnSale"
    case .invalidOperator, .invalidRoyalty: "InvalidParameter"
    case .notMinter: "NotOwner"
    case .royaltySet: "RoyaltySet"
    case .askNotVoted: "AskNotVoted"
    case .shareExceeded: "InsufficientShare"
    }
  }

  public var message: String {
    switch self {
    case .onSale(let token, let sale): "the token \(token) is held by the open sale \(sale)"
    case .invalidOperator(let name): "\(name) need not be its own operator"
    case .notMinter(let account, let token): "\(account) did not mint the token \(token)"
    case .royaltySet(let token): "the royalty on the token \(token) has been stated, and stays"
    case .invalidRoyalty(let basisPoints): "a royalty is at most 10000 hundredths of a percent, not \(basisPoints)"
    case .askNotVoted(let seller, let ask, let voted):
      "\(seller) asks \(ask) tokens, and its members voted \(voted)"
    case .shareExceeded(let holder, let holds, let asked):
      "\(holder) has \(holds) millionths of the model and cannot pass on \(asked)"
    }
  }
}
