import Tensor

/// Why something is refused that concerns stakes.
public enum StakeRefusal: Diagnosable, Equatable {
  case unknownPosition(Digest)
  case notHolder(account: Label, position: Digest)
  case weekNotOver(start: Int, today: Int)
  /// What the rules of the token economy say, in their own words.
  case rule(kind: String, message: String)

  public var kind: String {
    switch self {
    case .unknownPosition: "UnknownPosition"
    case .notHolder: "NotOwner"
    case .weekNotOver: "InvalidTime"
    case .rule(let kind, _): kind
    }
  }

  public var message: String {
    switch self {
    case .unknownPosition(let position): "there is no stake \(position)"
    case .notHolder(let account, let position): "\(account) does not own the stake \(position)"
    case .weekNotOver(let start, let today):
      "a week's income is shared when it is over: the one from day \(start) on ends on day \(start + 7), and it is day \(today)"
    case .rule(_, let message): message
    }
  }
}
