import Tensor

extension ReverseAuctionNetwork {
  /// Trains a reverse auction on costs that are uniform between the lowest and the highest bid.
  ///
  /// - Returns: the auction, and how training went.
  /// - Throws: those of `ReverseAuctionDesign.check` and `LearningSettings.check`; `Interrupted`, `Diverged`.
  public static func trained(
    _ design: ReverseAuctionDesign, settings: LearningSettings,
    progress: (Double, LearningHistory) -> Void = { _, _ in }, cancellation: Cancellation = .never
  ) throws -> (network: ReverseAuctionNetwork, history: LearningHistory) {
    try design.check()
    let rule = try ReverseAuctionRule<FloatProfileLanes>(design)
    let training = try AuctionTraining(rule: rule, settings: settings)
    let history = try training.run(progress: progress, cancellation: cancellation)
    let parameters = training.batch.parameters.base
    let network = try ReverseAuctionNetwork(
      design: design, allocation: training.batch.allocation.perceptron(parameters),
      payment: training.batch.payment.perceptron(parameters))
    return (network, history)
  }
}
