/// Where a round of crowdfunding stands, by the specification's names (3.8).
public enum CrowdfundingStage: String, CaseIterable, Sendable {
  /// Owners and stations register, owners propose.
  case open = "OPEN"
  /// Everybody commits to claims that nobody can read.
  case commit = "COMMIT"
  /// Everybody opens its commitment.
  case reveal = "REVEAL"
  /// The winner delivers the model to train.
  case deliver = "DELIVER"
  /// The stations train it.
  case train = "TRAIN"
  /// The winner reports the accuracy, the other owners vote.
  case assess = "ASSESS"
  case settled = "SETTLED"
  case aborted = "ABORTED"
  case failedDelivery = "FAILED_DELIVERY"
  case failedTraining = "FAILED_TRAINING"

  /// Nothing but withdrawals is left to do.
  public var isTerminal: Bool {
    switch self {
    case .settled, .aborted, .failedDelivery, .failedTraining: true
    default: false
    }
  }
}
