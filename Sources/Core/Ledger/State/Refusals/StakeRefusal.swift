import Tensor

/// Why something is refused that concerns stakes.
public enum StakeRefusal: Diagnosable, Equatable {
  case unknownPosition(Digest)
  case notHolder(account: Label, position: Digest)
  /// What the rules of the token economy say, in their own words.
  case rule(kind: String, message: String)

  public var kind: String {
    switch self {
    case .unknownPosition: "UnknownPosition"
    case .notHolder: "NotOwner"
    case .rule(let kind, _): kind
    }
  }

  public var message: String {
    switch self {
    case .unknownPosition(let position): "there is no stake \(position)"
    case .notHolder(let account, let position): "\(account) does not own the stake \(position)"
    case .rule(_, let message): message
    }
  }
}
