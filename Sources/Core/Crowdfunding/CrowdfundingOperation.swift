/// What a participant can ask of a round of crowdfunding.
public enum CrowdfundingOperation: Sendable, Equatable {
  case register(String, Side, deposit: Amount)
  /// A model with its accuracy, in parts per million, and the interval that its price will come from.
  case propose(String, accuracy: Int, low: Amount, high: Amount)
  /// To claims for all models: the digits of `SealedClaim`. Nobody can tell another text from one before the reveal.
  case commit(String, String)
  /// An owner's bids or a station's claims, one for each proposal.
  case reveal(String, salt: String, claims: [Amount])
  /// The winner hands the model to the stations.
  case deliver(String)
  /// A station hands in what it trained.
  case update(String)
  /// The accuracy that was measured, in parts per million.
  case report(String, accuracy: Int)
  case vote(String, punish: Bool)
  case withdraw(String)
  /// Nothing but the passing of time.
  case poke

  public enum Side: String, CaseIterable, Sendable {
    case owner
    case station
  }

  /// As the specification and its refusals name it.
  public var name: String {
    switch self {
    case .register: "register"
    case .propose: "propose"
    case .commit: "commit"
    case .reveal: "reveal"
    case .deliver: "deliver"
    case .update: "update"
    case .report: "report"
    case .vote: "vote"
    case .withdraw: "withdraw"
    case .poke: "poke"
    }
  }
}
