/// One profile of true types, with what happens when all tell the truth. Its room is used again for the next.
final class AuditTrial {
  /// From 0.
  fileprivate(set) var index = 0
  /// Whether it was drawn as the prior says; others are drawn towards ties and bounds, where mechanisms break.
  fileprivate(set) var isFromPrior = true
  /// How much it counts among all profiles in means.
  fileprivate(set) var weight = 1.0
  var types: Profile
  fileprivate(set) var outcome: MechanismOutcome
  fileprivate(set) var utilities: [Double]
  fileprivate(set) var scale = 0.0

  init(_ probe: MechanismProbe) {
    types = Profile(widths: probe.widths)
    outcome = probe.emptyOutcome()
    utilities = [Double](repeating: 0, count: probe.participants.count)
  }

  /// Settles the truth; `types` must be set.
  func settle(_ probe: MechanismProbe, index: Int, isFromPrior: Bool, weight: Double) throws {
    self.index = index
    self.isFromPrior = isFromPrior
    self.weight = weight
    try probe.settle(types, into: &outcome)
    for participant in utilities.indices {
      utilities[participant] = try probe.utility(of: participant, true: types, outcome)
    }
    scale = probe.scale(types, outcome)
  }

  /// What all together have of the outcome, payments left out.
  var welfare: Double {
    var sum = 0.0
    for participant in utilities.indices { sum += utilities[participant] + outcome.payments[participant] }
    return sum
  }
}
