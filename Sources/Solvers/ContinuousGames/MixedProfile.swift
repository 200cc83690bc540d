/// A mixed strategy for every player, over finitely many points of the strategy sets.
public struct MixedProfile: Equatable, Sendable {
  /// The points of every player.
  public let points: [[[Double]]]
  /// Their probabilities.
  public let probabilities: [[Double]]
  /// The largest expected gain of any player from one of the player's own points, the others mixing independently;
  /// nil where there are too many combinations to add up.
  public let gap: Double?
}
