/// How members fared that crashed.
public struct CommitteeRecovery: Sendable, Equatable {
  public internal(set) var crashes = 0
  /// How often one came back.
  public internal(set) var returns = 0
  /// BFT-2: whoever came back was exactly who it had been when it crashed. False when what it knew was lost.
  public internal(set) var isExact = true
  /// From each coming back to having decided all that somebody honest had decided by then, in seconds.
  public internal(set) var catchUpTimes: [Double] = []

  public var meanCatchUpTime: Double? {
    catchUpTimes.isEmpty ? nil : catchUpTimes.reduce(0, +) / Double(catchUpTimes.count)
  }
}
