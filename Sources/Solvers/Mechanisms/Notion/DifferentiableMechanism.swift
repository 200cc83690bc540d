/// A mechanism that knows how a participant's utility changes with its own report, so that lies can be climbed to.
public protocol DifferentiableMechanism: Mechanism {
  /// The derivatives of a participant's utility by the numbers of its own report, everybody else's report held fixed.
  ///
  /// - Parameters:
  ///   - types: the true types; of these the participant's own counts.
  ///   - reports: where the derivatives are wanted.
  /// - Returns: one number for each of the report; nil where nobody knows them.
  func utilitySlopes(of participant: Int, true types: Profile, reports: Profile) throws -> [Double]?
}
