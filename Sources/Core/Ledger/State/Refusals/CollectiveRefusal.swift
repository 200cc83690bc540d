import Tensor

/// Why a decision of an organisation is refused.
public enum CollectiveRefusal: Diagnosable, Equatable {
  case unknownCollective(Address)
  case invalidRule(String)
  case notMember(Label)
  case unknownProposal(Digest)
  case invalidProposal(String)
  case alreadyVoted(Label)
  case wrongStage(CollectiveProposal.Stage, needed: CollectiveProposal.Stage)
  case failed(position: Int, action: String, reason: String)

  public var kind: String {
    switch self {
    case .unknownCollective: "UnknownAccount"
    case .invalidRule, .invalidProposal: "InvalidParameter"
    case .notMember: "NotMember"
    case .unknownProposal: "UnknownProposal"
    case .alreadyVoted: "AlreadyVoted"
    case .wrongStage: "WrongState"
    case .failed: "ProposalFailed"
    }
  }

  public var message: String {
    switch self {
    case .unknownCollective(let address): "no organisation has the address \(address)"
    case .invalidRule(let what), .invalidProposal(let what): what
    case .notMember(let name): "\(name) is no member of the organisation"
    case .unknownProposal(let proposal): "there is no proposal \(proposal)"
    case .alreadyVoted(let name): "\(name) has voted on this proposal"
    case .wrongStage(let stage, let needed):
      "the proposal stands at '\(stage.rawValue)', and this needs '\(needed.rawValue)'"
    case .failed(let position, let action, let reason): "step \(position) of the proposal (\(action)): \(reason)"
    }
  }
}
